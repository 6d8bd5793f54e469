"""Finding somebody on the staff list by part of a name or address."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.access.person import LONGEST_CHAIN
from portal.records.account import Account

SHORTEST = 2
MOST_FOUND = 20


def find(session: Session, typed: str, but_not: Collection[int] = ()) -> list[Account]:
    """People of the council whose name or address contains what was typed, by name.

    Names are sealed in the database, so each is opened here: a staff list is some thousand rows.

    Args:
        session: any session.
        typed: part of a name or address; fewer than two letters find nobody.
        but_not: keys of those to leave out.

    Returns:
        At most `MOST_FOUND`. People who have left are among them: complaints come later.
    """
    part = " ".join(typed.casefold().split())
    if len(part) < SHORTEST:
        return []
    staff = session.scalars(select(Account).where(Account.organisation_id.is_(None)))
    found = [
        account
        for account in staff
        if account.id not in but_not
        and (part in account.name.casefold() or part in account.email.casefold())
    ]
    return sorted(found, key=lambda account: account.name.casefold())[:MOST_FOUND]


def below(session: Session, account: Account) -> int:
    """How many people report to somebody, directly or through others."""
    found: set[int] = set()
    level = {account.id}
    for _ in range(LONGEST_CHAIN):
        wanted = select(Account.id).where(Account.reports_to_id.in_(level))
        level = set(session.scalars(wanted)) - found - {account.id}
        if not level:
            break
        found |= level
    return len(found)
