"""Between showing the words and saying yes: which matter an advocate is about to follow."""

from datetime import timedelta

from flask import session
from sqlalchemy import select

from portal import clock
from portal.db import db
from portal.records.feedback import Feedback

LASTS = timedelta(minutes=10)
JOINING, SINCE = "joining", "joining_since"


def remember(feedback: Feedback) -> None:
    """Keep for a few minutes that this session has shown the words of a matter."""
    session[JOINING] = feedback.public_id
    session[SINCE] = int(clock.now().timestamp())


def remembered() -> Feedback | None:
    """The matter whose words this session has shown a few minutes ago."""
    since = session.get(SINCE)
    if not isinstance(since, int):
        return None
    if clock.now().timestamp() - since > LASTS.total_seconds():
        return None
    wanted = select(Feedback).where(Feedback.public_id == session.get(JOINING, ""))
    return db.session.scalar(wanted)


def is_same(feedback: Feedback) -> bool:
    """Whether these are the words that this session has shown last, however long ago."""
    return bool(session.get(JOINING) == feedback.public_id)


def forget() -> None:
    """Joined, or not: the words have to be shown again next time."""
    session.pop(JOINING, None)
    session.pop(SINCE, None)
