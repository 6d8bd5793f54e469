"""Dates of what is promised: counted from what they were promised against, and never sliding."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import bank_holidays
from portal.procedures.remedy import Kept, Offset, due_after, kept, next_due
from portal.procedures.working_days import Unit, after, working_days_between

CALENDAR = bank_holidays.bundled()
days = st.dates(date(2019, 1, 1), date(2026, 12, 31))
lengths = st.integers(1, 60)
months = st.integers(1, 24)


@given(days, lengths, st.sampled_from(Unit))
def test_a_remedy_is_due_after_what_it_is_counted_from(base: date, n: int, unit: Unit) -> None:
    assert due_after(base, Offset(n, unit), CALENDAR) > base


@given(days, lengths, st.sampled_from(Unit))
def test_a_longer_time_is_never_due_earlier(base: date, n: int, unit: Unit) -> None:
    later = due_after(base, Offset(n + 1, unit), CALENDAR)
    assert later >= due_after(base, Offset(n, unit), CALENDAR)


@given(days, lengths)
def test_working_days_are_counted_as_everywhere(base: date, n: int) -> None:
    due = due_after(base, Offset(n, Unit.WORKING_DAYS), CALENDAR)
    assert working_days_between(base, due, CALENDAR) == n


@given(days, months, st.integers(1, 8))
def test_a_series_counts_from_its_first_day_and_never_slides(
    first: date, every: int, times: int
) -> None:
    present = first
    for n in range(1, times + 1):
        following = next_due(first, every, present, None, CALENDAR)
        assert following == after(first, every * n, Unit.MONTHS, CALENDAR).due
        assert following > present
        present = following


@given(days, months, st.integers(0, 900))
def test_nothing_of_a_series_is_due_past_its_end(first: date, every: int, last: int) -> None:
    until = first + timedelta(days=last)
    due, made = first, 0
    while (following := next_due(first, every, due, until, CALENDAR)) is not None:
        assert due < following <= until
        due, made = following, made + 1
    assert after(first, every * (made + 1), Unit.MONTHS, CALENDAR).due > until


def test_the_31st_stays_the_31st() -> None:
    february = next_due(date(2026, 1, 31), 1, date(2026, 1, 31), None, CALENDAR)
    assert february == date(2026, 2, 28)
    assert next_due(date(2026, 1, 31), 1, february, None, CALENDAR) == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("due", "done", "found"),
    [
        (date(2026, 6, 10), None, Kept.WAITING),
        (date(2026, 6, 9), None, Kept.LATE),
        (None, None, Kept.WAITING),
        (date(2026, 6, 9), date(2026, 6, 9), Kept.ON_TIME),
        (date(2026, 6, 8), date(2026, 6, 9), Kept.DONE_LATE),
        (None, date(2026, 6, 9), Kept.ON_TIME),
    ],
)
def test_a_promise_is_kept_or_late_by_its_day(
    due: date | None, done: date | None, found: Kept
) -> None:
    assert kept(due, done, date(2026, 6, 10)) is found
