"""Instants are UTC; dates are London's."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from portal import clock


@pytest.mark.parametrize(
    ("instant", "london"),
    [
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 1, 1, 23, 30, tzinfo=UTC), date(2026, 1, 1)),
        (datetime(2026, 3, 28, 23, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 29, 23, 0, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 24, 23, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
    ],
    ids=["july", "january", "before spring", "in summer time", "before autumn", "after autumn"],
)
def test_the_date_is_the_london_date(instant: datetime, london: date) -> None:
    assert clock.london_date(instant) == london
    with time_machine.travel(instant, tick=False):
        assert clock.today() == london
        assert clock.now() == instant
        assert clock.now().tzinfo is UTC


def test_london_time_in_both_halves_of_the_repeated_hour() -> None:
    first = clock.in_london(datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    second = clock.in_london(datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    assert (first.hour, second.hour) == (1, 1)
    assert first.utcoffset() != second.utcoffset()


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        clock.london_date(datetime(2026, 7, 1, 23, 30))
