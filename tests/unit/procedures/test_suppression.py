"""No hidden count can be worked out from what is printed beside it, by whoever knows the rule."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.procedures.suppression import is_small, suppressed

COUNTS = st.lists(st.integers(0, 9) | st.integers(0, 200), max_size=6)
TOTALS = {1: 30, 2: 30, 3: 30, 4: 26, 5: 18}
"""Up to which total every list of a length is looked at."""
Printed = tuple[object, ...]


def printed(counts: tuple[int, ...]) -> Printed:
    """What a reader sees of a list: its counts, None for a hidden one, and its total."""
    hidden, total_hidden = suppressed(counts)
    shown = (None if flag else value for flag, value in zip(hidden, counts, strict=True))
    return (*shown, None if total_hidden else sum(counts))


def lists(length: int, total: int) -> Iterator[tuple[int, ...]]:
    """Every list of counts that come to at most a total."""
    if length == 0:
        yield ()
        return
    for first in range(total + 1):
        for rest in lists(length - 1, total - first):
            yield (first, *rest)


@pytest.mark.parametrize("length", TOTALS)
def test_of_no_small_count_there_is_only_one_that_would_be_printed_so(length: int) -> None:
    alike: defaultdict[Printed, list[tuple[int, ...]]] = defaultdict(list)
    for counts in lists(length, TOTALS[length]):
        alike[printed(counts)].append(counts)
    for seen, possible in alike.items():
        for place in range(length):
            values = {counts[place] for counts in possible}
            if seen[place] is None and any(map(is_small, values)):
                assert len(values) > 1, (seen, possible)


@given(COUNTS)
def test_every_small_count_is_hidden_and_nothing_without_need(counts: list[int]) -> None:
    hidden, total_hidden = suppressed(counts)
    assert all(flag for flag, number in zip(hidden, counts, strict=True) if is_small(number))
    if not any(map(is_small, counts)):
        assert not any(hidden)
    assert total_hidden is (any(hidden) and len(counts) == 1)


def test_one_small_count_takes_the_last_other_with_it() -> None:
    assert suppressed([40, 3, 9, 0]).hidden == (False, True, True, False)
    assert suppressed([9, 3, 40, 0]).hidden == (False, True, True, False)
    assert suppressed([40, 3, 4, 9]).hidden == (False, True, True, False)
    assert suppressed([40, 1, 1, 9]).hidden == (False, True, True, True)
    assert suppressed([40, 1, 1, 10]).hidden == (True, True, True, True)
    assert suppressed([2, 0, 0]).hidden == (True, True, True)
    assert suppressed([3]) == ((True,), True)


def test_whoever_knows_that_the_smallest_other_is_hidden_would_learn_nothing() -> None:
    # Of five, five and four, a rule that took the first five would tell which is the four.
    assert printed((5, 5, 4)) == printed((5, 4, 5)) == (5, None, None, 14)
