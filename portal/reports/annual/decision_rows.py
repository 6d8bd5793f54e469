"""What was decided without a case, as slim values: duty matters and compliments."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, or_, select

from portal.many_questions import Question
from portal.procedures.refusal import Disposition, RefusalReason
from portal.procedures.refusal_rules import disposition_of
from portal.procedures.vocabulary import Category, ProcedureCode, Relationship, Team
from portal.records.decision import Decision, Outcome
from portal.records.feedback import Door, Feedback
from portal.reports.annual.scope import Scope

YEARS = 3
DUTY = and_(
    Decision.procedure == ProcedureCode.DUTY,
    Decision.outcome.in_((Outcome.DECLINED, Outcome.PASSED_ON)),
)
"""Recorded under duty: answered without a stage, with a reason. A year has what came in it."""
COMPLIMENT = and_(Decision.category == Category.COMPLIMENT, Decision.outcome == Outcome.THANKED)


# Grounds that only the statutory procedure has: Regulation 9 and section 26(3).
STATUTORY_GROUNDS = frozenset({RefusalReason.OUT_OF_TIME_STATUTORY, RefusalReason.NOT_ELIGIBLE})


class DecisionRow(NamedTuple):
    """One duty matter or one compliment."""

    matter: int
    back: int
    team: Team
    leadership: str
    compliment: bool
    reason: RefusalReason | None
    disposition: Disposition | None
    # The service was asked about the facts first, and what was looked at is kept.
    consulted_on: date | None
    relationship: Relationship
    young: bool

    @property
    def corporate_refusal(self) -> bool:
        """Whether it was refused, on a ground that the corporate procedure has."""
        refused = self.disposition is Disposition.REFUSED
        return refused and self.reason not in STATUTORY_GROUNDS


def question(scope: Scope) -> Question:
    """Ask for the duty matters and compliments of the years shown.

    Args:
        scope: the report's bounds.
    """
    first, last = scope.span(YEARS - 1)[0], scope.until
    wanted = (
        select(
            Feedback.id, Feedback.received_on, Decision.team, Decision.category, Decision.outcome,
            Decision.reason, Decision.consulted_on, Decision.relationship, Feedback.door,
        )
        .join(Decision, Decision.feedback_id == Feedback.id)
        .where(Feedback.received_on.between(first, last), or_(DUTY, COMPLIMENT))
        .where(Decision.decided_at < scope.moment)
    )  # fmt: skip
    if scope.teams is not None:
        wanted = wanted.where(Decision.team.in_(list(scope.teams)))
    return Question(wanted, Feedback.id)


def read(rows: Iterable[Any], scope: Scope) -> Iterator[DecisionRow]:
    """Read what was asked for.

    Args:
        rows: what `question` found.
        scope: the report's bounds.
    """
    for row in rows:
        back = scope.back_of(row.received_on)
        if back is None:
            continue
        yield DecisionRow(
            matter=row.id,
            back=back,
            team=row.team,
            leadership=scope.leadership(row.team),
            compliment=row.outcome is Outcome.THANKED,
            reason=row.reason,
            disposition=_disposition(row.reason, row.outcome),
            consulted_on=row.consulted_on,
            relationship=row.relationship,
            young=row.door is Door.YOUNG_PEOPLE,
        )


def _disposition(reason: RefusalReason | None, outcome: Outcome) -> Disposition | None:
    if reason is None:
        return None
    return disposition_of(reason, passed_on=outcome is Outcome.PASSED_ON)
