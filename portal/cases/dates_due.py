"""What the council still has to do in open cases, by date: for lists and calendar files.

Nobody's words and no names: a reference, what is due, and when.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal.procedures.clocks import FROM_REQUEST, PROMISED, THE_PERSONS
from portal.procedures.procedure import ClockKey
from portal.procedures.remedy import RemedyState
from portal.records.case import Case, CaseClock, CaseStage, CaseState
from portal.records.feedback import Feedback
from portal.records.remedy import Remedy


@dataclass(frozen=True)
class Due:
    """One date. `clock` is None for a promise; `key` is the same for the same date each time."""

    key: str
    public_id: str
    reference: str
    clock: ClockKey | None
    on: date


def due(session: Session, *only: ColumnElement[bool]) -> tuple[Due, ...]:
    """Every date of open cases that the council has yet to keep, the soonest first.

    Args:
        session: any session.
        only: conditions on `feedback` and `case`; what the reader may see must be among them.
    """
    found = [*_clocks(session, only), *_promises(session, only)]
    return tuple(sorted(found, key=lambda one: (one.on, one.reference, one.key)))


def clock_to_keep() -> tuple[ColumnElement[bool], ...]:
    """The conditions on a case, stage and clock for a date that the council has yet to keep."""
    return (
        Case.state == CaseState.OPEN,
        CaseStage.answered_on.is_(None),
        CaseStage.ended_on.is_(None),
        CaseClock.met_on.is_(None),
        CaseClock.key.not_in([key.value for key in THE_PERSONS]),
        # What is promised, and the reading from the request where that is another one: the
        # earlier is the one to keep.
        CaseClock.reading.in_((PROMISED, FROM_REQUEST)),
    )


def _clocks(session: Session, only: tuple[ColumnElement[bool], ...]) -> list[Due]:
    wanted = (
        select(CaseClock, Feedback.public_id, Feedback.reference)
        .join(CaseStage, CaseStage.id == CaseClock.stage_id)
        .join(Case, Case.id == CaseStage.case_id)
        .join(Feedback, Feedback.id == Case.feedback_id)
        .where(
            *clock_to_keep(),
            *only,
        )
    )
    return [
        Due(f"clock-{row.id}", public_id, reference, ClockKey(row.key), row.due_on)
        for row, public_id, reference in session.execute(wanted)
    ]


def _promises(session: Session, only: tuple[ColumnElement[bool], ...]) -> list[Due]:
    wanted = (
        select(Remedy.public_id, Remedy.due_on, Feedback.public_id, Feedback.reference)
        .join(Case, Case.id == Remedy.case_id)
        .join(Feedback, Feedback.id == Case.feedback_id)
        .where(
            Case.state == CaseState.OPEN,
            Remedy.state == RemedyState.PROMISED,
            *only,
        )
    )
    return [
        Due(f"promise-{key}", public_id, reference, None, on)
        for key, on, public_id, reference in session.execute(wanted)
        if on is not None
    ]
