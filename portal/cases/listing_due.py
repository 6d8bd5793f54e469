"""Listing what is due or comes due within a month: `flask forget` writes it, officers read it.

Looked through by key, a few hundred matters at a time. Only what came in so long ago that the
shortest time could have passed is looked at.
"""

from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases import retention_facts, years_kept
from portal.cases.tokens import make_public_id
from portal.procedures.retention import MONTHS_IN_A_YEAR, Periods, Term, term
from portal.procedures.working_days import months_later
from portal.records.erasure import OPEN, Erasure, ErasureState
from portal.records.feedback import Feedback, FeedbackState
from portal.work import Work

AT_ONCE = 500
# What would go next month is shown before it may.
MONTHS_AHEAD = 1


def list_due(work: Work, after: int = 0) -> tuple[int, int]:
    """List some of what is due or soon will be.

    Args:
        work: the open act.
        after: only matters with a higher key than this.

    Returns:
        How many were listed, and the last key that was looked at; 0 when none is left.
    """
    periods = years_kept.in_force(work.session, work.council, work.today)
    keys = list(work.session.scalars(_candidates(work, periods, after)))
    facts = retention_facts.facts_of(work.session, keys)
    until = months_later(work.today, MONTHS_AHEAD)
    listed = 0
    for key, one in facts.items():
        found = term(one, periods, until)
        if found.may_go:
            work.session.add(_row(work, key, found))
            listed += 1
    if listed:
        audit.note(work, "erasures_listed")
    return listed, keys[-1] if len(keys) == AT_ONCE else 0


def take_off(work: Work, after: int = 0) -> tuple[int, int]:
    """Take off the list what would not go any more: held, opened again, or kept longer now.

    Args:
        work: the open act.
        after: only list entries with a higher key than this.

    Returns:
        How many were taken off, and the last key that was looked at; 0 when none is left.
    """
    wanted = (
        select(Erasure)
        .where(Erasure.state == ErasureState.LISTED, Erasure.id > after)
        .order_by(Erasure.id)
        .limit(AT_ONCE)
    )
    rows = work.session.scalars(wanted.with_for_update()).all()
    periods = years_kept.in_force(work.session, work.council, work.today)
    facts = retention_facts.facts_of(work.session, [one.feedback_id for one in rows])
    until = months_later(work.today, MONTHS_AHEAD)
    taken = 0
    for row in rows:
        found = facts.get(row.feedback_id)
        now = term(found, periods, until) if found is not None else None
        if now is None or not now.may_go:
            work.session.delete(row)
            taken += 1
        elif (row.due_on, row.years) != (now.due_on, now.years):
            row.due_on, row.years, row.kept_as = now.due_on, now.years, now.kept_as
    return taken, rows[-1].id if len(rows) == AT_ONCE else 0


def confirmed_ids(session: Session) -> list[int]:
    """The keys of the erasures that were confirmed or agreed to."""
    wanted = select(Erasure.id).where(Erasure.state == ErasureState.CONFIRMED)
    return list(session.scalars(wanted.order_by(Erasure.id)))


def _candidates(work: Work, periods: Periods, after: int) -> Select[int]:
    open_already = select(Erasure.feedback_id).where(Erasure.state.in_(OPEN))
    return (
        select(Feedback.id)
        .where(
            Feedback.id > after,
            Feedback.received_on <= _came_before(periods, work.today),
            Feedback.state == FeedbackState.DECIDED,
            Feedback.erased_at.is_(None),
            Feedback.id.not_in(open_already),
        )
        .order_by(Feedback.id)
        .limit(AT_ONCE)
    )


def _came_before(periods: Periods, today: date) -> date:
    shortest = min(periods.years.values())
    return months_later(today, MONTHS_AHEAD - shortest * MONTHS_IN_A_YEAR)


def _row(work: Work, key: int, found: Term) -> Erasure:
    return Erasure(
        public_id=make_public_id(),
        feedback_id=key,
        state=ErasureState.LISTED,
        kept_as=found.kept_as,
        years=found.years,
        due_on=found.due_on,
        listed_at=work.now,
    )
