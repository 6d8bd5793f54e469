"""What came without text: a voice note, a picture, a scan. Until an officer has written down what
it says nobody knows what is in it, so the matter counts as a concern; what they wrote is read by
whatever reads texts, and is always marked as the officer's words."""

from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from portal import audit
from portal.attachments.storing import OPENABLE
from portal.cases import danger, queue_places
from portal.cases.acting import signed_in_id
from portal.errors import Refused
from portal.matter_rows import RENDERINGS
from portal.procedures.vocabulary import Risk
from portal.records.attachment import Attachment
from portal.records.danger_alert import DangerAlert
from portal.records.decision import Decision
from portal.records.feedback import Feedback, FeedbackState
from portal.records.message import Message
from portal.records.rendering import Rendering
from portal.work import Work

OFFICERS_WORDS = "An officer wrote down what a file says:"
IN_ENGLISH = "An officer wrote down what it says in English:"


class NothingHeard(Refused):
    """There are no words."""

    message = "Write what it says or shows. If you cannot tell, write that."


def note_arrival(work: Work, feedback: Feedback, files: Iterable[Attachment]) -> None:
    """Let a matter with files that nobody has heard or looked at be read sooner: at least as a
    concern, until their words are written down.

    Args:
        work: the open act.
        feedback: the matter, decided or not. What an officer decided stays in the decision and on
            the case; here it is how soon the matter is looked at.
        files: what came with it or with a message on it.
    """
    if not any(one.unheard for one in files):
        return
    queue_places.touch(work.session, feedback.id)
    if feedback.risk is Risk.NONE:
        _place_as(work, feedback, Risk.CONCERN)
        audit.note(work, "file_unheard", feedback, ["risk"])


def count_as_concern(work: Work, feedback: Feedback) -> bool:
    """Let a matter that waits be read sooner, because nobody knows yet what came.

    Args:
        work: the open act.
        feedback: the matter.

    Returns:
        Whether that changed its risk.
    """
    if feedback.state is not FeedbackState.WAITING or feedback.risk is not Risk.NONE:
        return False
    _place_as(work, feedback, Risk.CONCERN)
    return True


def write_down(work: Work, feedback: Feedback, file: Attachment, words: str) -> None:
    """Keep what an officer says that a file says. What reads texts reads it next: of a matter that
    waits by `suggesting.ask_again`, of one that is decided by `alarming_words.read_heard`.

    Args:
        work: the open act of an officer.
        feedback: the matter of the file.
        file: it is heard now. Its words can be mended later.
        words: what it says or shows, in the officer's words.

    Raises:
        NothingHeard: there are none.
    """
    if not words.strip():
        raise NothingHeard
    file.heard = words.strip()
    file.heard_at, file.heard_by_id = work.now, signed_in_id(work)
    file.unheard = False
    audit.note(work, "file_heard", feedback)
    if feedback.state is FeedbackState.DECIDED:
        _settle(work, feedback)


def _settle(work: Work, feedback: Feedback) -> None:
    """Once the last file of a decided matter is heard, the risk is what the officer decided, or
    left when they said that a danger is over."""
    work.session.flush()
    queue_places.touch(work.session, feedback.id)
    if feedback.risk is not Risk.CONCERN or unheard(work.session, feedback):
        return
    decided = select(Decision.risk).where(Decision.feedback_id == feedback.id)
    risk = work.session.scalar(decided.order_by(Decision.id.desc()).limit(1))
    if risk is Risk.NONE:
        _place_as(work, feedback, risk)
    alerts = select(DangerAlert.over_left).where(DangerAlert.feedback_id == feedback.id)
    left = work.session.scalar(alerts.order_by(DangerAlert.id.desc()).limit(1))
    if left is Risk.NONE:
        danger.place_at(work, feedback, left)
        work.session.refresh(feedback, ["risk"])


def _place_as(work: Work, feedback: Feedback, risk: Risk) -> None:
    # Not through the record: an officer who works on it now loses nothing by it.
    own = update(Feedback).where(Feedback.id == feedback.id)
    work.session.execute(own.values(risk=risk))
    queue_places.touch(work.session, feedback.id)
    work.session.refresh(feedback, ["risk"])


def whole_text(session: Session, feedback: Feedback) -> str:
    """The story, and after it what officers wrote down of its files and of what is not in English,
    marked as their words. The story stands first, so that places in it stay what they were."""
    read = [text for text in RENDERINGS.of(session, feedback.id) if text.words]
    return _together(session, feedback, feedback.story, read)


def text_for_model(session: Session, feedback: Feedback) -> str:
    """The same for a model, which reads English alone: words of another language before those of
    the officer change what it makes of them, so a story that is put in English is left out."""
    read = [text for text in RENDERINGS.of(session, feedback.id) if text.words]
    first = next((text for text in read if text.message_id is None), None)
    if first is None:
        return _together(session, feedback, feedback.story, read)
    later = [text for text in read if text is not first]
    return _together(session, feedback, first.words or "", later)


def _together(session: Session, feedback: Feedback, first: str, read: Sequence[Rendering]) -> str:
    heard = [file.heard for file in files_of(session, feedback) if file.heard]
    return "\n\n".join(
        [
            first,
            *(f"[{IN_ENGLISH}]\n{text.words}" for text in read),
            *(f"[{OFFICERS_WORDS}]\n{words}" for words in heard),
        ]
    )


def files_of(session: Session, feedback: Feedback) -> Sequence[Attachment]:
    """The files of a matter, also those on later messages, oldest first."""
    messages = select(Message.id).where(Message.feedback_id == feedback.id)
    wanted = select(Attachment).where(
        or_(Attachment.feedback_id == feedback.id, Attachment.message_id.in_(messages))
    )
    return session.scalars(wanted.order_by(Attachment.id)).all()


def unheard(session: Session, feedback: Feedback) -> list[Attachment]:
    """The files that still wait for somebody to hear or look at them."""
    return [
        file
        for file in files_of(session, feedback)
        if file.unheard and file.stored_as is not None and file.state in OPENABLE
    ]
