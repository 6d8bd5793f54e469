"""How many matters may go by a day: what other years would mean, before they hold."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.cases import retention_facts
from portal.procedures.retention import MONTHS_IN_A_YEAR, MatterFacts, Periods, term
from portal.procedures.working_days import months_later
from portal.records.feedback import Feedback, FeedbackState

AT_ONCE = 500


def count(
    session: Session, choices: Sequence[Periods], days: Sequence[date]
) -> tuple[tuple[int, ...], ...]:
    """Count what may go, looked through by key, a few hundred matters at a time.

    Nobody's words are read, and nothing says which matters they are: walls do not stand before a
    number.

    Args:
        session: any session.
        choices: the years that are compared.
        days: by which days, the latest last.

    Returns:
        For each day, a number for each of `choices`: what is open or held is not counted, and what
        is listed or confirmed already is.
    """
    totals = [[0] * len(choices) for _ in days]
    shortest = min(min(one.years.values()) for one in choices)
    came_before = months_later(days[-1], -shortest * MONTHS_IN_A_YEAR)
    after = 0
    while True:
        keys = list(session.scalars(_candidates(came_before, after)))
        for facts in retention_facts.facts_of(session, keys).values():
            _add(totals, facts, choices, days)
        if len(keys) < AT_ONCE:
            return tuple(tuple(row) for row in totals)
        after = keys[-1]


def _add(
    totals: list[list[int]], facts: MatterFacts, choices: Sequence[Periods], days: Sequence[date]
) -> None:
    for column, periods in enumerate(choices):
        found = term(facts, periods, days[-1])
        if not found.may_go or found.due_on is None:
            continue
        for row, day in enumerate(days):
            totals[row][column] += found.due_on <= day


def _candidates(came_before: date, after: int) -> Select[int]:
    return (
        select(Feedback.id)
        .where(
            Feedback.id > after,
            Feedback.received_on <= came_before,
            Feedback.state == FeedbackState.DECIDED,
            Feedback.erased_at.is_(None),
        )
        .order_by(Feedback.id)
        .limit(AT_ONCE)
    )
