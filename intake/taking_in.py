"""Taking one stored message in: known, automatic, a reply, or new feedback with its receipt."""

from datetime import timedelta

from sqlalchemy import func, select

from intake import matching
from intake.incoming import AutomaticReason, IncomingAttachment, IncomingMail
from intake.ledger import content_key, is_repeated
from portal import audit
from portal.attachments import checking, storing
from portal.cases import messages, tracking
from portal.cases.addresses import email_key, plain_email
from portal.cases.promises import first_promises
from portal.cases.receiving import NewFeedback, NewParty, receive
from portal.columns import keyed_hash
from portal.correspondence import outbox
from portal.records.feedback import Channel, ContactWay, Feedback
from portal.records.mail import Mail, MailState
from portal.records.message import Message, Sender
from portal.records.outbox_letter import LetterKind
from portal.records.party import Party, PartyRole
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
RECEIPTS_A_DAY = 10
# What stands in the thread for mail without words: a photo of a letter says enough by itself.
SEE_THE_FILES = "[There were no words in this e-mail. See the files that came with it.]"
NO_WORDS = "[There were no words in this e-mail.]"


def take_in(work: Work, mail: Mail, incoming: IncomingMail) -> MailState:
    """Give a stored message its class and do what the class asks, all in one act.

    Args:
        work: the open act.
        mail: the ledger's row.
        incoming: the message as read.

    Returns:
        The class, which the row now has too.
    """
    key = content_key(incoming)
    mail.message_id = incoming.message_id
    mail.message_id_key = keyed_hash(incoming.message_id, "mail") if incoming.message_id else None
    repeated = is_repeated(work.session, mail, key)
    mail.content_key = key
    mail.tries += 1
    mail.error = None
    if repeated:
        mail.state = MailState.KNOWN
    elif incoming.automatic_reason in MACHINE_ANSWERS:
        mail.state = _automatic(work, mail, incoming)
    else:
        mail.state = _from_a_person(work, mail, incoming)
    audit.note(work, f"mail_{mail.state.value}", mail)
    return mail.state


def _automatic(work: Work, mail: Mail, incoming: IncomingMail) -> MailState:
    """On the thread for an officer to see; no state and no clock changes, nobody is answered."""
    found = matching.answered(work.session, incoming) or matching.belongs_to(work.session, incoming)
    if found is not None:
        words = incoming.text if incoming.text.strip() else NO_WORDS
        messages.add(work, found, Sender.PERSON, words, by_email=True, automatic=True)
        mail.feedback_id = found.id
        # An out-of-office answer asks nothing of an officer; a bounce means we reached nobody.
        found.unread = found.unread or incoming.bounce
    return MailState.AUTOMATIC


def _from_a_person(work: Work, mail: Mail, incoming: IncomingMail) -> MailState:
    found = matching.belongs_to(work.session, incoming)
    if found is not None:
        said = (incoming.reply_text, incoming.text)
        words = next((words for words in said if words.strip()), None) or (
            SEE_THE_FILES if incoming.attachments else NO_WORDS
        )
        message = messages.add(work, found, Sender.PERSON, words, by_email=True)
        mail.feedback_id = found.id
        _keep_files(work, incoming, found, message)
        return MailState.REPLY
    feedback = receive(work, _as_new(mail, incoming))
    mail.feedback_id = feedback.id
    _keep_files(work, incoming, feedback, None)
    if _may_be_answered(work, incoming):
        _send_receipt(work, feedback, incoming)
    return MailState.NEW


def _as_new(mail: Mail, incoming: IncomingMail) -> NewFeedback:
    parties: tuple[NewParty, ...] = ()
    if incoming.from_:
        sender = incoming.from_[0]
        parties = (
            NewParty(
                PartyRole.COMPLAINANT,
                name=sender.name or None,
                email=plain_email(sender.address) or None,
            ),
        )
    writable = bool(parties and parties[0].email)
    return NewFeedback(
        channel=Channel.EMAIL,
        subject=incoming.subject or None,
        story=incoming.text,
        # Who writes by e-mail has chosen e-mail, until they say otherwise.
        contact_way=ContactWay.EMAIL if writable else ContactWay.PORTAL_ONLY,
        parties=parties,
        received_at=mail.arrived_at,
    )


def _keep_files(
    work: Work, incoming: IncomingMail, feedback: Feedback, message: Message | None
) -> None:
    for file in incoming.attachments:
        _keep_file(work, file, feedback, message)


def _keep_file(
    work: Work, file: IncomingAttachment, feedback: Feedback, message: Message | None
) -> None:
    try:
        checked = checking.check(file.filename, file.content, by_mail=True)
    except checking.FileRefused as refused:
        # The raw message still holds it; the name and the reason stand beside the feedback.
        storing.keep_refused(
            work, file.filename, file.size, refused.message, feedback=feedback, message=message
        )
        return
    storing.keep(work, checked, feedback=feedback, message=message)


def _may_be_answered(work: Work, incoming: IncomingMail) -> bool:
    """Whether a receipt may go: not to machines, not to ourselves, not without end."""
    if incoming.automatic_reason is not None or not incoming.from_:
        return False
    address = plain_email(incoming.from_[0].address)
    if not address or address == plain_email(work.settings.mail_from):
        return False
    recent = (
        select(func.count(Feedback.id))
        .join(Party, Party.feedback_id == Feedback.id)
        .where(
            Party.email_key == email_key(address),
            Feedback.channel == Channel.EMAIL,
            Feedback.received_at > work.now - timedelta(days=1),
        )
    )
    return (work.session.scalar(recent) or 0) <= RECEIPTS_A_DAY


def _send_receipt(work: Work, feedback: Feedback, incoming: IncomingMail) -> None:
    token = tracking.make_link(work, feedback)
    outbox.post(
        work,
        LetterKind.RECEIPT,
        feedback,
        {
            "link": f"{work.settings.public_url}/track/link/{token}",
            "promises": first_promises(work.council, feedback.received_on, None),
        },
        automatic=True,
        answers_message_id=incoming.message_id,
    )
