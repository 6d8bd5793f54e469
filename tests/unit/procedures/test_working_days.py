"""The counting itself: traps, properties, months and years, words and JSON."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.bank_holidays import bundled
from portal.procedures.working_days import (
    Calendar,
    Skipped,
    Unit,
    after,
    working_days_between,
)

STARTS = st.dates(date(2012, 1, 1), date(2027, 12, 31))
LENGTHS = st.integers(1, 90)
WD = Unit.WORKING_DAYS


def changed(add: list[str], remove: list[str]) -> Calendar:
    """Give the calendar as somebody would have it who missed a change."""
    days = {day: why for day, why in bundled().holidays.items() if day.isoformat() not in remove}
    days |= {date.fromisoformat(day): "Wrong" for day in add}
    return replace(bundled(), holidays=days)


@pytest.mark.parametrize(
    ("start", "length", "right", "wrong", "calendar"),
    [
        ("2020-05-01", 3, "2020-05-06", "2020-05-07", changed(["2020-05-04"], ["2020-05-08"])),
        ("2020-05-04", 5, "2020-05-12", "2020-05-11", changed(["2020-05-04"], ["2020-05-08"])),
        (
            "2022-05-25",
            10,
            "2022-06-10",
            "2022-06-09",
            changed(["2022-05-30"], ["2022-06-02", "2022-06-03"]),
        ),
        ("2022-09-08", 10, "2022-09-23", "2022-09-22", changed([], ["2022-09-19"])),
        ("2023-04-27", 10, "2023-05-15", "2023-05-12", changed([], ["2023-05-08"])),
    ],
    ids=["VE day", "VE day, received on the old Monday", "Jubilee", "Funeral", "Coronation"],
)
def test_traps_tell_the_right_calendar_from_the_usual_pattern(
    start: str, length: int, right: str, wrong: str, calendar: Calendar
) -> None:
    day_0 = date.fromisoformat(start)
    assert after(day_0, length, WD, bundled()).due.isoformat() == right
    assert after(day_0, length, WD, calendar).due.isoformat() == wrong


@pytest.mark.parametrize(("start", "length"), [("2020-04-09", 20), ("2020-05-01", 5)])
def test_some_dates_prove_nothing_about_ve_day(start: str, length: int) -> None:
    day_0, kept_monday = date.fromisoformat(start), changed(["2020-05-04"], ["2020-05-08"])
    assert after(day_0, length, WD, bundled()).due == after(day_0, length, WD, kept_monday).due


def test_day_of_receipt_is_day_0() -> None:
    assert after(date(2020, 3, 27), 10, WD, bundled()).due != date(2020, 4, 9)


@given(STARTS, LENGTHS)
def test_due_is_a_working_day_and_the_days_add_up(start: date, length: int) -> None:
    deadline = after(start, length, WD, bundled())
    assert bundled().why_not_working(deadline.due) is None
    assert working_days_between(start, deadline.due, bundled()) == length
    assert len(deadline.skipped) + length == (deadline.due - start).days
    assert all(bundled().why_not_working(s.day) == s.why for s in deadline.skipped)


@given(STARTS, LENGTHS, st.integers(0, 40), st.integers(0, 40))
def test_later_or_longer_is_never_due_earlier(
    start: date, length: int, days: int, longer: int
) -> None:
    first = after(start, length, WD, bundled()).due
    assert after(start + timedelta(days=days), length, WD, bundled()).due >= first
    assert after(start, length + longer, WD, bundled()).due >= first


@given(STARTS, STARTS)
def test_between_is_the_same_both_ways_with_the_sign_changed(one: date, other: date) -> None:
    there = working_days_between(one, other, bundled())
    assert there == -working_days_between(other, one, bundled())


@given(STARTS, st.integers(1, 400), st.sampled_from([Unit.DAYS, Unit.MONTHS]))
def test_rolling_only_moves_on_to_the_next_working_day(
    start: date, length: int, unit: Unit
) -> None:
    plain = after(start, length, unit, bundled())
    rolled = after(start, length, unit, bundled(), roll_to_working_day=True)
    assert bundled().why_not_working(rolled.due) is None
    assert rolled.due - plain.due == timedelta(days=len(rolled.skipped))
    assert plain.skipped == ()


@pytest.mark.parametrize(
    ("start", "length", "unit", "due"),
    [
        ("2026-01-31", 1, Unit.MONTHS, "2026-02-28"),
        ("2024-02-29", 12, Unit.MONTHS, "2025-02-28"),
        ("2024-02-29", 1, Unit.YEARS, "2025-02-28"),
        ("2024-02-29", 4, Unit.YEARS, "2028-02-29"),
        ("2026-12-15", 1, Unit.MONTHS, "2027-01-15"),
        ("2026-11-25", 30, Unit.DAYS, "2026-12-25"),
    ],
)
def test_months_and_years_end_on_the_corresponding_date(
    start: str, length: int, unit: Unit, due: str
) -> None:
    assert after(date.fromisoformat(start), length, unit, bundled()).due.isoformat() == due


def test_data_protection_day_30_on_christmas_rolls_to_the_29th() -> None:
    rolled = after(date(2026, 11, 25), 30, Unit.DAYS, bundled(), roll_to_working_day=True)
    assert rolled.due == date(2026, 12, 29)
    assert "30 days later is Friday 25 December 2026" in rolled.in_words()
    assert "Christmas Day" in rolled.in_words()


@pytest.mark.parametrize(
    ("start", "length", "beyond"),
    [
        (date(2028, 12, 28), 1, False),
        (date(2028, 12, 29), 1, True),
        (date(2040, 1, 2), 5, True),
        (date(2011, 12, 31), 1, False),
        (date(2011, 12, 30), 1, True),
    ],
)
def test_days_outside_the_calendar_are_flagged(start: date, length: int, beyond: bool) -> None:
    deadline = after(start, length, WD, bundled())
    assert deadline.beyond_calendar is beyond
    assert ("may move" in deadline.in_words()) is beyond


def test_a_date_that_needs_no_bank_holidays_is_never_flagged() -> None:
    assert not after(date(2028, 6, 1), 1, Unit.YEARS, bundled()).beyond_calendar
    rolled = after(date(2028, 6, 1), 1, Unit.YEARS, bundled(), roll_to_working_day=True)
    assert rolled.beyond_calendar


@pytest.mark.parametrize("length", [0, -1])
def test_a_length_below_one_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="give 1 or more"):
        after(date(2026, 1, 1), length, WD, bundled())


@pytest.mark.parametrize("unit", list(Unit))
def test_the_end_of_the_calendar_is_a_sentence_and_not_a_crash(unit: Unit) -> None:
    with pytest.raises(ValueError, match="past the year 9999"):
        after(date(9999, 12, 30), 40, unit, bundled())


def test_words_name_each_bank_holiday_and_count_weekends() -> None:
    assert after(date(2020, 3, 27), 10, WD, bundled()).in_words() == (
        "Friday 27 March 2020 is day 0. 10 working days later is Tuesday 14 April 2020."
        " Not counted: 6 weekend days, Good Friday (Friday 10 April 2020) and Easter Monday"
        " (Monday 13 April 2020)."
    )
    assert after(date(2026, 11, 23), 1, WD, bundled()).in_words() == (
        "Monday 23 November 2026 is day 0. 1 working day later is Tuesday 24 November 2026."
    )


def test_json_has_the_contract_keys_with_weekends() -> None:
    given_out = after(date(2020, 5, 1), 3, WD, bundled()).as_json()
    assert given_out["due"] == "2020-05-06"
    assert given_out["skipped"] == [
        {"date": "2020-05-02", "why": "Saturday"},
        {"date": "2020-05-03", "why": "Sunday"},
    ]


def test_a_bank_holiday_is_given_by_name() -> None:
    skipped = after(date(2020, 5, 7), 1, WD, bundled()).skipped
    assert skipped[0] == Skipped(date(2020, 5, 8), "Early May bank holiday (VE day)")


@given(STARTS, st.integers(0, 900))
def test_between_is_what_counting_day_by_day_gives(start: date, days: int) -> None:
    each = (start + timedelta(days=n) for n in range(1, days + 1))
    counted = sum(bundled().why_not_working(day) is None for day in each)
    assert working_days_between(start, start + timedelta(days=days), bundled()) == counted
