"""Guessing secret words is hopeless, and whoever guesses closes nobody else's door.

How many tries a day are judged, against how many words there are; then the person, in another
browser, at another address, and on the computer of a library.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
import time_machine
from flask import Flask

from portal.cases import secret_words, throttling, tracking
from portal.cases.throttling import TooManyTries
from portal.cases.tracking import NotFoundTogether, buckets
from portal.work import PUBLIC, WORKER, Work, begin_work
from tests.matters import make_feedback, words_of

SECRETS = len(secret_words.word_list()) ** secret_words.COUNT
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
HOME, LIBRARY, ELSEWHERE = "192.0.2.1", "198.51.100.7", "203.0.113.9"
WRONG = "apple apple apple apple apple"
# More than any crime gang has of addresses, for one young person's words.
BOTNET = 100_000


@pytest.fixture
def reference(app: Flask) -> str:
    with begin_work(WORKER) as work:
        return make_feedback(work).reference


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 12, 7, 10, tzinfo=UTC), tick=False) as moved:
        yield moved


def judged(work: Work, browsers: Iterator[str], span: timedelta) -> int:
    """How many tries at one reference from one address are judged, by whoever tries as soon as they
    may."""
    began, found = work.now, 0
    for browser in browsers:
        while work.now - began < span:
            try:
                throttling.take_a_try(work, *buckets("R", HOME, browser))
            except TooManyTries:
                work.now += timedelta(minutes=1)
                continue
            found += 1
            break
        else:
            return found
    raise AssertionError("There is always another browser.")


def same_browser() -> Iterator[str]:
    while True:
        yield "the same"


def a_new_browser_each_time() -> Iterator[str]:
    return (str(number) for number in count())


def guess(reference: str, browser: str, address: str = HOME) -> None:
    with pytest.raises((NotFoundTogether, TooManyTries)):
        tracking.open_with_words(PUBLIC, reference, WRONG, address, browser)


def opens(reference: str, browser: str, address: str = HOME) -> bool:
    opened = tracking.open_with_words(PUBLIC, reference, words_of(), address, browser)
    return opened.reference == reference


def test_there_are_as_many_secrets_as_the_list_allows() -> None:
    assert SECRETS == 1_296**5 > 3.6e15


def test_one_browser_gets_few_guesses_a_day(work: Work) -> None:
    assert judged(work, same_browser(), DAY) <= 40


def test_the_guesses_of_a_day_against_the_size_of_the_secret(work: Work) -> None:
    """Without cookies each try is a new browser's, so the address is what bounds it."""
    first = judged(work, a_new_browser_each_time(), HOUR)
    second = judged(work, a_new_browser_each_time(), HOUR)
    # After the free ones it is one a minute, hour for hour.
    assert second <= HOUR / tracking.SHORT_WAIT + 1
    a_day = first + 23 * second
    assert a_day <= tracking.FREE_AT_ADDRESS + 24 * (HOUR / tracking.SHORT_WAIT + 1)
    years = SECRETS / 2 / (a_day * BOTNET) / 365
    assert years > 10_000, f"{a_day} guesses a day from each of {BOTNET} addresses"
    assert SECRETS / 2 / a_day / 365 > 1e9


def test_many_references_from_one_address_are_bounded_as_well(work: Work) -> None:
    began, found = work.now, 0
    for number in count():
        try:
            throttling.take_a_try(work, *buckets(f"R{number}", HOME, str(number)))
            found += 1
        except TooManyTries:
            work.now += timedelta(minutes=1)
        if work.now - began >= HOUR / 4:
            break
    assert found <= tracking.FREE_OF_ADDRESS + HOUR / 4 / tracking.SHORT_WAIT + 1


def test_the_person_gets_in_from_another_browser_at_the_same_address(reference: str) -> None:
    for _ in range(20):
        guess(reference, "the attacker's")
    with pytest.raises(TooManyTries):
        tracking.open_with_words(PUBLIC, reference, words_of(), HOME, "the attacker's")
    assert opens(reference, "the person's")


def test_a_guesser_elsewhere_closes_nothing_at_home(reference: str) -> None:
    for browser in range(tracking.FREE_AT_ADDRESS + 10):
        guess(reference, str(browser), ELSEWHERE)
    assert opens(reference, "the person's", HOME)


def test_where_a_machine_guesses_at_the_same_address_the_wait_is_a_minute(
    reference: str, clock: time_machine.Traveller
) -> None:
    for browser in range(tracking.FREE_AT_ADDRESS + 5):
        guess(reference, str(browser))
    with pytest.raises(TooManyTries) as closed:
        opens(reference, "the person's")
    assert "1 minute" in closed.value.message
    clock.shift(tracking.SHORT_WAIT)
    assert opens(reference, "the person's")


def test_a_library_has_slips_all_day_and_stays_open(
    app: Flask, clock: time_machine.Traveller
) -> None:
    with begin_work(WORKER) as work:
        references = [make_feedback(work, name=None).reference for _ in range(12)]
    for turn in range(4 * 12):
        reference, browser = references[turn % 12], f"visitor {turn}"
        for _ in range(3):
            guess(reference, browser, LIBRARY)
        assert opens(reference, browser, LIBRARY)
        clock.shift(timedelta(minutes=5))


def test_a_right_answer_does_not_wipe_out_guesses_at_others(reference: str) -> None:
    with begin_work(WORKER) as work:
        own = make_feedback(work).reference
    for number in range(tracking.FREE_AT_ADDRESS):
        guess(reference, f"new {number}")
        assert opens(own, "own", HOME)
    with pytest.raises(TooManyTries):
        tracking.open_with_words(PUBLIC, reference, WRONG, HOME, "one more")
