"""The points of complaint as one statement: where a case stands when they are drawn up, sent to
the person, and agreed or disputed. Statutory stage 2 calls it the statement of complaint."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.procedures.procedure import Track
from portal.procedures.state import RUNNING, Event, State


@dataclass(frozen=True)
class Agreement:
    """The events by which one statement is sent, agreed and disputed."""

    sent: Event
    agreed: Event
    disputed: Event


POINTS = Agreement(Event.POINTS_SENT, Event.POINTS_AGREED, Event.POINTS_DISPUTED)
STATEMENT = Agreement(Event.STATEMENT_SENT, Event.STATEMENT_AGREED, Event.STATEMENT_DISPUTED)

_AGREED_IN: Mapping[State, Agreement] = {
    State.ANSWERING: POINTS,
    State.REVIEWING: POINTS,
    State.INVESTIGATION_ASKED: STATEMENT,
    State.INVESTIGATING: STATEMENT,
}

DRAWN_UP_IN = frozenset(
    {
        *_AGREED_IN,
        State.REVIEW_ASKED,
        State.OMBUDSMAN_ENQUIRY,
        State.OMBUDSMAN_DRAFT,
        State.OMBUDSMAN_DECIDED,
    }
)
"""In these the points may be written, split and joined: nobody has answered them at this stage."""

WITHDRAWN_IN = RUNNING
"""In these the person may take one point back."""


def agreement_in(track: Track, state: State) -> Agreement | None:
    """Say how points are agreed where a case stands; None where nobody is asked."""
    if track not in (Track.STATUTORY, Track.CORPORATE):
        return None
    return _AGREED_IN.get(state)
