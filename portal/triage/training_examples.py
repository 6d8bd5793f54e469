"""What the classifier may learn from: a redacted text with the labels that an officer decided."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.records.decision import Decision, Outcome
from portal.records.feedback import Feedback
from portal.records.party import Party
from portal.records.training_example import TrainingExample
from portal.triage.redaction import redact
from portal.work import Work


def write_missing(work: Work, limit: int = 50) -> int:
    """Write an example for decided feedback that has none.

    A linked item teaches nothing of its own: its decision is the other's.

    Returns:
        How many were written.
    """
    wanted = (
        select(Decision, Feedback)
        .join(Feedback, Feedback.id == Decision.feedback_id)
        .outerjoin(TrainingExample, TrainingExample.feedback_id == Feedback.id)
        .where(TrainingExample.id.is_(None), Decision.outcome != Outcome.LINKED)
        .order_by(Decision.id)
        .limit(limit)
    )
    found = work.session.execute(wanted).all()
    for decision, feedback in found:
        work.session.add(_example(work, decision, feedback))
    return len(found)


def labels_of(decision: Decision) -> dict[str, Any]:
    """The labels by the names that the classifier's corpus gives them."""
    return {
        "category": decision.category.value,
        "area": decision.area.value,
        "team": decision.team.value,
        "procedure": decision.procedure.value,
        "nature": decision.nature.value if decision.nature else None,
        "relationship": decision.relationship.value,
        "risk": decision.risk.value,
    }


def lines(session: Session) -> Iterator[dict[str, Any]]:
    """Every example as one object for `flask export examples`."""
    for example in session.scalars(select(TrainingExample).order_by(TrainingExample.id)):
        yield {"id": f"decision-{example.id}", "text": example.text, **example.labels}


def _example(work: Work, decision: Decision, feedback: Feedback) -> TrainingExample:
    parties = work.session.scalars(select(Party).where(Party.feedback_id == feedback.id))
    names = tuple(party.name for party in parties if party.name)
    said = [feedback.subject, feedback.story, feedback.wanted]
    return TrainingExample(
        feedback_id=feedback.id,
        text=redact("\n\n".join(part for part in said if part), names),
        labels=labels_of(decision),
        made_at=work.now,
    )
