"""What a year's report prints of the cases: things learned, in words without names, and words of
thanks that two officers have agreed to. Until somebody has chosen, everything offered stands."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, false, select, tuple_
from sqlalchemy.orm import Session

from portal import audit
from portal.cases import publishing_consent
from portal.cases.acting import signed_in_id
from portal.errors import Refused
from portal.procedures.finding import Giver
from portal.procedures.remedy import RemedyState
from portal.procedures.reporting_year import ReportingYear
from portal.records.case import Case, CaseStage
from portal.records.feedback import Feedback
from portal.records.party import Party
from portal.records.publication import Publication, PublicationState
from portal.records.remedy import Remedy
from portal.records.report_draft import PickKind, ReportPick
from portal.reports.annual.remedy_rows import told_until
from portal.work import Work

LONGEST = 2_000
TAKEN_ON = (RemedyState.PROMISED, RemedyState.DONE)
NOT_MADE = (RemedyState.NOT_ACCEPTED, RemedyState.GIVEN_UP)
# Of a name's parts, what is shorter could be any word.
SHORTEST_NAME = 3


class NamesSomebody(Refused):
    """A name that the case knows stands in what would be published."""

    message = "It names somebody of the case. Write X, Y or Z in place of the name."


class NoWords(Refused):
    """Picked, and nothing to print."""

    message = "Write what the report says of it."


class TooLong(Refused):
    """More than a report prints of one case."""

    message = "It is too long. Shorten it to 2,000 characters."


class NotOffered(Refused):
    """It was withdrawn, or is not open to whoever picks."""

    message = (
        "One of these cannot be printed any more. Look at the list again. Nothing was changed."
    )
    status = 409


@dataclass(frozen=True)
class Learned:
    """Something promised or done that a report may print, and in which words."""

    remedy: Remedy
    feedback: Feedback
    giver: Giver
    text: str
    picked: bool


@dataclass(frozen=True)
class Thanks:
    """Agreed words of thanks that a report may print."""

    publication: Publication
    picked: bool


def learned(
    session: Session, year: ReportingYear, visible: ColumnElement[bool]
) -> Sequence[Learned]:
    """What may be told of a year's cases as learning: marked for the report, and taken on or not.
    What came too late for the report of the year before is among it.

    Args:
        session: any session.
        year: of the opening of the stage in which it was promised or recommended.
        visible: what the reader may see, from `portal.access.permission.visible`.
    """
    picks = {one.remedy_id: one for one in _picks(session, year) if one.remedy_id is not None}
    wanted = (
        select(Remedy, Feedback)
        .join(Case, Case.id == Remedy.case_id)
        .join(Feedback, Feedback.id == Case.feedback_id)
        .where(_of_stages(year) | _late(session, year))
        .where(Remedy.for_report, Remedy.state.in_(TAKEN_ON + NOT_MADE), visible)
        .order_by(Remedy.id)
    )
    return [
        Learned(remedy, feedback, remedy.giver, _words(remedy, picks.get(remedy.id)),
                remedy.id in picks)
        for remedy, feedback in session.execute(wanted)
    ]  # fmt: skip


def _of_stages(year: ReportingYear) -> ColumnElement[bool]:
    """Remedies of stages that opened in a year."""
    opened = select(CaseStage.case_id, CaseStage.key).where(
        CaseStage.opened_on.between(year.first_day, year.last_day)
    )
    return tuple_(Remedy.case_id, Remedy.stage_key).in_(opened)


def _late(session: Session, year: ReportingYear) -> ColumnElement[bool]:
    """Remedies of the year before that came after its report."""
    told = told_until(session, year)
    return false() if told is None else _of_stages(year.before()) & (Remedy.made_at >= told)


def thanks(session: Session, year: ReportingYear) -> Sequence[Thanks]:
    """The compliments of a year that two officers have agreed to and whose writers still agree."""
    picked = {one.publication_id for one in _picks(session, year)}
    wanted = (
        select(Publication)
        .where(Publication.year == year.name, Publication.state == PublicationState.AGREED)
        .where(publishing_consent.is_given(Publication.feedback_id))
        .order_by(Publication.area, Publication.id)
    )
    return [Thanks(one, one.id in picked) for one in session.scalars(wanted)]


def choose_learned(
    work: Work, year: ReportingYear, offered: Sequence[Learned], texts: dict[str, str]
) -> None:
    """Keep which things learned a year's report prints, and how.

    Args:
        work: the open act.
        year: whose report.
        offered: what was offered to whoever chooses; nothing else is touched.
        texts: what is printed, by the public ids of the remedies.

    Raises:
        NotOffered, NoWords, TooLong, NamesSomebody: with what stands in the way.
    """
    by_id = {one.remedy.public_id: one for one in offered}
    if texts.keys() - by_id.keys():
        raise NotOffered
    for key, text in texts.items():
        check_words(work.session, by_id[key].feedback, text)
    keys = [one.remedy.id for one in offered]
    _forget(work, year, PickKind.LEARNED, ReportPick.remedy_id.in_(keys))
    for key, text in texts.items():
        _add(work, year, PickKind.LEARNED, remedy_id=by_id[key].remedy.id, text=text.strip())
    audit.note(work, "report_learning_chosen", None, [year.name])


def choose_thanks(work: Work, year: ReportingYear, chosen: Collection[str]) -> None:
    """Keep which compliments a year's report prints, by the public ids of their publications.

    Raises:
        NotOffered: one of them may not be printed.
    """
    offered = {one.publication.public_id: one.publication for one in thanks(work.session, year)}
    if set(chosen) - offered.keys():
        raise NotOffered
    _forget(work, year, PickKind.THANKS, ReportPick.publication_id.is_not(None))
    for key, publication in offered.items():
        if key in chosen:
            _add(work, year, PickKind.THANKS, publication_id=publication.id)
    audit.note(work, "report_thanks_chosen", None, [year.name])


def chosen(session: Session, year: ReportingYear) -> frozenset[PickKind]:
    """From what somebody has chosen already for a year's report."""
    return frozenset(one.kind for one in _picks(session, year))


def check_words(session: Session, feedback: Feedback, text: str) -> None:
    """See that words can be printed.

    Raises:
        NoWords, TooLong, NamesSomebody: with what stands in the way.
    """
    if not text.strip():
        raise NoWords
    if len(text) > LONGEST:
        raise TooLong
    wanted = select(Party).where(Party.feedback_id == feedback.id)
    names = {part for party in session.scalars(wanted) for part in (party.name or "").split()}
    said = {word.casefold() for word in re.findall(r"[^\W\d_]+", text)}
    if any(len(name) >= SHORTEST_NAME and name.casefold() in said for name in names):
        raise NamesSomebody


def _picks(session: Session, year: ReportingYear) -> Sequence[ReportPick]:
    return session.scalars(select(ReportPick).where(ReportPick.year == year.name)).all()


def _words(remedy: Remedy, pick: ReportPick | None) -> str:
    if pick is not None and pick.text is not None:
        return pick.text
    if remedy.state in NOT_MADE:
        return f"{remedy.text}\n\nNot made, because: {remedy.reasons or 'no reason is recorded'}"
    return remedy.text


def _forget(work: Work, year: ReportingYear, kind: PickKind, those: ColumnElement[bool]) -> None:
    """Take out what was chosen, and the row that says that somebody chose; put that one back."""
    marker = ReportPick.remedy_id.is_(None) & ReportPick.publication_id.is_(None)
    work.session.execute(
        delete(ReportPick).where(
            ReportPick.year == year.name, ReportPick.kind == kind, those | marker
        )
    )
    _add(work, year, kind)


def _add(
    work: Work,
    year: ReportingYear,
    kind: PickKind,
    remedy_id: int | None = None,
    publication_id: int | None = None,
    text: str | None = None,
) -> None:
    work.session.add(
        ReportPick(
            year=year.name,
            kind=kind,
            remedy_id=remedy_id,
            publication_id=publication_id,
            text=text,
            picked_at=work.now,
            picked_by_id=signed_in_id(work),
        )
    )
