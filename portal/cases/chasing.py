"""What has to be chased on a day: one query each for clocks and for promises, which compares their
dates with those whose rungs have been reached, and with the reminders that are there."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    and_,
    exists,
    extract,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from portal import clock
from portal.cases.dates_due import clock_to_keep
from portal.council import Council
from portal.procedures.chasing import HALF_WAY, Chase, Rung, chase, latest_due
from portal.procedures.clocks import FROM_REQUEST, PROMISED
from portal.procedures.remedy import RemedyState
from portal.records.case import Case, CaseClock, CaseStage
from portal.records.remedy import Remedy
from portal.records.reminder import Reminder

EPOCH = date(1970, 1, 1)
SECONDS_A_DAY = 86_400


@dataclass(frozen=True)
class Dated:
    """A date that is chased: a clock of a case, or a promise. `start_on` is its day 0."""

    case_id: int
    start_on: date
    due_on: date
    clock_id: int | None = None
    remedy_id: int | None = None


def waiting(session: Session, council: Council, today: date) -> list[Dated]:
    """Every date with a rung that was reached and of which there is no reminder yet, the earliest
    first; promises of closed cases among them.

    Args:
        session: any session.
        council: for its ladder and days off.
        today: the day.
    """
    found = [
        *(_of_clock(row) for row in session.execute(_clocks(council, today))),
        *(_of_remedy(row) for row in session.execute(_promises(council, today))),
    ]
    return sorted(found, key=lambda one: (one.due_on, one.case_id))


def asked(session: Session, council: Council, today: date, one: Dated) -> Chase | None:
    """What the ladder asks for a date, read anew: somebody may have answered, moved the date or
    sent the reminder meanwhile.

    Args:
        session: the act's.
        council, today: as in `waiting`.
        one: what was waiting.

    Returns:
        None where nothing is asked for any more.
    """
    again = _again(session, council, today, one)
    if again != one:
        return None
    rows = session.execute(
        select(Reminder.rung, Reminder.due_on, Reminder.made_on).where(
            Reminder.clock_id == one.clock_id
            if one.clock_id is not None
            else Reminder.remedy_id == one.remedy_id
        )
    ).all()
    return chase(
        council.chasing.ladder,
        one.start_on,
        one.due_on,
        today,
        council.calendar,
        # A time has one middle, wherever its end is moved to.
        had={row.rung for row in rows if row.due_on == one.due_on or row.rung == HALF_WAY},
        since=max((row.made_on for row in rows), default=None),
    )


def _again(session: Session, council: Council, today: date, one: Dated) -> Dated | None:
    if one.clock_id is not None:
        of_clock = _clocks(council, today).where(CaseClock.id == one.clock_id)
        found = session.execute(of_clock).first()
        return _of_clock(found) if found is not None else None
    of_remedy = _promises(council, today).where(Remedy.id == one.remedy_id)
    other = session.execute(of_remedy).first()
    return _of_remedy(other) if other is not None else None


def _clocks(council: Council, today: date) -> Select[int, int, date, date]:
    rungs = _rungs(
        council, today, CaseClock.due_on, Reminder.clock_id == CaseClock.id,
        _middle(CaseClock.start_on, CaseClock.due_on) <= _twice(today),
    )  # fmt: skip
    return (
        select(Case.id, CaseClock.id, CaseClock.start_on, CaseClock.due_on)
        .join(CaseStage, CaseStage.case_id == Case.id)
        .join(CaseClock, CaseClock.stage_id == CaseStage.id)
        .where(*clock_to_keep(), ~_earlier_reading(), rungs)
    )


def _promises(council: Council, today: date) -> Select[int, int, datetime, date | None]:
    rungs = _rungs(
        council, today, Remedy.due_on, Reminder.remedy_id == Remedy.id,
        # A promise is made at a moment of the day: the ladder itself looks at the date.
        _middle(Remedy.made_at, Remedy.due_on) <= _twice(today, SECONDS_A_DAY),
    )  # fmt: skip
    return select(Remedy.case_id, Remedy.id, Remedy.made_at, Remedy.due_on).where(
        Remedy.state == RemedyState.PROMISED, Remedy.due_on.is_not(None), rungs
    )


def _rungs(
    council: Council,
    today: date,
    due: InstrumentedAttribute[Any],
    same: ColumnElement[bool],
    half_way: ColumnElement[bool],
) -> ColumnElement[bool]:
    """Whether any rung was reached of which there is no reminder."""

    def waits(rung: Rung) -> ColumnElement[bool]:
        there = and_(same, Reminder.rung == rung.code)
        if rung.days is None:
            return and_(half_way, ~exists().where(there))
        reached = due <= latest_due(rung, today, council.calendar)
        return and_(reached, ~exists().where(there, Reminder.due_on == due))

    return or_(*(waits(rung) for rung in council.chasing.ladder))


def _earlier_reading() -> ColumnElement[bool]:
    """Whether the same clock has another reading that ends earlier: that one is chased."""
    other = aliased(CaseClock)
    first = or_(
        other.due_on < CaseClock.due_on,
        and_(other.due_on == CaseClock.due_on, other.id < CaseClock.id),
    )
    readings = and_(
        other.stage_id == CaseClock.stage_id,
        other.key == CaseClock.key,
        other.met_on.is_(None),
        other.reading.in_((PROMISED, FROM_REQUEST)),
    )
    return exists().where(readings, first)


def _middle(start: Any, due: Any) -> ColumnElement[Any]:
    """Twice the middle of a time, in seconds, on both databases."""
    return extract("epoch", start) + extract("epoch", due)


def _twice(day: date, more: int = 0) -> ColumnElement[int]:
    # More than 32 bits hold.
    return literal(2 * (day - EPOCH).days * SECONDS_A_DAY + more, BigInteger())


def _of_clock(row: Any) -> Dated:
    case_id, clock_id, start_on, due_on = row
    return Dated(case_id, start_on, due_on, clock_id=clock_id)


def _of_remedy(row: Any) -> Dated:
    case_id, remedy_id, made_at, due_on = row
    return Dated(case_id, clock.london_date(made_at), due_on, remedy_id=remedy_id)
