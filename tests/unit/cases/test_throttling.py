"""Guessing gets slower and slower, never closes for ever, and is forgotten after a day."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from portal.cases import throttling
from portal.cases.throttling import FREE_FAILURES, LONGEST_WAIT, Bucket, TooManyTries
from portal.db import db
from portal.records.throttle import Throttle
from portal.work import WORKER, Work, begin_work
from tests.conftest import app_for, settings_for


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


OWN, OFFICE = Bucket("own"), Bucket("office", free=30, one_forgotten_every=timedelta(minutes=10))


def test_a_try_is_counted_before_it_is_judged(work: Work) -> None:
    for _ in range(FREE_FAILURES):
        throttling.take_a_try(work, OWN, OFFICE)
    with pytest.raises(TooManyTries):
        throttling.take_a_try(work, OWN, OFFICE)


def test_what_is_refused_is_not_counted_anywhere(work: Work) -> None:
    for _ in range(FREE_FAILURES):
        throttling.take_a_try(work, OWN)
    for _ in range(OFFICE.free * 2):
        with pytest.raises(TooManyTries):
            throttling.take_a_try(work, OFFICE, OWN)
    throttling.take_a_try(work, OFFICE)


def test_a_right_try_given_back_counts_for_nothing(work: Work) -> None:
    for _ in range(OFFICE.free * 3):
        throttling.take_a_try(work, OFFICE)
        throttling.give_back(work, OFFICE)
    throttling.take_a_try(work, OFFICE)


def test_giving_one_back_leaves_those_of_others(work: Work) -> None:
    for _ in range(OFFICE.free - 1):
        throttling.take_a_try(work, OFFICE)
    throttling.take_a_try(work, OFFICE)
    throttling.give_back(work, OFFICE)
    throttling.take_a_try(work, OFFICE)
    with pytest.raises(TooManyTries):
        throttling.take_a_try(work, OFFICE)


def test_slips_of_many_people_do_not_add_up_over_weeks(work: Work) -> None:
    for _ in range(OFFICE.free * 10):
        throttling.take_a_try(work, OFFICE)
        work.now += timedelta(minutes=20)


def test_a_guesser_who_never_stops_waits_up_to_an_hour_and_no_longer(work: Work) -> None:
    began, tries = work.now, 0
    while work.now - began < timedelta(days=3):
        try:
            throttling.take_a_try(work, OWN)
            tries += 1
        except TooManyTries:
            work.now += timedelta(minutes=1)
    assert 3 * 23 <= tries <= 3 * 24 + 2 * FREE_FAILURES


def test_many_at_the_same_moment_are_not_all_the_first(database_url: str, tmp_path: Path) -> None:
    app = app_for(settings_for(tmp_path, DATABASE_URL=database_url))

    def one_try(_: int) -> bool:
        with app.app_context():
            try:
                with begin_work(WORKER) as work:
                    throttling.take_a_try(work, OFFICE, OWN)
            except TooManyTries:
                return False
            finally:
                db.session.remove()
            return True

    with ThreadPoolExecutor(8) as threads:
        passed = sum(threads.map(one_try, range(24)))
    assert passed == FREE_FAILURES
    with app.app_context():
        db.engine.dispose()
