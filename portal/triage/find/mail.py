"""Mail that became no feedback, found by its sender and subject while nobody has dealt with it.

It belongs to no matter, so it has words of its own: each message is opened once, and then found by
keyed hashes as a matter is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, exists, func, insert, select
from sqlalchemy.orm import Session

from portal.records.mail import Mail, MailState, RawMail
from portal.records.mail_head import MailHead, MailWord
from portal.triage import left_mail
from portal.triage.find import stems
from portal.triage.find.highlights import has_phrases
from portal.triage.find.pieces import Piece
from portal.triage.find.searching import Asked
from portal.work import Work

AT_A_TIME = 50
MOST_SHOWN = 10


@dataclass(frozen=True)
class FoundMail:
    """One message as the search shows it."""

    id: int
    public_id: str
    sender: str
    subject: str
    arrived_at: datetime
    state: MailState


def heads_of_unread(session: Session) -> dict[int, tuple[str, str]]:
    """Open what waits and has no words yet, one message after the other.

    Args:
        session: any session.

    Returns:
        By the keys of some messages their sender and subject.
    """
    unread = select(Mail.id).where(
        *left_mail.is_left(), ~exists().where(MailHead.mail_id == Mail.id)
    )
    keys = list(session.scalars(unread.order_by(Mail.id).limit(AT_A_TIME)))
    if not keys:
        return {}
    # A message can be very large: no two are held at once.
    wanted = select(RawMail.mail_id, RawMail.body).where(RawMail.mail_id.in_(keys))
    rows = session.execute(wanted.execution_options(yield_per=1))
    return {key: left_mail.head_of(raw) for key, raw in rows}


def keep(work: Work, heads: Mapping[int, tuple[str, str]]) -> int:
    """Keep by what messages are found.

    Args:
        work: the open act.
        heads: from `heads_of_unread`.

    Returns:
        How many there were that nobody else had kept meanwhile.
    """
    locked = select(Mail.id).where(Mail.id.in_(heads)).order_by(Mail.id).with_for_update()
    there = set(work.session.scalars(locked))
    known = select(MailHead.mail_id).where(MailHead.mail_id.in_(heads))
    new = sorted(there - set(work.session.scalars(known)))
    if not new:
        return 0
    words = stems.keys_of({key: [(text, 1) for text in heads[key]] for key in new})
    rows = [
        {"mail_id": key, "sender": heads[key][0], "subject": heads[key][1], "read_at": work.now}
        for key in new
    ]
    work.session.execute(insert(MailHead), rows)
    keyed = [{"mail_id": mail, "key": key} for mail, found in words.items() for key in found]
    if keyed:
        work.session.execute(insert(MailWord), keyed)
    return len(new)


def find(session: Session, asked: Asked) -> tuple[FoundMail, ...]:
    """The messages that have every word, the newest first.

    Args:
        session: any session; no message is opened.
        asked: the words. Only whoever may look at mail asks.
    """
    found = (FoundMail(**row._asdict()) for row in session.execute(finding(asked)))
    return tuple(
        one
        for one in found
        if has_phrases([Piece("", one.sender, 1), Piece("", one.subject, 1)], asked)
    )


def finding(asked: Asked) -> Select[int, str, str, str, datetime, MailState]:
    """The query of `find`."""
    keys = [stems.key_of(stem) for stem in asked.stems]
    having = (
        select(MailWord.mail_id)
        .where(MailWord.key.in_(keys))
        .group_by(MailWord.mail_id)
        .having(func.count() == len(keys))
    )
    return (
        select(
            Mail.id,
            Mail.public_id,
            MailHead.sender,
            MailHead.subject,
            Mail.arrived_at,
            Mail.state,
        )
        .join(MailHead, MailHead.mail_id == Mail.id)
        .where(*left_mail.is_left(), Mail.id.in_(having))
        .order_by(Mail.id.desc())
        .limit(MOST_SHOWN)
    )
