"""Mail that became no feedback: machines' answers to nothing of ours, and what could not be read.

It is kept whole, but a complaint may hide in it, so an officer looks at each.
"""

import email
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default

from inscriptis import get_text
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases.receiving import NewFeedback, NewParty, receive
from portal.errors import Refused
from portal.records.feedback import Channel, ContactWay, Feedback
from portal.records.mail import Mail, MailState, RawMail
from portal.records.party import PartyRole
from portal.work import Work

LEFT = (MailState.AUTOMATIC, MailState.QUARANTINED)
# As old as this a stored message counts as abandoned, and the intake reads it at its next look.
LONG_AGO = timedelta(days=1)


class AlreadySettled(Refused):
    """Another officer was quicker."""

    message = "Somebody has dealt with this message already. Go back to the list."
    status = 409


@dataclass(frozen=True)
class ReadMail:
    """What could be read of a message without the intake's help: enough to judge it by."""

    sender: str
    sender_email: str
    subject: str
    text: str


def waiting(session: Session) -> list[Mail]:
    """The messages that an officer has not looked at, oldest first."""
    return list(session.scalars(select(Mail).where(*_left()).order_by(Mail.arrived_at)))


def count(session: Session) -> int:
    """How many wait."""
    return session.scalar(select(func.count(Mail.id)).where(*_left())) or 0


def read(session: Session, mail: Mail) -> ReadMail:
    """Read a message as far as it can be read; at worst its raw text.

    Args:
        session: an open session.
        mail: its row.
    """
    raw = session.get_one(RawMail, mail.id).body
    try:
        message = email.message_from_bytes(raw, policy=default)
        assert isinstance(message, EmailMessage)
        senders = message["From"].addresses if message["From"] else ()
        body = message.get_body(("plain", "html"))
        text = body.get_content() if body is not None else _raw_text(raw)
        if body is not None and body.get_content_subtype() == "html":
            text = get_text(text)
        return ReadMail(
            sender=(senders[0].display_name or senders[0].addr_spec) if senders else "",
            sender_email=senders[0].addr_spec if senders else "",
            subject=str(message["Subject"] or ""),
            text=str(text),
        )
    except Exception:
        # The standard parser raises much on hostile mail, and this page must show all of it.
        return ReadMail(sender="", sender_email="", subject="", text=_raw_text(raw))


def make_feedback(work: Work, mail: Mail) -> Feedback:
    """Take a message on as feedback after all, received when it arrived.

    Nobody is written to: what a machine sent is not answered by a machine.

    Raises:
        AlreadySettled: another officer has dealt with it.
    """
    _ask_unsettled(mail)
    found = read(work.session, mail)
    party = NewParty(PartyRole.COMPLAINANT, name=found.sender, email=found.sender_email)
    feedback = receive(
        work,
        NewFeedback(
            channel=Channel.EMAIL,
            subject=found.subject or None,
            story=found.text,
            contact_way=ContactWay.EMAIL if found.sender_email else ContactWay.PORTAL_ONLY,
            parties=(party,) if found.sender else (),
            received_at=mail.arrived_at,
        ),
    )
    mail.feedback_id = feedback.id
    mail.settled_at = work.now
    audit.note(work, "mail_taken_on", mail)
    return feedback


def settle(work: Work, mail: Mail) -> None:
    """Nothing to do: the message leaves the list and stays in the ledger.

    Raises:
        AlreadySettled: another officer has dealt with it.
    """
    _ask_unsettled(mail)
    mail.settled_at = work.now
    audit.note(work, "mail_settled", mail)


def read_again(work: Work, mail: Mail) -> None:
    """Let the intake read a quarantined message anew at its next look.

    Raises:
        AlreadySettled: it is not quarantined any more.
    """
    if mail.state is not MailState.QUARANTINED:
        raise AlreadySettled
    mail.state = MailState.STORED
    mail.stored_at = work.now - LONG_AGO
    audit.note(work, "mail_read_again", mail)


def _left() -> tuple[ColumnElement[bool], ...]:
    return Mail.state.in_(LEFT), Mail.feedback_id.is_(None), Mail.settled_at.is_(None)


def _ask_unsettled(mail: Mail) -> None:
    if mail.settled_at is not None or mail.feedback_id is not None or mail.state not in LEFT:
        raise AlreadySettled


def _raw_text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
