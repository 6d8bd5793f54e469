"""Addresses that letters do not reach, and numbers that texts do not: marked by a bounce or by the
gateway, cleared by a word from there or by an officer."""

import secrets
from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.at_hand import Wanted
from portal.columns import keyed_hash
from portal.correspondence.email_address import plain_address
from portal.correspondence.phone_number import number_key
from portal.matter_rows import FAILING, PARTIES
from portal.records.failing_address import FailingAddress
from portal.records.feedback import Feedback
from portal.work import Work

# A full mailbox is emptied, a server mended: after this long a letter is worth a try again.
MUTED = timedelta(days=60)


def address_key(address: str) -> str:
    """The keyed hash of where letters to an address go."""
    return keyed_hash((plain_address(address) or address.strip()).casefold(), "email")


def mark(work: Work, address: str) -> FailingAddress:
    """Note that a letter did not reach an address.

    Args:
        work: the open act.
        address: where it was sent.
    """
    return _mark(work, address_key(address), plain_address(address) or address.strip())


def mark_number(work: Work, number: str) -> FailingAddress:
    """Note that a text did not reach a number.

    Args:
        work: the open act.
        number: where it was sent.
    """
    return _mark(work, number_key(number), number)


def _mark(work: Work, key: str, address: str) -> FailingAddress:
    found = work.session.scalar(select(FailingAddress).where(FailingAddress.address_key == key))
    if found is None:
        found = FailingAddress(
            public_id=secrets.token_urlsafe(12),
            address_key=key,
            address=address,
            failures=0,
            first_failed_at=work.now,
        )
        work.session.add(found)
    found.failures += 1
    found.last_failed_at = work.now
    found.cleared_at = None
    audit.note(work, "address_fails", found)
    return found


def clear(work: Work, failing: FailingAddress) -> None:
    """An officer has made sure of the address, or somebody there wrote to us."""
    failing.cleared_at = work.now
    audit.note(work, "address_cleared", failing)


def failing_among(session: Session, addresses: Iterable[str]) -> frozenset[str]:
    """Which of many addresses fail, by their keys, looked up in one go."""
    keys = {address_key(address) for address in addresses}
    wanted = select(FailingAddress.address_key).where(
        FailingAddress.address_key.in_(keys), FailingAddress.cleared_at.is_(None)
    )
    return frozenset(session.scalars(wanted)) if keys else frozenset()


def failing_now(session: Session, key: str) -> FailingAddress | None:
    """The mark of an address that fails and was not cleared."""
    return session.scalar(
        select(FailingAddress).where(
            FailingAddress.address_key == key, FailingAddress.cleared_at.is_(None)
        )
    )


def failing_of(session: Session, feedback_id: int) -> list[FailingAddress]:
    """The failing addresses and numbers among the parties of a feedback, for its page.

    Args:
        session: any session.
        feedback_id: the feedback's key.
    """
    found = FAILING.of_each(session, _keys(session, feedback_id)).values()
    fails = [one for some in found for one in some if one.cleared_at is None]
    return sorted(fails, key=lambda one: one.id)


def wanted(session: Session, feedback: Feedback) -> list[Wanted]:
    """The rows that `failing_of` asks for, to be fetched with others of a matter."""
    return [(FAILING, _keys(session, feedback.id))]


def _keys(session: Session, feedback_id: int) -> set[str]:
    # Opened, not joined: a party's own key is of what was typed, this one of where letters go.
    said = PARTIES.of(session, feedback_id)
    keys = {address_key(one.email) for one in said if one.email}
    return keys | {number_key(one.phone) for one in said if one.phone}
