"""The only words that a report opens: what was chosen for it, redacted or written to be read."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.records.decision import Decision
from portal.records.feedback import Feedback
from portal.records.publication import Publication, PublicationState
from portal.records.remedy import Remedy
from portal.reports.annual.scope import Scope

AT_ONCE = 500


class RemedyWords(NamedTuple):
    """A remedy's text, and why it was not accepted or was given up."""

    text: str
    reasons: str


class Quote(NamedTuple):
    """A compliment that a second officer agreed to publish."""

    matter: int
    leadership: str
    text: str


def of_remedies(session: Session, keys: Iterable[int]) -> dict[int, RemedyWords]:
    """Open the words of remedies that were marked as learning for the report.

    Args:
        session: any session.
        keys: the remedies; nothing else is opened.
    """
    wanted, found = sorted(keys), {}
    for first in range(0, len(wanted), AT_ONCE):
        rows = session.execute(
            select(Remedy.id, Remedy.text, Remedy.reasons).where(
                Remedy.id.in_(wanted[first : first + AT_ONCE]), Remedy.for_report.is_(True)
            )
        )
        found.update({key: RemedyWords(text, reasons or "") for key, text, reasons in rows})
    return found


def compliments(session: Session, scope: Scope) -> list[Quote]:
    """The compliments that may be published under the reported year."""
    wanted = (
        select(Publication.feedback_id, Decision.team, Publication.text)
        .join(Feedback, Feedback.id == Publication.feedback_id)
        .join(Decision, Decision.feedback_id == Feedback.id)
        .where(Publication.state == PublicationState.AGREED)
        .where(Publication.year == scope.year.name)
        .where(Publication.agreed_at < scope.moment)
        .order_by(Publication.id)
    )
    if scope.quarter is not None:
        wanted = wanted.where(Publication.quarter == scope.quarter)
    return [
        Quote(matter, scope.leadership(team), text)
        for matter, team, text in session.execute(wanted)
        if text and scope.covers(team)
    ]
