"""[accessibility] of a council's file: what the accessibility statement promises of people."""

from datetime import date

from portal.council_values import Entry, Length


class AccessibilityEntry(Entry):
    """What only the council can promise.

    Attributes:
        format_days: days in which somebody who asks for another format hears what we can do.
        mended_by: the day by which what the tests found at fault is mended; told only where they
            found something.
    """

    format_days: Length = 10
    mended_by: date | None = None
