"""The dated next steps: counted from the council's file, and only what it promises."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.bank_holidays import bundled
from portal.cases.promises import first_promises
from portal.council import Council, load_council
from portal.procedures.vocabulary import Category

COUNCIL = load_council("staffordshire")


@pytest.fixture
def council() -> Council:
    return COUNCIL


def test_a_complaint_gets_three_dates(council: Council) -> None:
    promises = first_promises(council, date(2026, 12, 8), Category.COMPLAINT)
    # Five and ten working days from receipt; then ten from day five, past Christmas.
    assert [promise.by for promise in promises] == [
        date(2026, 12, 15),
        date(2026, 12, 22),
        date(2026, 12, 31),
    ]
    assert "social workers" in promises[1].what
    assert "something else" in promises[2].what


@pytest.mark.parametrize("category", [Category.COMPLIMENT, Category.COMMENT, None])
def test_others_get_the_first_date_alone(council: Council, category: Category | None) -> None:
    promises = first_promises(council, date(2026, 12, 8), category)
    assert [promise.by for promise in promises] == [date(2026, 12, 15)]


def test_thanks_are_not_called_a_complaint(council: Council) -> None:
    (promise,) = first_promises(council, date(2026, 12, 8), Category.COMPLIMENT)
    assert "thanks" in promise.what


def test_what_the_file_does_not_promise_is_not_promised(council: Council) -> None:
    # Before April 2026 the first answer counted from acceptance, which has no date on arrival.
    promises = first_promises(council, date(2026, 3, 2), Category.COMPLAINT)
    assert all("social workers" not in promise.what for promise in promises)
    assert first_promises(council, date(2005, 1, 3), Category.COMPLAINT) == ()


@given(st.dates(date(2026, 4, 1), date(2027, 10, 1)), st.sampled_from([*Category, None]))
def test_promises_are_later_working_days_in_order(day: date, category: Category | None) -> None:
    promises = first_promises(COUNCIL, day, category)
    dates = [promise.by for promise in promises]
    assert promises
    assert dates == sorted(dates)
    assert all(by > day and bundled().why_not_working(by) is None for by in dates)
    assert all(promise.what.startswith("we ") and promise.what[-1] != "." for promise in promises)
