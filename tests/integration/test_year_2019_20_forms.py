"""The annual report of 2019-20 in every form, whole, of a quarter and of a team: what somebody
opens, reads with a machine, prints or edits."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import docx
import html5lib
import pdfua
import pytest
from docx.oxml.ns import qn
from flask import Flask
from pypdf import PdfReader

from portal.db import db
from portal.procedures.reporting_year import ReportingYear
from portal.procedures.vocabulary import Team
from portal.reports import no_cases
from portal.reports.annual.making import annual_report
from portal.reports.annual.table import AnnualReport
from portal.reports.finishing import finished
from portal.reports.forms import drawing
from portal.reports.forms.form import Form, written
from portal.reports.forms.titles import about, title_of
from portal.work import council
from tests.unit.reports.test_forms import HTML, flat

# Setting the PDF of a whole year takes half a minute where nobody else works.
pytestmark = pytest.mark.timeout(1200)
YEAR, AS_AT = ReportingYear.named("2019-20"), date(2020, 3, 31)
PARTS: dict[str, dict[str, object]] = {
    "whole": {},
    "quarter": {"quarter": 2},
    "team": {"teams": [Team.SEND]},
}
LIGHT = [form for form in Form if form is not Form.PDF]
EVERYTHING = [(part, form) for part in PARTS for form in LIGHT]


@pytest.fixture(scope="module")
def reports(year_app: Flask) -> Iterator[dict[str, AnnualReport]]:
    """The year, its second quarter, and one team's part of it."""
    with year_app.app_context():
        yield {
            name: finished(
                db.session(),
                annual_report(db.session(), council(), YEAR, AS_AT, **part),  # type: ignore[arg-type]
                unread=True,
            )
            for name, part in PARTS.items()
        }
        db.session.remove()


@pytest.fixture(scope="module")
def pdf(reports: dict[str, AnnualReport], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The year as PDF. The parts are set from the same HTML, and setting one takes long."""
    path = tmp_path_factory.mktemp("pdf") / "whole.pdf"
    path.write_bytes(written(reports["whole"], Form.PDF))
    return path


def test_the_pdf_passes_the_checker(pdf: Path) -> None:
    found = pdfua.validate(str(pdf))
    assert [(one.rule_id, one.message) for one in found.findings] == []
    # As in the test of the sample: this rule of the checker falls over pikepdf's arrays.
    assert {one.rule_id for one in found.skipped} <= {"UA-14-001"}


def test_the_pdf_has_every_heading_and_something_on_each_page(
    pdf: Path, reports: dict[str, AnnualReport]
) -> None:
    read, report = PdfReader(pdf), reports["whole"]
    marks = {one.title for one in flat(read.outline)}
    assert {chapter.title for chapter in report.chapters} <= marks
    assert {table.title for table in report.tables} <= marks
    pages = [" ".join(page.extract_text().split()) for page in read.pages]
    assert all(f"Page {at} of {len(pages)}" in text for at, text in enumerate(pages, 1))
    assert all(len(text) > len("Page 10 of 100") + len(title_of(report)) + 40 for text in pages)


@pytest.mark.parametrize(("part", "form"), EVERYTHING)
def test_every_form_has_every_table(
    reports: dict[str, AnnualReport], part: str, form: Form
) -> None:
    report = reports[part]
    made = written(report, form)
    check = {Form.HTML: in_html, Form.DOCX: in_word, Form.CSV: in_csv, Form.JSON: in_json}[form]
    assert check(made, report) == [table.id for table in report.tables]


def in_json(made: bytes, report: AnnualReport) -> list[str]:
    read = json.loads(made)
    assert (read["quarter"], read["teams"]) == (report.quarter, list(report.teams))
    shape = {"id", "title", "columns", "rows", "base", "as_at", "notes"}
    assert all(set(table) == shape for table in read["tables"])
    return [table["id"] for table in read["tables"]]


def in_csv(made: bytes, report: AnnualReport) -> list[str]:
    archive = zipfile.ZipFile(io.BytesIO(made))
    listed = list(csv.reader(io.StringIO(archive.read("tables.csv").decode("utf-8-sig"))))
    for table in report.tables:
        rows = list(csv.reader(io.StringIO(archive.read(f"{table.id}.csv").decode("utf-8-sig"))))
        assert rows[0] == list(table.columns)
        assert len(rows) == len(table.rows) + 1
    return [row[0].removesuffix(".csv") for row in listed[1:]]


def in_html(made: bytes, report: AnnualReport) -> list[str]:
    tree = html5lib.HTMLParser(strict=True).parse(made.decode())
    assert [one.text for one in tree.iterfind(".//html:h1", HTML)] == [title_of(report)]
    for table in tree.iterfind(".//html:table", HTML):
        assert table.find("html:caption", HTML) is not None
        assert {one.get("scope") for one in table.iterfind(".//html:th", HTML)} == {"col", "row"}
    pictures = tree.findall(".//html:img", HTML)
    assert len(pictures) == len([one for one in report.tables if drawing.chart_of(one)])
    assert all(one.get("alt", "").startswith("Bar chart of ") for one in pictures)
    ids = {table.id for table in report.tables}
    headings = [one.get("id", "") for one in tree.iterfind(".//html:h3", HTML)]
    return [one for one in headings if one in ids]


def in_word(made: bytes, report: AnnualReport) -> list[str]:
    word = docx.Document(io.BytesIO(made))
    styles = [(one.style.name if one.style else "", one.text) for one in word.paragraphs]
    assert ("Title", title_of(report)) in styles
    assert ("Normal", about(report)) in styles
    assert all(("Heading 1", chapter.title) in styles for chapter in report.chapters)
    assert all(("Heading 2", table.title) in styles for table in report.tables)
    filled = [table for table in report.tables if table.rows]
    assert all(("Caption", f"{table.id}. {table.title}") in styles for table in filled)
    for table, ours in zip(word.tables, filled, strict=True):
        first, *others = table.rows
        assert first._tr.trPr is not None
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert len(others) == len(ours.rows)
        caption = table._tbl.tblPr.find(qn("w:tblCaption"))
        assert caption is not None
        assert caption.get(qn("w:val")) == ours.title
    pictures = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert all(text and text.startswith("Bar chart of ") for text in pictures)
    # What stands under each table begins with its id.
    under = [text.partition(". ")[0] for style, text in styles if style == "Normal"]
    ids = [table.id for table in report.tables]
    return [one for one in under if one in ids]


@pytest.mark.parametrize("part", PARTS)
def test_every_figure_leads_to_its_cases_or_says_why_not(
    reports: dict[str, AnnualReport], part: str
) -> None:
    silent = [
        (table.id, row[0].text, cell.text)
        for table in reports[part].tables
        for row in table.rows
        for cell in row[1:]
        if not cell.matters and not no_cases.reason(table, cell)
    ]
    assert silent == []
