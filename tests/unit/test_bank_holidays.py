"""The bundled list: offline, named, and open to a day proclaimed later."""

import socket
from datetime import date

import pytest

from portal.bank_holidays import bundled, with_extra
from portal.procedures.working_days import Unit, after


def test_it_never_asks_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    bundled.cache_clear()
    assert bundled().why_not_working(date(2020, 5, 8)) == "Early May bank holiday (VE day)"


def test_the_years_it_covers_and_its_version() -> None:
    assert bundled().first_day == date(2012, 1, 1)
    assert bundled().last_day >= date(2028, 12, 31)
    assert bundled().last_day.month == 12
    assert bundled().version.startswith("govuk-bank-holidays 0.")


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2020, 12, 28), "Boxing Day (substitute day)"),
        (date(2020, 12, 26), "Saturday"),
        (date(2022, 9, 19), "Bank Holiday for the State Funeral of Queen Elizabeth II"),
        (date(2020, 5, 4), None),
        (date(2022, 5, 30), None),
        (date(2026, 3, 17), None),
    ],
    ids=["substitute", "weekend first", "funeral", "moved VE", "moved spring", "other nations'"],
)
def test_days_off_by_name(day: date, why: str | None) -> None:
    assert bundled().why_not_working(day) == why


def test_a_proclaimed_day_moves_dates_and_shows_in_the_version() -> None:
    day_off = {date(2026, 11, 25): "Day of thanks"}
    before = after(date(2026, 11, 23), 5, Unit.WORKING_DAYS, bundled())
    now = after(date(2026, 11, 23), 5, Unit.WORKING_DAYS, with_extra(bundled(), day_off))
    assert (before.due, now.due) == (date(2026, 11, 30), date(2026, 12, 1))
    assert "Day of thanks (Wednesday 25 November 2026)" in now.in_words()
    assert now.calendar_version != before.calendar_version
    assert bundled().why_not_working(date(2026, 11, 25)) is None


def test_different_days_have_different_versions_and_none_keeps_its_own() -> None:
    one = with_extra(bundled(), {date(2026, 11, 25): "Day of thanks"})
    other = with_extra(bundled(), {date(2026, 11, 26): "Day of thanks"})
    assert one.version != other.version
    assert with_extra(bundled(), {}) == bundled()


def test_an_extra_day_does_not_make_its_year_known() -> None:
    assert with_extra(bundled(), {date(2031, 1, 1): "New Year"}).last_day == bundled().last_day


def test_a_day_without_a_name_is_refused() -> None:
    with pytest.raises(ValueError, match="Give the day off on 2026-11-25 a name"):
        with_extra(bundled(), {date(2026, 11, 25): " "})
