"""Small numbers that would say something about somebody, and what else must be hidden with them.

Counts below five are hidden in breakdowns by what people are (a choice of disclosure control, not
a rule of law; reference/procedures.md 6.1). Where the rest and the total would give a hidden number
away, more are hidden.
"""

from collections.abc import Sequence
from typing import NamedTuple

SMALLEST_SHOWN = 5
LARGEST_SMALL = SMALLEST_SHOWN - 1


class Suppression(NamedTuple):
    """Which counts of a list are hidden, and whether their total is."""

    hidden: tuple[bool, ...]
    total_hidden: bool


def is_small(number: int) -> bool:
    """Whether a count is hidden for itself. Nought says nothing about anybody who is there."""
    return 0 < number < SMALLEST_SHOWN


def suppressed(counts: Sequence[int]) -> Suppression:
    """Say what of a list of counts with a total may be printed.

    A reader may know this rule and the total. So what is hidden besides the small counts is taken
    by its place in the list, the last first, and never by its size: to know that it was the
    smallest of the others would say what it is.

    Args:
        counts: how many of each kind, what tells least last; every one is in exactly one.

    Returns:
        Hidden are those below five and, where these could be worked out from the total, others as
        well. For each hidden small count there is another number that would be printed just so.
        Where too few are left for that, all are hidden, noughts too; a list of one hides its
        total.
    """
    small = [place for place, number in enumerate(counts) if is_small(number)]
    others = [place for place in range(len(counts)) if counts[place] >= SMALLEST_SHOWN]
    wanted = _wanted(counts, small, others)
    if len(others) < wanted:
        hidden = set(range(len(counts)))
    else:
        hidden = {*small, *others[len(others) - wanted :]}
    flags = tuple(place in hidden for place in range(len(counts)))
    return Suppression(flags, bool(hidden) and len(counts) == 1)


def _wanted(counts: Sequence[int], small: list[int], others: list[int]) -> int:
    """How many counts that are not small are hidden with those that are."""
    added = sum(counts[place] for place in small)
    if not small:
        return 0
    if others and len(small) > 1 and len(small) < added < LARGEST_SMALL * len(small):
        # Two or more that are neither all ones nor all fours could be others of the same sum.
        return 0
    alone = len(small) > 1 and added == len(small)
    last = counts[others[-1]] if others else 0
    # With a hidden count just so large as would make fours of them all, the ones would show.
    return 2 if alone and added + last == LARGEST_SMALL * (len(small) + 1) else 1
