"""What somebody who is appointed says of a conflict of interest, before they see the case."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy.orm import Session

from portal import audit
from portal.cases import grants, office_told
from portal.cases.acting import signed_in_id
from portal.errors import Refused
from portal.matter_rows import APPOINTMENTS
from portal.records.appointment import Appointment
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.work import Work

LONGEST: Final = 2_000


class SayWhich(Refused):
    """A conflict without words."""

    message = "Write what the conflict is."


class NotAppointed(Refused):
    """The case was opened to them without an appointment, so there is nowhere to keep it."""

    message = "You are not appointed in this case. Tell the complaints team of a conflict."
    status = 409


def unsaid(case: Case, appointments: Iterable[Appointment]) -> bool:
    """Whether somebody has still to say if they have a conflict.

    Args:
        case: the case.
        appointments: theirs in it.
    """
    return any(one.stage_key == case.stage_key and one.said_at is None for one in appointments)


def say_none(work: Work, case: Case) -> None:
    """Keep that whoever is signed in has no conflict. What was said before stays.

    Args:
        work: the open act, of somebody appointed.
        case: their case.

    Raises:
        NotAppointed.
    """
    for row in _mine(work, case):
        if row.said_at is None:
            row.said_at = work.now
            audit.note(work, "no_conflict_declared", case)


def say(work: Work, case: Case, words: str) -> None:
    """Keep that whoever is signed in has a conflict, tell the office, and close the matter to them.
    An officer answers: opens it to them again, or appoints somebody else.

    Args:
        work: the open act, of somebody appointed.
        case: their case.
        words: what the conflict is.

    Raises:
        NotAppointed.
        SayWhich: no words.
    """
    if not words.strip():
        raise SayWhich
    for row in _mine(work, case):
        row.conflict, row.said_at = words.strip(), work.now
    audit.note(work, "conflict_declared", case, ["conflict"])
    feedback = work.session.get_one(Feedback, case.feedback_id)
    for one in grants.given(work.session, feedback.id, work.today):
        if one.account.id == work.who.account_id:
            grants.end(work, feedback, one.grant)
    office_told.conflict_declared(work, case)


def in_force(session: Session, case: Case) -> list[Appointment]:
    """The appointments of a case at which a conflict was declared and nobody else followed."""
    found = APPOINTMENTS.of(session, case.id)
    return [row for row in found if row.ended_at is None and row.conflict is not None]


def _mine(work: Work, case: Case) -> list[Appointment]:
    own = signed_in_id(work)
    found = [
        row
        for row in APPOINTMENTS.of(work.session, case.id)
        if row.account_id == own and row.ended_at is None and row.stage_key == case.stage_key
    ]
    if not found:
        raise NotAppointed
    return found
