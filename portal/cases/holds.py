"""Holds: what an officer puts on a matter that must be kept past its time, and takes off again."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, defer, load_only

from portal import audit
from portal.cases import years_kept
from portal.cases.acting import signed_in_id
from portal.cases.tokens import make_public_id
from portal.errors import Refused
from portal.procedures.retention import latest_review
from portal.procedures.working_days import in_full
from portal.records.erasure import Erasure, ErasureState
from portal.records.feedback import Feedback
from portal.records.retention_hold import RetentionHold
from portal.work import Work

# A page of them; who has more looks at the oldest reviews first.
MOST_SHOWN = 200


class HeldAlready(Refused):
    """One hold is enough."""

    message = "A hold stands on it already. Nothing was changed."
    status = 409


class NotHeld(Refused):
    """Somebody was quicker."""

    message = "No hold stands on it any more. Nothing was changed."
    status = 409


class ReviewTooLate(Refused):
    """A hold that is never looked at again keeps people's words for ever."""

    message = "Choose a day from tomorrow on, within the time in which a hold is looked at again."


def put(work: Work, feedback: Feedback, reason: str, review_on: date) -> RetentionHold:
    """Put a hold on a matter. What is confirmed and not yet done is taken back.

    Args:
        work: the open act.
        feedback: the matter.
        reason: why it must be kept: proceedings, an inquiry, an Ombudsman's investigation.
        review_on: when somebody looks whether the reason still stands.

    Raises:
        HeldAlready, ReviewTooLate: with what stands in the way.
    """
    work.session.refresh(feedback, with_for_update=True)
    if of(work.session, feedback.id) is not None:
        raise HeldAlready
    periods = years_kept.in_force(work.session, work.council, work.today)
    latest = latest_review(periods, work.today)
    if not work.today < review_on <= latest:
        raise ReviewTooLate(f"Choose a day from tomorrow until {in_full(latest)}.")
    hold = RetentionHold(
        public_id=make_public_id(),
        feedback_id=feedback.id,
        reason=reason.strip(),
        review_on=review_on,
        put_at=work.now,
        put_by_id=signed_in_id(work),
    )
    work.session.add(hold)
    confirmed = select(Erasure).where(
        Erasure.feedback_id == feedback.id, Erasure.state == ErasureState.CONFIRMED
    )
    for erasure in work.session.scalars(confirmed):
        erasure.state = ErasureState.ASKED if erasure.asked else ErasureState.LISTED
        erasure.answered_at = erasure.answered_by_id = None
    audit.note(work, "hold_put", feedback, fields=("reason", "review_on"))
    return hold


def lift(work: Work, feedback: Feedback) -> None:
    """Lift the hold.

    Raises:
        NotHeld: there is none.
    """
    work.session.refresh(feedback, with_for_update=True)
    hold = of(work.session, feedback.id)
    if hold is None:
        raise NotHeld
    hold.lifted_at, hold.lifted_by_id = work.now, signed_in_id(work)
    audit.note(work, "hold_lifted", feedback)


def of(session: Session, feedback_id: int) -> RetentionHold | None:
    """The hold that stands on a matter."""
    wanted = select(RetentionHold).where(
        RetentionHold.feedback_id == feedback_id, RetentionHold.lifted_at.is_(None)
    )
    return session.scalar(wanted)


def standing(
    session: Session, visible: ColumnElement[bool]
) -> Sequence[tuple[RetentionHold, Feedback]]:
    """The holds that stand, what is to be looked at first before the rest.

    Args:
        session: any session.
        visible: what the reader may see, from `portal.access.permission.visible`.
    """
    wanted = (
        select(RetentionHold, Feedback)
        .join(Feedback, Feedback.id == RetentionHold.feedback_id)
        .options(load_only(Feedback.public_id, Feedback.reference), defer(RetentionHold.reason))
        .where(RetentionHold.lifted_at.is_(None), visible)
        .order_by(RetentionHold.review_on, RetentionHold.id)
        .limit(MOST_SHOWN)
    )
    return [(hold, feedback) for hold, feedback in session.execute(wanted)]
