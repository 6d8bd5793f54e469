"""Appointing somebody in a case: who can be, that it is not about them, and what opens to them."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.access.person import superiors_of
from portal.cases import grants, named_persons, roles
from portal.errors import Refused
from portal.procedures.state import AppointedAs
from portal.records.account import Account, Role
from portal.records.appointment import Appointment
from portal.records.case import Case, CaseStage
from portal.records.feedback import Feedback
from portal.work import Work

ROLES: Mapping[AppointedAs, frozenset[Role]] = {
    AppointedAs.INVESTIGATOR: frozenset({Role.INVESTIGATOR}),
    AppointedAs.INDEPENDENT_PERSON: frozenset({Role.INDEPENDENT_PERSON}),
    AppointedAs.REVIEWER: frozenset({Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE}),
    AppointedAs.PANEL_CHAIR: frozenset({Role.PANEL_MEMBER}),
    AppointedAs.PANEL_MEMBER: frozenset({Role.PANEL_MEMBER}),
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


class NeedsLastDay(Refused):
    """Somebody with an account gets the case for a time, and the time has an end."""

    message = "Say until when they can see this case."


def candidates(session: Session, role: AppointedAs, today: date) -> list[Account]:
    """Who has an account and a role from which somebody can be appointed, by name."""
    found = roles.holders(session, set(ROLES[role]), today)
    return sorted(found, key=lambda account: account.name.casefold())


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
    """Close a matter to those who were appointed at a stage that is over, at once.

    Args:
        work: the open act.
        case: the case.
        stage: the stage that was answered, or ended otherwise.
    """
    wanted = select(Appointment.account_id).where(
        Appointment.case_id == case.id,
        Appointment.stage_key == stage.key,
        Appointment.account_id.is_not(None),
    )
    ids = set(work.session.scalars(wanted))
    feedback = work.session.get_one(Feedback, case.feedback_id)
    for one in grants.given(work.session, feedback.id, work.today) if ids else ():
        if one.account.id in ids:
            grants.end(work, feedback, one.grant)
