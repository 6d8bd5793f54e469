"""Data-protection complaints: section 103 of the Data (Use and Access) Act 2025."""

from datetime import date

from portal.procedures.law import LawLimit
from portal.procedures.procedure import ClockKey, StartEvent
from portal.procedures.working_days import Calendar, Deadline, Unit, after

IN_FORCE_FROM = date(2026, 6, 19)
ACKNOWLEDGE_WITHIN = 30

LIMITS = (
    LawLimit(
        ClockKey.ACKNOWLEDGE,
        StartEvent.RECEIVED,
        ACKNOWLEDGE_WITHIN,
        Unit.DAYS,
        "section 103 of the Data (Use and Access) Act 2025",
        in_force_from=IN_FORCE_FROM,
    ),
)
"""What a council's data-protection profile is checked against."""


def acknowledge_by(received: date, calendar: Calendar) -> Deadline:
    """Count the 30 days to acknowledge, as the Information Commissioner counts them.

    The day after receipt is day 1, even at a weekend; a last day that nobody works moves on to
    the next working day.
    """
    return after(received, ACKNOWLEDGE_WITHIN, Unit.DAYS, calendar, roll_to_working_day=True)
