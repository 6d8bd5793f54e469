"""A letter on its way: claimed in one act, marked in another, with the sending between them.

`sending` is committed before SMTP, so a crash leaves a trace. Such a letter is sent again under
the same Message-ID: twice is possible and recognisable, never is not.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from portal import audit
from portal.correspondence import contact_rules, failing, neutral_wording, unwanted_readers
from portal.correspondence.email_address import plain_address
from portal.correspondence.letters import FACTS
from portal.correspondence.one_use_links import without_links
from portal.correspondence.safe_contact import email_of
from portal.records.feedback import ContactWay, Feedback
from portal.records.outbox_letter import LetterState, OutboxLetter
from portal.work import Work

# Longer than any one SMTP dialogue may take; afterwards the sender is taken to have died.
LEASE = timedelta(minutes=10)
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
)
# The recipient's own server says that nobody is there: see `sender.py`.
NO_SUCH_ADDRESS = "recipient_5"
ON_ITS_WAY = (LetterState.WAITING, LetterState.SENDING)


@dataclass(frozen=True)
class Claimed:
    """What the sender needs of a letter, free of the database."""

    id: int
    to_email: str
    subject: str
    body: str
    message_id: str
    answers_message_id: str | None
    automatic: bool
    written_at: datetime
    # Of what it is about, where answers are to find it by their address.
    reference: str | None = None
    # Neither its sender nor its words may say who writes or why.
    neutral: bool = False


def claim_next(work: Work) -> Claimed | None:
    """Take the next letter that is due, for ten minutes.

    On PostgreSQL several senders skip each other's rows; on SQLite the act holds the only write.

    Args:
        work: an act that is committed before the letter goes out.

    Returns:
        The letter, or None when none is due.
    """
    while letter := work.session.scalar(_due(work.now).with_for_update(skip_locked=True)):
        address = _address_now(work, letter)
        if address is None:
            letter.state = LetterState.WITHHELD
            letter.body = without_links(letter.body)
            audit.note(work, "letter_withheld", letter)
        elif unwanted_readers.of_letter(work, letter, address):
            unwanted_readers.hold(work, letter)
        elif (later := _not_before(work, letter)) is not None:
            letter.state, letter.next_try_at = LetterState.WAITING, later
        else:
            letter.to_email = address
            letter.state = LetterState.SENDING
            letter.next_try_at = work.now + LEASE
            letter.tries += 1
            return _claimed(work, letter, address)
        work.session.flush()
    return None


def mark_sent(work: Work, letter_id: int) -> None:
    """Note that the mail server has taken the letter."""
    letter = work.session.get_one(OutboxLetter, letter_id)
    letter.state = LetterState.SENT
    letter.sent_at = work.now
    letter.error = None
    letter.body = without_links(letter.body)
    audit.note(work, "letter_sent", letter)


def mark_waiting(work: Work, letter_id: int, error: str) -> None:
    """Put the letter back; each time it waits longer, and it is never dropped.

    Args:
        work: the open act.
        letter_id: the letter.
        error: a code, never the server's text, which may repeat an address.
    """
    letter = work.session.get_one(OutboxLetter, letter_id)
    letter.state = LetterState.WAITING
    letter.next_try_at = work.now + WAITS[min(max(letter.tries, 1), len(WAITS)) - 1]
    letter.error = error


def mark_refused(work: Work, letter_id: int, error: str) -> None:
    """Note that the mail server will never take this letter; an officer must find another way."""
    letter = work.session.get_one(OutboxLetter, letter_id)
    letter.state = LetterState.REFUSED
    letter.error = error
    audit.note(work, "letter_refused", letter)
    if error.startswith(NO_SUCH_ADDRESS) and letter.to_email is not None:
        failing.mark(work, letter.to_email)


def is_any_due(session: Session, now: datetime) -> bool:
    """Say whether a letter is due, without taking it."""
    return session.scalar(_due(now).with_only_columns(OutboxLetter.id)) is not None


def count_left(session: Session) -> int:
    """Count the letters that have not left yet."""
    waiting = select(func.count(OutboxLetter.id)).where(OutboxLetter.state.in_(ON_ITS_WAY))
    return session.scalar(waiting) or 0


def _due(now: datetime) -> Select[OutboxLetter]:
    return (
        select(OutboxLetter)
        .where(OutboxLetter.state.in_(ON_ITS_WAY))
        .where(OutboxLetter.next_try_at <= now)
        .order_by(OutboxLetter.next_try_at, OutboxLetter.id)
        .limit(1)
    )


def _claimed(work: Work, letter: OutboxLetter, address: str) -> Claimed:
    neutral = _is_the_persons(letter) and contact_rules.is_neutral(work.session, letter.feedback_id)
    words = neutral_wording.of(work, letter) if neutral else (letter.subject, letter.body)
    return Claimed(
        letter.id,
        address,
        *words,
        letter.message_id,
        letter.answers_message_id,
        letter.automatic,
        letter.written_at,
        _answered_under(work, letter),
        neutral,
    )


def _answered_under(work: Work, letter: OutboxLetter) -> str | None:
    if not work.settings.mail_plus or letter.feedback_id is None or FACTS[letter.kind].to_staff:
        return None
    return work.session.get_one(Feedback, letter.feedback_id).reference


def _address_now(work: Work, letter: OutboxLetter) -> str | None:
    # Asked again: a person may have closed a way of contact while the letter waited.
    if not _is_the_persons(letter):
        return letter.to_email
    exception = contact_rules.exception_for(work.session, letter.id)
    if exception is not None and exception.way is ContactWay.EMAIL:
        return plain_address(exception.to_where)
    return email_of(work, work.session.get_one(Feedback, letter.feedback_id))


def _not_before(work: Work, letter: OutboxLetter) -> datetime | None:
    if not _is_the_persons(letter):
        return None
    return contact_rules.not_before(work.session, letter, work.now)


def _is_the_persons(letter: OutboxLetter) -> bool:
    return letter.feedback_id is not None and not FACTS[letter.kind].to_staff
