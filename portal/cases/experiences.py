"""How it went for the person: their answer to one question, at the end."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.records.experience import Experience, Experienced
from portal.records.feedback import Feedback
from portal.work import Work


def say(work: Work, feedback: Feedback, code: Experienced, words: str = "") -> None:
    """Keep an answer; the same one twice is one.

    Args:
        work: the open act.
        feedback: the matter.
        code: the answer.
        words: what they add; they need add nothing.
    """
    before = latest(work.session, feedback.id)
    said = words.strip() or None
    if before is not None and (before.code, before.words) == (code, said):
        return
    work.session.add(Experience(feedback_id=feedback.id, code=code, words=said, said_at=work.now))
    audit.note(work, "experience_said", feedback)


def latest(session: Session, feedback_id: int) -> Experience | None:
    """The answer that counts; None where they have not said."""
    return session.scalar(
        select(Experience)
        .where(Experience.feedback_id == feedback_id)
        .order_by(Experience.id.desc())
        .limit(1)
    )
