"""The ladder by which a date is chased: which reminder is due on a day, and to whom it climbs.

No law asks for it. Its rungs, and to whom each goes, are the council's choice (issue 5, point 7;
reference/needs.md 2.4). Reminders are due on working days only, never before the clock has begun.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portal.procedures.state import AppointedAs, State
from portal.procedures.working_days import ONE_DAY, Calendar, Unit, after

HALF_WAY, DUE = "half_way", "due"
CODE = re.compile(r"(before|after)_([1-9][0-9]?)")


class Level(StrEnum):
    """To whom a rung goes."""

    WHOEVER_MUST_ACT = "whoever_must_act"
    MANAGER = "manager"
    HEAD_OF_SERVICE = "head_of_service"


ABOVE = frozenset({Level.MANAGER, Level.HEAD_OF_SERVICE})
"""Those above whoever must act: a date that was missed is told to one of them at least."""

ACTS_BY_APPOINTMENT = {
    State.REVIEWING: AppointedAs.REVIEWER,
    State.INVESTIGATING: AppointedAs.INVESTIGATOR,
}
"""Where a case waits for somebody who was appointed to it."""


@dataclass(frozen=True)
class Rung:
    """One rung: `days` working days after the date, before it where negative; None for half-way."""

    days: int | None
    to: tuple[Level, ...]

    @property
    def code(self) -> str:
        """How it is called in the council's file and in the records: `half_way`, `before_3`, `due`,
        `after_1`."""
        if self.days is None:
            return HALF_WAY
        if self.days == 0:
            return DUE
        return f"before_{-self.days}" if self.days < 0 else f"after_{self.days}"


@dataclass(frozen=True)
class Step:
    """A rung of one clock, with its day."""

    rung: Rung
    day: date


@dataclass(frozen=True)
class Chase:
    """What a clock's ladder asks for on a day: the rung to send, and those that were passed over,
    because a newer one says more or because they have no place on so short a clock."""

    now: Rung | None
    passed: tuple[Rung, ...]


@dataclass(frozen=True)
class Chasing:
    """How a council chases. Days are working days.

    Attributes:
        ladder: the rungs, in the order of their days.
        holding_days: so long before its date a stage without a drafted answer gets its letter.
        holding_adds: so long after the date the day lies that a holding letter is drafted with.
        silence_days: after more than so many without a word to the person an alarm is raised.
    """

    ladder: tuple[Rung, ...]
    holding_days: int
    holding_adds: int
    silence_days: int


def days_of(code: str) -> int | None:
    """Read a rung's code.

    Args:
        code: as in the council's file.

    Returns:
        Working days after the date, negative before it; None for half-way.

    Raises:
        ValueError: it is no rung.
    """
    if code == HALF_WAY:
        return None
    if code == DUE:
        return 0
    found = CODE.fullmatch(code)
    if found is None:
        raise ValueError(f'"{code}" is no rung. Use half_way, before_3, due, after_1 or the like')
    return -int(found[2]) if found[1] == "before" else int(found[2])


def steps(ladder: tuple[Rung, ...], start: date, due: date, calendar: Calendar) -> tuple[Step, ...]:
    """Give the rungs of one clock with their days, in order.

    Args:
        ladder: the council's rungs.
        start: the day on which the clock begins; its day 0.
        due: its date.
        calendar: the days off.

    Returns:
        The rungs that have a place between start and date, and after the date: a clock of three
        days has no third day before its end. Half-way comes before all others or not at all.
    """
    dated = [
        Step(rung, max(day_of(rung, start, due, calendar), start))
        for rung in ladder
        if rung.days is not None and (rung.days >= 0 or day_of(rung, start, due, calendar) > start)
    ]
    halves = [Step(rung, _half_way(start, due, calendar)) for rung in ladder if rung.days is None]
    first = min((step.day for step in dated), default=date.max)
    return (*(step for step in halves if start < step.day < min(first, due)), *dated)


def chase(
    ladder: tuple[Rung, ...],
    start: date,
    due: date,
    today: date,
    calendar: Calendar,
    had: Collection[str] = (),
    since: date | None = None,
) -> Chase:
    """Say which rung of a clock is due, and which are passed over.

    After nights on which nothing ran only the newest rung is sent: three reminders at once say no
    more than one.

    Args:
        ladder, start, due, calendar: as in `steps`.
        today: the day.
        had: codes of the rungs that were sent or passed over for this date.
        since: the day of the clock's latest reminder, for whatever date it then had: rungs up to
            that day are not sent again when a date moves.
    """
    open_rungs = [rung for rung in ladder if rung.code not in had]
    reached = [rung for rung in open_rungs if _reached(rung, start, due, today, calendar)]
    sendable = [
        step.rung
        for step in steps(ladder, start, due, calendar)
        if step.rung in reached and step.day <= today and (since is None or step.day > since)
    ]
    now = sendable[-1] if sendable else None
    return Chase(now, tuple(rung for rung in reached if rung is not now))


def day_of(rung: Rung, start: date, due: date, calendar: Calendar) -> date:
    """Give the working day of a rung, whether or not it has a place on so short a clock.

    A date on a day off is chased on the working day before it, when somebody can still keep it.
    """
    if rung.days is None:
        return _half_way(start, due, calendar)
    if rung.days > 0:
        return after(due, rung.days, Unit.WORKING_DAYS, calendar).due
    return _back(_on_or_before(due, calendar), -rung.days, calendar)


def latest_due(rung: Rung, today: date, calendar: Calendar) -> date:
    """Give the last date whose rung has been reached on a day: what a query compares dates with.

    Args:
        rung: one that counts from the date, so not half-way.
        today: the day.
        calendar: the days off.
    """
    assert rung.days is not None, "Half-way depends on the start as well."
    here = _on_or_before(today, calendar)
    if rung.days > 0:
        return _back(here, rung.days - 1, calendar) - ONE_DAY
    ahead = -rung.days + 1
    return after(here, ahead, Unit.WORKING_DAYS, calendar).due - ONE_DAY


def silent_before(today: date, days: int, calendar: Calendar) -> date:
    """Give the first day on which a word to the person still breaks the silence.

    Args:
        today: the day.
        days: more than so many working days after the last word are a silence.
        calendar: the days off.
    """
    return _back(_on_or_before(today, calendar), days, calendar)


def _reached(rung: Rung, start: date, due: date, today: date, calendar: Calendar) -> bool:
    if rung.days is None:
        return _half_way(start, due, calendar) <= today
    return due <= latest_due(rung, today, calendar)


def _half_way(start: date, due: date, calendar: Calendar) -> date:
    """The first working day from the middle of the time on."""
    middle = start + timedelta(days=-(-max(0, (due - start).days) // 2))
    while calendar.why_not_working(middle) is not None:
        middle += ONE_DAY
    return middle


def _on_or_before(day: date, calendar: Calendar) -> date:
    return next(one for one in _backwards(day) if calendar.why_not_working(one) is None)


def _back(day: date, number: int, calendar: Calendar) -> date:
    """The working day so many working days before one."""
    for one in _backwards(day - ONE_DAY) if number else ():
        if calendar.why_not_working(one) is None:
            number -= 1
        if not number:
            return one
    return day


def _backwards(day: date) -> Iterator[date]:
    while True:
        yield day
        day -= ONE_DAY
