"""What is promised and recommended to put something right: made, answered, done, given up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal import audit
from portal.cases import remedy_dates
from portal.cases.points import ChangedMeanwhile, lock
from portal.cases.remedy_dates import Counting
from portal.cases.tokens import make_public_id
from portal.errors import Refused
from portal.matter_rows import REMEDIES
from portal.procedures.finding import Giver
from portal.procedures.remedy import (
    FOR_THE_SERVICE,
    PAYMENTS,
    RECOMMENDS,
    Compliance,
    RemedyKind,
    RemedyState,
)
from portal.procedures.state import OVER
from portal.procedures.vocabulary import Team
from portal.records.case import Case
from portal.records.remedy import Remedy
from portal.work import Work

LONGEST_TEXT = 5_000
MOST_PENCE = 10_000_000


class CaseOver(Refused):
    """Nothing new is promised in a closed case."""

    message = "This case is closed, so nothing can be promised in it. Nothing was changed."
    status = 409


class NotOpenToThis(Refused):
    """It was answered, done or given up already."""

    title = "This cannot be done now"
    message = "Somebody has dealt with this already. Look at it again. Nothing was changed."
    status = 409


class SayWhat(Refused):
    """A remedy without words."""

    message = "Write what will be done, so that anybody can tell whether it was."


class SayWhy(Refused):
    """A no without its reason."""

    message = "Write the reason. The person may read it."


class SayHow(Refused):
    """Done, without proof."""

    message = "Write how we know that it was done: a date, a letter, who checked."


class PaymentIncomplete(Refused):
    """A payment needs an amount and somebody who gets it."""

    message = "Enter who is paid, and how much."


class DayNotPossible(Refused):
    """Nothing is done in the future."""

    message = "The day must not be in the future."


@dataclass(frozen=True)
class NewRemedy:
    """Something to be done, as it was written. `giver` says who asks for it."""

    giver: Giver
    kind: RemedyKind
    text: str
    team: Team
    counting: Counting
    point_id: int | None = None
    owner_id: int | None = None
    payee: str | None = None
    amount_pence: int | None = None
    every_months: int | None = None
    until: date | None = None
    shown_to_person: bool = True


def add(work: Work, case: Case, new: NewRemedy) -> Remedy:
    """Write something to be done: a promise, or what somebody outside the service recommends.

    Args:
        work: the open act.
        case: the case, not over.
        new: what, by whom, by when.

    Returns:
        The remedy, promised or, from those who recommend, proposed.

    Raises:
        CaseOver: the case is closed.
        SayWhat: it has no words.
        PaymentIncomplete: money without amount or payee.
        remedy_dates.SayWhen: it cannot be dated.
    """
    lock(work, case)
    if case.procedure_state in OVER:
        raise CaseOver
    if not new.text.strip():
        raise SayWhat
    pays = new.kind in PAYMENTS
    if pays and not (new.amount_pence and (new.payee or "").strip()):
        raise PaymentIncomplete
    remedy = Remedy(
        public_id=make_public_id(),
        case_id=case.id,
        point_id=new.point_id,
        stage_key=case.stage_key,
        giver=new.giver,
        kind=new.kind,
        text=new.text.replace("\r\n", "\n").strip(),
        state=RemedyState.PROPOSED if new.giver in RECOMMENDS else RemedyState.PROMISED,
        owner_id=new.owner_id,
        team=new.team,
        payee=(new.payee or "").strip() if pays else None,
        amount_pence=new.amount_pence if pays else None,
        repeats_every_months=new.every_months,
        repeats_until=new.until,
        # What changes how a service works is what a year's learning is read from.
        for_report=new.kind in FOR_THE_SERVICE,
        shown_to_person=new.shown_to_person,
        made_at=work.now,
        made_by_id=_doer(work),
    )
    remedy_dates.date_first(work, case, remedy, new.counting)
    work.session.add(remedy)
    audit.note(work, f"remedy_{remedy.state.value}", remedy)
    return remedy


def accept(work: Work, case: Case, remedy: Remedy, version: int) -> None:
    """Say that the council will do what was recommended."""
    _take(work, case, remedy, version, RemedyState.PROPOSED)
    remedy.state = RemedyState.PROMISED
    audit.note(work, "remedy_accepted", remedy)


def not_accept(work: Work, case: Case, remedy: Remedy, version: int, reasons: str) -> None:
    """Say that the council will not do what was recommended, and why.

    Raises:
        SayWhy: without reasons.
        NotOpenToThis, ChangedMeanwhile: it was answered, or changed, meanwhile.
    """
    _take(work, case, remedy, version, RemedyState.PROPOSED)
    remedy.state, remedy.reasons = RemedyState.NOT_ACCEPTED, _why(reasons)
    audit.note(work, "remedy_not_accepted", remedy, ["reasons"])


def give_up(work: Work, case: Case, remedy: Remedy, version: int, reasons: str) -> None:
    """Say that something promised will not be done after all. What repeats ends with it.

    Raises:
        SayWhy: without the reason.
        NotOpenToThis, ChangedMeanwhile: it was done, or changed, meanwhile.
    """
    _take(work, case, remedy, version, RemedyState.PROMISED)
    remedy.state, remedy.reasons = RemedyState.GIVEN_UP, _why(reasons)
    audit.note(work, "remedy_given_up", remedy, ["reasons"])


def done(
    work: Work, case: Case, remedy: Remedy, version: int, on: date, evidence: str
) -> Remedy | None:
    """Say that something promised was done. What counts from it gets its date; what repeats is
    promised again for the next time.

    Args:
        work: the open act.
        case, remedy: the remedy and its case.
        version: which version was seen.
        on: the day on which it was done.
        evidence: how we know.

    Returns:
        The next one of a series, or None.

    Raises:
        SayHow: without evidence.
        DayNotPossible: the day is in the future.
        NotOpenToThis, ChangedMeanwhile: it was done, or changed, meanwhile.
    """
    _take(work, case, remedy, version, RemedyState.PROMISED)
    if on > work.today:
        raise DayNotPossible
    if not evidence.strip():
        raise SayHow
    remedy.state, remedy.done_on, remedy.evidence = RemedyState.DONE, on, evidence.strip()
    audit.note(work, "remedy_done", remedy, ["done_on", "evidence"])
    remedy_dates.date_those_after(work, remedy)
    following = remedy_dates.next_of(work, remedy)
    if following is not None:
        work.session.add(following)
        audit.note(work, "remedy_promised", following)
    return following


def tell_ombudsman(
    work: Work, case: Case, remedy: Remedy, version: int, on: date, compliance: Compliance | None
) -> None:
    """Keep when the Ombudsman was told of a remedy, and whether they are satisfied.

    Raises:
        NotOpenToThis: the Ombudsman did not ask for it.
        DayNotPossible: the day is in the future.
        ChangedMeanwhile: somebody else changed it.
    """
    _take(work, case, remedy, version, *RemedyState)
    if remedy.giver is not Giver.OMBUDSMAN:
        raise NotOpenToThis
    if on > work.today:
        raise DayNotPossible
    remedy.told_ombudsman_on, remedy.compliance = on, compliance
    audit.note(work, "remedy_told_ombudsman", remedy, ["told_ombudsman_on", "compliance"])


def mark_learning(
    work: Work, case: Case, remedy: Remedy, version: int, for_report: bool, made_known: str
) -> None:
    """Say whether it is learning for the annual report, and how it was made known."""
    _take(work, case, remedy, version, *RemedyState)
    remedy.for_report, remedy.made_known = for_report, made_known.strip() or None
    audit.note(work, "remedy_learning", remedy, ["for_report", "made_known"])


def of_case(session: Session, case: Case) -> list[Remedy]:
    """A case's remedies in the order in which they were made."""
    return REMEDIES.of(session, case.id)


def promises_apology(remedies: Iterable[Remedy]) -> bool:
    """Whether an apology is promised or done: where somebody was right, they should have one."""
    kept = (RemedyState.PROMISED, RemedyState.DONE)
    return any(one.kind is RemedyKind.APOLOGY and one.state in kept for one in remedies)


def _take(work: Work, case: Case, remedy: Remedy, version: int, *states: RemedyState) -> None:
    lock(work, case)
    work.session.refresh(remedy)
    if remedy.version != version:
        raise ChangedMeanwhile
    if remedy.state not in states:
        raise NotOpenToThis


def _why(reasons: str) -> str:
    if not reasons.strip():
        raise SayWhy
    return reasons.strip()


def _doer(work: Work) -> int:
    assert work.who.account_id is not None, "Only somebody who is signed in promises."
    return work.who.account_id
