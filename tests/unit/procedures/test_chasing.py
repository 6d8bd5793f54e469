"""The ladder: never before the clock begins, each rung once, in order, only the newest after nights
on which nothing ran."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.bank_holidays import bundled
from portal.procedures.chasing import (
    HALF_WAY,
    Level,
    Rung,
    chase,
    day_of,
    days_of,
    latest_due,
    silent_before,
    steps,
)
from portal.procedures.working_days import working_days_between

CALENDAR = bundled()
ACTOR = (Level.WHOEVER_MUST_ACT,)
LADDER = tuple(Rung(days, ACTOR) for days in (None, -3, 0, 1, 3))
ONE_DAY = timedelta(days=1)

days = st.dates(date(2024, 1, 1), date(2026, 12, 1))
lengths = st.integers(0, 90)
ladders = st.sets(st.integers(-12, 12), min_size=1, max_size=6).flatmap(
    lambda chosen: st.booleans().map(
        lambda half: tuple(Rung(d, ACTOR) for d in ([None] if half else []) + sorted(chosen))
    )
)


def codes(start: date, due: date) -> dict[str, date]:
    return {step.rung.code: step.day for step in steps(LADDER, start, due, CALENDAR)}


@pytest.mark.parametrize(
    ("start", "due", "expected"),
    [
        # Ten working days, over two weekends.
        (date(2026, 6, 1), date(2026, 6, 15), {
            "half_way": date(2026, 6, 8), "before_3": date(2026, 6, 10),
            "due": date(2026, 6, 15), "after_1": date(2026, 6, 16), "after_3": date(2026, 6, 18)}),
        # Over Christmas: the middle, Sunday 27 December, is moved past the bank holiday in lieu.
        (date(2026, 12, 18), date(2027, 1, 5), {
            "half_way": date(2026, 12, 29), "before_3": date(2026, 12, 30),
            "due": date(2027, 1, 5), "after_1": date(2027, 1, 6), "after_3": date(2027, 1, 8)}),
        # Two working days: no third day before the end.
        (date(2026, 6, 1), date(2026, 6, 3), {
            "half_way": date(2026, 6, 2), "due": date(2026, 6, 3),
            "after_1": date(2026, 6, 4), "after_3": date(2026, 6, 8)}),
        # Five: three days before the end comes first, so half-way would say nothing new.
        (date(2026, 6, 1), date(2026, 6, 8), {
            "before_3": date(2026, 6, 3), "due": date(2026, 6, 8),
            "after_1": date(2026, 6, 9), "after_3": date(2026, 6, 11)}),
        # A promise for a Sunday is chased on the Friday, when it can still be kept.
        (date(2026, 6, 1), date(2026, 6, 14), {
            "half_way": date(2026, 6, 8), "before_3": date(2026, 6, 9),
            "due": date(2026, 6, 12), "after_1": date(2026, 6, 15), "after_3": date(2026, 6, 17)}),
    ],
)  # fmt: skip
def test_the_days_of_the_ladder(start: date, due: date, expected: dict[str, date]) -> None:
    assert codes(start, due) == expected


@pytest.mark.parametrize("code", ["before_0", "after_", "soon", "before_100", "half-way", "due "])
def test_what_is_no_rung_says_so(code: str) -> None:
    with pytest.raises(ValueError, match="is no rung"):
        days_of(code)


@given(ladders)
def test_a_rung_is_read_as_it_is_called(ladder: tuple[Rung, ...]) -> None:
    assert [days_of(rung.code) for rung in ladder] == [rung.days for rung in ladder]


@given(days, lengths, ladders)
def test_no_rung_comes_before_the_clock_begins_and_they_come_in_order(
    start: date, length: int, ladder: tuple[Rung, ...]
) -> None:
    due = start + timedelta(days=length)
    found = steps(ladder, start, due, CALENDAR)
    assert all(step.day >= start for step in found)
    before = [step for step in found if step.rung.days is None or step.rung.days < 0]
    assert all(start < step.day < max(due, start + ONE_DAY) for step in before)
    order = [ladder.index(step.rung) for step in found]
    assert order == sorted(order)
    assert [step.day for step in found] == sorted(step.day for step in found)
    # Whoever has a date is told on it and after it, however short its clock is.
    assert {rung for rung in ladder if rung.days is not None and rung.days >= 0} <= {
        step.rung for step in found
    }


@given(days, st.integers(-12, 12))
def test_a_query_finds_exactly_the_dates_whose_rung_was_reached(today: date, at: int) -> None:
    rung = Rung(at, ACTOR)
    last = latest_due(rung, today, CALENDAR)
    for due in (last, last + ONE_DAY, last - timedelta(days=4)):
        reached = day_of(rung, due, due, CALENDAR) <= today
        assert reached is (due <= last), (due, last)


@given(days, lengths, ladders, st.lists(st.integers(0, 9), max_size=40), st.data())
def test_each_rung_is_dealt_with_once_and_sent_in_order_whatever_nights_are_missed(
    start: date, length: int, ladder: tuple[Rung, ...], waits: list[int], data: st.DataObject
) -> None:
    due, today = start + timedelta(days=length), start
    had: list[str] = []
    sent: list[Rung] = []
    since = None
    for wait in waits:
        today += timedelta(days=wait)
        found = chase(ladder, start, due, today, CALENDAR, had, since)
        had += [rung.code for rung in (*found.passed, *((found.now,) if found.now else ()))]
        if found.now is not None:
            assert today >= start
            sent.append(found.now)
            since = today
        # The same day again asks for nothing.
        again = chase(ladder, start, due, today, CALENDAR, had, since)
        assert (again.now, again.passed) == (None, ())
    assert len(had) == len(set(had))
    assert [ladder.index(rung) for rung in sent] == sorted(ladder.index(rung) for rung in sent)
    if today > due + timedelta(days=40) and waits[-1:]:
        assert set(had) == {rung.code for rung in ladder}


def test_after_missed_nights_only_the_newest_is_sent() -> None:
    found = chase(LADDER, date(2026, 6, 1), date(2026, 6, 15), date(2026, 6, 17), CALENDAR)
    assert found.now is not None
    assert found.now.code == "after_1"
    assert [rung.code for rung in found.passed] == [HALF_WAY, "before_3", "due"]


def test_a_moved_date_has_a_ladder_of_its_own_from_the_last_reminder_on() -> None:
    start, later = date(2026, 6, 1), date(2026, 6, 29)
    # Reminded on the old date, 15 June, which is the middle of the new time: nothing more then.
    for today, code in ((date(2026, 6, 16), None), (date(2026, 6, 24), "before_3")):
        found = chase(LADDER, start, later, today, CALENDAR, {HALF_WAY}, date(2026, 6, 15))
        assert (found.now.code if found.now else None) == code


@given(days, st.integers(0, 30), st.integers(0, 60))
def test_a_silence_lasts_more_than_so_many_working_days(today: date, most: int, ago: int) -> None:
    word = today - timedelta(days=ago)
    silent = working_days_between(word, today, CALENDAR) > most
    assert silent is (word < silent_before(today, most, CALENDAR))
