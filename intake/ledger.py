"""The ledger: every message of the mailbox is a row, kept with its bytes before it is read."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, insert, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from intake.incoming import IncomingMail
from intake.mailbox import Fetched
from portal.cases.tokens import make_public_id
from portal.columns import keyed_hash
from portal.records.mail import Mail, MailState, RawMail
from portal.work import Work

TAKEN_IN = (MailState.NEW, MailState.REPLY, MailState.AUTOMATIC)
# A kept message that nobody has taken in for this long was left behind by a look that died.
ABANDONED_AFTER = timedelta(minutes=5)
# No wait of ours is longer, so a moment beyond it comes from a clock that was wrong.
LONGEST_WAIT = timedelta(days=1, hours=1)
# The name of a lock in PostgreSQL: any number that nothing else of ours uses.
TAKING_IN = 6_401


@dataclass(frozen=True)
class Place:
    """Where a message lies: a mailbox and the numbering under which its UIDs hold."""

    mailbox: str
    uid_validity: int


def known_states(
    session: Session, place: Place, uids: Iterable[int]
) -> dict[int, tuple[int, MailState]]:
    """What the ledger says of messages by their UIDs: their row's key and their state. Those that
    it does not know are left out."""
    rows = session.execute(
        select(Mail.uid, Mail.id, Mail.state).where(
            Mail.mailbox == place.mailbox,
            Mail.uid_validity == place.uid_validity,
            Mail.uid.in_(list(uids)),
        )
    )
    return {row.uid: (row.id, row.state) for row in rows}


def keep(work: Work, place: Place, messages: Sequence[Fetched]) -> dict[int, int]:
    """Keep messages as they came, all in one act. Its commit comes before anything reads them.

    Args:
        work: an act of its own.
        place: where they lie.
        messages: their UIDs, bytes and times of arrival.

    Returns:
        The key of each row by UID. One that another worker kept at the same moment is left out:
        it is the other's to take in.
    """
    dialect = work.session.get_bind().dialect.name
    make: Any = sqlite.insert if dialect == "sqlite" else postgresql.insert
    # All columns without a default are named: an insert of many rows asks for equal rows.
    rows = [
        {
            "public_id": make_public_id(),
            "mailbox": place.mailbox,
            "uid_validity": place.uid_validity,
            "uid": message.uid,
            "sha256": hashlib.sha256(message.raw).hexdigest(),
            "size": message.size,
            "arrived_at": message.internal_date,
            "stored_at": work.now,
            "state": MailState.STORED,
            "tries": 0,
        }
        for message in messages
    ]
    kept = work.session.execute(
        make(Mail)
        .on_conflict_do_nothing(index_elements=["mailbox", "uid_validity", "uid"])
        .returning(Mail.uid, Mail.id),
        rows,
    )
    ids = {row.uid: row.id for row in kept}
    bodies = [{"mail_id": ids[one.uid], "body": one.raw} for one in messages if one.uid in ids]
    if bodies:
        work.session.execute(insert(RawMail), bodies)
    return ids


def alone(work: Work) -> None:
    """Make this act the only one that takes mail in, until it ends.

    The same message may come into two mailboxes at once, and the second must be seen to be known.
    On SQLite every act is alone.
    """
    if work.session.get_bind().dialect.name == "postgresql":
        work.session.execute(select(func.pg_advisory_xact_lock(TAKING_IN)))


def left_behind(session: Session, place: Place, now: datetime) -> list[int]:
    """The keys of messages to read without asking the mailbox, oldest first: kept by a look that
    died before it read them (another program may have moved them meanwhile), or in quarantine
    and due for another try.

    Args:
        session: any session.
        place: whose; the numbering does not matter.
        now: this moment.
    """
    abandoned = and_(
        Mail.state == MailState.STORED,
        # A second worker may be reading a younger one right now. A clock that went back must not
        # keep a message waiting until it has caught up.
        or_(Mail.stored_at < now - ABANDONED_AFTER, Mail.stored_at > now + ABANDONED_AFTER),
    )
    return list(
        session.scalars(
            select(Mail.id)
            .where(Mail.mailbox == place.mailbox, or_(abandoned, is_due(now)))
            .order_by(Mail.id)
        )
    )


def is_due(now: datetime) -> ColumnElement[bool]:
    """Whether a quarantined message is to be read again."""
    return and_(
        Mail.state == MailState.QUARANTINED,
        Mail.settled_at.is_(None),
        Mail.feedback_id.is_(None),
        or_(Mail.next_try_at <= now, Mail.next_try_at > now + LONGEST_WAIT),
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


def taken_in_before(session: Session, contents: Iterable[str]) -> set[str]:
    """Which of these contents an earlier message had that was taken in.

    Args:
        session: any session.
        contents: hashes of raw bytes, and content keys.
    """
    wanted = list(contents)
    by_bytes = select(Mail.sha256).where(Mail.sha256.in_(wanted), Mail.state.in_(TAKEN_IN))
    by_key = select(Mail.content_key).where(Mail.content_key.in_(wanted), Mail.state.in_(TAKEN_IN))
    return {*session.scalars(by_bytes), *(key for key in session.scalars(by_key) if key)}
