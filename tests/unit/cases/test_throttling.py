"""Guessing gets slower and slower, never closes for ever, and is forgotten after a day."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import pytest

from portal.cases import throttling
from portal.cases.throttling import FREE_FAILURES, LONGEST_WAIT, TooManyTries
from portal.records.throttle import Throttle
from portal.work import Work


def fail(work: Work, times: int) -> None:
    for _ in range(times):
        throttling.failed(work, "a key")
        work.session.flush()


def wait_of(work: Work) -> timedelta:
    row = work.session.query(Throttle).one()
    return (row.closed_until - work.now) if row.closed_until else timedelta(0)


def test_the_first_tries_are_free(work: Work) -> None:
    fail(work, FREE_FAILURES - 1)
    throttling.check(work, "a key")


def test_then_the_key_is_closed_and_says_for_how_long(work: Work) -> None:
    fail(work, FREE_FAILURES)
    with pytest.raises(TooManyTries) as refused:
        throttling.check(work, "another key", "a key")
    assert "1 minute" in refused.value.message
    assert refused.value.status == 429


def test_other_keys_stay_open(work: Work) -> None:
    fail(work, 20)
    throttling.check(work, "another key")


def waits(work: Work) -> Iterator[timedelta]:
    for _ in range(12):
        fail(work, 1)
        yield wait_of(work)


def test_each_wait_is_longer_than_the_last_up_to_an_hour(work: Work) -> None:
    fail(work, FREE_FAILURES - 1)
    found = list(waits(work))
    growing = [wait for wait in found if wait < LONGEST_WAIT]
    assert len(growing) >= 5
    assert all(later > earlier for earlier, later in pairwise(growing))
    assert max(found) == LONGEST_WAIT


def test_the_key_opens_again_after_its_wait(work: Work) -> None:
    fail(work, FREE_FAILURES)
    work.now += timedelta(minutes=1)
    throttling.check(work, "a key")


def test_a_day_later_the_count_begins_anew(work: Work) -> None:
    fail(work, FREE_FAILURES - 1)
    work.now += timedelta(days=1, minutes=1)
    fail(work, 1)
    throttling.check(work, "a key")
    assert work.session.query(Throttle).one().failures == 1


def test_success_forgets_the_failures(work: Work) -> None:
    fail(work, FREE_FAILURES)
    throttling.succeeded(work, "a key", "never failed")
    work.session.flush()
    throttling.check(work, "a key")


def test_what_was_tried_is_not_stored(work: Work) -> None:
    throttling.failed(work, "sign-in somebody@example.org")
    work.session.flush()
    assert "somebody" not in work.session.query(Throttle).one().key
