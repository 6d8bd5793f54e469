"""From figures to a report that can be read: key themes, the officers' commentary, and what they
picked of the cases."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from portal.records.report_draft import PickKind
from portal.reports import drafting, narrative, picking
from portal.reports.annual.table import AnnualReport, Chapter, ReportTable, TextBlock

# What is told of recommendations, and of compliments: their last column is the words.
LEARNING = frozenset({"T17", "T19", "T32"})
COMPLIMENTS = frozenset({"T35"})
COMMENTARY = "T36"
UNREAD = (
    "Nobody has chosen yet what is told here. These are the cases’ own words: read them for names"
    " before anybody else does."
)
# Gives what is printed in place of some words; None where they are left out.
Printed = Callable[[str], str | None]


def finished(session: Session, report: AnnualReport, *, unread: bool = False) -> AnnualReport:
    """Put words to figures.

    Args:
        session: any session, for what officers wrote and picked.
        report: the figures. A quarter and the report of some teams get key themes, and nothing of
            the commentary, which is on the whole year.
        unread: print what is marked as learning before anybody has chosen, in the case's own words.
            They may name somebody, so it is for whoever works on the machine, never for a page.
    """
    chosen = picking.chosen(session, report.year)
    if PickKind.LEARNED in chosen or not unread:
        texts = picking.learned_texts(session, report.year)
        report = _with_words(report, LEARNING, texts.get)
    else:
        report = _with_note(report, LEARNING, UNREAD)
    if PickKind.THANKS in chosen:
        thanks = picking.thanks_texts(session, report.year)
        report = _with_words(report, COMPLIMENTS, lambda text: text if text in thanks else None)
    if report.quarter is not None or report.teams:
        return _with_texts(report, {})
    written = drafting.passages(session, report.year.name)
    return _with_texts(report, {key: one.text for key, one in written.items() if one.text})


def _with_words(report: AnnualReport, ids: frozenset[str], printed: Printed) -> AnnualReport:
    return _changed(report, ids, lambda table: _picked(table, printed))


def _with_note(report: AnnualReport, ids: frozenset[str], note: str) -> AnnualReport:
    def noted(table: ReportTable) -> ReportTable:
        return replace(table, notes=(*table.notes, note)) if table.rows else table

    return _changed(report, ids, noted)


def _changed(
    report: AnnualReport, ids: frozenset[str], change: Callable[[ReportTable], ReportTable]
) -> AnnualReport:
    """The report with some of its tables changed."""

    def block_of(block: ReportTable | TextBlock) -> ReportTable | TextBlock:
        return change(block) if isinstance(block, ReportTable) and block.id in ids else block

    chapters = (
        replace(chapter, blocks=tuple(block_of(block) for block in chapter.blocks))
        for chapter in report.chapters
    )
    return replace(report, chapters=tuple(chapters))


def _picked(table: ReportTable, printed: Printed) -> ReportTable:
    found = [(row, printed(row[-1].text)) for row in table.rows]
    rows = tuple(
        (*row[:-1], replace(row[-1], text=words)) for row, words in found if words is not None
    )
    return replace(table, rows=rows, base_count=len(rows))


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
