"""A report in every form: whole, accessible, harmless in a spreadsheet, and equal each time."""

import csv
import io
import json
import zipfile
from pathlib import Path

import docx
import html5lib
import pdfua
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from portal.reports.forms import charts, docx_form, drawing, html_form
from portal.reports.forms.form import ENDINGS, Form, written
from portal.reports.forms.titles import about, title_of
from tests.unit.reports import sample_report
from tests.unit.reports.sample_report import KINDS, LEARNING, OUTCOMES, TEAMS, count, words

REPORT = sample_report.report()
HTML = {"html": "http://www.w3.org/1999/xhtml"}


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.pdf"
    path.write_bytes(written(REPORT, Form.PDF))
    return path


@pytest.fixture(scope="module")
def word() -> "docx.document.Document":
    return docx.Document(io.BytesIO(written(REPORT, Form.DOCX)))


@pytest.mark.parametrize("form", Form)
def test_equal_reports_are_equal_files(form: Form) -> None:
    charts.as_svg.cache_clear()
    first = written(REPORT, form)
    charts.as_svg.cache_clear()
    assert written(sample_report.report(), form) == first


def test_json_has_each_table_in_the_promised_shape() -> None:
    read = json.loads(written(REPORT, Form.JSON))
    teams = next(table for table in read["tables"] if table["id"] == "T07")
    assert set(teams) == {"id", "title", "columns", "rows", "base", "as_at", "notes"}
    assert teams["rows"][0] == ["Specialist Safeguarding Units", 49, 73]
    assert [table["id"] for table in read["tables"]] == [table.id for table in REPORT.tables]
    assert read["chapters"][0]["blocks"] == ["T07", "T09"]
    assert read["texts"][0]["paragraphs"] == ["First words.", "Second <words>."]
    assert (read["adds_up"], read["year"], read["as_at"]) == (True, "2019-20", "2020-04-09")
    assert "matters" not in json.dumps(read)


def test_csv_has_a_file_a_table_and_no_formula() -> None:
    archive = zipfile.ZipFile(io.BytesIO(written(REPORT, Form.CSV)))
    assert archive.namelist() == ["tables.csv", *(f"{table.id}.csv" for table in REPORT.tables)]
    read = {
        name: list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
        for name in archive.namelist()
    }
    assert read["T07.csv"][0] == list(TEAMS.columns)
    assert read["T07.csv"][1] == ["Specialist Safeguarding Units", "49", "73"]
    assert read["T02.csv"][2] == ['\'=HYPERLINK("x")', "fewer than 5", "fewer than 5", ""]
    assert read["tables.csv"][1][:2] == ["T07.csv", TEAMS.title]
    cells = [cell for rows in read.values() for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_html_is_sound_and_says_what_each_figure_is() -> None:
    page = html_form.as_html(REPORT)
    parser = html5lib.HTMLParser(strict=True)
    tree = parser.parse(page)
    assert [one.text for one in tree.iterfind(".//html:h1", HTML)] == [title_of(REPORT)]
    tables = tree.findall(".//html:table", HTML)
    assert len(tables) == len([table for table in REPORT.tables if table.rows])
    for table in tables:
        assert table.find("html:caption", HTML) is not None
        scopes = [one.get("scope") for one in table.iterfind(".//html:th", HTML)]
        assert set(scopes) == {"col", "row"}
    pictures = tree.findall(".//html:img", HTML)
    assert len(pictures) == 2
    assert all(one.get("alt", "").startswith("Bar chart of ") for one in pictures)
    assert len(tree.findall(".//html:figcaption", HTML)) == 2
    ids = [one.get("id") for one in tree.iterfind(".//*[@id]")]
    assert len(ids) == len(set(ids))
    for heading in tree.iterfind(".//html:a", HTML):
        assert heading.get("href", "")[1:] in ids


def test_html_escapes_what_people_wrote() -> None:
    page = html_form.as_html(REPORT)
    assert "Letters are answered &lt;within&gt; five days &amp; signed." in page
    assert "<words>" not in page
    assert "Base: Complaints opened in the year, 1,124." in page
    assert "As it stood on Thursday 9 April 2020." in page
    assert "The printed report has 55 in all for 2018/19" in page


def test_html_leads_to_cases_only_where_there_are_some() -> None:
    body = html_form.body(REPORT, lambda table, row, column: f"/x/{table.id}/{row}/{column}")
    assert '"/x/T07/0/2"' in body
    assert "/x/T07/0/1" not in body
    assert "/x/" not in html_form.body(REPORT)


def test_a_disagreement_is_said_in_its_chapter() -> None:
    page = html_form.as_html(sample_report.report(adds_up=False))
    assert "It does not add up." in page
    assert "These figures do not agree: 76 are 73 and 4." in page
    assert "It adds up." in html_form.as_html(REPORT)


def test_the_pdf_passes_the_checker(pdf: Path) -> None:
    found = pdfua.validate(str(pdf))
    assert [(one.rule_id, one.message) for one in found.findings] == []
    # This rule of the checker falls over pikepdf's arrays; empty headings are looked for below.
    assert {one.rule_id for one in found.skipped} <= {"UA-14-001"}


def test_the_pdf_has_title_language_bookmarks_and_page_numbers(pdf: Path) -> None:
    read = PdfReader(pdf)
    assert read.metadata is not None
    assert read.metadata.title == title_of(REPORT)
    assert read.root_object["/Lang"] == "en-GB"
    assert read.root_object["/MarkInfo"]["/Marked"]
    marks = [one.title for one in flat(read.outline)]
    assert [chapter.title for chapter in REPORT.chapters if chapter.title not in marks] == []
    assert all(mark.strip() for mark in marks)
    pages = [page.extract_text() for page in read.pages]
    assert all(f"Page {at} of {len(pages)}" in text for at, text in enumerate(pages, 1))
    contents = " ".join(pages[0].split())
    assert "Commentary" in contents


def flat(outline):  # type: ignore[no-untyped-def]
    for one in outline:
        if isinstance(one, list):
            yield from flat(one)
        else:
            yield one


def test_word_opens_with_headings_tables_and_captions(word) -> None:  # type: ignore[no-untyped-def]
    styles = [(one.style.name, one.text) for one in word.paragraphs]
    assert ("Title", title_of(REPORT)) in styles
    for chapter in REPORT.chapters:
        assert ("Heading 1", chapter.title) in styles
    assert ("Heading 2", TEAMS.title) in styles
    assert ("Caption", f"T07. {TEAMS.title}") in styles
    assert len(word.tables) == len([table for table in REPORT.tables if table.rows])
    for table in word.tables:
        properties = table.rows[0]._tr.trPr
        assert properties.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in table.rows[1:])
    first = word.tables[0]
    assert [cell.text for cell in first.rows[1].cells] == [
        "Specialist Safeguarding Units", "49", "73",
    ]  # fmt: skip


def test_word_says_what_its_pictures_show_and_in_which_language(word) -> None:  # type: ignore[no-untyped-def]
    pictures = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert len(pictures) == 2
    assert all(text.startswith("Bar chart of ") for text in pictures)
    assert word.core_properties.title == title_of(REPORT)
    languages = {one.get(qn("w:val")) for one in word.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}


def test_a_chart_leaves_out_totals_and_draws_nothing_hidden() -> None:
    chart = drawing.chart_of(TEAMS)
    assert chart is not None
    assert "Total" not in chart.categories
    assert [one.name for one in chart.series] == ["2018/19", "2019/20"]
    assert drawing.summary_of(TEAMS, chart) == (
        "In 2019/20: most for Specialist Safeguarding Units (73), fewest for Emergency Duty Team"
        " (0)."
    )
    outcomes = drawing.chart_of(OUTCOMES)
    assert outcomes is not None
    assert drawing.summary_of(OUTCOMES, outcomes) == (
        "2019/20: Upheld 2%; Partially upheld 39%; Not upheld 39%; Withdrawn 7%."
    )
    assert drawing.chart_of(KINDS) is None
    assert drawing.chart_of(LEARNING) is None


def test_a_sum_at_the_end_is_no_bar() -> None:
    rows = ((words("Apology"), count(53)), (words("Meeting"), count(13)))
    kinds = sample_report.table(
        "X40",
        "Remedies",
        ("Remedy", "All"),
        [*rows, (words("All remedies"), count(66))],
        chart="bar",
    )
    chart = drawing.chart_of(kinds)
    assert chart is not None
    assert chart.categories == ("Apology", "Meeting")


def test_of_two_years_the_empty_one_is_drawn_too() -> None:
    rows = ((words("Conference Chairs and IROs"), count(7), count(0)),)
    teams = sample_report.table("S1", "By team", ("Team", "2018/19", "2019/20"), rows, chart="bar")
    chart = drawing.chart_of(teams)
    assert chart is not None
    assert [(one.name, one.shown) for one in chart.series] == [
        ("2018/19", ("7",)),
        ("2019/20", ("0",)),
    ]


def test_a_chart_is_legible_without_colour() -> None:
    looks = {hatch or fill for fill, hatch in charts.LOOKS}
    assert len(looks) == len(charts.LOOKS)
    outcomes = drawing.chart_of(OUTCOMES)
    assert outcomes is not None
    svg = charts.as_svg(outcomes).decode()
    assert "<pattern" in svg
    assert "<date>" not in svg
    assert charts.as_png(outcomes).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("quarter", "teams", "title", "span"),
    [
        (None, (), "annual report 2019/20", "1 April 2019 to 31 March 2020"),
        (4, ("SEND Teams",), "January to March of 2019/20", "1 January 2020 to 31 March 2020"),
    ],
)
def test_a_report_is_called_by_what_it_covers(
    quarter: int | None, teams: tuple[str, ...], title: str, span: str
) -> None:
    report = sample_report.report(quarter=quarter, teams=teams)
    assert title in title_of(report)
    assert span in about(report)
    assert all(team in about(report) for team in teams)


def test_every_form_has_an_ending_that_programs_know() -> None:
    assert set(ENDINGS) == set(Form)
    assert ENDINGS[Form.CSV] == "csv.zip"
    assert docx_form.LANGUAGE == "en-GB"
