"""The report as accessible HTML: for a page of the portal, for a file, and for the PDF set from it.

Each chart stands beside its table and is told in a sentence; each table says what it counts.
"""

import base64
import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from portal.procedures.working_days import in_full
from portal.reports.annual.table import AnnualReport, CellKind, Chapter, ReportTable, TextBlock
from portal.reports.forms import drawing, titles
from portal.reports.forms.charts import as_svg

PAPER = Path(__file__).with_name("paper")
NUMBERS = (CellKind.COUNT, CellKind.SHARE, CellKind.CHANGE, CellKind.MONEY, CellKind.DAYS)
# Where a figure leads: table, row and column; None where there is nothing to look at.
Way = Callable[[ReportTable, int, int], str | None]


def as_html(report: AnnualReport) -> str:
    """Write a report as one file that needs no other.

    Args:
        report: the report, or a quarter of it, or that of some teams.
    """
    template = _environment().get_template("report.html")
    return template.render(
        report=report, title=titles.title_of(report), about=titles.about(report), body=body(report)
    )


class Chaptered(Protocol):
    """Whatever has chapters of tables and texts: an annual report, the Monday view."""

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """Its chapters, in order."""
        ...

    @property
    def tables(self) -> tuple[ReportTable, ...]:
        """Every table of them, in order."""
        ...


def body(report: Chaptered, way: Way | None = None) -> Markup:
    """Write the chapters alone, for a page that has its own heading above them.

    Args:
        report: as in `as_html`.
        way: gives the address behind a figure, for those who may look at its cases.
    """
    template = _environment().get_template("chapters.html")
    charts = {table.id: found for table in report.tables if (found := _figure(table)) is not None}
    return Markup(  # noqa: S704  the template escapes what it is given
        template.render(report=report, charts=charts, way=way or _nowhere, leads=way is not None)
    )


def numeric_columns(table: ReportTable) -> frozenset[int]:
    """The columns that hold numbers, though some of their cells may be empty. One number under
    words makes no such column."""
    kinds = [{row[at].kind for row in table.rows} for at in range(len(table.columns))]
    return frozenset(
        at
        for at, found in enumerate(kinds)
        if at and found & set(NUMBERS) and CellKind.WORDS not in found
    )


def _nowhere(_table: ReportTable, _row: int, _column: int) -> str | None:
    return None


def _figure(table: ReportTable) -> dict[str, str] | None:
    """A chart as a picture that stands in the page, and in words."""
    chart = drawing.chart_of(table)
    if chart is None:
        return None
    picture = base64.b64encode(as_svg(chart)).decode()
    return {
        "src": f"data:image/svg+xml;base64,{picture}",
        "words": drawing.summary_of(table, chart),
    }


@lru_cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(os.fspath(PAPER)),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = in_full
    environment.tests["a_text"] = lambda block: isinstance(block, TextBlock)
    environment.filters["numeric_columns"] = numeric_columns
    environment.tests["wide"] = drawing.is_wide
    environment.tests["long"] = drawing.is_long
    return environment
