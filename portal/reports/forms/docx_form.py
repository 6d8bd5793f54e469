"""The report as a Word document that an officer may edit: real headings, header rows that repeat on
each page, captions, and pictures that say what they show."""

import io
import zipfile
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from portal.procedures.working_days import in_full
from portal.reports.annual.table import AnnualReport, Chapter, ReportTable, TextBlock
from portal.reports.forms import drawing, titles
from portal.reports.forms.charts import WIDTH, as_png
from portal.reports.forms.csv_form import LONG_AGO
from portal.reports.forms.html_form import numeric_columns

if TYPE_CHECKING:
    from docx.document import Document

LANGUAGE = "en-GB"
SMALL_LETTERS = 8
PAGE_WIDTH_MM, PAGE_HEIGHT_MM, MARGIN_MM = 210, 297, 20


def as_docx(report: AnnualReport) -> bytes:
    """Write a report.

    Args:
        report: the report, or a quarter of it, or that of some teams.
    """
    # Imported here: only whoever makes a report waits for it.
    import docx

    document = docx.Document()
    _prepare(document, report)
    document.add_heading(titles.title_of(report), 0)
    document.add_paragraph(titles.about(report))
    for chapter in report.chapters:
        _chapter(document, chapter)
    into = io.BytesIO()
    document.save(into)
    return _without_moments(into.getvalue())


def _prepare(document: "Document", report: AnnualReport) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm

    made = datetime.combine(report.as_at, time())
    properties = document.core_properties
    properties.title, properties.author = titles.title_of(report), report.council
    properties.language, properties.comments = LANGUAGE, ""
    properties.created = properties.modified = made
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(PAGE_WIDTH_MM), Mm(PAGE_HEIGHT_MM)
    section.left_margin = section.right_margin = Mm(MARGIN_MM)
    section.top_margin = section.bottom_margin = Mm(MARGIN_MM)
    _page_number(section.footer.paragraphs[0])


def _chapter(document: "Document", chapter: Chapter) -> None:
    document.add_heading(chapter.title, 1).paragraph_format.page_break_before = True
    for block in chapter.blocks:
        if isinstance(block, TextBlock):
            _text(document, block)
        else:
            _table(document, block)
    if chapter.check.parts:
        start = "It adds up." if chapter.check.holds else "It does not add up."
        paragraph = document.add_paragraph()
        paragraph.add_run(start).bold = True
        paragraph.add_run(f" {chapter.check.sentence}")


def _text(document: "Document", block: TextBlock) -> None:
    if block.paragraphs:
        document.add_heading(block.title, 2)
        for words in block.paragraphs:
            document.add_paragraph(words)


def _table(document: "Document", table: ReportTable) -> None:
    document.add_heading(table.title, 2)
    _chart(document, table)
    if table.rows:
        caption = document.add_paragraph(f"{table.id}. {table.title}", style="Caption")
        caption.paragraph_format.keep_with_next = True
        _rows(document, table)
    else:
        document.add_paragraph("There is nothing to show here.")
    base = f"{table.base}, {table.base_count:,}" if table.base_count is not None else table.base
    document.add_paragraph(
        f"{table.id}. {table.definition} Left out: {table.filter} Base: {base}. As it stood on"
        f" {in_full(table.as_at)}."
    )
    for note in table.notes:
        document.add_paragraph(note, style="List Bullet")


def _chart(document: "Document", table: ReportTable) -> None:
    from docx.shared import Inches

    chart = drawing.chart_of(table)
    if chart is None:
        return
    words = drawing.summary_of(table, chart)
    picture = document.add_picture(io.BytesIO(as_png(chart)), width=Inches(WIDTH))
    about: Any = picture._inline.docPr
    about.set("descr", f"Bar chart of {table.title}. {words}")
    about.set("title", table.title)
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    document.add_paragraph(f"{words} The table below has every value.", style="Caption")


def _rows(document: "Document", table: ReportTable) -> None:
    grid = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    _name(grid, table.title)
    # Cells of a row are asked for once: python-docx looks them up anew each time.
    numeric, small = numeric_columns(table), drawing.is_wide(table)
    for at, (cell, words) in enumerate(zip(grid.rows[0].cells, table.columns, strict=True)):
        _write(cell, words, bold=True, right=at in numeric, small=small)
    _mark(grid.rows[0], "w:tblHeader")
    _mark(grid.rows[0], "w:cantSplit")
    for row in table.rows:
        added = grid.add_row()
        _mark(added, "w:cantSplit")
        total = row[0].text.casefold() == drawing.TOTAL
        for at, (cell, value) in enumerate(zip(added.cells, row, strict=True)):
            bold = total or at == 0
            _write(cell, value.text or "-", bold=bold, right=at in numeric, small=small)
    document.add_paragraph()


def _write(cell: Any, words: str, *, bold: bool, right: bool, small: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(words)
    run.bold = bold
    if small:
        run.font.size = Pt(SMALL_LETTERS)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _mark(row: Any, name: str) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _name(grid: Any, title: str) -> None:
    """What a screen reader says of the table before it is read."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), title)
    grid._tbl.tblPr.append(caption)


def _page_number(paragraph: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.add_run("Page ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _without_moments(document: bytes) -> bytes:
    """The same document, in which no file says when it was written: equal reports are equal."""
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as came, zipfile.ZipFile(into, "w") as archive:
        for name in came.namelist():
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, came.read(name))
    return into.getvalue()
