"""The commentary that officers write on each chapter of a year's report, before it is published."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases.acting import signed_in_id
from portal.errors import Refused
from portal.records.report_draft import ReportPassage
from portal.reports import typed_numbers
from portal.reports.annual.table import AnnualReport
from portal.work import Work

LONGEST_PASSAGE = 20_000
# By chapter.
Passages = Mapping[str, ReportPassage]


class ChangedByAnother(Refused):
    """Two officers wrote on one chapter."""

    title = "This has changed"
    message = (
        "Somebody else has changed this chapter meanwhile. Open it again in a second window, put"
        " their words and yours together, and save."
    )
    status = 409


class TooLong(Refused):
    """More than a chapter holds."""

    message = "This is too long. Shorten it to 20,000 characters."


def save_passage(
    work: Work,
    year: str,
    chapter: str,
    text: str,
    version: int,
    not_figures: Collection[str] = (),
) -> None:
    """Keep the commentary on a chapter; an empty one leaves the chapter without.

    Args:
        work: the open act.
        year, chapter: which.
        text: as the officer leaves it.
        version: which version they saw; 0 for none.
        not_figures: the numbers of which they say that they are no figures of the report. Those
            that the text does not have are let go.

    Raises:
        ChangedByAnother, TooLong: with what stands in the way.
    """
    if len(text) > LONGEST_PASSAGE:
        raise TooLong
    wanted = select(ReportPassage).where(
        ReportPassage.year == year, ReportPassage.chapter == chapter
    )
    found = work.session.scalar(wanted.with_for_update())
    if (found.version if found else 0) != version:
        raise ChangedByAnother
    if found is None:
        found = ReportPassage(year=year, chapter=chapter)
        work.session.add(found)
    found.text = text.replace("\r\n", "\n").strip()
    said = [one for one in typed_numbers.numbers_of(found.text) if one in not_figures]
    found.not_figures = " ".join(said) or None
    found.written_at, found.written_by_id = work.now, signed_in_id(work)
    audit.note(work, "report_passage_saved", found, ["text", *(["not_figures"] if said else [])])


def passages(session: Session, year: str) -> Passages:
    """The commentary of a year, by chapter."""
    wanted = select(ReportPassage).where(ReportPassage.year == year)
    return {one.chapter: one for one in session.scalars(wanted)}


def unfounded(
    session: Session, report: AnnualReport, written: Passages | None = None
) -> Mapping[str, tuple[str, ...]]:
    """The numbers of the commentary that no table has, and of which nobody said that they are no
    figures: by chapter, each once and as it is written.

    Args:
        session: any session.
        report: the figures of the whole year.
        written: its passages, where they are read already.
    """
    if written is None:
        written = passages(session, report.year.name)
    missing = typed_numbers.unfounded(report, {key: one.text for key, one in written.items()})
    left = {
        key: tuple(number for number in numbers if number not in written[key].excused)
        for key, numbers in missing.items()
    }
    return {key: numbers for key, numbers in left.items() if numbers}
