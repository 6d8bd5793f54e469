"""What an officer may see of a suggestion before deciding: all of it, or, by lot, nothing yet.

Officers who see a suggestion tend to agree with it. So where the council lets the classifier learn,
one item in twenty is decided first, and only these say how good the suggestions are.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal import work as running
from portal.columns import keyed_hash
from portal.procedures.vocabulary import Risk
from portal.records.decision import Sight
from portal.records.feedback import Feedback, FeedbackState
from portal.records.suggestion import Suggestion
from portal.triage import suggesting
from portal.triage.suggested_labels import RiskGuess, SuggestedLabels
from portal.work import Work

ONE_IN = 20
_PURPOSE = "decided first"


@dataclass(frozen=True)
class Offer:
    """What a page may show of the suggestion for one feedback.

    Attributes:
        sight: how the suggestion stands: shown, held back by lot, or none.
        suggestion: its row, a failed one too; None where it is held back or switched off.
        labels: what it says; None where there is nothing to show.
        danger: a suggested danger now. It is never held back: nobody may come to harm for a figure.
        switched_off: the installation shows no suggestions at all.
    """

    sight: Sight
    suggestion: Suggestion | None = None
    labels: SuggestedLabels | None = None
    danger: RiskGuess | None = None
    switched_off: bool = False


def offered(session: Session, feedback: Feedback) -> Offer:
    """Say what a page about feedback may show of its suggestion.

    Args:
        session: any session.
        feedback: once it is decided, nothing is held back any more.
    """
    if not running.settings().suggestions:
        return Offer(Sight.NONE, switched_off=True)
    suggestion = suggesting.find(session, feedback.id)
    labels = suggesting.read(suggestion)
    if feedback.state is FeedbackState.WAITING and is_blind(feedback):
        raised = labels is not None and labels.risk.label is Risk.NOW
        return Offer(Sight.BLIND, danger=labels.risk if labels is not None and raised else None)
    return Offer(Sight.SHOWN if labels is not None else Sight.NONE, suggestion, labels)


def sight_of(work: Work, feedback: Feedback, labels: SuggestedLabels | None) -> Sight:
    """Say, at a decision, what was in view: kept with it.

    Args:
        work: the open act.
        feedback: what is decided on.
        labels: its suggestion, where there is a readable one.
    """
    if not work.settings.suggestions:
        return Sight.NONE
    if is_blind(feedback):
        return Sight.BLIND
    return Sight.SHOWN if labels is not None else Sight.NONE


def is_blind(feedback: Feedback) -> bool:
    """Say whether feedback is decided before its suggestion is shown."""
    return held_back(feedback.public_id, feedback.received_on)


def held_back(public_id: str, received_on: date) -> bool:
    """The same from the two things that it rests on, for lists that load no more.

    It rests on the day of arrival and never on the day of looking: what an officer has once seen
    with its suggestion is not hidden afterwards.

    Args:
        public_id: the random id of the feedback.
        received_on: when it came.
    """
    return running.council().learns_on(received_on) and drawn(public_id)


def drawn(public_id: str) -> bool:
    """Draw the lot: the same for an id each time, and unknown to anybody without the key."""
    return int(keyed_hash(public_id, _PURPOSE)[:12], 16) % ONE_IN == 0
