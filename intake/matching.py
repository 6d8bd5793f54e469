"""Which feedback a message belongs to, if any: never a stranger's into somebody's case."""

import re

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from intake.incoming import IncomingMail
from portal.cases.addresses import email_key
from portal.cases.references import read_reference
from portal.columns import keyed_hash
from portal.records.feedback import Feedback
from portal.records.mail import Mail
from portal.records.outbox_letter import OutboxLetter
from portal.records.party import Party

LIKE_A_REFERENCE = re.compile(r"\b([2-9A-Za-z]{4})[-\s]?([2-9A-Za-z]{4})\b")


def belongs_to(session: Session, incoming: IncomingMail) -> Feedback | None:
    """The feedback that a message answers.

    It must answer a letter of ours or an earlier e-mail of that feedback, or quote the reference
    in its subject, **and** come from an address that is a party of that feedback: a forwarded
    letter in a stranger's hands is new feedback, which an officer may link.

    Args:
        session: an open session.
        incoming: the message as read.
    """
    if not incoming.from_:
        return None
    sender = email_key(incoming.from_[0].address)
    return session.scalar(
        select(Feedback)
        .join(Party, Party.feedback_id == Feedback.id)
        .where(Party.email_key == sender, _answers(incoming))
        .order_by(Feedback.id.desc())
        .limit(1)
    )


def answered(session: Session, incoming: IncomingMail) -> Feedback | None:
    """The feedback whose letter a machine answers: bounces come from the mail system, not from
    a party, so only the letter's own Message-ID counts."""
    return session.scalar(
        select(Feedback)
        .join(OutboxLetter, OutboxLetter.feedback_id == Feedback.id)
        .where(OutboxLetter.message_id.in_(_message_ids(incoming)))
        .limit(1)
    )


def references_in(subject: str) -> list[str]:
    """The references that a subject quotes, in their written form."""
    found = (read_reference(a + b) for a, b in LIKE_A_REFERENCE.findall(subject))
    return [reference for reference in found if reference]


def _answers(incoming: IncomingMail) -> ColumnElement[bool]:
    letters = select(OutboxLetter.feedback_id).where(
        OutboxLetter.message_id.in_(_message_ids(incoming))
    )
    earlier = select(Mail.feedback_id).where(
        Mail.message_id_key.in_([keyed_hash(one, "mail") for one in _answered_ids(incoming)])
    )
    return or_(
        Feedback.id.in_(letters),
        Feedback.id.in_(earlier),
        Feedback.reference.in_(references_in(incoming.subject)),
    )


def _message_ids(incoming: IncomingMail) -> list[str]:
    return [f"<{one.strip().strip('<>')}>" for one in _answered_ids(incoming)]


def _answered_ids(incoming: IncomingMail) -> list[str]:
    return [*incoming.references, *([incoming.in_reply_to] if incoming.in_reply_to else [])]
