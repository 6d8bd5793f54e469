"""Days of roles and teams in words."""

from datetime import date

from portal.wording import long_date


def days_in_words(first: date, last: date | None) -> str:
    """Both days: "from 1 December 2026 to the end of 31 March 2027"."""
    return f"from {long_date(first)}" + (f" to the end of {long_date(last)}" if last else "")
