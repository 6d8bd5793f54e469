"""Reminders in the words that officers read: which rung, and as whom somebody was to be told."""

from collections.abc import Mapping

from portal.cases.clock_names import CLOCKS
from portal.cases.reminding import PROMISE, SILENCE
from portal.procedures.chasing import HALF_WAY, Level, days_of
from portal.procedures.procedure import ClockKey
from portal.procedures.working_days import in_full
from portal.records.reminder import Reminder

LEVELS: Mapping[Level, str] = {
    Level.WHOEVER_MUST_ACT: "whoever must act",
    Level.MANAGER: "the manager",
    Level.HEAD_OF_SERVICE: "the head of service",
}


def what(row: Reminder, clock: str | None) -> str:
    """A reminder in one line: what was waited for, its date, the rung.

    Args:
        row: the reminder.
        clock: the code of its clock; None for a promise and for a silence.
    """
    if row.silent_since is not None:
        return rung(row.rung)
    name = PROMISE if clock is None else CLOCKS[ClockKey(clock)]
    return f"{name}, {in_full(row.due_on)}: {rung(row.rung).lower()}"


def rung(code: str) -> str:
    """A rung of the ladder: "Half-way", "3 working days before the date"."""
    if code == SILENCE:
        return "Nothing said to the person for too long"
    days = days_of(code)
    if code == HALF_WAY or days is None:
        return "Half-way to the date"
    if days == 0:
        return "On the date"
    amount = f"{abs(days)} working day{'' if abs(days) == 1 else 's'}"
    return f"{amount} {'before' if days < 0 else 'after'} the date"


def levels(codes: list[str]) -> str:
    """As whom somebody could not be told: "the manager and the head of service"."""
    *first, last = (LEVELS[Level(code)] for code in codes)
    return f"{', '.join(first)} and {last}" if first else last
