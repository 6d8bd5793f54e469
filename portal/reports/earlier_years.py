"""What the reports of earlier years printed, where this year's report says something else of them.

A column of an earlier year is counted from the register as it stands, so that it compares with this
year's. The report of that year stays as it was published. Whoever reads both must find why.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.procedures.working_days import in_full
from portal.records.published_report import PublishedReport
from portal.reports import extract
from portal.reports.annual.scope import YEARS_SHOWN
from portal.reports.annual.table import (
    AnnualReport,
    Cell,
    CellKind,
    Chapter,
    ReportTable,
    TextBlock,
)

Place = tuple[str, str]
"""The heading of a row and that of a column."""
NO_ROW = "without a row"


class Edition(NamedTuple):
    """What stands published of one earlier year: the number of its supplement, 0 for none."""

    label: str
    number: int
    report: AnnualReport


class Figure(NamedTuple):
    """One figure of an earlier year: what it is called, and how it is read."""

    name: str
    cell: Cell


def noted(session: Session, report: AnnualReport) -> AnnualReport:
    """Say under each table which of its figures of earlier years were published otherwise.

    Args:
        session: any session, for the published reports.
        report: the report of a whole year. One of a quarter or of some teams is given back as it
            is: none of these is published.
    """
    if report.quarter is not None or report.teams:
        return report
    editions = _editions(session, report)
    chapters = tuple(_chapter(chapter, report, editions) for chapter in report.chapters)
    return replace(report, chapters=chapters) if editions else report


def _editions(session: Session, report: AnnualReport) -> list[Edition]:
    """What stands published of the years that the report shows, the latest year first."""
    shown = {report.year.before(back).name: back for back in range(1, YEARS_SHOWN)}
    newest = (
        select(PublishedReport.year, func.max(PublishedReport.number).label("number"))
        .where(PublishedReport.year.in_(shown))
        .group_by(PublishedReport.year)
        .subquery("newest")
    )
    wanted = select(PublishedReport.year, PublishedReport.number, PublishedReport.extract).join(
        newest,
        (newest.c.year == PublishedReport.year) & (newest.c.number == PublishedReport.number),
    )
    found = {
        shown[year]: (number, extract.from_values(values))
        for year, number, values in session.execute(wanted)
    }
    return [Edition(report.year.before(back).label, *found[back]) for back in sorted(found)]


def _chapter(chapter: Chapter, report: AnnualReport, editions: list[Edition]) -> Chapter:
    def block_of(block: ReportTable | TextBlock) -> ReportTable | TextBlock:
        if not isinstance(block, ReportTable):
            return block
        notes = [note for one in editions for note in _notes(block, report, one)]
        return replace(block, notes=(*block.notes, *notes)) if notes else block

    return replace(chapter, blocks=tuple(block_of(block) for block in chapter.blocks))


def _notes(table: ReportTable, report: AnnualReport, edition: Edition) -> Iterator[str]:
    try:
        published = edition.report.table(table.id)
    except LookupError:
        return
    changed = _changed(table, published, edition.label)
    if changed:
        supplement = f" with its supplement {edition.number}" if edition.number else ""
        yield (
            f"The report of {edition.label}{supplement} has other figures:"
            f" {'; '.join(changed)}. It tells what was known on"
            f" {in_full(edition.report.as_at)}. This one counts the year again, as it was known on"
            f" {in_full(report.as_at)}: with what was answered, put right or moved to another team"
            " since."
        )


def _changed(table: ReportTable, published: ReportTable, label: str) -> list[str]:
    """Each figure of a year that was published otherwise, with both."""
    before, now = _figures(published, label), _figures(table, label)
    found = []
    for place in {**now, **before}:
        was, one = before.get(place), now.get(place)
        known = [figure for figure in (was, one) if figure is not None]
        _, column = place
        if column not in published.columns or column not in table.columns:
            continue
        if any(_is_silent(figure.cell) for figure in known):
            continue
        texts = [figure.cell.text if figure is not None else NO_ROW for figure in (was, one)]
        if texts[0] != texts[1]:
            found.append(f"{known[0].name} was {texts[0]} and is {texts[1]} here")
    return found


def _figures(table: ReportTable, label: str) -> dict[Place, Figure]:
    """The figures of one year by where they stand: those of its row where a table has a row for
    each year, and those of its column where it has a column for each."""
    found: dict[Place, Figure] = {}
    for row in table.rows:
        heading = row[0].text
        for column, cell in zip(table.columns[1:], row[1:], strict=True):
            if heading == label:
                found[heading, column] = Figure(column, cell)
            elif label in column:
                found[heading, column] = Figure(heading, cell)
    return found


def _is_silent(cell: Cell) -> bool:
    """Whether a cell says no figure: it is empty or not shown."""
    return cell.suppressed or cell.kind in (CellKind.NOTHING, CellKind.WORDS)
