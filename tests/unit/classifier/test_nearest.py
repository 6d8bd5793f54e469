"""Fingerprints and the search among them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from classifier import nearest
from classifier.heads import WIDTH
from classifier.nearest import Nearest, fingerprint_of, rounded

PLAN = "The EHC plan is twenty weeks late and nobody answers about the annual review."
PLAN_AGAIN = "We were promised our son's EHC plan in March; the review was cancelled twice."
TAXI = "The taxi to school did not come again and my daughter missed her lessons."


def test_a_text_is_nearer_to_its_like_than_to_another() -> None:
    index = Nearest()
    index.add([7, 9], [fingerprint_of(None, PLAN_AGAIN), fingerprint_of(None, TAXI)])
    [[first, second]] = index.search([fingerprint_of(None, PLAN)], 2)
    assert (first[0], second[0]) == (7, 9)
    assert first[1] > second[1]
    [[itself]] = index.search([fingerprint_of(None, TAXI)], 1)
    assert itself[0] == 9
    assert itself[1] > 0.999


def test_a_fingerprint_is_a_byte_for_each_score_whatever_the_text() -> None:
    for text in ("", "x", "💔" * 500, "word " * 50_000):
        assert len(fingerprint_of(None, text)) == WIDTH


# In 64ths, so that adding to them is exact in 32 bits.
@given(st.lists(st.integers(-3200, 3200), min_size=WIDTH, max_size=WIDTH))
def test_only_the_differences_between_a_questions_codes_count(scores: list[int]) -> None:
    one = np.array(scores, np.float32) / 64
    assert rounded(one) == rounded(one + 3)


def test_halves_go_one_way() -> None:
    one = np.zeros(WIDTH, np.float32)
    one[-1] = 1
    assert rounded(one) == rounded(one + 3)


@given(st.lists(st.floats(-50, 50, width=32), min_size=WIDTH, max_size=WIDTH))
def test_rounding_keeps_the_direction(scores: list[float]) -> None:
    one = np.array(scores, np.float32)
    index = Nearest()
    index.add([1], [rounded(one)])
    [[(key, likeness)]] = index.search([rounded(one * 2)], 1)
    assert key == 1
    flat = not any(np.frombuffer(rounded(one), np.int8))
    assert flat or likeness > 0.99


def test_what_is_dropped_is_found_no_more() -> None:
    index = Nearest()
    assert index.search([rounded(np.zeros(WIDTH, np.float32))], 3) == [[]]
    rows = [rounded(np.eye(WIDTH, dtype=np.float32)[n]) for n in range(4)]
    index.add([1, 2, 3, 4], rows)
    index.drop({2, 5})
    assert index.keys() == {1, 3, 4}
    assert len(index) == 3
    assert 2 not in {key for key, _ in index.search([rows[1]], 10)[0]}


def test_many_are_searched_in_portions_with_the_same_answer() -> None:
    chance = np.random.default_rng(4)
    rows = [rounded(row) for row in chance.normal(size=(300, WIDTH)).astype(np.float32)]
    index = Nearest()
    index.add(list(range(300)), rows)
    together = index.search(rows[: nearest._AT_ONCE + 9], 3)
    alone = [index.search([row], 3)[0] for row in rows[: nearest._AT_ONCE + 9]]
    assert [[key for key, _ in near] for near in together] == [
        [key for key, _ in near] for near in alone
    ]
    assert [near[0][0] for near in together] == list(range(nearest._AT_ONCE + 9))
