"""No hidden count can be worked out from what is printed beside it."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from portal.procedures.suppression import is_small, suppressed

COUNTS = st.lists(st.integers(0, 9) | st.integers(0, 200), max_size=6)


def could_be(counts: list[int], hidden: list[int], least: int) -> list[set[int]]:
    """For each hidden count every number that fits the total, if none is below `least`."""
    left = sum(counts[place] for place in hidden)
    fitting = [
        (*head, left - sum(head))
        for head in product(range(least, left + 1), repeat=len(hidden) - 1)
        if left - sum(head) >= least
    ]
    return [set(column) for column in zip(*fitting, strict=True)]


@given(st.lists(st.integers(0, 12), max_size=4))
def test_every_hidden_count_could_be_another_one(counts: list[int]) -> None:
    hidden, total_hidden = suppressed(counts)
    places = [place for place, flag in enumerate(hidden) if flag]
    if not places or total_hidden:
        assert total_hidden is (bool(places) and len(counts) == 1)
        return
    # Where all are hidden a reader cannot even tell which are nought.
    least = 0 if len(places) == len(counts) else 1
    assert all(len(numbers) > 1 for numbers in could_be(counts, places, least))


@given(COUNTS)
def test_every_small_count_is_hidden_and_nothing_without_need(counts: list[int]) -> None:
    hidden, _ = suppressed(counts)
    assert all(flag for flag, number in zip(hidden, counts, strict=True) if is_small(number))
    if not any(map(is_small, counts)):
        assert not any(hidden)


def test_one_small_count_takes_the_next_smallest_with_it() -> None:
    assert suppressed([40, 3, 9, 0]).hidden == (False, True, True, False)
    assert suppressed([40, 3, 4, 9]).hidden == (False, True, True, False)
    assert suppressed([40, 1, 1, 9]).hidden == (False, True, True, True)
    assert suppressed([2, 0, 0]).hidden == (True, True, True)
    assert suppressed([3]) == ((True,), True)
