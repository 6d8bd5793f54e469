"""What time it is: the only place that asks.

Instants are kept in UTC. The date of a clock, a letter or a report is the date in London.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """Give this instant, in UTC and aware of it."""
    return datetime.now(UTC)


def today() -> date:
    """Give today's date in London."""
    return london_date(now())


def in_london(instant: datetime) -> datetime:
    """Show an instant on a London clock.

    Raises:
        ValueError: the instant does not say its zone, so its date cannot be known.
    """
    if instant.tzinfo is None:
        raise ValueError("A time without a zone has no London date; give it one first.")
    return instant.astimezone(LONDON)


def london_date(instant: datetime) -> date:
    """Give the London date of an instant: 23:30 UTC in July is the next day.

    Raises:
        ValueError: the instant does not say its zone.
    """
    return in_london(instant).date()
