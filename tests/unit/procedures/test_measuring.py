"""Reported against 10 and 20, against 25 and 65, whatever was promised or extended."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.council import load_council
from portal.procedures.measuring import Measure, measures
from portal.procedures.procedure import ClockKey, Track
from portal.procedures.working_days import working_days_between
from tests.unit.procedures.test_clock_proofs import independently

COUNCIL = load_council("staffordshire")
LAW = COUNCIL.profile(Track.STATUTORY, date(2026, 11, 23))
START, TODAY = date(2026, 6, 1), date(2026, 12, 1)


def measured(clock: ClockKey, met_on: date | None, today: date = TODAY) -> tuple[Measure, ...]:
    return measures(LAW, clock, START, met_on, today, COUNCIL.calendar)


@pytest.mark.parametrize(
    ("met_on", "in_time", "late_by"),
    [
        (date(2026, 6, 15), (True, True), (0, 0)),
        (date(2026, 6, 16), (False, True), (1, 0)),
        (date(2026, 6, 29), (False, True), (10, 0)),
        (date(2026, 7, 1), (False, False), (12, 2)),
        # A Saturday after the last day is late by no working day, and late all the same.
        (date(2026, 6, 20), (False, True), (4, 0)),
    ],
)
def test_stage_1_against_10_and_20(
    met_on: date, in_time: tuple[bool, bool], late_by: tuple[int, int]
) -> None:
    found = measured(ClockKey.STAGE_1, met_on)
    assert [one.length for one in found] == [10, 20]
    assert [one.due_on for one in found] == [date(2026, 6, 15), date(2026, 6, 29)]
    assert tuple(one.in_time for one in found) == in_time
    assert tuple(one.late_by for one in found) == late_by


def test_stage_2_against_25_and_65() -> None:
    usual, longest = measured(ClockKey.STAGE_2, date(2026, 8, 3))
    assert (usual.length, usual.due_on) == (25, independently(START, 25))
    assert (longest.length, longest.due_on) == (65, independently(START, 65))
    assert (usual.in_time, longest.in_time) == (False, True)


def test_an_open_stage_is_late_once_it_is_past_and_has_no_place_before() -> None:
    before = measured(ClockKey.STAGE_1, None, date(2026, 6, 15))
    assert [one.in_time for one in before] == [None, None]
    between = measured(ClockKey.STAGE_1, None, date(2026, 6, 17))
    assert [(one.in_time, one.late_by) for one in between] == [(False, 2), (None, 0)]


def test_what_is_not_reported_is_not_measured() -> None:
    assert measures(LAW, ClockKey.PANEL, START, None, TODAY, COUNCIL.calendar) == ()


@given(st.dates(date(2026, 6, 1), date(2027, 6, 1)))
def test_a_longer_length_is_never_worse(met_on: date) -> None:
    shorter, longer = measured(ClockKey.STAGE_1, met_on, date(2027, 6, 2))
    assert longer.in_time or not shorter.in_time
    assert shorter.late_by >= longer.late_by
    assert shorter.in_time is (
        working_days_between(START, met_on, COUNCIL.calendar) <= 10 and met_on <= shorter.due_on
    )
