"""Which feedback a message belongs to, if any: never a stranger's into somebody's case.

Whatever a message answers, it joins only when its sender is a party of that feedback. Anything else
that seems to belong is new feedback with a suggested link, and an officer decides: a letter that
was forwarded may be in the hands of the very person it must not reach.
"""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

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


@dataclass(frozen=True)
class Threads:
    """What is known of the Message-IDs that some messages name: which letters of ours they are,
    which messages in the ledger, and who is a party of what those are about."""

    ours: Mapping[str, frozenset[int]]
    theirs: Mapping[str, frozenset[int]]
    parties: Mapping[str, frozenset[int]]

    @classmethod
    def of(cls, session: Session, messages: Iterable[IncomingMail]) -> "Threads":
        """Look up what several messages name, in one go.

        Args:
            session: an open session.
            messages: as read.
        """
        several = [one for one in messages if _answered_ids(one)]
        if not several:
            return cls({}, {}, {})
        keys = {message_id_key(one): one for message in several for one in _answered_ids(message)}
        letters = select(OutboxLetter.message_id, OutboxLetter.feedback_id).where(
            OutboxLetter.message_id.in_(keys.values())
        )
        mail = select(Mail.message_id_key, Mail.feedback_id).where(Mail.message_id_key.in_(keys))
        ours = _collected(session.execute(letters))
        by_key = _collected(session.execute(mail))
        theirs = {keys[key]: ids for key, ids in by_key.items()}
        found = frozenset().union(*ours.values(), *theirs.values())
        return cls(ours, theirs, _parties(session, found, several))


def match(session: Session, incoming: IncomingMail, threads: Threads | None = None) -> Match:
    """Find what a message answers.

    Args:
        session: an open session.
        incoming: the message as read.
        threads: what is known already of the Message-IDs that it names.
    """
    sender = email_key(incoming.from_[0].address) if incoming.from_ else None
    threads = threads or Threads.of(session, [incoming])
    seems: tuple[int, LinkGround] | None = None
    for ground, ids in _grounds(session, incoming, threads):
        joined = _newest_with_party(session, ground, ids, sender, threads) if sender else None
        if joined is not None:
            return Match(joins=session.get_one(Feedback, joined))
        if ids and seems is None:
            # The oldest of a thread is the one that the others are about.
            seems = (min(ids), ground)
    if seems is None:
        return Match()
    return Match(seems=(session.get_one(Feedback, seems[0]), seems[1]))


def answers_one_of(incoming: IncomingMail, message_ids: Container[str]) -> bool:
    """Whether a message names one of these as what it answers. Looks nothing up."""
    return any(one in message_ids for one in _answered_ids(incoming))


def answered(
    session: Session, incoming: IncomingMail, threads: Threads | None = None
) -> Feedback | None:
    """The feedback whose letter a machine answers: bounces come from the mail system, not from
    a party, so only what nobody else can know counts: the letter's own Message-ID or address."""
    threads = threads or Threads.of(session, [incoming])
    for ground, ids in _grounds(session, incoming, threads):
        if ground in (LinkGround.REPLY_ADDRESS, LinkGround.OUR_LETTER) and ids:
            return session.get_one(Feedback, max(ids))
    return None


def _grounds(
    session: Session, incoming: IncomingMail, threads: Threads
) -> Iterator[tuple[LinkGround, frozenset[int]]]:
    """What may tie a message to feedback, the surest first. Each is asked only when needed."""
    references = _addressed_to(incoming)
    if references:
        yield LinkGround.REPLY_ADDRESS, _ids_of(session, references)
    answered_ids = _answered_ids(incoming)
    if answered_ids:
        yield LinkGround.OUR_LETTER, _all_of(threads.ours, answered_ids)
        yield LinkGround.SAME_THREAD, _all_of(threads.theirs, answered_ids)
    quoted = references_in(incoming.subject)
    if quoted:
        yield LinkGround.SUBJECT_REFERENCE, _ids_of(session, quoted)


def message_id_key(message_id: str) -> str:
    """The keyed hash under which the ledger finds a Message-ID again."""
    return keyed_hash(in_brackets(message_id), "mail")


def _addressed_to(incoming: IncomingMail) -> list[str]:
    recipients = [one.address for one in (*incoming.to, *incoming.cc)][:MOST_RECIPIENTS]
    found = []
    for address in recipients:
        for reference in references_in(named_in(address) or ""):
            if is_signed(address, reference):
                found.append(reference)
    return found


def _newest_with_party(
    session: Session,
    ground: LinkGround,
    ids: frozenset[int],
    sender: str,
    threads: Threads,
) -> int | None:
    if ground in (LinkGround.OUR_LETTER, LinkGround.SAME_THREAD):
        return max(ids & threads.parties.get(sender, frozenset()), default=None)
    return session.scalar(
        select(Party.feedback_id)
        .where(Party.email_key == sender, Party.feedback_id.in_(ids))
        .order_by(Party.feedback_id.desc())
        .limit(1)
    )


def _parties(
    session: Session, ids: Collection[int], messages: Iterable[IncomingMail]
) -> dict[str, frozenset[int]]:
    senders = {email_key(one.from_[0].address) for one in messages if one.from_}
    if not ids or not senders:
        return {}
    wanted = select(Party.email_key, Party.feedback_id).where(
        Party.feedback_id.in_(ids), Party.email_key.in_(senders)
    )
    return _collected(session.execute(wanted))


def _collected(rows: Iterable[Any]) -> dict[str, frozenset[int]]:
    """The keys of feedback by what names it; what is about none is left out."""
    found: dict[str, set[int]] = {}
    for name, feedback_id in rows:
        if feedback_id is not None:
            found.setdefault(name, set()).add(feedback_id)
    return {name: frozenset(ids) for name, ids in found.items()}


def _ids_of(session: Session, references: list[str]) -> frozenset[int]:
    # What was erased has no thread any more: somebody who writes again begins anew.
    wanted = select(Feedback.id).where(
        Feedback.reference.in_(references), Feedback.erased_at.is_(None)
    )
    return frozenset(session.scalars(wanted))


def _all_of(known: Mapping[str, frozenset[int]], message_ids: list[str]) -> frozenset[int]:
    return frozenset().union(*(known.get(one, frozenset()) for one in message_ids))


def _answered_ids(incoming: IncomingMail) -> list[str]:
    references = incoming.references
    named = [*references[:1], *references[-NEAREST:]]
    if incoming.in_reply_to:
        named.append(incoming.in_reply_to)
    return list(dict.fromkeys(in_brackets(one) for one in named))


def in_brackets(message_id: str) -> str:
    """A Message-ID as it is looked up, however its sender wrote it."""
    return f"<{message_id.strip().strip('<>')}>"
