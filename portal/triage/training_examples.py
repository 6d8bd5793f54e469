"""What the classifier may learn from: a redacted text with the labels that an officer decided.

Nothing is kept unless the council has switched learning on for the day of the decision.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, false, not_, or_, select
from sqlalchemy.orm import Session

from portal import clock
from portal.council import Council
from portal.records.decision import Decision, Outcome, Sight
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


def missing(
    session: Session, council: Council, redactor: Redactor, limit: int = 50
) -> list[Redacted]:
    """Redact feedback that was decided while the council let the classifier learn and that has no
    example, outside any act because it takes its time.

    A linked item teaches nothing of its own: its decision is the other's.
    """
    if not council.learning:
        return []
    wanted = (
        select(Decision, Feedback)
        .join(Feedback, Feedback.id == Decision.feedback_id)
        .outerjoin(TrainingExample, TrainingExample.feedback_id == Feedback.id)
        .where(
            TrainingExample.id.is_(None),
            Feedback.erased_at.is_(None),
            Decision.outcome != Outcome.LINKED,
            _learnt_from(council),
        )
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
    there = select(Feedback.id).where(Feedback.id.in_(ids), Feedback.erased_at.is_(None))
    still = set(work.session.scalars(there))
    wanted = [one for one in redacted if one.feedback_id in still]
    for one in wanted:
        work.session.add(
            TrainingExample(
                feedback_id=one.feedback_id, text=one.text, labels=one.labels, made_at=work.now
            )
        )
    return len(wanted)


def drop_unlearnt(work: Work) -> int:
    """Delete the examples of days that the council no longer gives for learning.

    Returns:
        How many were deleted.
    """
    unlearnt = select(Decision.feedback_id).where(not_(_learnt_from(work.council)))
    gone = delete(TrainingExample).where(TrainingExample.feedback_id.in_(unlearnt))
    return int(work.session.execute(gone).rowcount)  # type: ignore[attr-defined]


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
    may know more names by now. Each says on which day it was decided, and whether before its
    suggestion was shown: a candidate is measured on those, so the classifier must know them.
    """
    wanted = (
        select(TrainingExample, Decision.decided_at, Decision.sight)
        .join(Decision, Decision.feedback_id == TrainingExample.feedback_id)
        .order_by(TrainingExample.id)
    )
    for example, decided_at, sight in session.execute(wanted):
        yield {
            "id": f"decision-{example.id}",
            "text": redactor.redact(example.text, known_names(session, example.feedback_id)),
            **example.labels,
            "decided_on": clock.london_date(decided_at).isoformat(),
            "blind": sight is Sight.BLIND,
        }


def _learnt_from(council: Council) -> ColumnElement[bool]:
    """Whether a decision was made on a day on which the council lets the classifier learn."""
    periods = []
    for span in council.learning:
        inside = Decision.decided_at >= _begin(span.first_day)
        if span.last_day is not None:
            inside = and_(inside, Decision.decided_at < _begin(span.last_day + timedelta(days=1)))
        periods.append(inside)
    return or_(false(), *periods)


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), clock.LONDON).astimezone(UTC)


def _text(session: Session, feedback: Feedback, redactor: Redactor) -> str:
    said = [feedback.subject, feedback.story, feedback.wanted]
    whole = "\n\n".join(part for part in said if part)
    return redactor.redact(whole, known_names(session, feedback.id))
