"""When invented feedback arrives: over a financial year, or over the last months up to now."""

import random
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from portal.clock import LONDON

MONTHS_BACK = timedelta(days=70)
# Feedback of these last days still waits, for the most part; there is enough of it for a queue.
RECENT = timedelta(days=9)
MOST_RECENT = 150
HOURS = tuple(range(24))
HOUR_WEIGHTS = (1, 1, 0, 0, 0, 1, 2, 4, 7, 9, 9, 8, 8, 8, 7, 7, 8, 7, 6, 6, 7, 6, 4, 2)
WEEKEND_SHARE = 0.3


class NotAYear(ValueError):
    """A financial year that cannot be read; the text is a sentence."""


@dataclass(frozen=True)
class Span:
    """From the first to the last day on which feedback arrives, and how much of it is recent."""

    first: date
    last: date
    recent_share: float = 0.0


def last_months(today: date, count: int) -> Span:
    """The months up to today, with a third of a small amount in the last days."""
    return Span(today - MONTHS_BACK, today, min(1 / 3, MOST_RECENT / max(count, 1)))


def financial_year(written: str, today: date) -> Span:
    """The days of a financial year such as `2019-20`, up to today at most.

    Raises:
        NotAYear: it is not written so, or has not begun.
    """
    found = re.fullmatch(r"(20\d\d)-(\d\d)", written)
    if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
        raise NotAYear("Write a financial year as its two calendar years, such as 2019-20.")
    first = date(int(found[1]), 4, 1)
    if first > today:
        raise NotAYear(f"The financial year {written} has not begun.")
    return Span(first, min(date(first.year + 1, 3, 31), today))


def arrivals(span: Span, count: int, now: datetime, chance: random.Random) -> list[datetime]:
    """The moments at which `count` pieces of feedback arrive, oldest first and none after now."""
    recent_from = max(span.first, span.last - RECENT)
    moments = []
    for number in range(count):
        first = recent_from if number < count * span.recent_share else span.first
        moment = at_some_hour(_some_day(first, span.last, chance), chance)
        moments.append(min(moment, now - timedelta(minutes=chance.randrange(5, 600))))
    return sorted(moments)


def at_some_hour(day: date, chance: random.Random) -> datetime:
    """A moment of a London day, seldom at night."""
    hour = chance.choices(HOURS, HOUR_WEIGHTS)[0]
    return on_clock(day, hour, chance.randrange(60))


def on_clock(day: date, hour: int, minute: int) -> datetime:
    """The instant of a London clock's time."""
    return datetime.combine(day, time(hour, minute), LONDON).astimezone(UTC)


def _some_day(first: date, last: date, chance: random.Random) -> date:
    while True:
        day = first + timedelta(days=chance.randint(0, (last - first).days))
        if day.weekday() < 5 or chance.random() < WEEKEND_SHARE or first == last:
            return day
