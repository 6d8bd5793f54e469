"""The hours in which somebody may be reached: nothing outside them, and the next minute found."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.procedures.contact_hours import HOURS, ContactHours, GoodTime

LONDON = ZoneInfo("Europe/London")
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)).map(
    lambda moment: moment.astimezone(LONDON)
)
SCHOOL = ContactHours(9, 15, weekdays_only=True)


@st.composite
def hours(draw: st.DrawFn) -> ContactHours:
    begins = draw(st.integers(0, 23))
    return ContactHours(begins, draw(st.integers(begins + 1, 24)), draw(st.booleans()))


@given(hours(), MOMENTS)
def test_the_next_moment_is_allowed_and_not_in_the_past(
    found: ContactHours, moment: datetime
) -> None:
    later = found.next_allowed(moment)
    assert later >= moment
    assert found.allows(later)
    assert (later == moment) == found.allows(moment)


@given(hours(), MOMENTS)
def test_nobody_waits_longer_than_to_the_next_good_day(
    found: ContactHours, moment: datetime
) -> None:
    longest = timedelta(days=4 if found.weekdays_only else 2)
    assert found.next_allowed(moment) - moment <= longest


@given(hours(), MOMENTS)
def test_no_earlier_full_hour_is_allowed(found: ContactHours, moment: datetime) -> None:
    later, hour = found.next_allowed(moment).astimezone(UTC), moment.astimezone(UTC)
    hour = hour.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    while hour < later:
        assert not found.allows(hour.astimezone(LONDON))
        hour += timedelta(hours=1)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        # A Monday morning before school, at once in school, and an evening.
        (datetime(2026, 11, 30, 8, 59), datetime(2026, 11, 30, 9)),
        (datetime(2026, 11, 30, 14, 59), datetime(2026, 11, 30, 14, 59)),
        (datetime(2026, 11, 30, 15), datetime(2026, 12, 1, 9)),
        # Friday night waits for Monday.
        (datetime(2026, 11, 27, 23, 40), datetime(2026, 11, 30, 9)),
    ],
)
def test_school_hours(asked: datetime, expected: datetime) -> None:
    found = SCHOOL.next_allowed(asked.replace(tzinfo=LONDON))
    assert found.replace(tzinfo=None) == expected


def test_the_hour_that_a_clock_change_takes_away_waits_for_one_that_there_is() -> None:
    # On 28 March 2027 there is no hour from one to two.
    night = ContactHours(1, 2)
    found = night.next_allowed(datetime(2027, 3, 28, 0, 30, tzinfo=LONDON))
    assert found.replace(tzinfo=None) == datetime(2027, 3, 29, 1)


@pytest.mark.parametrize(("begins", "ends"), [(9, 9), (15, 9), (-1, 5), (5, 25)])
def test_hours_that_never_come_are_refused(begins: int, ends: int) -> None:
    with pytest.raises(ValueError, match="end after they begin"):
        ContactHours(begins, ends)
    assert ContactHours(0, 24)


def test_no_offered_time_is_at_night() -> None:
    night = [datetime(2026, 11, 30, hour, tzinfo=LONDON) for hour in (*range(8), 21, 22, 23)]
    for time in set(GoodTime) - {GoodTime.ANY}:
        found = HOURS[time]
        assert found is not None
        assert not any(found.allows(moment) for moment in night)
