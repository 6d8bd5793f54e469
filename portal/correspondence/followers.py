"""Which advocates get the letters of a matter, by the young person's agreement."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.access.following import stands
from portal.records.account import Account
from portal.records.advocacy import Advocacy


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
    keys = list(feedback_ids)
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
