"""What was published of an earlier year stands under each table that has another figure for it."""

from dataclasses import replace
from datetime import date

import pytest

from portal.procedures.reporting_year import ReportingYear
from portal.procedures.vocabulary import Team
from portal.reports import asking, earlier_years
from portal.reports.annual.table import AnnualReport, Cell
from portal.reports.asking import Question
from portal.work import Work, counting_council
from tests.unit.reports import sample_report
from tests.unit.reports.drafted_year import as_staff, counted_as, figures
from tests.unit.reports.sample_report import HIDDEN, OUTCOMES, TEAMS, YEAR, count, share, words
from tests.unit.reports.test_extract import with_block
from tests.unit.reports.test_publishing import publish

LAST = ReportingYear(2018)
TODAY = date(2020, 5, 1)
KNOWN = "It tells what was known on Monday 8 April 2019."
Row = tuple[Cell, ...]


def of_last_year(teams: tuple[Row, ...], outcomes: tuple[Row, ...] = ()) -> AnnualReport:
    """The report of the year before, with these rows."""
    report = replace(sample_report.report(), year=LAST, as_at=date(2019, 4, 8))
    columns = ("Team", "2017/18", "2018/19")
    report = with_block(report, replace(TEAMS, columns=columns, rows=teams))
    return with_block(report, replace(OUTCOMES, rows=outcomes))


SAME = (
    (words("Specialist Safeguarding Units"), count(30), count(49)),
    (words("First Response Team"), count(2), count(1)),
    (words("Emergency Duty Team"), count(0), count(1)),
    (words("Total"), count(32), count(51)),
)
OTHER = (
    (words("Specialist Safeguarding Units"), count(30), count(47)),
    (words("First Response Team"), count(2), HIDDEN),
    (words("Adoption Service"), count(0), count(3)),
    (words("Total"), count(32), count(52)),
)


def notes_of(work: Work, monkeypatch: pytest.MonkeyPatch, table: str, **of: object) -> list[str]:
    """What stands under a table of this year's report besides what its makers write."""
    counted_as(monkeypatch, figures)
    council = counting_council(work.session)
    asked = Question(YEAR, **of)  # type: ignore[arg-type]
    report = asking.answer(work.session, council, asked, TODAY)
    return [note for note in report.table(table).notes if note.startswith("The report of ")]


def test_a_figure_that_was_published_otherwise_is_named_with_both(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_staff(work)
    publish(work, of_last_year(OTHER))
    (note,) = notes_of(work, monkeypatch, "T07")
    assert note.startswith(
        "The report of 2018/19 has other figures: Specialist Safeguarding Units was 47 and is 49"
        " here; Emergency Duty Team was without a row and is 1 here; Total was 52 and is 51 here;"
        " Adoption Service was 3 and is without a row here."
    )
    assert KNOWN in note
    assert "as it was known on Thursday 9 April 2020" in note


def test_a_row_of_an_earlier_year_is_compared_column_by_column(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_staff(work)
    row = (words("2018/19"), share(6), share(58), share(34), share(3))
    publish(work, of_last_year(SAME, (row,)))
    (note,) = notes_of(work, monkeypatch, "T09")
    assert "Partially upheld was 58% and is 56% here; Withdrawn was 3% and is 5% here." in note
    assert "Upheld was 6%" not in note
    # Nothing else differs, so nothing else has a note.
    assert notes_of(work, monkeypatch, "T07") == []


def test_what_a_supplement_put_right_is_what_was_published(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_staff(work)
    publish(work, of_last_year(OTHER))
    row = (words("2018/19"), *OUTCOMES.rows[0][1:])
    publish(work, of_last_year(SAME, (row,)), "One was counted twice.")
    assert notes_of(work, monkeypatch, "T07") == []
    other = (*SAME[:3], (words("Total"), count(32), count(50)))
    publish(work, of_last_year(other, (row,)), "One was counted twice.")
    (note,) = notes_of(work, monkeypatch, "T07")
    assert note.startswith("The report of 2018/19 with its supplement 2 has other figures: Total")


def test_a_quarter_and_a_team_are_compared_with_nothing(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_staff(work)
    publish(work, of_last_year(OTHER))
    assert notes_of(work, monkeypatch, "T07", quarter=1) == []
    assert notes_of(work, monkeypatch, "T07", team=Team.SEND) == []


def test_without_a_published_year_nothing_is_changed(work: Work) -> None:
    report = sample_report.report()
    assert earlier_years.noted(work.session, report) is report
