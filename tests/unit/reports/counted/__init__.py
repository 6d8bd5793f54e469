"""Every table of a report of an invented register, counted by hand: by its id, its base and its
rows as they are read."""

from tests.unit.reports.by_hand import ByHand, Table
from tests.unit.reports.counted import (
    duty,
    first,
    later,
    numbers,
    ombudsmans,
    people,
    things,
    times,
)


def everything(hand: ByHand) -> dict[str, Table]:
    """All tables of the report: of a quarter or of some teams without those about people."""
    parts = (numbers, duty, first, later, ombudsmans, people, things, times)
    found: dict[str, Table] = {}
    for part in parts:
        tables = part.tables(hand)
        assert not found.keys() & tables.keys()
        found |= tables
    return found
