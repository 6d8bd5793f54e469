"""What the classifier may learn from: a redacted text with the labels that an officer decided.

Nothing is kept unless the council has switched learning on for the day of the decision.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, false, not_, or_, select
from sqlalchemy.orm import Session

from portal import clock
from portal.council import Council
from portal.records.decision import Decision, Outcome, Sight
from portal.records.feedback import Feedback
from portal.records.party import Party
from portal.records.training_example import TrainingExample
from portal.triage.redaction import redact
from portal.work import Work


def write_missing(work: Work, limit: int = 50) -> int:
    """Write an example for feedback that was decided while the council let the classifier learn.

    A linked item teaches nothing of its own: its decision is the other's.

    Returns:
        How many were written.
    """
    if not work.council.learning:
        return 0
    wanted = (
        select(Decision, Feedback)
        .join(Feedback, Feedback.id == Decision.feedback_id)
        .outerjoin(TrainingExample, TrainingExample.feedback_id == Feedback.id)
        .where(
            TrainingExample.id.is_(None),
            Decision.outcome != Outcome.LINKED,
            _learnt_from(work.council),
        )
        .order_by(Decision.id)
        .limit(limit)
    )
    found = work.session.execute(wanted).all()
    for decision, feedback in found:
        work.session.add(_example(work, decision, feedback))
    return len(found)


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


def lines(session: Session) -> Iterator[dict[str, Any]]:
    """Every example as one object for `flask export examples`.

    Each says on which day it was decided, and whether before its suggestion was shown: a candidate
    is measured on those, so the classifier must know them.
    """
    wanted = (
        select(TrainingExample, Decision.decided_at, Decision.sight)
        .join(Decision, Decision.feedback_id == TrainingExample.feedback_id)
        .order_by(TrainingExample.id)
    )
    for example, decided_at, sight in session.execute(wanted):
        yield {
            "id": f"decision-{example.id}",
            "text": example.text,
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
