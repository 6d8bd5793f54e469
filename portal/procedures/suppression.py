"""Small numbers that would say something about somebody, and what else must be hidden with them.

Counts below five are hidden in breakdowns by what people are (a choice of disclosure control, not
a rule of law; reference/procedures.md 6.1). Where the rest and the total would give a hidden number
away, more are hidden.
"""

from collections.abc import Sequence
from typing import NamedTuple

SMALLEST_SHOWN = 5


class Suppression(NamedTuple):
    """Which counts of a list are hidden, and whether their total is."""

    hidden: tuple[bool, ...]
    total_hidden: bool


def is_small(number: int) -> bool:
    """Whether a count is hidden for itself. Nought says nothing about anybody who is there."""
    return 0 < number < SMALLEST_SHOWN


def suppressed(counts: Sequence[int]) -> Suppression:
    """Say what of a list of counts with a total may be printed.

    Args:
        counts: how many of each kind; every one is in exactly one.

    Returns:
        Hidden are those below five and, where these could be worked out from the total, the next
        smallest as well. Then several sets of numbers above nought fit what is shown. Where too
        few are left for that, all are hidden, noughts too; a list of one hides its total.
    """
    hidden = {place for place, number in enumerate(counts) if is_small(number)}
    others = sorted(
        (number, place) for place, number in enumerate(counts) if number and place not in hidden
    )
    while hidden and not _safe(counts, hidden):
        if not others:
            hidden = set(range(len(counts)))
            break
        hidden.add(others.pop(0)[1])
    flags = tuple(place in hidden for place in range(len(counts)))
    return Suppression(flags, bool(hidden) and len(counts) == 1)


def _safe(counts: Sequence[int], hidden: set[int]) -> bool:
    """Whether each hidden count could be another one, even for somebody who knows that none is
    nought: two or more, and not all of them ones."""
    return len(hidden) > 1 and sum(counts[place] for place in hidden) > len(hidden)
