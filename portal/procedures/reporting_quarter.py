"""The year and the quarter under which something is reported: years begin on 1 April."""

from datetime import date
from typing import NamedTuple

FIRST_MONTH = 4
MONTHS_OF_A_QUARTER = 3


class Quarter(NamedTuple):
    """A quarter of a reporting year, such as the third of 2026-27."""

    year: str
    number: int


def quarter_of(day: date) -> Quarter:
    """Say in which quarter of which reporting year a day lies.

    Args:
        day: what is reported counts by the day it came in.
    """
    begins = day.year if day.month >= FIRST_MONTH else day.year - 1
    months = (day.month - FIRST_MONTH) % 12
    return Quarter(f"{begins}-{(begins + 1) % 100:02}", months // MONTHS_OF_A_QUARTER + 1)
