"""The sentences that the report of 2019-20 is given from its own figures: each number in one stands
in a cell, which the printed report could not say of its sentences."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from portal.db import db
from portal.demo.register.year_file import read_year
from portal.procedures.reporting_year import ReportingYear
from portal.reports.annual.making import annual_report
from portal.reports.annual.table import AnnualReport, TextBlock
from portal.reports.finishing import finished
from portal.work import council

YEAR = ReportingYear.named("2019-20")
DRAFTED = {"statutory_1", "statutory_2", "corporate_1", "commentary"}
# The names of years and of stages are words: "stage 1" has no figure in it.
NAMES = re.compile(r"20\d\d/\d\d|\bstages? \d\b")
NUMBER = re.compile(r"[<£]?\d[\d,]*%?")


@pytest.fixture(scope="module")
def report(year_app: Flask) -> Iterator[AnnualReport]:
    """The report as it is read: figures, and what is drafted from them."""
    with year_app.app_context():
        day = read_year("2019-20").as_at
        figures = annual_report(db.session(), council(), YEAR, day)
        yield finished(db.session(), figures, unread=True)
        db.session.remove()


@pytest.fixture(scope="module")
def sentences(report: AnnualReport) -> dict[str, tuple[str, ...]]:
    """Every sentence that was drafted, by its chapter."""
    return {
        chapter.key: block.paragraphs
        for chapter in report.chapters
        for block in chapter.blocks
        if isinstance(block, TextBlock) and block.paragraphs
    }


def numbers_of(text: str) -> list[str]:
    return [found.rstrip(",") for found in NUMBER.findall(NAMES.sub("", text))]


def test_every_number_of_a_sentence_stands_in_a_cell(
    report: AnnualReport, sentences: dict[str, tuple[str, ...]]
) -> None:
    assert set(sentences) == DRAFTED
    cells = {
        number
        for table in report.tables
        for row in table.rows
        for cell in row
        if cell.value is not None
        for number in numbers_of(cell.text)
    }
    said = [one for paragraphs in sentences.values() for one in paragraphs]
    assert sum(bool(numbers_of(sentence)) for sentence in said) == len(said) > 15
    missing = {
        sentence: [number for number in numbers_of(sentence) if number not in cells]
        for sentence in said
    }
    assert {sentence: numbers for sentence, numbers in missing.items() if numbers} == {}


def test_the_sentences_have_the_figures_that_the_printed_ones_missed(
    sentences: dict[str, tuple[str, ...]],
) -> None:
    assert sentences["statutory_1"][0] == (
        "Numbers: 124 statutory stage 1 complaints in 2019/20, and 103 in 2018/19: 20% more."
    )
    assert (
        "Trends: most changed for SEND Teams, 105 in 2019/20 after 49 in 2018/19: 114% more."
        in sentences["corporate_1"]
    )
