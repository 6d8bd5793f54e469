"""The annual report of 2019-20, from the invented register: figure by figure as it was printed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal.app import create_app
from portal.commands.demo_data import command
from portal.db import db
from portal.demo.register.year_file import PublishedYear, read_year
from portal.procedures.reporting_year import ReportingYear
from portal.procedures.vocabulary import Team
from portal.reports.annual.making import annual_report, default_as_at
from portal.reports.annual.printed import printed_of
from portal.reports.annual.table import AnnualReport
from portal.work import council
from tests.conftest import settings_for
from tests.integration.printed_cells import as_printed, of_report, our_text
from tests.integration.printed_ombudsman import WITH_FAULT, our_rows, printed_rows
from tests.services.postgres import Postgres

YEAR = ReportingYear.named("2019-20")
IN_SENTENCES = {
    ("T14", "open"): "Of the 12 stages of the year counted here, 5 were open on this day",
    ("T25", "outstanding"): "Of the 169 stages of the year counted here, 21 were open on this day",
    ("T33", "fault"): WITH_FAULT,
}
"""Figures that stand in a note under their table."""
OF_OTHER_TABLES = {("T16", "completed")}
"""A figure that follows from two cells of another table: tested by itself below."""
CONTRADICTIONS = set(range(1, 37))
CHOSEN = {"T17": 7, "T19": 1, "T32": 4, "T35": 40}
"""Recommendations, learning and compliments: as many texts as were printed."""


@pytest.fixture(scope="module")
def year() -> PublishedYear:
    """The printed figures."""
    return read_year("2019-20")


@pytest.fixture(scope="module")
def report(year_app: Flask, year: PublishedYear) -> Iterator[AnnualReport]:
    """The report of the invented register, on its own day."""
    with year_app.app_context():
        yield annual_report(db.session(), council(), YEAR, year.as_at)
        db.session.remove()


def test_every_printed_figure_is_printed_or_the_right_one_is(
    report: AnnualReport, year: PublishedYear
) -> None:
    wrong, elsewhere = {}, set()
    texts = {table.id: of_report(table) for table in report.tables}
    for table in year.tables:
        for row in table.rows:
            for column, figure in row.expected.items():
                ours = our_text(texts, council(), table.id, row.key, column)
                printed = as_printed(table.id, row.key, column, figure)
                if ours is None:
                    elsewhere.add((table.id, row.key))
                elif ours != printed:
                    wrong[table.id, row.key, column] = (printed, ours)
    assert wrong == {}
    assert elsewhere == {*IN_SENTENCES, *OF_OTHER_TABLES}


@pytest.mark.parametrize("place", sorted(IN_SENTENCES))
def test_what_stands_in_a_sentence_is_there(report: AnnualReport, place: tuple[str, str]) -> None:
    assert IN_SENTENCES[place] in " ".join(report.table(place[0]).notes)


def test_what_follows_from_two_cells_follows(report: AnnualReport) -> None:
    latest = {name: cell.value or 0 for name, cell in zip(
        report.table("X16").columns, report.table("X16").rows[-1], strict=True
    )}  # fmt: skip
    assert latest["Opened"] - latest["Open"] == 7


def test_a_share_below_one_in_a_hundred_is_written_so(report: AnnualReport) -> None:
    texts = [row[-1].text for row in report.table("T04").rows]
    assert sorted(texts) == ["14%", "34%", "51%", "<1%"]
    assert "0%" not in {row[-1].text for row in report.table("X03").rows}


def test_the_ombudsmans_rows_are_the_printed_ones(
    report: AnnualReport, year: PublishedYear
) -> None:
    printed = printed_rows(year, council())
    assert our_rows(of_report(report.table("T33"))) == printed
    assert printed.total() == 47


def test_the_report_agrees_with_itself(report: AnnualReport) -> None:
    assert report.disagreements == ()


def test_as_many_texts_are_chosen_as_were_printed_and_none_twice(report: AnnualReport) -> None:
    for table_id, number in CHOSEN.items():
        texts = [row[1].text for row in report.table(table_id).rows]
        assert len(texts) == len(set(texts)) == number, table_id


def test_each_contradiction_has_its_note(report: AnnualReport, year: PublishedYear) -> None:
    noted = {note.contradiction for note in printed_of("staffordshire", YEAR).notes}
    assert noted == CONTRADICTIONS
    known = printed_of("staffordshire", YEAR).notes
    for table in year.tables:
        for number in {number for row in table.rows for number in row.items}:
            assert table.id in {name for one in known if one.contradiction == number
                                for name in one.tables}, (table.id, number)  # fmt: skip
    missing = [
        (note.contradiction, table_id)
        for note in known
        for table_id in note.tables
        if note.text not in report.table(table_id).notes
    ]
    assert missing == []


@pytest.mark.parametrize("part", [{"quarter": 2}, {"teams": (Team.SEND,)}], ids=["quarter", "team"])
def test_what_the_printed_report_says_of_the_year_is_no_note_on_a_part_of_it(
    year_app: Flask, year: PublishedYear, part: dict[str, Any]
) -> None:
    with year_app.app_context():
        smaller = annual_report(db.session(), council(), YEAR, year.as_at, **part)
        db.session.remove()
    printed = {note.text for note in printed_of("staffordshire", YEAR).notes}
    assert printed & {note for table in smaller.tables for note in table.notes} == set()


def test_the_council_knows_the_day_of_the_printed_report(
    report: AnnualReport, year: PublishedYear
) -> None:
    assert default_as_at(council(), YEAR, report.as_at.replace(year=2026)) == year.as_at
    assert report.as_at == year.as_at


@pytest.mark.service
def test_postgresql_has_the_same_report(
    report: AnnualReport, year: PublishedYear, postgres_server: Postgres, tmp_path: Path
) -> None:
    url = postgres_server.fresh_database()
    other = create_app(settings_for(tmp_path, DATABASE_URL=url))
    with other.app_context():
        db.create_all()
        result = other.test_cli_runner().invoke(command, ["--year", "2019-20"])
        assert result.exit_code == 0, result.output
        theirs = annual_report(db.session(), council(), YEAR, year.as_at)
        db.session.remove()
        db.engine.dispose()
    postgres_server.drop(url)
    assert [one.as_json() for one in theirs.tables] == [one.as_json() for one in report.tables]
