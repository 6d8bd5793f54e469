"""Making cells: counts, shares, changes, sums of money, days. Whole numbers are rounded half up."""

from collections.abc import Sequence

from portal.reports.annual.table import Cell, CellKind

HIDDEN = "not shown"
NOTHING = Cell(CellKind.NOTHING, None, "")
UP, DOWN, SAME = "↑", "↓", "-"


def words(text: str) -> Cell:
    """A cell that is read."""
    return Cell(CellKind.WORDS, None, text)


def count(matters: Sequence[int]) -> Cell:
    """A count of matters, with their keys."""
    return Cell(CellKind.COUNT, len(matters), f"{len(matters):,}", tuple(matters))


def number(value: int) -> Cell:
    """A count of something that is no matter."""
    return Cell(CellKind.COUNT, value, f"{value:,}")


def whole(part: int, base: int) -> int | None:
    """A share in whole per cent, rounded half up; None of nothing.

    Args:
        part: how many of them; may be negative, for a change.
        base: how many there are.
    """
    if base == 0:
        return None
    # Half up and away from nought: 2.5 is 3, and a fall by 2.5 is one by 3.
    size = (200 * abs(part) + base) // (2 * base)
    return size if part >= 0 else -size


def share(
    part: int, base: int, matters: Sequence[int] = (), *, says_below_one: bool = False
) -> Cell:
    """A share of a base, rounded half up; "-" of nothing.

    Args:
        part, base: how many of how many.
        matters: the keys of those of the part.
        says_below_one: write "<1%" for whatever is some and less than one in a hundred, as the
            definition of T04 asks, and that of X03, which divides as finely.
    """
    value = whole(part, base)
    if value is None:
        return Cell(CellKind.SHARE, None, SAME)
    below = says_below_one and 0 < 100 * part < base
    text = "<1%" if below else f"{value}%"
    return Cell(CellKind.SHARE, value, text, tuple(matters))


def change(last: int, this: int) -> Cell:
    """How much more or less it is than the year before: "14% ↑"; "-" where that cannot be said."""
    value = whole(this - last, last)
    if value is None or this == last:
        return Cell(CellKind.CHANGE, value, SAME)
    size = f"{abs(value)}%" if value else "<1%"
    return Cell(CellKind.CHANGE, value, f"{size} {UP if this > last else DOWN}")


def money(pence: int, matters: Sequence[int] = ()) -> Cell:
    """A sum of money: pence only where there are any."""
    pounds, rest = divmod(pence, 100)
    text = f"£{pounds:,}.{rest:02}" if rest else f"£{pounds:,}"
    return Cell(CellKind.MONEY, pence, text, tuple(matters))


def days(number_of: int, matters: Sequence[int] = ()) -> Cell:
    """A length of time in days, with the keys of the matters that lasted so long."""
    return Cell(CellKind.DAYS, number_of, f"{number_of:,}", tuple(matters))


def hidden(kind: CellKind = CellKind.COUNT) -> Cell:
    """A small number that would say something about somebody, or another that would betray it."""
    return Cell(kind, None, HIDDEN, suppressed=True)
