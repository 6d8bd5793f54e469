"""What no model reads: texts while the classifier is away, and what people write later. A list of
wordings reads them, and raises an alert where one says that somebody may be in danger now."""

from collections.abc import Callable

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.cases import danger, hearing, in_english
from portal.procedures.vocabulary import Risk
from portal.records.danger_alert import RaisedBy
from portal.records.feedback import Feedback, FeedbackState
from portal.records.message import Message, Sender
from portal.records.suggestion import Suggestion
from portal.work import Work

MOST_AT_ONCE = 100
# Whether a text says that somebody may be in danger now.
Alarming = Callable[[str], bool]


def unread_texts(session: Session, *, model_reads: bool) -> list[int]:
    """Feedback that waits and that the list has still to read, oldest first.

    Args:
        session: any session.
        model_reads: the classifier is at work: then only texts on which it failed.

    Returns:
        At most `MOST_AT_ONCE` keys.
    """
    wanted = (
        select(Feedback.id)
        .outerjoin(Suggestion, Suggestion.feedback_id == Feedback.id)
        .where(
            Feedback.state == FeedbackState.WAITING,
            Feedback.words_read_at.is_(None),
            Suggestion.body.is_(None),
        )
    )
    if model_reads:
        wanted = wanted.where(Suggestion.error.is_not(None))
    return list(session.scalars(wanted.order_by(Feedback.id).limit(MOST_AT_ONCE)))


def unread_messages(session: Session) -> list[int]:
    """Messages of people and advocates that the list has still to read, oldest first."""
    wanted = select(Message.id).where(
        Message.words_read_at.is_(None),
        Message.sender != Sender.COUNCIL,
        Message.automatic.is_(False),
    )
    return list(session.scalars(wanted.order_by(Message.id).limit(MOST_AT_ONCE)))


def read_text(work: Work, feedback: Feedback, alarming: Alarming) -> bool:
    """Read feedback; whether it raised the risk."""
    # Not through the record: an officer may have it open, and nothing that they see has changed.
    own = update(Feedback).where(Feedback.id == feedback.id)
    work.session.execute(own.values(words_read_at=work.now))
    whole = hearing.whole_text(work.session, feedback)
    words = "\n".join(part for part in (feedback.subject, whole, feedback.wanted) if part)
    if feedback.risk is Risk.NOW or not alarming(words):
        return False
    danger.say_danger(work, feedback, RaisedBy.WORDS)
    return True


def read_message(work: Work, message: Message, alarming: Alarming) -> bool:
    """Read what somebody wrote later; whether it raised an alert."""
    message.words_read_at = work.now
    feedback = work.session.get_one(Feedback, message.feedback_id)
    if not alarming(in_english.words_of(work.session, message)):
        return False
    danger.say_danger(work, feedback, RaisedBy.WORDS)
    return True
