"""Every printed date of reference/procedures.md 2.3, 2.4 and 9.3 and of needs.md 3.1, through the
clocks of a stage and each three ways: our rule, another package's days off with another way of
counting, and the print."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import holidays
import numpy as np
import pytest

from portal.council import load_council
from portal.procedures.clocks import (
    FROM_REQUEST,
    FROM_STATEMENT,
    PROMISED,
    THIRTEEN,
    Extension,
    RunningClock,
    StageEvents,
    answer_clock,
    clocks_of,
)
from portal.procedures.procedure import ClockKey, StageKey, StartEvent, Track
from portal.procedures.state import Event
from portal.procedures.statutory import Pause
from tests.unit.procedures.worked_deadlines import VECTORS, D

COUNCIL = load_council("staffordshire")
NOW = date(2026, 11, 23)
DAYS_OFF = sorted(holidays.country_holidays("GB", subdiv="ENG", years=range(2019, 2029)))
S, K, T = StartEvent, ClockKey, Track
STATUTORY_1 = (T.STATUTORY, StageKey.STAGE_1)
STATUTORY_2 = (T.STATUTORY, StageKey.STAGE_2)
PANEL = (T.STATUTORY, StageKey.STAGE_3)
CODE_1 = (T.CORPORATE, StageKey.STAGE_1)
CODE_2 = (T.CORPORATE, StageKey.STAGE_2)


def independently(start: date, length: int, paused: tuple[date, ...] = ()) -> date:
    """Count with numpy's business days over the other package's days off. A day 0 on which nobody
    works is put back to the working day before, from which the same day comes out."""
    off = [*DAYS_OFF, *paused]
    return np.busday_offset(start, length, roll="backward", holidays=off).astype(object)  # type: ignore[no-any-return]


def counted(stage: tuple[Track, StageKey], events: StageEvents) -> dict[str, RunningClock]:
    """The clocks of a stage by key and reading, under the timescales of today."""
    clocks = clocks_of(COUNCIL.profile(stage[0], NOW), stage[1], events, COUNCIL.calendar)
    return {f"{clock.key}{'/' if clock.reading else ''}{clock.reading}": clock for clock in clocks}


@dataclass(frozen=True)
class Printed:
    """One printed date: what started, which clock, its length from which day, and the date."""

    stage: tuple[Track, StageKey]
    started: Mapping[StartEvent, date]
    clock: ClockKey
    start: date
    length: int
    due: date
    reading: str = PROMISED
    # The furthest date, and how many working days it is.
    latest: tuple[int, date] | None = None
    paused: tuple[Pause, ...] = field(default=())


BOTH = {S.REQUEST: D("2020-01-06"), S.STATEMENT_AGREED: D("2020-02-17")}
APRIL, TENTH = D("2026-04-01"), D("2026-04-10")
CHRISTMAS, NEW_YEARS_EVE = D("2026-12-22"), D("2026-12-31")
DECEMBER = D("2026-12-07")
ASKED, MET, REPORTED = D("2026-12-01"), D("2027-01-15"), D("2027-01-22")
PRINTED = {
    "stage 2 from the request": Printed(
        STATUTORY_2, BOTH, K.STAGE_2, D("2020-01-06"), 25, D("2020-02-10"),
        latest=(65, D("2020-04-06")),
    ),
    "stage 2 from the statement": Printed(
        STATUTORY_2, BOTH, K.STAGE_2, D("2020-02-17"), 25, D("2020-03-23"), FROM_STATEMENT,
        latest=(65, D("2020-05-21")),
    ),
    "year edge, usual": Printed(
        STATUTORY_1, {S.RECEIVED: D("2020-03-27")}, K.STAGE_1, D("2020-03-27"), 10,
        D("2020-04-14"), latest=(20, D("2020-04-28")),
    ),
    "Code, over Christmas: acknowledge": Printed(
        CODE_1, {S.RECEIVED: CHRISTMAS}, K.ACKNOWLEDGE_1, CHRISTMAS, 5, NEW_YEARS_EVE
    ),
    "Code, over Christmas: answer": Printed(
        CODE_1, {S.RECEIVED: CHRISTMAS, S.ACKNOWLEDGED: NEW_YEARS_EVE}, K.STAGE_1, NEW_YEARS_EVE,
        10, D("2027-01-15"),
    ),
    "Code, acknowledged at once": Printed(
        CODE_1, {S.RECEIVED: APRIL, S.ACKNOWLEDGED: APRIL}, K.STAGE_1, APRIL, 10, D("2026-04-17")
    ),
    "Code, acknowledged on day 5": Printed(
        CODE_1, {S.RECEIVED: APRIL, S.ACKNOWLEDGED: TENTH}, K.STAGE_1, TENTH, 10, D("2026-04-24"),
        latest=(20, D("2026-05-11")),
    ),
    "Code, acknowledged late": Printed(
        CODE_1, {S.RECEIVED: APRIL, S.ACKNOWLEDGED: D("2026-04-20")}, K.STAGE_1, TENTH, 10,
        D("2026-04-24"),
    ),
    "corporate chain: acknowledge": Printed(
        CODE_1, {S.RECEIVED: DECEMBER}, K.ACKNOWLEDGE_1, DECEMBER, 5, D("2026-12-14")
    ),
    "corporate chain: answer": Printed(
        CODE_1, {S.RECEIVED: DECEMBER, S.ACKNOWLEDGED: D("2026-12-14")}, K.STAGE_1,
        D("2026-12-14"), 10, D("2026-12-30"),
    ),
    "panel chain: panel": Printed(PANEL, {S.PANEL_REQUEST: ASKED}, K.PANEL, ASKED, 30, MET),
    "panel chain: report": Printed(
        PANEL, {S.PANEL_REQUEST: ASKED, S.PANEL_HELD: MET}, K.PANEL_REPORT, MET, 5, REPORTED
    ),
    "panel chain: answer": Printed(
        PANEL, {S.PANEL_REQUEST: ASKED, S.PANEL_HELD: MET, S.PANEL_REPORT_RECEIVED: REPORTED},
        K.PANEL_ANSWER, REPORTED, 15, D("2027-02-12"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PRINTED)
def test_a_printed_date_comes_out_three_ways(name: str) -> None:
    one = PRINTED[name]
    clocks = counted(one.stage, StageEvents(started=one.started, met={}))
    clock = clocks[one.clock + (f"/{one.reading}" if one.reading else "")]
    assert (clock.deadline.start, clock.due) == (one.start, one.due)
    assert independently(one.start, one.length) == one.due
    if one.latest is not None:
        length, printed = one.latest
        assert clock.latest == printed == independently(one.start, length)


@pytest.mark.parametrize("line", VECTORS)
def test_the_vectors_of_needs_through_the_clocks(line: str) -> None:
    start, five, ten, twenty, twenty_five, sixty_five, weeks = (D(day) for day in line.split())
    first = counted(STATUTORY_1, StageEvents({S.RECEIVED: start}, {}))[K.STAGE_1]
    second = counted(STATUTORY_2, StageEvents({S.REQUEST: start}, {}))
    code = counted(CODE_1, StageEvents({S.RECEIVED: start}, {}))
    assert (first.due, first.latest) == (ten, twenty)
    assert (second[K.STAGE_2].due, second[K.STAGE_2].latest) == (twenty_five, sixty_five)
    assert second[f"{K.STAGE_2}/{THIRTEEN}"].due == weeks == start + timedelta(weeks=13)
    assert code[K.ACKNOWLEDGE_1].due == five
    printed = {5: five, 10: ten, 20: twenty, 25: twenty_five, 65: sixty_five}
    assert {length: independently(start, length) for length in printed} == printed


def test_the_worked_pause_keeps_the_laws_date_in_sight() -> None:
    start, pause = D("2020-02-03"), Pause(D("2020-02-12"), D("2020-03-18"))
    events = StageEvents({S.REQUEST: start, S.REQUEST_ACKNOWLEDGED: start}, {}, pauses=(pause,))
    clock = counted(CODE_2, events)[K.STAGE_2]
    days = (pause.last_day or start) - pause.first_day
    paused = tuple(pause.first_day + timedelta(days=n) for n in range(days.days + 1))
    assert clock.adjusted == D("2020-04-07") == independently(start, 20, paused)
    assert clock.due == D("2020-03-02") == independently(start, 20)
    assert "Without the paused days it would be Tuesday 7 April 2020" in clock.in_words()


def test_a_data_protection_complaint_rolls_to_a_working_day() -> None:
    stage = (T.DATA_PROTECTION, StageKey.ACKNOWLEDGE)
    received = D("2026-11-25")
    clock = counted(stage, StageEvents({S.RECEIVED: received}, {}))[K.ACKNOWLEDGE]
    day_30 = received + timedelta(days=30)
    rolled = np.busday_offset(day_30, 0, roll="forward", holidays=DAYS_OFF).astype(object)
    assert day_30 == D("2026-12-25")
    assert clock.due == rolled == D("2026-12-29")


def test_a_letter_in_time_moves_the_date_and_the_first_stays_in_the_working() -> None:
    start = D("2026-06-01")
    events = StageEvents(
        {S.RECEIVED: start},
        {},
        extensions=(Extension(K.STAGE_1, D("2026-06-22"), D("2026-06-12")),),
    )
    clock = counted(STATUTORY_1, events)[K.STAGE_1]
    assert clock.deadline.due == D("2026-06-15") == independently(start, 10)
    assert (clock.due, clock.latest) == (D("2026-06-22"), D("2026-06-29"))
    assert "Moved to Monday 22 June 2026 by a letter of Friday 12 June 2026." in clock.in_words()
    assert clock.as_json()["now_due"] == "2026-06-22"


def test_an_extension_never_brings_a_date_nearer_and_moves_its_own_clock_alone() -> None:
    started = {S.RECEIVED: D("2026-06-01"), S.ACKNOWLEDGED: D("2026-06-01")}
    nearer = Extension(K.STAGE_1, D("2026-06-05"), D("2026-06-02"))
    clocks = counted(CODE_1, StageEvents(started, {}, extensions=(nearer,)))
    assert clocks[K.STAGE_1].due == D("2026-06-15")
    assert clocks[K.ACKNOWLEDGE_1].due == D("2026-06-08")


def test_an_extension_past_a_pause_leaves_no_second_date() -> None:
    start, pause = D("2026-06-01"), Pause(D("2026-06-03"), D("2026-06-04"))
    later = Extension(K.STAGE_1, D("2026-06-26"), D("2026-06-10"))
    with_both = StageEvents({S.RECEIVED: start}, {}, extensions=(later,), pauses=(pause,))
    assert counted(STATUTORY_1, with_both)[K.STAGE_1].adjusted is None
    alone = StageEvents({S.RECEIVED: start}, {}, pauses=(pause,))
    assert counted(STATUTORY_1, alone)[K.STAGE_1].adjusted == D("2026-06-17")


def test_where_the_statement_starts_stage_2_the_request_dates_it_until_then() -> None:
    historic = COUNCIL.profile(T.STATUTORY, D("2020-01-06"))
    asked = StageEvents({S.REQUEST: D("2020-01-06")}, {})
    clocks = clocks_of(historic, StageKey.STAGE_2, asked, COUNCIL.calendar)
    dated = answer_clock(T.STATUTORY, StageKey.STAGE_2, clocks)
    assert dated is not None
    assert (dated.reading, dated.rule.starts) == (FROM_REQUEST, S.REQUEST)
    assert dated.due == D("2020-04-06") == independently(D("2020-01-06"), 65)
    agreed = StageEvents(BOTH, {})
    clocks = clocks_of(historic, StageKey.STAGE_2, agreed, COUNCIL.calendar)
    promised = answer_clock(T.STATUTORY, StageKey.STAGE_2, clocks)
    assert promised is not None
    assert (promised.reading, promised.due) == (PROMISED, D("2020-05-21"))


def test_an_answer_without_a_letter_before_acknowledges_late_or_in_time() -> None:
    started = {S.RECEIVED: D("2026-06-01")}
    for answered, late in ((D("2026-06-05"), False), (D("2026-06-09"), True)):
        clocks = counted(CODE_1, StageEvents(started, {Event.ANSWERED: answered}))
        assert (clocks[K.ACKNOWLEDGE_1].met_on, clocks[K.ACKNOWLEDGE_1].late) == (answered, late)


def test_the_date_of_a_panel_moves_on_as_each_step_is_met() -> None:
    met = {Event.PANEL_HELD: MET, Event.PANEL_REPORTED: REPORTED}
    started = {S.PANEL_REQUEST: ASKED, S.PANEL_HELD: MET, S.PANEL_REPORT_RECEIVED: REPORTED}
    steps = (
        ({S.PANEL_REQUEST: ASKED}, {}, K.PANEL),
        ({S.PANEL_REQUEST: ASKED, S.PANEL_HELD: MET}, {Event.PANEL_HELD: MET}, K.PANEL_REPORT),
        (started, met, K.PANEL_ANSWER),
        (started, {**met, Event.PANEL_ANSWERED: D("2027-02-01")}, K.PANEL_ANSWER),
    )
    for so_far, done, key in steps:
        clocks = tuple(counted(PANEL, StageEvents(so_far, done)).values())
        clock = answer_clock(*PANEL, clocks)
        assert clock is not None
        assert clock.key is key
