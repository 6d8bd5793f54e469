"""Mail that became no feedback: machines' answers to nothing of ours, and what could not be read.

It is kept whole, but a complaint may hide in it, so an officer looks at each. What could not be
read by the intake is not read here either: it is shown as it came, a piece of it, as bare text.
"""

import email
import re
from dataclasses import dataclass
from datetime import timedelta
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr

from inscriptis import get_text
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases.receiving import NewFeedback, NewParty, receive
from portal.errors import Refused
from portal.records.feedback import Channel, ContactWay, Feedback
from portal.records.mail import Mail, MailState, RawMail, Settled
from portal.records.party import PartyRole
from portal.work import Work

LEFT = (MailState.AUTOMATIC, MailState.QUARANTINED)
# As old as this a stored message counts as abandoned, and the intake reads it at its next look.
LONG_AGO = timedelta(days=1)
# Much more than an officer reads on a page; the whole message can be saved.
LARGEST_SHOWN = 200_000
LARGEST_HEADERS = 64_000
HEADERS_SHOWN = ("From", "Reply-To", "To", "Cc", "Date", "Subject", "Message-ID", "Content-Type")
LONGEST_HEADER = 500
# What would turn lines round, hide words or move the reader's eye; a line end and a tab stay.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)


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


@dataclass(frozen=True)
class RawShown:
    """A message as it came: some headers decoded, then the beginning of its bytes as text."""

    headers: tuple[tuple[str, str], ...]
    text: str
    cut: bool


def waiting(session: Session) -> list[Mail]:
    """The messages that an officer has not looked at, oldest first."""
    return list(session.scalars(select(Mail).where(*is_left()).order_by(Mail.arrived_at, Mail.id)))


def read(session: Session, mail: Mail) -> ReadMail:
    """Read a message as far as it can be read; at worst its raw text.

    Args:
        session: an open session.
        mail: its row.
    """
    raw = session.get_one(RawMail, mail.id).body
    if mail.state is not MailState.QUARANTINED:
        try:
            return _parsed(raw[: LARGEST_SHOWN * 4])
        except Exception:
            # The standard parser raises much on hostile mail, and this page must show all of it.
            return ReadMail("", "", "", _bare(raw[:LARGEST_SHOWN]))
    headers = dict(_headers(raw))
    name, address = parseaddr(headers.get("From", ""))
    return ReadMail(
        sender=name or address,
        sender_email=address if "@" in address else "",
        subject=headers.get("Subject", ""),
        text=_bare(_body(raw)[:LARGEST_SHOWN]).strip(),
    )


def head_of(raw: bytes) -> tuple[str, str]:
    """Who sent a message, as it says, and about what: read without the intake's help.

    Args:
        raw: the message as it came.
    """
    headers = dict(_headers(raw))
    return headers.get("From", ""), headers.get("Subject", "")


def raw_shown(session: Session, mail: Mail) -> RawShown:
    """Show a message as it came, whatever is in it.

    Args:
        session: an open session.
        mail: its row.
    """
    raw = session.get_one(RawMail, mail.id).body
    return RawShown(_headers(raw), _bare(raw[:LARGEST_SHOWN]), len(raw) > LARGEST_SHOWN)


def _parsed(raw: bytes) -> ReadMail:
    message = email.message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    senders = message["From"].addresses if message["From"] else ()
    body = message.get_body(("plain", "html"))
    text = body.get_content() if body is not None else _bare(raw)
    if body is not None and body.get_content_subtype() == "html":
        text = get_text(text)
    return ReadMail(
        sender=_seen(senders[0].display_name or senders[0].addr_spec) if senders else "",
        sender_email=senders[0].addr_spec if senders else "",
        subject=_seen(str(message["Subject"] or ""))[:LONGEST_HEADER],
        text=_seen(str(text)),
    )


def _headers(raw: bytes) -> tuple[tuple[str, str], ...]:
    head = re.split(rb"\r?\n\r?\n", raw[:LARGEST_HEADERS], maxsplit=1)[0]
    lines = re.sub(r"\r?\n[ \t]+", " ", _text(head)).splitlines()
    found: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        wanted = next((one for one in HEADERS_SHOWN if one.lower() == name.strip().lower()), None)
        if colon and wanted and wanted not in found:
            found[wanted] = _decoded(value.strip()[: LONGEST_HEADER * 4])[:LONGEST_HEADER]
    return tuple(found.items())


def _decoded(value: str) -> str:
    try:
        return _seen(str(make_header(decode_header(value))))
    except Exception:
        # An unknown charset, broken base64: the header is shown as it stands.
        return _seen(value)


def _body(raw: bytes) -> bytes:
    parts = re.split(rb"\r?\n\r?\n", raw, maxsplit=1)
    return parts[1] if len(parts) == 2 and parts[1].strip() else raw


def _bare(raw: bytes) -> str:
    return _seen(_text(raw))


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        # Bytes of no known charset are read as what most of them are.
        return raw.decode("windows-1252", "replace")


def _seen(text: str) -> str:
    plain = text.replace("\r\n", "\n").encode("utf-8", "replace").decode()
    return _UNSEEN.sub("\ufffd", plain)


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
    mail.settled_at, mail.next_try_at = work.now, None
    audit.note(work, "mail_taken_on", mail)
    return feedback


def enter_by_hand(work: Work, mail: Mail, feedback: Feedback) -> None:
    """Tie a message to the feedback that an officer wrote down from it.

    Raises:
        AlreadySettled: another officer has dealt with it, otherwise than by this feedback.
    """
    if mail.feedback_id == feedback.id:
        return
    _ask_unsettled(mail)
    mail.feedback_id = feedback.id
    _settled(work, mail, Settled.ENTERED_BY_HAND)


def settle(work: Work, mail: Mail, why: Settled) -> None:
    """Nothing more to do: the message leaves the list and stays in the ledger.

    Args:
        work: the open act.
        mail: its row.
        why: the officer's reason.

    Raises:
        AlreadySettled: another officer has dealt with it.
    """
    _ask_unsettled(mail)
    _settled(work, mail, why)


def _settled(work: Work, mail: Mail, why: Settled) -> None:
    mail.settled_at, mail.settled_as, mail.next_try_at = work.now, why, None
    audit.note(work, f"mail_settled_{why.value}", mail)


def read_again(work: Work, mail: Mail) -> None:
    """Let the intake read a quarantined message anew at its next look.

    Raises:
        AlreadySettled: it is not quarantined any more, or was dealt with.
    """
    if mail.state is not MailState.QUARANTINED:
        raise AlreadySettled
    _ask_unsettled(mail)
    mail.state = MailState.STORED
    mail.stored_at = work.now - LONG_AGO
    audit.note(work, "mail_read_again", mail)


def is_left() -> tuple[ColumnElement[bool], ...]:
    """The conditions under which a message waits for an officer to look at it."""
    return Mail.state.in_(LEFT), Mail.feedback_id.is_(None), Mail.settled_at.is_(None)


def _ask_unsettled(mail: Mail) -> None:
    if mail.settled_at is not None or mail.feedback_id is not None or mail.state not in LEFT:
        raise AlreadySettled
