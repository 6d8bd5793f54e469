"""What officers add to a year's report before it is published: a passage of commentary for each
chapter, and what they pick of the cases, things learned and words of thanks."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases import publishing_consent
from portal.cases.acting import signed_in_id
from portal.clock import LONDON
from portal.errors import Refused
from portal.procedures.remedy import RemedyState
from portal.procedures.reporting_year import Year
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.publication import Publication, PublicationState
from portal.records.remedy import Remedy
from portal.records.report_draft import ReportPassage, ReportPick
from portal.triage.redaction import known_names
from portal.work import Work

LONGEST_PASSAGE = 20_000
LONGEST_LEARNING = 2_000
# What the council did or said it would do. What was refused stands in a table with its reasons.
TAKEN_ON = (RemedyState.PROMISED, RemedyState.DONE)
# Of a name's parts, what is shorter could be any word.
SHORTEST_NAME = 3


class OvertakenPassage(Refused):
    """Two officers wrote on one chapter."""

    title = "This has changed"
    message = (
        "Somebody else has changed this chapter. Their words are below yours: put them together."
    )
    status = 409


class TooLong(Refused):
    """More than a page of a report holds."""

    message = "This is too long. Shorten it to 20,000 characters."


class NamesSomebody(Refused):
    """A name that the case knows stands in what would be published."""

    message = "This names somebody of the case. Put X, Y or Z in place of the name."


class NothingToPrint(Refused):
    """A pick without words."""

    message = "Write what the report says of it."


class NotOffered(Refused):
    """It cannot be printed, or cannot be printed any more."""

    message = "This cannot be printed. Somebody may have withdrawn it. Nothing was changed."
    status = 409


@dataclass(frozen=True)
class Offered:
    """Something of the cases that a report may print, and whether it is picked."""

    key: str
    reference: str
    feedback_id: str
    place: str
    words: str
    picked: bool


def save_passage(work: Work, year: str, chapter: str, text: str, version: int) -> None:
    """Keep the commentary on a chapter; an empty one is taken out.

    Args:
        work: the open act.
        year, chapter: which.
        text: as the officer leaves it.
        version: which version they saw; 0 for none.

    Raises:
        OvertakenPassage, TooLong: with what stands in the way.
    """
    if len(text) > LONGEST_PASSAGE:
        raise TooLong
    wanted = select(ReportPassage).where(
        ReportPassage.year == year, ReportPassage.chapter == chapter
    )
    found = work.session.scalar(wanted.with_for_update())
    if (found.version if found else 0) != version:
        raise OvertakenPassage
    words = text.replace("\r\n", "\n").strip()
    if found is None:
        found = ReportPassage(year=year, chapter=chapter)
        work.session.add(found)
    found.text, found.written_at, found.written_by_id = words, work.now, signed_in_id(work)
    audit.note(work, "report_passage_saved", found, [year, chapter])


def passages(session: Session, year: str) -> Mapping[str, ReportPassage]:
    """The commentary of a year, by chapter."""
    wanted = select(ReportPassage).where(ReportPassage.year == year)
    return {one.chapter: one for one in session.scalars(wanted)}
