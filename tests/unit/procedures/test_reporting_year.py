"""Reporting years: names, days, quarters."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.procedures.reporting_quarter import quarter_of
from portal.procedures.reporting_year import QUARTERS, NotAReportingYear, ReportingYear

YEARS = st.integers(1900, 2998).map(ReportingYear)


@given(YEARS)
def test_a_year_is_found_by_its_name_and_by_each_of_its_ends(year: ReportingYear) -> None:
    assert ReportingYear.named(year.name) == year
    assert ReportingYear.of(year.first_day) == ReportingYear.of(year.last_day) == year
    assert year.before().last_day + timedelta(days=1) == year.first_day


@given(YEARS, st.sampled_from(QUARTERS))
def test_quarters_follow_each_other_and_fill_the_year(year: ReportingYear, number: int) -> None:
    first, last = year.quarter(number)
    assert quarter_of(first) == quarter_of(last) == (year.name, number)
    after = year.quarter(number + 1)[0] if number < 4 else year.last_day + timedelta(days=1)
    assert last + timedelta(days=1) == after


def test_2019_20() -> None:
    year = ReportingYear.named("2019-20")
    assert (year.first_day, year.last_day) == (date(2019, 4, 1), date(2020, 3, 31))
    assert (year.label, year.before(2).label) == ("2019/20", "2017/18")
    assert ReportingYear.named("1999-00").begins == 1999


@pytest.mark.parametrize("name", ["2019", "2019-21", "2019/20", "19-20", "2019-2020", ""])
def test_what_is_no_year_says_how_one_is_written(name: str) -> None:
    with pytest.raises(NotAReportingYear) as caught:
        ReportingYear.named(name)
    assert str(caught.value) == f'"{name}" is no reporting year. Write it as 2019-20.'
