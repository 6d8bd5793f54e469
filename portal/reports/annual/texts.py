"""The only words that a report opens: what was chosen for it, redacted or written to be read."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.many_questions import Question, among
from portal.records.decision import Decision
from portal.records.feedback import Feedback
from portal.records.publication import Publication, PublicationState
from portal.records.remedy import Remedy
from portal.reports.annual.scope import Scope


class RemedyWords(NamedTuple):
    """A remedy's text, and why it was not accepted or was given up."""

    text: str
    reasons: str


class Quote(NamedTuple):
    """A compliment that a second officer agreed to publish."""

    matter: int
    leadership: str
    text: str


def remedies_question(session: Session, keys: Iterable[int]) -> Question:
    """Ask for the words of remedies that were marked as learning for the report.

    Args:
        session: any session.
        keys: the remedies; nothing else is opened.
    """
    wanted = select(Remedy.id, Remedy.text, Remedy.reasons).where(
        among(session, Remedy.id, keys), Remedy.for_report.is_(True)
    )
    return Question(wanted, Remedy.id)


def compliments_question(scope: Scope) -> Question:
    """Ask for the compliments that may be published under the reported year.

    Args:
        scope: the report's bounds.
    """
    wanted = (
        select(Publication.feedback_id, Decision.team, Publication.text)
        .join(Feedback, Feedback.id == Publication.feedback_id)
        .join(Decision, Decision.feedback_id == Feedback.id)
        .where(Publication.state == PublicationState.AGREED)
        .where(Publication.year == scope.year.name)
        .where(Publication.agreed_at < scope.moment)
    )
    if scope.quarter is not None:
        wanted = wanted.where(Publication.quarter == scope.quarter)
    return Question(wanted, Publication.id)


def compliments(rows: Iterable[Any], scope: Scope) -> list[Quote]:
    """Read them.

    Args:
        rows: what `compliments_question` found.
        scope: the report's bounds.
    """
    return [
        Quote(matter, scope.leadership(team), text)
        for matter, team, text in rows
        if text and scope.covers(team)
    ]
