"""The days of an invented complaint: they lie in its year, and make it in time, late or open."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from portal.demo.dates import working_days_after
from portal.demo.register.complaint import Came, Complaint
from portal.procedures.reporting_year import ReportingYear
from portal.procedures.vocabulary import ProcedureCode

LIMIT = 20
"""Working days of stage 1 in the years before the Code."""
TRIES = 5_000


class NoRoom(RuntimeError):
    """No days of the year fit what became of a complaint."""


@dataclass(frozen=True)
class Days:
    """When it came, when a case was opened, and when stage 1 ended; None while it is open."""

    received: date
    opened: date
    due: date
    ended: date | None


def days_for(complaint: Complaint, as_at: date, chance: random.Random) -> Days:
    """Find days that fit.

    Args:
        complaint: what becomes of it.
        as_at: the day of the report; nothing happens after it.
        chance: decides.

    Raises:
        NoRoom: there are none.
    """
    year = ReportingYear.named(complaint.year)
    first, last = _window(complaint, year, as_at)
    for _ in range(TRIES):
        received = first + timedelta(days=chance.randint(0, (last - first).days))
        opened = working_days_after(received, chance.randint(1, 3))
        if received.weekday() > 4 or opened > year.last_day:
            continue
        start = opened if complaint.procedure is ProcedureCode.STATUTORY else received
        due = working_days_after(start, LIMIT)
        ended = _ended(complaint, start, chance)
        if _fits(complaint, due, ended, as_at) and (ended is None or ended >= opened):
            return Days(received, opened, due, ended)
    raise NoRoom(f"{complaint}")


def next_stage_asked(answered: date, chance: random.Random) -> date:
    """The day on which somebody asks for the next stage, some days after the answer."""
    return working_days_after(answered, chance.randint(4, 13))


def _ended(complaint: Complaint, start: date, chance: random.Random) -> date | None:
    if complaint.came in (Came.OPEN_LATE, Came.NOT_DUE):
        return None
    if complaint.came in (Came.WITHDRAWN, Came.ASIDE):
        return working_days_after(start, chance.randint(4, 15))
    if complaint.in_time:
        return working_days_after(start, chance.randint(7, LIMIT))
    return working_days_after(start, chance.randint(LIMIT + 1, 45))


def _fits(complaint: Complaint, due: date, ended: date | None, as_at: date) -> bool:
    if complaint.came is Came.OPEN_LATE:
        return due < as_at
    if complaint.came is Came.NOT_DUE:
        return due >= as_at
    return ended is not None and ended <= as_at


def _window(complaint: Complaint, year: ReportingYear, as_at: date) -> tuple[date, date]:
    """From when to when it may have come: early enough for what follows in the same year."""
    begins, ends = year.first_day, year.last_day
    if complaint.came is Came.OPEN_LATE:
        return ends - timedelta(days=150), ends
    if complaint.came is Came.NOT_DUE:
        return as_at - timedelta(days=32), ends
    onward = complaint.onward
    if onward is None:
        return begins, ends
    if complaint.procedure is ProcedureCode.CORPORATE:
        if onward.open:
            return date(begins.year, 12, 9), date(begins.year + 1, 1, 6)
        return begins, date(begins.year, 10, 25)
    if onward.to_panel:
        return date(begins.year, 8, 20), date(begins.year, 9, 15)
    if onward.open:
        return date(begins.year, 9, 20), date(begins.year, 11, 12)
    return begins, date(begins.year, 7, 20)
