"""Waits grow while the trouble lasts."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from intake.growing_waits import GrowingWaits


@given(st.floats(0.1, 60), st.floats(60, 900))
def test_they_double_up_to_the_longest_and_begin_again_after_a_success(
    shortest: float, longest: float
) -> None:
    waits = GrowingWaits(shortest, longest)
    given_out = [waits.next() for _ in range(20)]
    assert shortest * 2 / 3 <= given_out[0] <= shortest
    assert all(later > earlier for earlier, later in pairwise(given_out) if earlier < longest / 4)
    assert longest * 2 / 3 <= given_out[-1] <= longest
    waits.reset()
    assert waits.next() <= shortest


def test_two_do_not_knock_at_the_same_moment() -> None:
    assert len({GrowingWaits(1, 300).next() for _ in range(20)}) > 1
