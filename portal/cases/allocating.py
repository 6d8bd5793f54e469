"""Giving a case to a manager to answer, who takes it or hands it back; never to whom it is
about."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal import audit
from portal.cases import answerers, office_told
from portal.cases.acting import signed_in_id
from portal.cases.points import lock
from portal.cases.tokens import make_public_id
from portal.correspondence import outbox
from portal.errors import Refused
from portal.matter_rows import ACCOUNT, ALLOCATIONS
from portal.procedures.state import RUNNING
from portal.procedures.working_days import Unit, after
from portal.records.account import Account
from portal.records.allocation import STANDS, Allocation, AllocationState
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind
from portal.work import Work

LONGEST_REASON = 2_000
A_CASE, GIVEN_BACK = "A case to answer", "A case that was handed back"


class CannotHaveIt(Refused):
    """Somebody who must not answer this case; the message says why."""

    title = "They cannot have this case"
    status = 409


class NotYours(Refused):
    """Somebody else's to take or to hand back, or nobody's any more."""

    title = "This is not yours to answer"
    message = (
        "This case was not given to you, or was given to somebody else meanwhile. Nothing was"
        " changed."
    )
    status = 409


class NothingToAnswer(Refused):
    """A case that waits for no answer."""

    message = "No answer is being worked on here, so there is nothing to give to anybody."
    status = 409


class SayWhy(Refused):
    """Handed back without a reason."""

    message = "Write why you hand it back. The complaints officer reads it."


@dataclass(frozen=True)
class Had:
    """One manager to whom a case was given."""

    allocation: Allocation
    account: Account


def allocate(work: Work, case: Case, account: Account) -> Allocation:
    """Give a case to a manager, who is told by a letter without content.

    Args:
        work: the open act.
        case: the case, or part of a matter.
        account: to whom. What somebody else had ends with this; who has it already keeps it.

    Raises:
        CannotHaveIt: it is about them or somebody above them, nobody has said yet whom it is
            about, it is for the officer whom the council's file names, or they are no manager.
        NothingToAnswer: the case is over or answered.
    """
    lock(work, case)
    if case.procedure_state not in RUNNING:
        raise NothingToAnswer
    why = answerers.why_not(work, case, account)
    if why is not None:
        raise CannotHaveIt(why)
    before = current(work.session, case)
    if before is not None and before.account.id == account.id:
        # They have it: asking again would take their yes back.
        return before.allocation
    if before is not None:
        before.allocation.state, before.allocation.ended_at = AllocationState.ENDED, work.now
    days = work.council.giving.accept_days
    row = Allocation(
        public_id=make_public_id(),
        case_id=case.id,
        account_id=account.id,
        allocated_at=work.now,
        allocated_on=work.today,
        allocated_by_id=signed_in_id(work),
        accept_by=after(work.today, days, Unit.WORKING_DAYS, work.council.calendar).due,
    )
    work.session.add(row)
    audit.note(work, "allocated", case)
    if account.id != work.who.account_id:
        facts = {"what": A_CASE, "due_on": row.accept_by, "link": address(work, case)}
        feedback = work.session.get_one(Feedback, case.feedback_id)
        outbox.post_to(work, LetterKind.WORK_WAITS, account.email, facts, feedback=feedback)
    return row


def accept(work: Work, case: Case) -> None:
    """Take a case that was given to whoever acts. Taking it twice is taking it once.

    Raises:
        NotYours: it was not given to them.
    """
    had = _mine(work, case)
    if had.state is AllocationState.ASKED:
        had.state, had.answered_at = AllocationState.ACCEPTED, work.now
        audit.note(work, "allocation_accepted", case)


def hand_back(work: Work, case: Case, reason: str) -> None:
    """Hand a case back, with the reason; the office is told that it came back.

    Args:
        work: the open act.
        case: the case.
        reason: why, for the officer.

    Raises:
        NotYours: it was not given to whoever acts.
        SayWhy: without a reason.
    """
    if not reason.strip():
        raise SayWhy
    had = _mine(work, case)
    had.state, had.answered_at = AllocationState.HANDED_BACK, work.now
    had.reason, had.ended_at = reason.replace("\r\n", "\n").strip(), work.now
    audit.note(work, "allocation_handed_back", case, ["reason"])
    office_told.tell(work, case, GIVEN_BACK, address(work, case), work.today)


def can_be_given(work: Work, case: Case) -> bool:
    """Whether a case waits for an answer that nobody was asked to write, and somebody is offered.

    Args:
        work: the open act; nothing is changed.
        case: the case, or part of a matter.
    """
    if case.procedure_state not in RUNNING or current(work.session, case) is not None:
        return False
    return answerers.offer(work, case).offered is not None


def current(session: Session, case: Case) -> Had | None:
    """Who has a case now, asked or accepted; None where nobody has."""
    return next((one for one in history(session, case) if one.allocation.state in STANDS), None)


def history(session: Session, case: Case) -> list[Had]:
    """Everybody to whom a case was given, the latest first."""
    given = ALLOCATIONS.of(session, case.id)
    people = ACCOUNT.of_each(session, [one.account_id for one in given])
    return [Had(one, people[one.account_id][0]) for one in reversed(given)]


def address(work: Work, case: Case, page: str = "answering") -> str:
    """A page of a case for a letter: that on which it is taken or handed back, or another."""
    feedback = work.session.get_one(Feedback, case.feedback_id)
    part = f"?part={case.part}" if case.part > 1 else ""
    return f"{work.settings.public_url}/officers/cases/{feedback.public_id}/{page}{part}"


def _mine(work: Work, case: Case) -> Allocation:
    lock(work, case)
    found = current(work.session, case)
    if found is None or found.account.id != work.who.account_id:
        raise NotYours
    return found.allocation
