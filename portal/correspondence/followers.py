"""Which advocates get the letters of a matter, by the young person's agreement; and which ones."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import not_, select
from sqlalchemy.orm import Session

from portal.access.following import stands
from portal.access.let_in import letter_is_open
from portal.matter_rows import ADVOCACIES
from portal.records.account import Account
from portal.records.advocacy import Advocacy
from portal.records.outbox_letter import OutboxLetter


def who_get_letters(
    session: Session, feedback_ids: Iterable[int], today: date
) -> list[tuple[int, str]]:
    """Give the addresses of advocates who get the letters now.

    Args:
        session: any session, flushed.
        feedback_ids: the keys of the matters.
        today: an agreement ends by itself after its last day.

    Returns:
        Keys of matters, each with an address.
    """
    # Nobody follows a matter yet that this act has made.
    keys = [key for key in feedback_ids if ADVOCACIES.made(session, key) != []]
    if not keys:
        return []
    rows = session.execute(
        select(Advocacy.feedback_id, Account.email)
        .join(Account, Account.id == Advocacy.account_id)
        .where(
            Advocacy.feedback_id.in_(keys),
            Advocacy.gets_letters,
            Account.active,
            stands(today),
        )
        .order_by(Advocacy.id)
    )
    return [(key, email) for key, email in rows]


def closed_letters(session: Session, letter_ids: Iterable[int]) -> frozenset[int]:
    """Give those of some letters that no advocate gets: they may be about another child.

    Args:
        session: any session, flushed.
        letter_ids: the keys of the letters.
    """
    wanted = select(OutboxLetter.id).where(
        OutboxLetter.id.in_(list(letter_ids)), not_(letter_is_open())
    )
    return frozenset(session.scalars(wanted))
