"""A visit to one matter: who has shown its words may see it, for half an hour after each look."""

import secrets
from datetime import timedelta

from flask import g, session
from sqlalchemy import select

from portal import clock
from portal.cases.young_people import is_young
from portal.columns import keyed_hash
from portal.db import db
from portal.records.feedback import Feedback
from portal.wording import speak

IDLE = timedelta(minutes=30)
MATTER, SEEN, WORDS, TRIES = "track", "track_seen", "track_words", "track_tries"


def browser() -> str:
    """What tells this browser's wrong tries from those of others at the same address. It stands for
    nothing else, and ends with the visit."""
    if TRIES not in session:
        session[TRIES] = secrets.token_urlsafe(12)
    return str(session[TRIES])


def begin(feedback: Feedback) -> None:
    """Begin a visit. Whatever the session held before is forgotten, so that nobody can hand
    a visitor a session that they know themselves."""
    end()
    session[MATTER] = feedback.public_id
    session[SEEN] = int(clock.now().timestamp())
    session[WORDS] = _mark(feedback)


def renew(feedback: Feedback) -> None:
    """Go on after new secret words: visits that the old ones began end, this one does not."""
    session[WORDS] = _mark(feedback)


def feedback_now() -> Feedback | None:
    """The matter of this visit, and the visit's half hour begins anew.

    Returns:
        None when nobody visits, the half hour has passed, or the words were replaced.
    """
    seen = session.get(SEEN)
    now = int(clock.now().timestamp())
    if not isinstance(seen, int) or now - seen > IDLE.total_seconds():
        return None
    wanted = select(Feedback).where(Feedback.public_id == session.get(MATTER, ""))
    feedback = db.session.scalar(wanted)
    if feedback is None or session.get(WORDS) != _mark(feedback):
        return None
    session[SEEN] = now
    speak(plain=is_young(feedback))
    return feedback


def left() -> int:
    """How many seconds a visit has after a look."""
    return int(IDLE.total_seconds())


def end() -> None:
    """End the visit and forget the session."""
    session.clear()
    # A form token made earlier in this request belonged to the session that is gone.
    g.pop("csrf_token", None)


def _mark(feedback: Feedback) -> str:
    """Stands for the present secret words without telling anything of them."""
    return keyed_hash(feedback.words_hash or "", "visit")[:16]
