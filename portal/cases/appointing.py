"""Appointing somebody in a case: who can be, that it is not about them, and what opens to them."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.access.person import LONGEST_CHAIN, superiors_of
from portal.cases import grants, named_persons, roles
from portal.errors import Refused
from portal.matter_rows import APPOINTMENTS, NAMED
from portal.procedures.facts import Facts
from portal.procedures.independence import Clash, clash
from portal.procedures.state import AppointedAs
from portal.records.account import Account, Role
from portal.records.appointment import Appointment
from portal.records.case import Case, CaseStage, CaseState
from portal.records.feedback import Feedback
from portal.work import Work

ROLES: Mapping[AppointedAs, frozenset[Role]] = {
    AppointedAs.INVESTIGATOR: frozenset({Role.INVESTIGATOR}),
    AppointedAs.INDEPENDENT_PERSON: frozenset({Role.INDEPENDENT_PERSON}),
    AppointedAs.REVIEWER: frozenset({Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE}),
    AppointedAs.PANEL_CHAIR: frozenset({Role.PANEL_MEMBER}),
    AppointedAs.PANEL_MEMBER: frozenset({Role.PANEL_MEMBER}),
}
CLASHES: Mapping[Clash, str] = {
    Clash.LOOKED_BEFORE: "They looked into it at stage 2, so they cannot sit on its panel.",
    Clash.SITS: "They sit on this panel already.",
    Clash.INVESTIGATES: "They investigate it, so they cannot be the independent person.",
    Clash.WATCHES: "They are its independent person, so they cannot investigate it.",
    Clash.ANSWERED_BEFORE: "They answered the earlier stage, so somebody else looks again.",
}


class AboutThem(Refused):
    """The matter is about whoever would be appointed, or about somebody above them."""

    message = (
        "It is about this person, or about somebody they report to, so they cannot be appointed. "
        "Choose somebody else."
    )


class NotSettled(Refused):
    """Nobody has said whom it is about, so whoever is appointed may be that very person."""

    message = "Say first whom it is about: it may be about this very person."


class CannotBe(Refused):
    """Somebody whom this matter or case bars; the message says why."""

    title = "They cannot be appointed"


class NeedsLastDay(Refused):
    """Somebody with an account gets the case for a time, and the time has an end."""

    message = "Say until when they can see this case."


def candidates(session: Session, role: AppointedAs, today: date) -> list[Account]:
    """Who has an account and a role from which somebody can be appointed, by name."""
    found = roles.holders(session, set(ROLES[role]), today)
    return sorted(found, key=lambda account: account.name.casefold())


def barred(
    work: Work, feedback: Feedback, facts: Facts, role: AppointedAs, people: Iterable[Account]
) -> dict[int, str]:
    """Say why some people cannot be appointed, before anybody is chosen.

    Args:
        work: the open act; nothing is changed.
        feedback: the matter.
        facts: its case as it stands.
        role: to what they would be appointed.
        people: who they are.

    Returns:
        A sentence for each who cannot be, by the account's key.
    """
    if feedback.persons_unsettled:
        return {one.id: NotSettled.message for one in people}
    about = NAMED.of(work.session, feedback.id)
    named = {one.account_id for one in about if one.unlinked_at is None}
    # Asked once for all of them, and only where it is about somebody.
    staff = select(Account.id, Account.reports_to_id).where(Account.reports_to_id.is_not(None))
    above = {row.id: row.reports_to_id for row in work.session.execute(staff)} if named else {}
    found: dict[int, str] = {}
    for one in people:
        stands = clash(facts, role, str(one.id))
        if named & _line(one.id, above):
            found[one.id] = AboutThem.message
        elif stands is not None:
            found[one.id] = CLASHES[stands]
    return found


def _line(key: int, above: Mapping[int, int | None]) -> set[int]:
    """Somebody and everybody above them; a circle ends where it closes."""
    found: set[int] = set()
    at: int | None = key
    while at is not None and at not in found and len(found) <= LONGEST_CHAIN:
        found.add(at)
        at = above.get(at)
    return found


def open_to(
    work: Work, feedback: Feedback, role: AppointedAs, account: Account, last_day: date | None
) -> None:
    """Check that the matter is not about somebody, and open it to them for a time.

    Managers who review have their teams' cases, or are given one apart.

    Args:
        work: the open act.
        feedback: the matter.
        role: to what they are appointed.
        account: whom.
        last_day: until when they can see it.

    Raises:
        AboutThem: it is about them or somebody above them.
        NotSettled: nobody has said yet whom it is about.
        NeedsLastDay: no last day for somebody whose access must end.
        GrantRefused: the last day has passed.
    """
    if feedback.persons_unsettled:
        raise NotSettled
    above = {account.id, *superiors_of(work.session, account)}
    if any(one.account.id in above for one in named_persons.linked(work.session, feedback.id)):
        raise AboutThem
    given = grants.given(work.session, feedback.id, work.today)
    if role is AppointedAs.REVIEWER or any(one.account.id == account.id for one in given):
        return
    if last_day is None:
        raise NeedsLastDay
    grants.give(work, feedback, account, last_day)


def close_with(work: Work, case: Case, stage: CaseStage) -> None:
    """Close a matter to those who were appointed at a stage that is over, at once. Whoever works in
    another part of it that still runs keeps it for that part.

    Args:
        work: the open act.
        case: the case.
        stage: the stage that was answered, or ended otherwise.
    """
    ids = {
        one.account_id
        for one in APPOINTMENTS.of(work.session, case.id)
        if one.stage_key == stage.key and one.account_id is not None
    }
    if ids:
        ids -= _working_in_another(work.session, case)
    feedback = work.session.get_one(Feedback, case.feedback_id)
    for one in grants.given(work.session, feedback.id, work.today) if ids else ():
        if one.account.id in ids:
            grants.end(work, feedback, one.grant)


def _working_in_another(session: Session, case: Case) -> set[int | None]:
    """Whoever is appointed at the running stage of another open part of the same matter."""
    wanted = (
        select(Appointment.account_id)
        .join(Case, Case.id == Appointment.case_id)
        .join(CaseStage, CaseStage.case_id == Case.id)
        .where(
            Case.feedback_id == case.feedback_id,
            Case.id != case.id,
            Case.state == CaseState.OPEN,
            Appointment.ended_at.is_(None),
            Appointment.stage_key == Case.stage_key,
            CaseStage.key == Case.stage_key,
            CaseStage.answered_on.is_(None),
            CaseStage.ended_on.is_(None),
        )
    )
    return set(session.scalars(wanted))
