"""Reminders in the words that officers read: which rung, and as whom somebody was to be told."""

from collections.abc import Mapping

from portal.cases.reminding import SILENCE
from portal.procedures.chasing import HALF_WAY, Level, days_of

LEVELS: Mapping[Level, str] = {
    Level.WHOEVER_MUST_ACT: "whoever must act",
    Level.MANAGER: "the manager",
    Level.HEAD_OF_SERVICE: "the head of service",
}


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
    """As whom nobody could be told: "the manager and the head of service"."""
    return " and ".join(LEVELS[Level(code)] for code in codes)
