"""Where each procedure's clocks begin, pause and end."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.bank_holidays import bundled
from portal.procedures import corporate, data_protection, ombudsman, statutory
from portal.procedures.procedure import (
    ClockKey,
    ClockRule,
    Profile,
    StartEvent,
    Track,
    due_on,
    latest_on,
    start_of,
    track_of,
)
from portal.procedures.statutory import Pause, adjusted_for_pause, second_stage_clocks
from portal.procedures.vocabulary import Category, ProcedureCode
from portal.procedures.working_days import Unit

ACK = ClockRule(ClockKey.ACKNOWLEDGE_1, StartEvent.RECEIVED, 5)
CODE_1 = ClockRule(
    ClockKey.STAGE_1,
    StartEvent.ACKNOWLEDGED,
    10,
    maximum=20,
    start_no_later_than=ClockKey.ACKNOWLEDGE_1,
)
CODE = Profile(
    "code",
    Track.CORPORATE,
    date(2026, 4, 1),
    None,
    {"acknowledge_1": ACK, "stage_1": CODE_1},
    {},
)
RECEIVED, ACKNOWLEDGED = StartEvent.RECEIVED, StartEvent.ACKNOWLEDGED


def test_stage_2_keeps_both_clocks_and_thirteen_weeks() -> None:
    clocks = second_stage_clocks(date(2020, 1, 6), date(2020, 2, 17), bundled())
    assert clocks.from_request.due == date(2020, 2, 10)
    assert clocks.from_request_longest.due == date(2020, 4, 6)
    assert clocks.from_statement is not None
    assert clocks.from_statement_longest is not None
    assert clocks.from_statement.due == date(2020, 3, 23)
    assert clocks.from_statement_longest.due == date(2020, 5, 21)


def test_without_a_statement_only_the_request_counts() -> None:
    clocks = second_stage_clocks(date(2026, 11, 23), None, bundled())
    assert clocks.from_statement is None
    assert clocks.from_statement_longest is None
    assert clocks.from_request_longest.due == date(2027, 2, 25)
    assert clocks.longest.due == clocks.thirteen_weeks.due == date(2027, 2, 22)


def test_the_worked_pause() -> None:
    pause = Pause(date(2020, 2, 12), date(2020, 3, 18))
    clock = adjusted_for_pause(date(2020, 2, 3), 20, [pause], bundled())
    assert (clock.used, clock.left) == (6, 14)
    assert clock.adjusted is not None
    assert clock.adjusted.due == date(2020, 4, 7)
    assert clock.unadjusted.due == date(2020, 3, 2)
    assert "26 working days while the clock was paused" in clock.adjusted.in_words()
    assert "2020-02-12 to 2020-03-18" in clock.adjusted.calendar_version


def test_an_open_pause_has_no_adjusted_date() -> None:
    pauses = [Pause(date(2020, 2, 12), None)]
    clock = adjusted_for_pause(date(2020, 2, 3), 20, pauses, bundled())
    assert clock.adjusted is None
    assert (clock.used, clock.left) == (6, 14)


def test_a_pause_after_the_last_day_changes_nothing() -> None:
    clock = adjusted_for_pause(date(2020, 2, 3), 5, [Pause(date(2020, 4, 1), None)], bundled())
    assert clock.adjusted is not None
    assert clock.adjusted.due == clock.unadjusted.due
    assert (clock.used, clock.left) == (5, 0)


def test_a_pause_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="cannot end before"):
        Pause(date(2020, 2, 2), date(2020, 2, 1))


@given(
    st.dates(date(2019, 1, 1), date(2026, 1, 1)),
    st.integers(1, 65),
    st.lists(st.tuples(st.integers(0, 80), st.integers(0, 30)), min_size=1, max_size=4),
)
def test_pauses_never_bring_a_date_nearer_and_used_and_left_add_up(
    start: date, length: int, spans: list[tuple[int, int]]
) -> None:
    pauses = [
        Pause(start + timedelta(days=gap), start + timedelta(days=gap + long))
        for gap, long in spans
    ]
    clock = adjusted_for_pause(start, length, pauses, bundled())
    assert clock.adjusted is not None
    assert clock.adjusted.due >= clock.unadjusted.due
    assert clock.used + clock.left == length
    assert not any(p.first_day <= clock.adjusted.due <= (p.last_day or start) for p in pauses)


@pytest.mark.parametrize(
    ("acknowledged", "start", "due", "longest"),
    [
        (date(2026, 4, 1), date(2026, 4, 1), date(2026, 4, 17), date(2026, 5, 1)),
        (date(2026, 4, 10), date(2026, 4, 10), date(2026, 4, 24), date(2026, 5, 11)),
        (date(2026, 4, 20), date(2026, 4, 10), date(2026, 4, 24), date(2026, 5, 11)),
        (None, date(2026, 4, 10), date(2026, 4, 24), date(2026, 5, 11)),
    ],
    ids=["at once", "on day 5", "late earns no time", "not yet"],
)
def test_the_code_counts_from_the_earlier_of_letter_and_day_5(
    acknowledged: date | None, start: date, due: date, longest: date
) -> None:
    received = date(2026, 4, 1)
    events = {RECEIVED: received} | ({ACKNOWLEDGED: acknowledged} if acknowledged else {})
    found = start_of(CODE, CODE_1, events, bundled())
    assert found == start == corporate.first_stage_start(received, acknowledged, bundled())
    assert found == corporate.second_stage_start(received, acknowledged, bundled())
    assert due_on(CODE_1, start, bundled()).due == due
    assert latest_on(CODE_1, start, bundled()).due == longest


def test_a_clock_waits_for_its_event() -> None:
    assert start_of(CODE, CODE_1, {}, bundled()) is None
    assert start_of(CODE, ACK, {ACKNOWLEDGED: date(2026, 4, 1)}, bundled()) is None


def test_a_reading_of_the_code_without_day_5_is_a_setting() -> None:
    late = ClockRule(ClockKey.STAGE_1, ACKNOWLEDGED, 10)
    events = {RECEIVED: date(2026, 4, 1), ACKNOWLEDGED: date(2026, 4, 20)}
    assert start_of(CODE, late, events, bundled()) == date(2026, 4, 20)


def test_data_protection_and_ombudsman_dates() -> None:
    received = date(2026, 11, 25)
    assert data_protection.acknowledge_by(received, bundled()).due == date(2026, 12, 29)
    usual = ClockRule(ClockKey.ENQUIRY, RECEIVED, 20)
    assert ombudsman.answer_by(usual, received, None, bundled()) == date(2026, 12, 23)
    named = date(2026, 12, 1)
    assert ombudsman.answer_by(usual, received, named, bundled()) == named
    assert ombudsman.last_day_to_go(date(2024, 2, 29), bundled()).due == date(2025, 2, 28)


def test_the_limits_of_the_law_are_the_printed_ones() -> None:
    assert {limit.key: limit.longest for limit in statutory.LIMITS} == {
        "make": 1,
        "stage_1": 20,
        "stage_2": 65,
        "panel": 30,
        "panel_report": 5,
        "panel_answer": 15,
    }
    assert {limit.unit for limit in data_protection.LIMITS} == {Unit.DAYS}


@pytest.mark.parametrize(
    ("category", "procedure", "track"),
    [
        (Category.COMPLAINT, ProcedureCode.STATUTORY, Track.STATUTORY),
        (Category.COMPLAINT, ProcedureCode.CORPORATE, Track.CORPORATE),
        (Category.MP_ENQUIRY, ProcedureCode.DUTY, Track.MP_ENQUIRY),
        (Category.OMBUDSMAN, ProcedureCode.STATUTORY, Track.OMBUDSMAN),
        (Category.COMPLAINT, ProcedureCode.DUTY, None),
        (Category.COMPLIMENT, ProcedureCode.NONE, None),
    ],
)
def test_what_a_matter_runs_on(
    category: Category, procedure: ProcedureCode, track: Track | None
) -> None:
    assert track_of(category, procedure) is track
