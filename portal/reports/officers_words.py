"""What officers chose and wrote for a year's report: read in one statement, to be put together."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import many_questions
from portal.cases import publishing_consent
from portal.many_questions import Question
from portal.procedures.reporting_year import ReportingYear
from portal.records.case import Case
from portal.records.publication import Publication, PublicationState
from portal.records.remedy import Remedy
from portal.records.report_draft import PickKind, ReportPassage, ReportPick

# The key of a matter, and what its case has of it in its own words.
Told = tuple[int | None, str]


@dataclass(frozen=True)
class OfficersWords:
    """`chosen` is from what somebody has chosen already. `learned` has how a thing learned is
    printed, by the words in which the case has it; `thanks` the words of thanks that are printed:
    of those that may be, the chosen ones, or all until somebody has chosen. `passages` is the
    commentary by chapter."""

    chosen: frozenset[PickKind]
    learned: Mapping[Told, str]
    thanks: frozenset[Told]
    passages: Mapping[str, str]


def read(session: Session, year: ReportingYear) -> OfficersWords:
    """Read what a year's report prints beside its figures.

    Args:
        session: any session.
        year: whose report.
    """
    asked = (_picks(year), _learned(year), _thanks(year), _passages(year))
    picks, learned, thanks, passages = many_questions.read(session, *asked)
    chosen = frozenset(one.kind for one in picks)
    picked = {one.publication_id for one in picks}
    everything = PickKind.THANKS not in chosen
    return OfficersWords(
        chosen,
        {(one.feedback_id, one.had): one.printed for one in learned},
        frozenset(
            (one.feedback_id, one.text or "") for one in thanks if everything or one.id in picked
        ),
        {one.chapter: one.text for one in passages},
    )


def _picks(year: ReportingYear) -> Question:
    wanted = select(ReportPick.kind, ReportPick.publication_id)
    return Question(wanted.where(ReportPick.year == year.name), ReportPick.id)


def _learned(year: ReportingYear) -> Question:
    wanted = (
        select(Case.feedback_id, Remedy.text.label("had"), ReportPick.text.label("printed"))
        .join(Case, Case.id == Remedy.case_id)
        .join(ReportPick, ReportPick.remedy_id == Remedy.id)
        .where(ReportPick.year == year.name, ReportPick.text.is_not(None))
    )
    return Question(wanted, ReportPick.id)


def _thanks(year: ReportingYear) -> Question:
    """Those that two officers have agreed to and whose writers still agree."""
    wanted = select(Publication.id, Publication.feedback_id, Publication.text).where(
        Publication.year == year.name,
        Publication.state == PublicationState.AGREED,
        publishing_consent.is_given(Publication.feedback_id),
    )
    return Question(wanted, Publication.id)


def _passages(year: ReportingYear) -> Question:
    wanted = select(ReportPassage.chapter, ReportPassage.text)
    return Question(wanted.where(ReportPassage.year == year.name), ReportPassage.id)
