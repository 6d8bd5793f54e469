"""Finding what an officer proposed to refuse: the proposal that waits, the latest, the earliest."""

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, select
from sqlalchemy.orm import Session

from portal.errors import Refused
from portal.matter_rows import PROPOSALS
from portal.records.feedback import Feedback
from portal.records.refusal_proposal import ProposalState, ProposedFor, RefusalProposal

# Few wait at a time, so the few are found first and not asked of every feedback.
WAITS: ColumnElement[bool] = Feedback.id.in_(
    select(RefusalProposal.feedback_id).where(RefusalProposal.state == ProposalState.WAITING)
)
"""The condition on `feedback` that something on it waits for a second officer."""


LAST_STATE: ScalarSelect[ProposalState] = (
    select(RefusalProposal.state)
    .where(RefusalProposal.feedback_id == Feedback.id)
    .order_by(RefusalProposal.id.desc())
    .limit(1)
    .correlate(Feedback)
    .scalar_subquery()
)
"""How what was proposed last on a `feedback` stands, for the rows of a list."""


class ProposalWaits(Refused):
    """Something on the matter waits for a second officer already."""

    title = "A second officer has to answer first"
    message = (
        "Something on this waits for a second officer. They agree to it or send it back, or whoever"
        " proposed it takes it back. Nothing was changed or sent."
    )
    status = 409


def waiting(session: Session, feedback: Feedback) -> RefusalProposal | None:
    """Give what waits for a second officer on a matter; at most one does."""
    wanted = _of(feedback).where(RefusalProposal.state == ProposalState.WAITING)
    found: RefusalProposal | None = session.scalar(wanted.limit(1))
    return found


def latest(
    session: Session, feedback: Feedback, proposed_for: ProposedFor | None = None
) -> RefusalProposal | None:
    """Give what was proposed last, answered or not."""
    of_matter = reversed(PROPOSALS.of(session, feedback.id))
    return next((one for one in of_matter if proposed_for in (None, one.proposed_for)), None)


def earliest(session: Session, feedback: Feedback) -> RefusalProposal | None:
    """Give the first answer that was proposed at the first decision."""
    wanted = select(RefusalProposal).where(
        RefusalProposal.feedback_id == feedback.id,
        RefusalProposal.proposed_for == ProposedFor.DECISION,
    )
    return session.scalar(wanted.order_by(RefusalProposal.id).limit(1))


def check_none_waits(session: Session, feedback: Feedback) -> None:
    """Refuse while something waits.

    Raises:
        ProposalWaits: it does.
    """
    if waiting(session, feedback) is not None:
        raise ProposalWaits


def _of(feedback: Feedback) -> Select[Any]:
    wanted = select(RefusalProposal).where(RefusalProposal.feedback_id == feedback.id)
    return wanted.order_by(RefusalProposal.id.desc())
