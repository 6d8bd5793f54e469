"""Each printed deadline asserted three ways: our rule, an independent package, the print."""

from datetime import date, timedelta

import holidays
import pytest

from portal.bank_holidays import bundled
from portal.procedures.working_days import Unit, after, working_days_between
from tests.unit.procedures.worked_deadlines import (
    VECTORS,
    WORKED,
    D,
    all_working_day_cases,
)

INDEPENDENT = holidays.country_holidays("GB", subdiv="ENG", years=range(2019, 2029))
CASES = all_working_day_cases()


def independently(start: date, length: int) -> date:
    """Count with the other package and another way of counting: list, filter, pick."""
    days = (start + timedelta(days=n) for n in range(1, 3 * length + 30))
    return [d for d in days if d.isoweekday() <= 5 and d not in INDEPENDENT][length - 1]


@pytest.mark.parametrize(("name", "start", "length", "printed"), CASES, ids=[c[0] for c in CASES])
def test_deadline_is_the_same_three_ways(
    name: str, start: date, length: int, printed: date
) -> None:
    ours = after(start, length, Unit.WORKING_DAYS, bundled())
    assert ours.due == printed
    assert independently(start, length) == printed
    assert working_days_between(start, printed, bundled()) == length
    assert not ours.beyond_calendar


@pytest.mark.parametrize("worked", WORKED, ids=[w[0] for w in WORKED])
def test_the_printed_calendar_days_agree(worked: tuple[str, str, int, str, int]) -> None:
    _, start, length, _, calendar_days = worked
    ours = after(D(start), length, Unit.WORKING_DAYS, bundled())
    assert (ours.due - ours.start).days == calendar_days
    assert len(ours.skipped) == calendar_days - length


@pytest.mark.parametrize("line", VECTORS)
def test_thirteen_weeks_is_counted_in_days(line: str) -> None:
    start, *_, printed = (D(day) for day in line.split())
    assert after(start, 91, Unit.DAYS, bundled()).due == printed


def test_all_28_examples_are_here() -> None:
    assert [w[0] for w in WORKED] == [f"E{n}" for n in range(1, 29)]


def test_both_lists_have_the_same_working_days_for_nine_years() -> None:
    day, differ = date(2019, 1, 1), []
    while day <= date(2027, 12, 31):
        theirs = day.isoweekday() <= 5 and day not in INDEPENDENT
        if theirs != (bundled().why_not_working(day) is None):
            differ.append(day)
        day += timedelta(days=1)
    assert differ == []
