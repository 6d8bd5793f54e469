"""The ledger: every message of the mailbox is a row, kept with its bytes before it is read."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.incoming import IncomingMail
from intake.mailbox import Fetched
from portal.cases.tokens import make_public_id
from portal.columns import keyed_hash
from portal.records.mail import Mail, MailState, RawMail
from portal.work import Work


@dataclass(frozen=True)
class Place:
    """Where a message lies: a mailbox and the numbering under which its UIDs hold."""

    mailbox: str
    uid_validity: int


def known_states(session: Session, place: Place, uids: Iterable[int]) -> dict[int, MailState]:
    """What the ledger says of messages by their UIDs; those it does not know are left out."""
    rows = session.execute(
        select(Mail.uid, Mail.state).where(
            Mail.mailbox == place.mailbox,
            Mail.uid_validity == place.uid_validity,
            Mail.uid.in_(list(uids)),
        )
    )
    return {row.uid: row.state for row in rows}


def store(work: Work, place: Place, fetched: Fetched) -> Mail:
    """Keep a message as it came. Its commit comes before anything reads it.

    Args:
        work: an act of its own.
        place: where it lies.
        fetched: its UID, bytes and time of arrival.
    """
    mail = Mail(
        public_id=make_public_id(),
        mailbox=place.mailbox,
        uid_validity=place.uid_validity,
        uid=fetched.uid,
        sha256=hashlib.sha256(fetched.raw).hexdigest(),
        size=fetched.size,
        arrived_at=fetched.internal_date,
        stored_at=work.now,
    )
    work.session.add(mail)
    work.session.flush()
    work.session.add(RawMail(mail_id=mail.id, body=fetched.raw))
    return mail


def find(session: Session, place: Place, uid: int) -> Mail | None:
    """The row of one message."""
    return session.scalar(
        select(Mail).where(
            Mail.mailbox == place.mailbox,
            Mail.uid_validity == place.uid_validity,
            Mail.uid == uid,
        )
    )


def content_key(incoming: IncomingMail) -> str | None:
    """What tells a second delivery from a second message: what the sender sent, without the
    headers that the way here added.

    Returns:
        A keyed hash, or None when the message has neither a Message-ID nor a date: two such
        messages with the same words may well be meant twice.
    """
    if not incoming.message_id and incoming.date is None:
        return None
    parts = [
        incoming.message_id or "",
        incoming.date.isoformat() if incoming.date else "",
        incoming.subject,
        *(address.address.casefold() for address in incoming.from_),
        incoming.text,
        *(attachment.sha256 for attachment in incoming.attachments),
    ]
    return keyed_hash("\0".join(parts), "mail content")


def is_repeated(session: Session, mail: Mail, key: str | None) -> bool:
    """Whether an earlier message with this content was already taken in."""
    same = select(Mail.id).where(
        Mail.id != mail.id,
        Mail.state.in_((MailState.NEW, MailState.REPLY, MailState.AUTOMATIC)),
        (Mail.sha256 == mail.sha256) | (Mail.content_key == key)
        if key is not None
        else Mail.sha256 == mail.sha256,
    )
    return session.scalar(same.limit(1)) is not None
