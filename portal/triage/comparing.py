"""Comparing: each decision beside its suggestion, copied once into codes and numbers.

Done by the work process and not at the decision: a suggestion may come later than the decision, and
an installation of before has decisions that nobody has compared yet.
"""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.records.comparison import Comparison
from portal.records.decision import Decision, Outcome
from portal.records.feedback import Channel, Feedback
from portal.records.suggestion import Suggestion
from portal.triage import suggesting
from portal.triage.suggested_labels import Guess, SuggestedLabels
from portal.work import Work

AT_A_TIME = 500
# How many of the latest decisions are looked through each round; all of them are now and then.
LATEST = 2000


def write_missing(work: Work, *, everything: bool, after: int = 0) -> tuple[int, int]:
    """Compare decisions that were not compared yet, at most `AT_A_TIME`.

    What was linked is left out: its decision is the other's. So is a suggestion that is no longer
    read.

    Args:
        work: the open act.
        everything: look through all decisions and not the latest alone.
        after: only decisions with a higher key than this.

    Returns:
        How many were compared, and the last decision's key that was looked at; 0 when none is left.
    """
    first = after if everything else max(after, _latest_from(work.session))
    wanted = (
        select(Decision, Suggestion, Feedback.channel)
        .join(Suggestion, Suggestion.feedback_id == Decision.feedback_id)
        .join(Feedback, Feedback.id == Decision.feedback_id)
        .outerjoin(Comparison, Comparison.feedback_id == Decision.feedback_id)
        .where(
            Decision.id > first,
            Decision.outcome != Outcome.LINKED,
            Suggestion.body.is_not(None),
            Comparison.feedback_id.is_(None),
        )
        .order_by(Decision.id)
        .limit(AT_A_TIME)
    )
    found = work.session.execute(wanted).all()
    made = [
        _comparison(decision, suggestion, labels, channel)
        for decision, suggestion, channel in found
        if (labels := suggesting.read(suggestion)) is not None
    ]
    work.session.add_all(made)
    return len(made), found[-1][0].id if len(found) == AT_A_TIME else 0


def _latest_from(session: Session) -> int:
    return (session.scalar(select(func.max(Decision.id))) or 0) - LATEST


def _comparison(
    decision: Decision, suggestion: Suggestion, labels: SuggestedLabels, channel: Channel
) -> Comparison:
    guesses: dict[str, Guess[Any]] = {
        "category": labels.category,
        "area": labels.area,
        "team": labels.team[0],
        "procedure": labels.procedure,
        "relationship": labels.relationship,
        "risk": labels.risk,
    }
    row: dict[str, Any] = {}
    for name, guess in guesses.items():
        row[name] = getattr(decision, name)
        row[f"{name}_suggested"] = guess.label
        row[f"{name}_confidence"] = guess.confidence
    if decision.nature is not None and labels.nature is not None:
        row["nature"] = decision.nature
        row["nature_suggested"] = labels.nature.label
        row["nature_confidence"] = labels.nature.confidence
    return Comparison(
        feedback_id=decision.feedback_id,
        month=clock.london_date(decision.decided_at).replace(day=1),
        sight=decision.sight,
        model=suggestion.model or "",
        channel=channel,
        team_among_three=decision.team in {guess.label for guess in labels.team[:3]},
        **row,
    )
