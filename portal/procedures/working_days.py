"""Counting time to a deadline, with the working shown.

The day on which the event happens is day 0, whatever day of the week it is; day 1 is the first
day after it that counts. Regulation 2 of SI 2006/1738 says which days are working days: not a
Saturday, a Sunday or a bank holiday. Council closures and school holidays do count.
"""

import calendar as months_of
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

WEEKEND = {5: "Saturday", 6: "Sunday"}
WEEKDAYS = 5
PAUSED = "Clock paused"
ONE_DAY = timedelta(days=1)


class Unit(StrEnum):
    """What a length of time is counted in."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


class Skipped(NamedTuple):
    """A day that was not counted, and why: "Saturday", "Sunday" or the bank holiday's name."""

    day: date
    why: str


@dataclass(frozen=True)
class Calendar:
    """The days off, from the first to the last day for which they are known."""

    holidays: Mapping[date, str]
    first_day: date
    last_day: date
    version: str

    @cached_property
    def by_ordinal(self) -> Mapping[int, str]:
        """The days off by their proleptic ordinal, in which counting is quicker."""
        return {day.toordinal(): name for day, name in self.holidays.items()}

    @cached_property
    def weekday_holidays(self) -> tuple[int, ...]:
        """The days off that fall on no weekend, by their proleptic ordinals, in order."""
        return tuple(sorted(day.toordinal() for day in self.holidays if day.weekday() < WEEKDAYS))

    def working_days_to(self, day: date) -> int:
        """How many working days there are from the first of all days up to and including a day:
        the difference of two of these is quicker found than the days between are counted."""
        weeks, rest = divmod(day.toordinal(), 7)
        # The first of all days is a Monday.
        weekdays = WEEKDAYS * weeks + min(rest, WEEKDAYS)
        return weekdays - bisect_right(self.weekday_holidays, day.toordinal())

    def why_not_working(self, day: date) -> str | None:
        """Say why nobody works on a day, or None for a working day.

        A day outside the calendar is judged by its weekday alone; ask `covers` as well.
        """
        return WEEKEND.get(day.weekday()) or self.holidays.get(day)

    def covers(self, day: date) -> bool:
        """Say whether the days off around this day are known."""
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True)
class Deadline:
    """The last day for something, and how it was counted.

    `skipped` holds every day between `start` and `due` that was not counted. `beyond_calendar`
    is true when a day was counted for which no bank holidays are known, so the date may move.
    """

    start: date
    length: int
    unit: Unit
    due: date
    skipped: tuple[Skipped, ...]
    calendar_version: str
    beyond_calendar: bool

    def in_words(self) -> str:
        """Tell the working in two or three plain sentences."""
        words = f"{in_full(self.start)} is day 0. {self._counted()}"
        if self.beyond_calendar:
            words += (
                " We do not hold the bank holidays for all of this time, so this date may"
                " move. Check it again when they are published."
            )
        return words

    def as_json(self) -> dict[str, object]:
        """Give the deadline as plain values for `flask deadline --json` and the case's history."""
        return {
            "start": self.start.isoformat(),
            "length": self.length,
            "unit": self.unit.value,
            "due": self.due.isoformat(),
            "skipped": [{"date": s.day.isoformat(), "why": s.why} for s in self.skipped],
            "calendar_version": self.calendar_version,
            "beyond_calendar": self.beyond_calendar,
        }

    def _counted(self) -> str:
        amount = _amount(self.length, self.unit)
        if self.unit is not Unit.WORKING_DAYS:
            if not self.skipped:
                return f"{amount} later is {in_full(self.due)}."
            nominal = self.skipped[0]
            return (
                f"{amount} later is {in_full(nominal.day)}, which is not a working day"
                f" ({nominal.why}), so the last day is the next one: {in_full(self.due)}."
            )
        sentence = f"{amount} later is {in_full(self.due)}."
        if not self.skipped:
            return sentence
        return f"{sentence} Not counted: {_listed(_summary(self.skipped))}."


def after(
    start: date,
    length: int,
    unit: Unit,
    calendar: Calendar,
    roll_to_working_day: bool = False,
) -> Deadline:
    """Count a length of time on from an event.

    Months and years end on the corresponding date; where the month has no such date, on its last
    day (29 February becomes 28 February; reference/procedures.md 9.1 marks this unverified).

    Args:
        start: the day of the event, which is day 0.
        length: how many, at least one.
        unit: working days, days, months or years.
        calendar: the days off.
        roll_to_working_day: whether a last day that is not a working day moves on to the next
            one. It changes nothing for working days.

    Returns:
        The deadline with the days skipped.

    Raises:
        ValueError: the length is below one, or the last day is past the year 9999.
    """
    if length < 1:
        raise ValueError(f"A length of {length} is not a time to count; give 1 or more.")
    try:
        if unit is Unit.WORKING_DAYS:
            due, skipped = _count_working(start, length, calendar)
        else:
            due, skipped = _corresponding(start, length, unit), ()
            if roll_to_working_day:
                due, skipped = _rolled(due, calendar)
    except (OverflowError, ValueError):
        raise ValueError(f"{_amount(length, unit)} from {start} is past the year 9999.") from None
    # Dates counted without looking at the calendar do not depend on what it covers.
    looked_at = unit is Unit.WORKING_DAYS or roll_to_working_day
    first_looked_at = start + ONE_DAY if unit is Unit.WORKING_DAYS else due
    beyond = looked_at and not (calendar.covers(first_looked_at) and calendar.covers(due))
    return Deadline(start, length, unit, due, skipped, calendar.version, beyond)


def working_days_between(start: date, end: date, calendar: Calendar) -> int:
    """Count the working days after `start` up to and including `end`.

    Returns:
        A number that undoes `after`: from an event to its deadline of n working days it is n.
        When `end` comes first it is negative, which reads as days overdue.
    """
    return calendar.working_days_to(end) - calendar.working_days_to(start)


def relative_words(day: date, today: date, calendar: Calendar) -> str:
    """A date against today in working days: "in 3 working days", "2 working days late"."""
    days = working_days_between(today, day, calendar)
    if day == today:
        return "today"
    if not days:
        # One of the two is a day off.
        return "before the next working day" if day > today else "since the last working day"
    amount = f"{abs(days)} working day{'' if abs(days) == 1 else 's'}"
    return f"in {amount}" if day > today else f"{amount} late"


def in_full(day: date) -> str:
    """Write a date as "Wednesday 6 May 2020"."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def _count_working(
    start: date, length: int, calendar: Calendar
) -> tuple[date, tuple[Skipped, ...]]:
    off, ordinal, left, skipped = calendar.by_ordinal, start.toordinal(), length, []
    while left:
        ordinal += 1
        # Ordinal 1 is a Monday, so the weekday of an ordinal is one less, modulo seven.
        why = WEEKEND.get((ordinal - 1) % 7) or off.get(ordinal)
        if why is None:
            left -= 1
        else:
            skipped.append(Skipped(date.fromordinal(ordinal), why))
    return date.fromordinal(ordinal), tuple(skipped)


def _rolled(day: date, calendar: Calendar) -> tuple[date, tuple[Skipped, ...]]:
    skipped = []
    while (why := calendar.why_not_working(day)) is not None:
        skipped.append(Skipped(day, why))
        day += ONE_DAY
    return day, tuple(skipped)


def _corresponding(start: date, length: int, unit: Unit) -> date:
    if unit is Unit.DAYS:
        return start + timedelta(days=length)
    return months_later(start, length * 12 if unit is Unit.YEARS else length)


def months_later(start: date, months: int) -> date:
    """The same day of the month so many months later, or the last of a shorter month.

    Raises:
        OverflowError: no such year is known.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year > date.max.year:
        raise OverflowError
    last = months_of.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


def _amount(length: int, unit: Unit) -> str:
    noun = unit.value.replace("_", " ")
    return f"{length} {noun[:-1] if length == 1 else noun}"


def _summary(skipped: tuple[Skipped, ...]) -> list[str]:
    """Count the weekend and paused days; name each bank holiday with its date."""
    weekend = sum(s.why in WEEKEND.values() for s in skipped)
    paused = sum(s.why == PAUSED for s in skipped)
    parts = []
    if weekend:
        parts.append(f"{weekend} weekend day{'s' if weekend > 1 else ''}")
    if paused:
        parts.append(f"{paused} working day{'s' if paused > 1 else ''} while the clock was paused")
    named = (s for s in skipped if s.why not in WEEKEND.values() and s.why != PAUSED)
    return parts + [f"{s.why} ({in_full(s.day)})" for s in named]


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
