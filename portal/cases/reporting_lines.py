"""Who reports to whom: changed without ever closing a circle, because walls are made of it."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.access.person import LONGEST_CHAIN, superiors_of
from portal.account_rows import REPORTS
from portal.errors import Refused
from portal.records.account import Account
from portal.work import Work


class ManagerRefused(Refused):
    """Somebody who cannot be this person's manager; the message says why."""

    title = "They cannot be the manager"


def set_manager(work: Work, account: Account, manager: Account | None) -> None:
    """Say whom somebody reports to.

    Args:
        work: the open act.
        account: whose manager it is.
        manager: None for somebody at the top.

    Raises:
        ManagerRefused: it is they themself or somebody below them, one of the two does not work
            for the council, or the manager has left.
    """
    if manager is not None:
        _check(work.session, account, manager)
    account.reports_to_id = manager.id if manager is not None else None


def reports_of(session: Session, account: Account) -> list[Account]:
    """Everybody who reports to somebody directly and has not left, by name."""
    there = [one for one in REPORTS.of(session, account.id) if one.left_on is None]
    return sorted(there, key=lambda one: one.name.casefold())


def line_above(session: Session, account: Account) -> list[Account]:
    """Somebody's manager, the manager's manager and so on, the nearest first; a circle ends where
    it closes."""
    found: list[Account] = []
    seen, above = {account.id}, account.reports_to_id
    while above is not None and above not in seen and len(found) < LONGEST_CHAIN:
        seen.add(above)
        found.append(session.get_one(Account, above))
        above = found[-1].reports_to_id
    return found


def everybody_in_a_circle(session: Session) -> frozenset[int]:
    """The keys of all who, through their managers, report to themselves."""
    pairs = session.execute(
        select(Account.id, Account.reports_to_id).where(Account.reports_to_id.is_not(None))
    )
    return in_circles({below: above for below, above in pairs if above is not None})


def in_circles(above: Mapping[int, int]) -> frozenset[int]:
    """Those who meet themselves on the way up.

    Args:
        above: for each, whom they report to.
    """
    settled: set[int] = set()
    found: set[int] = set()
    for start in above:
        way: list[int] = []
        at: int | None = start
        while at is not None and at not in settled:
            if at in way:
                found.update(way[way.index(at) :])
                break
            way.append(at)
            at = above.get(at)
        settled.update(way)
    return frozenset(found)


def _check(session: Session, account: Account, manager: Account) -> None:
    if account.organisation_id is not None or manager.organisation_id is not None:
        raise ManagerRefused("Only the council’s own people have and are managers here.")
    if manager.left_on is not None or not manager.active:
        raise ManagerRefused("This manager has left. Enter somebody who is here.")
    if manager.id == account.id:
        raise ManagerRefused("Nobody is their own manager. Enter somebody else, or leave it empty.")
    if account.id in superiors_of(session, manager):
        raise ManagerRefused(
            "This manager reports to this person, directly or through others, so it would be a "
            "circle. Change the manager’s own manager first."
        )
