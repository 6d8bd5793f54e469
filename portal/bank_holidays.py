"""The published bank holidays of England and Wales, without asking the network.

The list comes inside the govuk-bank-holidays package. A council may add days that were proclaimed
after the package was released; a state funeral is announced days ahead.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files

from portal.procedures.working_days import Calendar

PACKAGE = "govuk-bank-holidays"


@lru_cache(maxsize=1)
def bundled() -> Calendar:
    """Give the calendar that came with the package, from its first year to its last whole one.

    Returns:
        A calendar whose version names the package and its release.
    """
    # We read the package's file: its class asks GOV.UK first unless told otherwise, and loads an
    # HTTP client either way.
    published = json.loads(files("govuk_bank_holidays").joinpath("bank-holidays.json").read_bytes())
    holidays = {
        date.fromisoformat(event["date"]): _name(event["title"], event["notes"])
        for event in published["england-and-wales"]["events"]
    }
    return Calendar(
        holidays=holidays,
        first_day=date(min(holidays).year, 1, 1),
        last_day=date(_last_whole_year(set(holidays)), 12, 31),
        version=f"{PACKAGE} {version(PACKAGE)}",
    )


def with_extra(calendar: Calendar, extra: Mapping[date, str]) -> Calendar:
    """Add days off that the calendar does not have.

    Args:
        calendar: the calendar to start from; it is not changed.
        extra: each further day off and its name.

    Returns:
        A calendar with a version of its own, so that a date counted with it can be told from one
        counted without. What it covers stays as it was: one more day does not make a year known.

    Raises:
        ValueError: a day has no name to show.
    """
    if not extra:
        return calendar
    for day, name in extra.items():
        if not name.strip():
            raise ValueError(f"Give the day off on {day} a name: it is shown beside the date.")
    added = "\n".join(f"{day} {extra[day]}" for day in sorted(extra))
    mark = sha256(added.encode()).hexdigest()[:8]
    return replace(
        calendar,
        holidays={**calendar.holidays, **extra},
        version=f"{calendar.version} with {len(extra)} added ({mark})",
    )


def _name(title: str, notes: str) -> str:
    return f"{title} (substitute day)" if notes == "Substitute day" else title


def _last_whole_year(days: set[date]) -> int:
    """Find the last year whose Christmas and Boxing Day are both published."""
    return max(
        year
        for year in {day.year for day in days}
        if sum(day.year == year and day.month == 12 and day.day >= 25 for day in days) >= 2
    )
