"""Consent of the child or young person whom somebody complains for: asked, given, refused, not
needed, or settled without instructions where they cannot say what they want."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from portal import audit
from portal.attachments import storing
from portal.attachments.checked_file import CheckedFile
from portal.cases import others_told
from portal.cases.acting import signed_in_id
from portal.cases.childs_view import DayToCome
from portal.correspondence import outbox
from portal.errors import Refused
from portal.matter_rows import CONSENTS
from portal.procedures.matter import Consent
from portal.procedures.vocabulary import Category
from portal.records.attachment import Attachment
from portal.records.consent import ConsentRecord
from portal.records.decision import Decision
from portal.records.feedback import Feedback
from portal.records.message import Message
from portal.records.outbox_letter import LetterKind
from portal.work import Work

RECORDED = tuple(state for state in Consent if state is not Consent.NOT_ASKED)
"""What can be recorded: before anything is, it was not asked."""
DECIDED_FOR_THEM = frozenset({Consent.NOT_COMPETENT, Consent.NON_INSTRUCTED})
"""Somebody decides these for the young person: who, and when it is looked at again."""


class NoEvidence(Refused):
    """Consent without a word on how we know of it."""

    message = (
        "Write what was agreed and how you know, or why consent is not needed or cannot be given."
        " Nothing was recorded."
    )


class NobodyDecided(Refused):
    """Nobody is named who decided it for the young person."""

    message = "Say who decided that the young person cannot say this for themselves."


class NoReview(Refused):
    """Somebody speaks without instructions, and nobody will look at it again."""

    message = "Say on which day to come this is looked at again."


class NotOurFile(Refused):
    """A file that did not come with this matter."""

    message = "Choose a file that came with this matter."


class TwoFiles(Refused):
    """Two files for one record."""

    message = "Choose a file that came with it, or add one: not both. Nothing was recorded."


@dataclass(frozen=True)
class Given:
    """What is to be recorded. `file` is the public id of a file that came with the matter, `upload`
    one that an officer adds, such as a signed form; `ask_by_letter` sends the words to the writer
    as what we need."""

    state: Consent
    on_day: date
    words: str
    decided_by: str = ""
    review_on: date | None = None
    file: str = ""
    upload: CheckedFile | None = None
    ask_by_letter: bool = False


def record(work: Work, feedback: Feedback, given: Given) -> ConsentRecord:
    """Record consent, and where asked for, write to the writer that it is needed.

    Args:
        work: the open act.
        feedback: the matter.
        given: what happened and how we know.

    Raises:
        NoEvidence, NobodyDecided, NoReview, NotOurFile, DayToCome: with what is missing.
        TwoFiles: a file was chosen and another one added.
        StoreAway: the added file could not be kept.
        NamesSomebodyElse: the letter tells of somebody whose matter is worked with this one.
    """
    _check(work, given)
    found = ConsentRecord(
        feedback_id=feedback.id,
        state=given.state,
        on_day=given.on_day,
        words=given.words.strip(),
        decided_by=given.decided_by.strip() or None,
        review_on=given.review_on,
        attachment_id=_added(work, feedback, given) or _file(work.session, feedback, given.file),
        recorded_at=work.now,
        recorded_by_id=signed_in_id(work),
    )
    work.session.add(found)
    audit.note(work, "consent_recorded", feedback, [given.state.value])
    if given.ask_by_letter and given.state is Consent.ASKED:
        facts = {"text": given.words.strip(), "constituent": is_enquiry(work.session, feedback)}
        letter = outbox.post(work, LetterKind.CONSENT_ASKED, feedback, facts)
        others_told.check_matter(work.session, feedback, letter.body)
    return found


def latest(session: Session, feedback: Feedback) -> ConsentRecord | None:
    """Give the record that counts, or None where nobody was asked."""
    return next(reversed(CONSENTS.of(session, feedback.id)), None)


def file_of(session: Session, feedback: Feedback) -> Attachment | None:
    """Give the file of the record that counts, where it has one."""
    found = latest(session, feedback)
    if found is None or found.attachment_id is None:
        return None
    return session.get(Attachment, found.attachment_id)


def files(session: Session, feedback: Feedback) -> list[Attachment]:
    """Give the files that came with the matter or with a message on it."""
    wanted = select(Attachment).where(_of(feedback)).order_by(Attachment.id)
    return list(session.scalars(wanted))


def is_enquiry(session: Session, feedback: Feedback) -> bool:
    """Whether an MP or a member of the council writes for somebody whom they represent."""
    decided = select(Decision.category).where(Decision.feedback_id == feedback.id)
    return session.scalar(decided) is Category.MP_ENQUIRY


def _check(work: Work, given: Given) -> None:
    if given.state not in RECORDED or not given.words.strip():
        raise NoEvidence
    if given.on_day > work.today:
        raise DayToCome
    if given.state in DECIDED_FOR_THEM and not given.decided_by.strip():
        raise NobodyDecided
    must_review = given.state is Consent.NON_INSTRUCTED
    if must_review and (given.review_on is None or given.review_on <= work.today):
        raise NoReview


def _added(work: Work, feedback: Feedback, given: Given) -> int | None:
    if given.upload is None:
        return None
    if given.file:
        raise TwoFiles
    kept = storing.keep(work, given.upload, feedback=feedback)
    work.session.flush()
    return kept.id


def _file(session: Session, feedback: Feedback, public_id: str) -> int | None:
    if not public_id:
        return None
    wanted = select(Attachment.id).where(Attachment.public_id == public_id, _of(feedback))
    found = session.scalar(wanted)
    if found is None:
        raise NotOurFile
    return found


def _of(feedback: Feedback) -> ColumnElement[bool]:
    messages = select(Message.id).where(Message.feedback_id == feedback.id)
    return or_(Attachment.feedback_id == feedback.id, Attachment.message_id.in_(messages))
