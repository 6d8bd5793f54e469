"""The rules beside the two procedures: access requests, what is passed on, quarters, tracks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.bank_holidays import bundled
from portal.procedures import access_request
from portal.procedures.handing_over import HandedOver, chased_from
from portal.procedures.procedure import CHOSEN, Track, track_of
from portal.procedures.reporting_quarter import quarter_of
from portal.procedures.vocabulary import Category, ProcedureCode

CALENDAR = bundled()
DAYS = st.dates(date(2013, 1, 1), date(2027, 6, 30))


@pytest.mark.parametrize(
    ("received", "due", "longer"),
    [
        (date(2026, 11, 27), date(2026, 12, 27), date(2027, 2, 27)),
        # No such date in the month: its last day.
        (date(2027, 1, 31), date(2027, 2, 28), date(2027, 4, 30)),
        (date(2024, 1, 30), date(2024, 2, 29), date(2024, 4, 30)),
        (date(2026, 12, 15), date(2027, 1, 15), date(2027, 3, 15)),
    ],
)
def test_an_access_request_has_a_calendar_month(received: date, due: date, longer: date) -> None:
    assert access_request.answer_by(received, CALENDAR).due == due
    assert access_request.extended_to(received, 2, CALENDAR).due == longer


@given(DAYS, st.integers(1, 2))
def test_more_time_is_counted_from_the_same_day(received: date, months: int) -> None:
    first = access_request.answer_by(received, CALENDAR).due
    longer = access_request.extended_to(received, months, CALENDAR).due
    assert timedelta(28) <= first - received <= timedelta(31)
    assert first < longer <= received + timedelta(31 * (1 + months))


@given(DAYS, st.integers(-40, 40), st.booleans())
def test_more_time_is_taken_once_and_in_time(due: date, late: int, extended: bool) -> None:
    allowed = access_request.may_extend(due + timedelta(late), due, extended)
    assert allowed is (late <= 0 and not extended)


@given(DAYS)
def test_a_worry_is_chased_on_the_day_and_a_request_on_the_next_working_day(on: date) -> None:
    assert chased_from(on, HandedOver.SAFEGUARDING, CALENDAR) == on
    chased = chased_from(on, HandedOver.SERVICE_REQUEST, CALENDAR)
    assert chased > on
    assert CALENDAR.why_not_working(chased) is None
    between = (on + timedelta(n) for n in range(1, (chased - on).days))
    assert all(CALENDAR.why_not_working(day) for day in between)


@pytest.mark.parametrize(
    ("day", "year", "number"),
    [
        (date(2026, 4, 1), "2026-27", 1),
        (date(2026, 3, 31), "2025-26", 4),
        (date(2026, 12, 31), "2026-27", 3),
        (date(2099, 6, 30), "2099-00", 1),
    ],
)
def test_a_quarter_of_a_reporting_year(day: date, year: str, number: int) -> None:
    assert quarter_of(day) == (year, number)


@given(DAYS)
def test_quarters_follow_each_other(day: date) -> None:
    today, tomorrow = quarter_of(day), quarter_of(day + timedelta(1))
    assert 1 <= today.number <= 4
    if today.year == tomorrow.year:
        assert tomorrow.number - today.number in (0, 1)
    else:
        assert (today.number, tomorrow.number) == (4, 1)


@given(st.sampled_from(Category), st.sampled_from(ProcedureCode), st.sampled_from(sorted(CHOSEN)))
def test_what_an_officer_chose_goes_before_category_and_procedure(
    category: Category, procedure: ProcedureCode, chosen: Track
) -> None:
    assert track_of(category, procedure, chosen) is chosen
    assert track_of(category, procedure) not in (Track.MEMBER_ENQUIRY, Track.DATA_PROTECTION)
