"""Fetching ahead: in order, whole, never far ahead, and never left running."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.fetched import Batch
from intake.fetching_ahead import AHEAD_BATCHES, FetchAhead


def threads() -> list[threading.Thread]:
    return [one for one in threading.enumerate() if one.name == "fetch-ahead"]


@given(st.lists(st.integers(0, 30), max_size=12), st.integers(1, 60))
def test_everything_comes_in_order_and_never_more_is_held_than_may_be(
    sizes: list[int], most: int
) -> None:
    held, given_out = 0, 0
    lock = threading.Lock()

    def fetch(uids: list[int]) -> list[int]:
        nonlocal held
        with lock:
            held += sizes[uids[0]]
        return uids

    ahead = FetchAhead(
        lambda: (Batch([n, n], size) for n, size in enumerate(sizes)), fetch, ahead_bytes=most
    )
    came = []
    for number in ahead.messages():
        came.append(number)
        if len(came) % 2:
            given_out = sizes[number]
            with lock:
                # The batch in hand, and ahead of it either what fits or one large batch alone.
                assert held <= given_out + max(most, *sizes)
        else:
            with lock:
                held -= sizes[number]
    assert came == [n for n in range(len(sizes)) for _ in range(2)]
    assert threads() == []


def test_it_is_at_most_two_batches_ahead() -> None:
    fetched = []
    more = threading.Semaphore(0)

    def fetch(uids: list[int]) -> list[int]:
        fetched.append(uids[0])
        more.release()
        return uids

    messages = FetchAhead(lambda: (Batch([n], 0) for n in range(20)), fetch).messages()
    assert next(messages) == 0
    for _ in range(1 + AHEAD_BATCHES):
        assert more.acquire(timeout=5)
    # Nothing more may be begun before the next is taken: give it the chance to be wrong.
    assert not more.acquire(timeout=0.2)
    assert len(fetched) == 1 + AHEAD_BATCHES
    messages.close()  # type: ignore[attr-defined]
    assert threads() == []


def test_a_failure_comes_after_what_came_before_it() -> None:
    def fetch(uids: list[int]) -> list[int]:
        if uids == [2]:
            raise ConnectionError("cut")
        return uids

    messages = FetchAhead(lambda: (Batch([n], 1) for n in range(5)), fetch).messages()
    assert [next(messages), next(messages)] == [0, 1]
    with pytest.raises(ConnectionError, match="cut"):
        next(messages)
    assert threads() == []
