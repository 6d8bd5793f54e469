"""Who asks: the roles and teams somebody has today, and who stands above them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.access.acts import Act, Reach
from portal.access.table import DESIGNATED, OUTSIDE, TABLE
from portal.procedures.vocabulary import Team
from portal.records.account import Account, Role
from portal.records.organisation import Organisation
from portal.records.role_grant import RoleGrant
from portal.records.team_membership import TeamMembership

# A chain of managers longer than this is a mistake in the staff list, perhaps a circle.
LONGEST_CHAIN = 30


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in, as far as rights go. `superiors` are the keys of their manager,
    their manager's manager and so on."""

    id: int
    roles: frozenset[Role] = frozenset()
    teams: frozenset[Team] = frozenset()
    superiors: frozenset[int] = frozenset()
    designated: bool = False
    organisation_id: int | None = None

    def reaches(self, act: Act) -> frozenset[Reach]:
        """How far their roles let them do something; empty when none of them does."""
        found = {TABLE[role][act] for role in self.roles if act in TABLE[role]}
        if self.designated and act in DESIGNATED:
            found.add(DESIGNATED[act])
        return frozenset(found)


def person_of(session: Session, account: Account, today: date, designated_key: str) -> Person:
    """Read what somebody is today.

    Args:
        session: any session.
        account: whose.
        today: roles and teams are dated.
        designated_key: the hash of the address of the officer whom the council's file names.

    Returns:
        A person without any role when the account or its organisation has ended.
    """
    if not account.active or not _organisation_stands(session, account):
        return Person(account.id)
    roles = frozenset(session.scalars(_in_force(RoleGrant, RoleGrant.role, account.id, today)))
    teams = _in_force(TeamMembership, TeamMembership.team, account.id, today)
    # A role of the council's own is worth nothing to somebody of an organisation outside, and the
    # other way round: neither page offers it, and a mistake in a row must not open a case.
    mine = roles & OUTSIDE if account.organisation_id is not None else roles - OUTSIDE
    return Person(
        id=account.id,
        roles=mine,
        teams=frozenset(session.scalars(teams)),
        superiors=superiors_of(session, account),
        designated=account.email_key == designated_key and account.organisation_id is None,
        organisation_id=account.organisation_id,
    )


def superiors_of(session: Session, account: Account) -> frozenset[int]:
    """The keys of everybody above somebody, nearest first found; a circle ends where it closes."""
    found: set[int] = set()
    above = account.reports_to_id
    while above is not None and above not in found and len(found) < LONGEST_CHAIN:
        found.add(above)
        above = session.scalar(select(Account.reports_to_id).where(Account.id == above))
    return frozenset(found - {account.id})


def in_force(
    first: InstrumentedAttribute[date], last: InstrumentedAttribute[date | None], on: date
) -> ColumnElement[bool]:
    """Whether a day lies between two columns, the second of which may be open."""
    return (first <= on) & or_(last.is_(None), last >= on)


def _in_force(
    record: type[RoleGrant] | type[TeamMembership], column: Any, account_id: int, on: date
) -> Any:
    return select(column).where(
        record.account_id == account_id, in_force(record.first_day, record.last_day, on)
    )


def _organisation_stands(session: Session, account: Account) -> bool:
    if account.organisation_id is None:
        return True
    wanted = select(Organisation.active).where(Organisation.id == account.organisation_id)
    return bool(session.scalar(wanted))
