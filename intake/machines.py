"""What machines send: kept on the thread for an officer to see; it changes no state and no clock,
and nobody answers it."""

from sqlalchemy import select, update

from intake import matching
from intake.incoming import AutomaticReason, IncomingMail
from intake.matching import Threads
from portal.cases import messages, queue_places
from portal.correspondence import failing
from portal.correspondence.signed_ids import is_ours
from portal.records.automatic_answer import AutomaticAnswer
from portal.records.feedback import Feedback
from portal.records.mail import MailState
from portal.records.message import Sender
from portal.records.party import Party
from portal.work import Work

# A machine answering a machine. Mail that merely came through a list or from a "no reply" sender
# may still be a person's complaint: it becomes feedback, and gets no receipt.
MACHINE_ANSWERS = frozenset(
    {
        AutomaticReason.BOUNCE,
        AutomaticReason.AUTO_SUBMITTED,
        AutomaticReason.AUTOREPLY_HEADER,
        AutomaticReason.NULL_SENDER,
        AutomaticReason.REPORT,
        AutomaticReason.SUBJECT,
    }
)
NO_WORDS = "[There were no words in this automatic e-mail.]"
OWN_LETTER = "own_letter"


def is_answer(incoming: IncomingMail) -> bool:
    """Whether a message is a machine's own, and no person's that a machine passed on."""
    return incoming.automatic_reason in MACHINE_ANSWERS or _is_own_letter(incoming)


def reason(incoming: IncomingMail) -> str | None:
    """Why nothing automatic may answer a message, as a code, or None."""
    if incoming.automatic_reason is not None:
        return incoming.automatic_reason.value
    return OWN_LETTER if _is_own_letter(incoming) else None


def take_in(
    work: Work, incoming: IncomingMail, threads: Threads
) -> tuple[MailState, Feedback | None]:
    """Put a machine's message on the thread of what it answers, if it answers anything of ours.

    Args:
        work: the open act.
        incoming: the message as read.
        threads: what is known of the Message-IDs that it names.

    Returns:
        Its class, and what it answers.
    """
    found = matching.answered(work.session, incoming, threads)
    if found is None:
        found = matching.match(work.session, incoming, threads).joins
    if found is None and incoming.bounce:
        found = _written_to(work, incoming)
    if found is not None:
        words = incoming.text if incoming.text.strip() else NO_WORDS
        messages.add(work, found, Sender.PERSON, words, by_email=True, automatic=True)
        if incoming.bounce:
            _mark_failing(work, found, incoming)
            # An out-of-office answer asks nothing of an officer; a bounce means we reached nobody.
            # Not through the record, whose version would rise under an officer who reads it now.
            seen = update(Feedback).where(Feedback.id == found.id).values(unread=True)
            work.session.execute(seen)
            queue_places.touch(work.session, found.id)
    return MailState.AUTOMATIC, found


def _is_own_letter(incoming: IncomingMail) -> bool:
    """A letter of ours that somebody's mail program sent back: it has our own Message-ID."""
    return incoming.message_id is not None and is_ours(incoming.message_id)


def _written_to(work: Work, incoming: IncomingMail) -> Feedback | None:
    """The feedback about which we last wrote to the address that failed. A report that quotes no
    Message-ID has nothing else to be known by."""
    keys = [failing.address_key(address) for address in incoming.failed_recipients]
    if not keys:
        return None
    return work.session.scalar(
        select(Feedback)
        .join(AutomaticAnswer, AutomaticAnswer.feedback_id == Feedback.id)
        .where(AutomaticAnswer.recipient_key.in_(keys), AutomaticAnswer.held.is_(None))
        .order_by(AutomaticAnswer.id.desc())
        .limit(1)
    )


def _mark_failing(work: Work, feedback: Feedback, incoming: IncomingMail) -> None:
    """Mark the addresses of this feedback that the report names. Others are not believed: anybody
    can send a report, and it must not silence somebody else."""
    emails = work.session.scalars(select(Party.email).where(Party.feedback_id == feedback.id))
    own = {failing.address_key(email): email for email in emails if email}
    named = {failing.address_key(address) for address in incoming.failed_recipients}
    for key in (named & own.keys()) if named else (own.keys() if len(own) == 1 else set()):
        failing.mark(work, own[key])
