"""What was said in a matter: adding to it, and reading it with our letters as one thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from portal import audit
from portal.access.let_in import WITH_A_KEY
from portal.cases import how_it_went, in_english
from portal.cases.tokens import make_public_id
from portal.cases.words_in_text import without_words
from portal.catalogues import ENGLISH
from portal.correspondence.outbox import NOT_IN_THE_THREAD
from portal.errors import Refused
from portal.marking import marked
from portal.matter_rows import LETTERS, MESSAGE_FILES, MESSAGES
from portal.records.attachment import Attachment
from portal.records.feedback import Feedback
from portal.records.message import Message, Sender
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.work import Work

LONGEST_REPLY = 20_000
# Two presses of one button, or a page sent again after a lost answer.
SAME_PRESS = timedelta(minutes=5)

WHO = {
    Sender.PERSON: "you",
    Sender.ADVOCATE: "your advocate",
    Sender.SUPPORTER: "your supporter",
    Sender.COUNCIL: "the council",
}
TITLES = {
    LetterKind.RECEIPT: marked("We have got it"),
    LetterKind.FILE_TOO_LARGE: marked("A file was too large"),
    LetterKind.ACKNOWLEDGEMENT: marked("What we understood"),
    LetterKind.CASE_OPENED: marked("We are looking into it"),
    LetterKind.POINTS_TO_AGREE: marked("Is this what you told us?"),
    LetterKind.PROMISE_DONE: marked("We did what we said"),
    LetterKind.THANKS: marked("Thank you"),
    LetterKind.PASSED_ON: marked("We have passed it on"),
    LetterKind.DECLINED: marked("What we cannot do, and why"),
    LetterKind.LINKED: marked("We have put two things together"),
    LetterKind.EXTENSION: marked("We need more time"),
    LetterKind.PAUSE: marked("A pause"),
    LetterKind.MEETING: marked("We offer you a meeting"),
    LetterKind.ANSWER: marked("Our answer"),
    LetterKind.LAPSE: marked("We are late"),
    LetterKind.NEXT_STAGE: marked("The next step has begun"),
    LetterKind.NEXT_STAGE_EARLY: marked("You asked for the next step"),
    LetterKind.NEXT_STAGE_DECLINED: marked("We will not start another step"),
    LetterKind.REQUEST_ACKNOWLEDGED: marked("We have your request"),
    LetterKind.REROUTED: marked("How we deal with it has changed"),
    LetterKind.PARTS: marked("How we deal with each part"),
    LetterKind.PART_REDIRECTED: marked("A part that we cannot look into"),
    LetterKind.JOINT_ANSWER: marked("Our answer to all parts"),
    LetterKind.STATEMENT: marked("What will be looked into"),
    LetterKind.APPOINTED: marked("Who looks into it"),
    LetterKind.PANEL_PAPERS: marked("The meeting of the panel"),
    LetterKind.EARLY_REFERRAL: marked("You can go to the Ombudsman now"),
    LetterKind.NOT_CONSIDERED: marked("What we cannot look into now, and why"),
    LetterKind.WITHDRAWN: marked("We have stopped, as you asked"),
    LetterKind.CONCLUDED: marked("This is finished"),
    LetterKind.CONSENT_ASKED: marked("We need somebody to agree"),
    LetterKind.INTEREST_DECIDED: marked("Whether you can bring this to us"),
    LetterKind.ADVOCATE_CHANGED: marked("Your advocate"),
    LetterKind.HOLDING: marked("We will be late"),
    LetterKind.COMMENT_PASSED_ON: marked("We have passed it on"),
    LetterKind.HANDED_ON: marked("We have passed it on today"),
    LetterKind.ENQUIRY_ANSWER: marked("Our answer"),
    LetterKind.DATA_PROTECTION_OPENED: marked("We are looking into it"),
    LetterKind.DATA_PROTECTION_ACKNOWLEDGED: marked("What we understood"),
    LetterKind.DATA_PROTECTION_ANSWER: marked("Our answer"),
    LetterKind.ACCESS_REQUEST: marked("Your request to see what we hold"),
    LetterKind.ACCESS_REQUEST_EXTENDED: marked("We need more time for your request"),
}
# The receipt that was sent holds a link that gives new secret words; it must not stand on a page
# that an advocate reads too.
RECEIPT_TEXT = marked("We told you that we have got what you sent us, and how to follow it here.")
# A notice only says that there is a message, and the message stands in the thread itself.


class NothingSaid(Refused):
    """A message without words."""

    message = marked("Write your message first. It can be short.")


@dataclass(frozen=True)
class ThreadEntry:
    """One thing that was said, in the words of the person whose matter it is.

    `who` is "you", "your advocate" or "the council"; `kind` is `message`, `letter` or, for an
    out-of-office answer and the like, `automatic`. Pages for others say `who` from `sender`.
    """

    at: datetime
    who: str
    title: str
    body: str
    kind: str
    sender: Sender
    account_id: int | None = None
    # Of a letter: the day on which it was posted, which is its date, and how it went.
    on: date | None = None
    how: str = ""
    # The whole e-mail of which `body` is a part; for officers alone, because it quotes others.
    whole: str | None = None
    # The names of the files that came with it, and whether all of them are recordings.
    files: tuple[str, ...] = ()
    by_voice: bool = False
    # Of a letter that can be saved as a file: its public id.
    letter_id: str = ""
    # Of a letter: the language in which it was written.
    language: str = ENGLISH
    # Of a message: its public id.
    message_id: str = ""


def add(
    work: Work,
    feedback: Feedback,
    sender: Sender,
    body: str,
    *,
    by_email: bool = False,
    automatic: bool = False,
    account_id: int | None = None,
    whole: str | None = None,
) -> Message:
    """Add a message to a matter.

    Args:
        work: the open act.
        feedback: the matter.
        sender: who says it.
        body: their words; the matter's secret words among them are taken out.
        by_email: it came by e-mail.
        automatic: a machine's answer: kept, but it makes nothing unread.
        account_id: of the advocate or officer who wrote it.
        whole: the whole text of an e-mail, where `body` is less of it.

    Returns:
        The message. Telling the person of it is the caller's.

    Raises:
        NothingSaid: there are no words in it. Mail may have none but a file; its caller writes
            that down instead.
    """
    if not body.strip():
        raise NothingSaid
    body = without_words(feedback.words_hash, body)
    whole = without_words(feedback.words_hash, whole) if whole else None
    message = Message(
        public_id=make_public_id(),
        feedback_id=feedback.id,
        sender=sender,
        account_id=account_id,
        by_email=by_email,
        automatic=automatic,
        body=body.strip(),
        whole=whole if whole and whole.strip() != body.strip() else None,
        sent_at=work.now,
    )
    work.session.add(message)
    if sender is not Sender.COUNCIL and not automatic:
        # Not through the record: its version would rise, and the officer who reads it at this
        # moment would be told that somebody else had changed it.
        unread = update(Feedback).where(Feedback.id == feedback.id).values(unread=True)
        work.session.execute(unread)
        in_english.note_arrival(work, feedback, message)
    audit.note(work, "message_added", message)
    return message


def reply(
    work: Work, feedback: Feedback, sender: Sender, body: str, account_id: int | None = None
) -> Message:
    """Add what somebody wrote on a page, once, however often "send" is pressed.

    Returns:
        The new message, or the one that the first press made.

    Raises:
        NothingSaid: there are no words in it.
    """
    body = without_words(feedback.words_hash, body)
    latest = work.session.scalar(
        select(Message)
        .where(Message.feedback_id == feedback.id)
        .order_by(Message.sent_at.desc(), Message.id.desc())
        .limit(1)
    )
    if (
        latest is not None
        and (latest.sender, latest.account_id, latest.body) == (sender, account_id, body.strip())
        and work.now - latest.sent_at < SAME_PRESS
    ):
        return latest
    return add(work, feedback, sender, body, account_id=account_id)


def thread(session: Session, feedback: Feedback, *only: ColumnElement[bool]) -> list[ThreadEntry]:
    """Everything said in a matter and every letter that the person may read, oldest first.

    Args:
        session: any session.
        feedback: the matter.
        only: conditions on `outbox_letter`, for somebody who reads fewer letters.
    """
    messages = MESSAGES.of(session, feedback.id)
    letters = _letters(session, feedback, only)
    files = MESSAGE_FILES.of_each(session, [message.id for message in messages])
    entries = [_of_message(message, files[message.id]) for message in messages]
    ways = how_it_went.ways(session, letters)
    entries += [_of_letter(letter, ways[letter.id]) for letter in letters]
    return sorted(entries, key=lambda entry: entry.at)


def mark_read(work: Work, feedback: Feedback) -> None:
    """Remember that the person has seen what the council wrote."""
    unread = update(Message).where(
        Message.feedback_id == feedback.id,
        Message.sender == Sender.COUNCIL,
        Message.read_at.is_(None),
    )
    work.session.execute(unread.values(read_at=work.now))


def _letters(
    session: Session, feedback: Feedback, only: Sequence[ColumnElement[bool]]
) -> list[OutboxLetter]:
    if only:
        wanted = select(OutboxLetter).where(OutboxLetter.feedback_id == feedback.id, *only)
        found = list(session.scalars(wanted.order_by(OutboxLetter.id)))
    else:
        found = LETTERS.of(session, feedback.id)
    return [one for one in found if one.shown_to_person and one.kind not in NOT_IN_THE_THREAD]


def _of_message(message: Message, files: Sequence[Attachment]) -> ThreadEntry:
    return ThreadEntry(
        at=message.sent_at,
        who=WHO[message.sender],
        title="Automatic answer" if message.automatic else marked("Message"),
        body=message.body,
        kind="automatic" if message.automatic else "message",
        sender=message.sender,
        account_id=message.account_id,
        whole=message.whole,
        files=tuple(file.filename for file in files),
        by_voice=all(file.content_type.startswith("audio/") for file in files),
        message_id=message.public_id,
    )


def _of_letter(letter: OutboxLetter, how: str) -> ThreadEntry:
    return ThreadEntry(
        at=letter.written_at,
        who=WHO[Sender.COUNCIL],
        title=TITLES.get(letter.kind, letter.subject),
        body=RECEIPT_TEXT if letter.kind is LetterKind.RECEIPT else letter.body,
        kind="letter",
        sender=Sender.COUNCIL,
        on=letter.posted_on,
        how=how,
        letter_id="" if letter.kind in WITH_A_KEY else letter.public_id,
        language=letter.language or ENGLISH,
    )
