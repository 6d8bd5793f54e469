"""Which feedback a message belongs to, if any: never a stranger's into somebody's case.

Whatever a message answers, it joins only when its sender is a party of that feedback. Anything else
that seems to belong is new feedback with a suggested link, and an officer decides: a letter that
was forwarded may be in the hands of the very person it must not reach.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.incoming import IncomingMail
from portal.cases.addresses import email_key
from portal.cases.look_alikes import references_in
from portal.columns import keyed_hash
from portal.correspondence.reply_address import is_signed, named_in
from portal.records.feedback import Feedback
from portal.records.mail import Mail
from portal.records.outbox_letter import OutboxLetter
from portal.records.party import Party
from portal.records.suggested_link import LinkGround

# A References header may name thousands; the first is the thread's, the last are the nearest.
NEAREST = 20
MOST_RECIPIENTS = 50


@dataclass(frozen=True)
class Match:
    """`joins`: the feedback of its own sender that a message answers. Otherwise `seems`: what it
    seems to answer, and why; None when nothing."""

    joins: Feedback | None = None
    seems: tuple[Feedback, LinkGround] | None = None


def match(session: Session, incoming: IncomingMail) -> Match:
    """Find what a message answers.

    Args:
        session: an open session.
        incoming: the message as read.
    """
    sender = email_key(incoming.from_[0].address) if incoming.from_ else None
    seems: tuple[int, LinkGround] | None = None
    for ground, ids in _grounds(session, incoming):
        joined = _newest_with_party(session, ids, sender) if sender and ids else None
        if joined is not None:
            return Match(joins=session.get_one(Feedback, joined))
        if ids and seems is None:
            # The oldest of a thread is the one that the others are about.
            seems = (min(ids), ground)
    if seems is None:
        return Match()
    return Match(seems=(session.get_one(Feedback, seems[0]), seems[1]))


def may_answer(incoming: IncomingMail) -> bool:
    """Whether a message names anything that it could answer. Looks nothing up."""
    return bool(
        _answered_ids(incoming) or _addressed_to(incoming) or references_in(incoming.subject)
    )


def answered(session: Session, incoming: IncomingMail) -> Feedback | None:
    """The feedback whose letter a machine answers: bounces come from the mail system, not from
    a party, so only what nobody else can know counts: the letter's own Message-ID or address."""
    for ground, ids in _grounds(session, incoming):
        if ground in (LinkGround.REPLY_ADDRESS, LinkGround.OUR_LETTER) and ids:
            return session.get_one(Feedback, max(ids))
    return None


def _grounds(
    session: Session, incoming: IncomingMail
) -> Iterator[tuple[LinkGround, frozenset[int]]]:
    """What may tie a message to feedback, the surest first. Each is asked only when needed."""
    references = _addressed_to(incoming)
    if references:
        yield LinkGround.REPLY_ADDRESS, _ids_of(session, references)
    answered_ids = _answered_ids(incoming)
    if answered_ids:
        ours = select(OutboxLetter.feedback_id).where(OutboxLetter.message_id.in_(answered_ids))
        yield LinkGround.OUR_LETTER, _known(session.scalars(ours))
        theirs = select(Mail.feedback_id).where(
            Mail.message_id_key.in_([message_id_key(one) for one in answered_ids])
        )
        yield LinkGround.SAME_THREAD, _known(session.scalars(theirs))
    quoted = references_in(incoming.subject)
    if quoted:
        yield LinkGround.SUBJECT_REFERENCE, _ids_of(session, quoted)


def message_id_key(message_id: str) -> str:
    """The keyed hash under which the ledger finds a Message-ID again."""
    return keyed_hash(_in_brackets(message_id), "mail")


def _addressed_to(incoming: IncomingMail) -> list[str]:
    recipients = [one.address for one in (*incoming.to, *incoming.cc)][:MOST_RECIPIENTS]
    found = []
    for address in recipients:
        for reference in references_in(named_in(address) or ""):
            if is_signed(address, reference):
                found.append(reference)
    return found


def _newest_with_party(session: Session, ids: frozenset[int], sender: str) -> int | None:
    return session.scalar(
        select(Party.feedback_id)
        .where(Party.email_key == sender, Party.feedback_id.in_(ids))
        .order_by(Party.feedback_id.desc())
        .limit(1)
    )


def _ids_of(session: Session, references: list[str]) -> frozenset[int]:
    wanted = select(Feedback.id).where(Feedback.reference.in_(references))
    return frozenset(session.scalars(wanted))


def _known(ids: Iterator[int | None]) -> frozenset[int]:
    return frozenset(one for one in ids if one is not None)


def _answered_ids(incoming: IncomingMail) -> list[str]:
    references = incoming.references
    named = [*references[:1], *references[-NEAREST:]]
    if incoming.in_reply_to:
        named.append(incoming.in_reply_to)
    return list(dict.fromkeys(_in_brackets(one) for one in named))


def _in_brackets(message_id: str) -> str:
    return f"<{message_id.strip().strip('<>')}>"
