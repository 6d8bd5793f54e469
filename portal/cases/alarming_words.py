"""What no model reads: texts while the classifier is away, what people write later, what officers
write down of files and calls. A list of wordings reads them, and raises an alert, or asks the
officer, where one says that somebody may be in danger now."""

from collections.abc import Callable

from flask import current_app
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
# Where the application keeps the list for its pages.
LIST = "heard.alarming"


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


def read_heard(work: Work, feedback: Feedback, words: str) -> bool:
    """Read what an officer wrote down of a file on a decided matter, which no model reads any more;
    whether it raised an alert.

    Args:
        work: the open act of the officer.
        feedback: the matter. What it says while it waits is read with the rest of it.
        words: what they wrote.
    """
    if feedback.state is not FeedbackState.DECIDED or not speaks_of_danger(words):
        return False
    danger.say_danger(work, feedback, RaisedBy.WORDS)
    return True


def asks(session: Session, feedback: Feedback, note: str) -> bool:
    """Whether to ask an officer if somebody is in danger now, because of what they noted. The note
    itself raises nothing: it is theirs, often about what is over or seen to, and they are there.

    Args:
        session: any session.
        feedback: the matter. Where an alert is out, everybody is told already.
        note: the officer's words.
    """
    return speaks_of_danger(note) and danger.open_alert(session, feedback.id) is None


def speaks_of_danger(text: str) -> bool:
    """Whether the running application's list finds danger in a text."""
    alarming: Alarming = current_app.extensions[LIST]
    return alarming(text)
