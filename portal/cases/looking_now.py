"""Who else has a matter open now, so that two officers do not decide it side by side.

Read off the trail: nobody's presence is kept anywhere else.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from portal.records.account import Account
from portal.records.audit_event import AuditEvent
from portal.records.feedback import Feedback

NOW = timedelta(minutes=15)
READING, DECIDING = "feedback_viewed", "feedback_prepared"


@dataclass(frozen=True)
class Colleague:
    """Somebody who opened it a moment ago. `deciding`: they have come as far as its check page."""

    name: str
    minutes: int
    deciding: bool


def colleagues(
    session: Session, feedback: Feedback, reader_id: int, now: datetime
) -> list[Colleague]:
    """Who else of the council has opened a matter within the last quarter of an hour.

    Args:
        session: any session.
        feedback: the matter.
        reader_id: the account of whoever asks; they are left out.
        now: this moment.

    Returns:
        Each once, the latest first.
    """
    last = func.max(AuditEvent.at)
    wanted = (
        select(Account.name, last, func.max(case((AuditEvent.act == DECIDING, 1), else_=0)))
        .join(Account, Account.id == AuditEvent.actor_id)
        .where(
            AuditEvent.about_kind == "feedback",
            AuditEvent.about_id == feedback.id,
            AuditEvent.actor_kind == "staff",
            AuditEvent.actor_id != reader_id,
            AuditEvent.act.in_((READING, DECIDING)),
            AuditEvent.at > now - NOW,
        )
        .group_by(Account.id, Account.name)
        .order_by(last.desc(), Account.id)
    )
    return [
        Colleague(name, int((now - at).total_seconds() // 60), bool(deciding))
        for name, at, deciding in session.execute(wanted)
    ]
