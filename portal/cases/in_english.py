"""Texts that are not in English: nobody has read one before an officer has written down what it
says, so its matter counts as a concern until then, as one with a voice note does."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases import hearing
from portal.cases.acting import signed_in_id
from portal.cases.hearing import NothingHeard
from portal.cases.not_english import probably_not_english
from portal.matter_rows import RENDERINGS
from portal.records.feedback import Feedback
from portal.records.message import Message
from portal.records.rendering import Rendering
from portal.work import Work


def note_arrival(work: Work, feedback: Feedback, message: Message | None = None) -> None:
    """Note that a text which came is probably not in English, and let its matter be read sooner.

    Args:
        work: the open act.
        feedback: the matter; what an officer typed in somebody has read.
        message: what was said later; None for the words that the matter begins with.
    """
    texts = (feedback.subject, feedback.story, feedback.wanted)
    came = texts if message is None else (message.body,)
    if work.who.kind == "staff" or not any(probably_not_english(text) for text in came if text):
        return
    work.session.flush()
    work.session.add(_new(work, feedback, message))
    raised = hearing.count_as_concern(work, feedback)
    audit.note(work, "text_not_english", feedback, ["risk"] if raised else ())


def write_down(work: Work, feedback: Feedback, message: Message | None, words: str) -> None:
    """Keep what an officer says that a text says; `suggesting.ask_again` lets it be read.

    Args:
        work: the open act of an officer.
        feedback: the matter.
        message: whose words they are; None for those that the matter began with. They need not
            have been noted: an officer sees what a list of words does not.
        words: what it says in English. They can be mended later.

    Raises:
        NothingHeard: there are none.
    """
    if not words.strip():
        raise NothingHeard
    row = of_text(work.session, feedback, message)
    if row is None:
        row = _new(work, feedback, message)
        work.session.add(row)
    row.words = words.strip()
    row.written_at, row.written_by_id = work.now, signed_in_id(work)
    if message is not None:
        # The list of alarming wordings reads it with them.
        message.words_read_at = None
    audit.note(work, "text_in_english", feedback)


def unread(session: Session, feedback: Feedback) -> bool:
    """Whether a text of a matter still waits for somebody who understands it."""
    return any(one.words is None for one in of(session, feedback))


def of(session: Session, feedback: Feedback) -> Sequence[Rendering]:
    """The texts of a matter that are not in English, in the order in which they were noted."""
    return RENDERINGS.of(session, feedback.id)


def of_text(session: Session, feedback: Feedback, message: Message | None) -> Rendering | None:
    """That of one text.

    Args:
        session: any session.
        feedback: the matter.
        message: None for the words that the matter began with.
    """
    key = message.id if message is not None else None
    return next((one for one in of(session, feedback) if one.message_id == key), None)


def words_of(session: Session, message: Message) -> str:
    """A message, and after it what an officer wrote down of it."""
    wanted = select(Rendering.words).where(Rendering.message_id == message.id)
    return "\n\n".join([message.body, *(words for words in session.scalars(wanted) if words)])


def _new(work: Work, feedback: Feedback, message: Message | None) -> Rendering:
    key = message.id if message is not None else None
    return Rendering(feedback_id=feedback.id, message_id=key, noticed_at=work.now)
