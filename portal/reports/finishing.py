"""From figures to a report that can be read: key themes, the officers' commentary, and what they
picked of the cases."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from portal.records.report_draft import PickKind
from portal.reports import narrative, officers_words
from portal.reports.annual.table import AnnualReport, Cell, Chapter, ReportTable, TextBlock

# What is told of recommendations and of compliments: in which column the words stand.
LEARNED: Mapping[str, int] = {"T17": 1, "T19": 1, "T32": 1}
COMPLIMENTS: Mapping[str, int] = {"T35": 1}
# The words and the council's reason are put into one by whoever chooses.
NOT_MADE: Mapping[str, int] = {"X52": 1}
COMMENTARY = "T36"
UNREAD = (
    "Nobody has chosen yet what is told here. These are the cases’ own words: read them for names"
    " before anybody else does."
)
WHY_NOT = "Change, and why it was not made"
# Gives what is printed in place of a cell's words; None where its row is left out.
Printed = Callable[[Cell], str | None]


def finished(session: Session, report: AnnualReport, *, unread: bool = False) -> AnnualReport:
    """Put words to figures.

    Args:
        session: any session, for what officers wrote and picked.
        report: the figures. A quarter and the report of some teams get key themes, and nothing of
            the commentary, which is on the whole year.
        unread: print what is marked as learning before anybody has chosen, in the case's own words.
            They may name somebody, so it is for whoever works on the machine, never for a page.
    """
    said = officers_words.read(session, report.year)
    if PickKind.LEARNED in said.chosen or not unread:
        texts = said.learned
        report = _with_words(report, {**LEARNED, **NOT_MADE}, lambda cell: texts.get(_key(cell)))
    else:
        report = _with_note(report, {**LEARNED, **NOT_MADE}, UNREAD)
    report = _with_words(
        report, COMPLIMENTS, lambda cell: cell.text if _key(cell) in said.thanks else None
    )
    if report.quarter is not None or report.teams:
        return _with_texts(report, {})
    return _with_texts(report, {key: text for key, text in said.passages.items() if text})


def _key(cell: Cell) -> officers_words.Told:
    """What a cell tells, and of which matter."""
    return (cell.matters[0] if cell.matters else None, cell.text)


def _with_words(report: AnnualReport, places: Mapping[str, int], printed: Printed) -> AnnualReport:
    return _changed(report, places, lambda table: _picked(table, places[table.id], printed))


def _with_note(report: AnnualReport, places: Mapping[str, int], note: str) -> AnnualReport:
    def noted(table: ReportTable) -> ReportTable:
        return replace(table, notes=(*table.notes, note)) if table.rows else table

    return _changed(report, places, noted)


def _changed(
    report: AnnualReport, ids: Collection[str], change: Callable[[ReportTable], ReportTable]
) -> AnnualReport:
    """The report with some of its tables changed."""

    def block_of(block: ReportTable | TextBlock) -> ReportTable | TextBlock:
        return change(block) if isinstance(block, ReportTable) and block.id in ids else block

    chapters = (
        replace(chapter, blocks=tuple(block_of(block) for block in chapter.blocks))
        for chapter in report.chapters
    )
    return replace(report, chapters=tuple(chapters))


def _picked(table: ReportTable, place: int, printed: Printed) -> ReportTable:
    """The table with the words that somebody chose, and without what nobody did. The base stays:
    it is everything that could have been chosen."""
    together = table.id in NOT_MADE
    found = [(row, printed(row[place])) for row in table.rows]
    rows = tuple(
        (*row[:place], replace(row[place], text=words), *(() if together else row[place + 1 :]))
        for row, words in found
        if words is not None
    )
    columns = (*table.columns[:place], WHY_NOT) if together else table.columns
    return replace(table, rows=rows, columns=columns)


def _with_texts(report: AnnualReport, written: Mapping[str, str]) -> AnnualReport:
    chapters = tuple(_told(report, chapter, written) for chapter in report.chapters)
    return replace(report, chapters=chapters)


def _told(report: AnnualReport, chapter: Chapter, written: Mapping[str, str]) -> Chapter:
    """A chapter with its key themes first and the officers' commentary last. The commentary on the
    whole year has a place of its own; nobody has written it yet where it is drafted."""
    themes = narrative.themes(report, chapter.key)
    words = written.get(chapter.key)
    blocks: list[ReportTable | TextBlock] = []
    for block in chapter.blocks:
        if block.id == COMMENTARY and isinstance(block, TextBlock):
            said = _paragraphs(words) if words else themes
            blocks.append(replace(block, paragraphs=said))
        else:
            blocks.append(block)
    if any(block.id == COMMENTARY for block in chapter.blocks):
        return replace(chapter, blocks=tuple(blocks))
    if themes:
        title = "Key themes"
        blocks.insert(0, TextBlock(f"{chapter.key}-themes", title, themes, report.as_at))
    if words:
        title = "Commentary"
        key = f"{chapter.key}-commentary"
        blocks.append(TextBlock(key, title, _paragraphs(words), report.as_at))
    return replace(chapter, blocks=tuple(blocks))


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(words.strip() for words in text.split("\n\n") if words.strip())
