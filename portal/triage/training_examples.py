"""What the classifier may learn from: a redacted text with the labels that an officer decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.records.decision import Decision, Outcome
from portal.records.feedback import Feedback
from portal.records.training_example import TrainingExample
from portal.triage.redaction import Redactor, known_names
from portal.work import Work


@dataclass(frozen=True)
class Redacted:
    """A decided feedback whose words are redacted and not yet kept."""

    feedback_id: int
    text: str
    labels: dict[str, Any]


def missing(session: Session, redactor: Redactor, limit: int = 50) -> list[Redacted]:
    """Redact decided feedback that has no example, outside any act because it takes its time.

    A linked item teaches nothing of its own: its decision is the other's.
    """
    wanted = (
        select(Decision, Feedback)
        .join(Feedback, Feedback.id == Decision.feedback_id)
        .outerjoin(TrainingExample, TrainingExample.feedback_id == Feedback.id)
        .where(TrainingExample.id.is_(None), Decision.outcome != Outcome.LINKED)
        .order_by(Decision.id)
        .limit(limit)
    )
    return [
        Redacted(feedback.id, _text(session, feedback, redactor), labels_of(decision))
        for decision, feedback in session.execute(wanted)
    ]


def write(work: Work, redacted: list[Redacted]) -> int:
    """Keep what `missing` redacted, unless it was erased meanwhile.

    Returns:
        How many were written.
    """
    ids = [one.feedback_id for one in redacted]
    still = set(work.session.scalars(select(Feedback.id).where(Feedback.id.in_(ids))))
    wanted = [one for one in redacted if one.feedback_id in still]
    for one in wanted:
        work.session.add(
            TrainingExample(
                feedback_id=one.feedback_id, text=one.text, labels=one.labels, made_at=work.now
            )
        )
    return len(wanted)


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


def lines(session: Session, redactor: Redactor) -> Iterator[dict[str, Any]]:
    """Every example as one object for `flask export examples`.

    Each is redacted once more: an older redactor may have kept what today's finds, and the case
    may know more names by now. What is redacted already stays as it is.
    """
    for example in session.scalars(select(TrainingExample).order_by(TrainingExample.id)):
        text = redactor.redact(example.text, known_names(session, example.feedback_id))
        yield {"id": f"decision-{example.id}", "text": text, **example.labels}


def _text(session: Session, feedback: Feedback, redactor: Redactor) -> str:
    said = [feedback.subject, feedback.story, feedback.wanted]
    whole = "\n\n".join(part for part in said if part)
    return redactor.redact(whole, known_names(session, feedback.id))
