"""Who asks: the roles and teams somebody has today, and who stands above them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Protocol

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Date,
    Integer,
    Select,
    String,
    bindparam,
    cast,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.access.acts import Act, Reach
from portal.access.table import DESIGNATED, OUTSIDE, TABLE
from portal.plain_rows import plain_rows
from portal.procedures.vocabulary import Team
from portal.records.account import Account, Role
from portal.records.organisation import Organisation
from portal.records.role_grant import RoleGrant
from portal.records.team_membership import TeamMembership

# A chain of managers longer than this is a mistake in the staff list, perhaps a circle.
LONGEST_CHAIN = 30
ROLE, TEAM, ABOVE, BESIDE = "role", "team", "above", "beside"


class Holder(Protocol):
    """An account, or what was read of it."""

    @property
    def id(self) -> int: ...
    @property
    def email_key(self) -> str: ...
    @property
    def organisation_id(self) -> int | None: ...
    @property
    def reports_to_id(self) -> int | None: ...
    @property
    def active(self) -> bool: ...


@dataclass(frozen=True)
class Beside:
    """A question whose answers are texts, asked in the statement of another, and who is told."""

    texts: Select[str]
    tell: Callable[[list[str]], None]


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


def person_of(
    session: Session,
    account: Holder,
    today: date,
    designated_key: str,
    beside: Beside | None = None,
) -> Person:
    """Read what somebody is today.

    Args:
        session: any session.
        account: whose.
        today: roles and teams are dated.
        designated_key: the hash of the address of the officer whom the council's file names.
        beside: what else a page reads, in the same statement.

    Returns:
        A person without any role when the account or its organisation has ended.
    """
    if not account.active or not _organisation_stands(session, account):
        return Person(account.id)
    held = _held(session, account, today, beside)
    roles = frozenset(Role(one) for one in held[ROLE])
    # A role of the council's own is worth nothing to somebody of an organisation outside, and the
    # other way round: neither page offers it, and a mistake in a row must not open a case.
    mine = roles & OUTSIDE if account.organisation_id is not None else roles - OUTSIDE
    return Person(
        id=account.id,
        roles=mine,
        teams=frozenset(Team(one) for one in held[TEAM]),
        superiors=frozenset(int(one) for one in held[ABOVE]) - {account.id},
        designated=account.email_key == designated_key and account.organisation_id is None,
        organisation_id=account.organisation_id,
    )


def superiors_of(session: Session, account: Account) -> frozenset[int]:
    """The keys of everybody above somebody, nearest first found; a circle ends where it closes."""
    if account.reports_to_id is None:
        return frozenset()
    return frozenset(session.scalars(_above(account.reports_to_id))) - {account.id}


def superiors_of_each(session: Session, accounts: Collection[Account]) -> dict[int, frozenset[int]]:
    """As `superiors_of`, of several people by their keys, in one statement."""
    first = [account.reports_to_id for account in accounts if account.reports_to_id is not None]
    above: dict[int, set[int]] = {}
    if first:
        for manager, key in session.execute(_above_each(first)):
            above.setdefault(manager, set()).add(key)
    return {
        account.id: frozenset(above.get(account.reports_to_id or 0, ())) - {account.id}
        for account in accounts
    }


def in_force(
    first: InstrumentedAttribute[date],
    last: InstrumentedAttribute[date | None],
    on: date | BindParameter[date],
) -> ColumnElement[bool]:
    """Whether a day lies between two columns, the second of which may be open."""
    return (first <= on) & or_(last.is_(None), last >= on)


def _held(
    session: Session, account: Holder, on: date, beside: Beside | None
) -> dict[str, list[str]]:
    """Roles, teams and superiors in one statement: every page asks for all three."""
    asked = {"account": account.id, "manager": account.reports_to_id, "day": on}
    held: dict[str, list[str]] = {ROLE: [], TEAM: [], ABOVE: [], BESIDE: []}
    managed, texts = account.reports_to_id is not None, beside.texts if beside is not None else None
    for what, value in plain_rows(session, _all_held(managed, texts), asked):
        held[what].append(value)
    if beside is not None:
        beside.tell(held[BESIDE])
    return held


@cache
def _all_held(managed: bool, beside: Select[str] | None) -> CompoundSelect[str, str]:
    """Written down once: every page asks it, of `account`, `manager` and `day`."""
    account, day = bindparam("account", type_=Integer), bindparam("day", type_=Date)
    several = [
        _in_force(RoleGrant, ROLE, RoleGrant.role, account, day),
        _in_force(TeamMembership, TEAM, TeamMembership.team, account, day),
    ]
    if managed:
        above = _above(bindparam("manager", type_=Integer)).subquery()
        several.append(select(literal(ABOVE), cast(above.c.id, String)))
    if beside is not None:
        several.append(select(literal(BESIDE), *beside.subquery().c))
    return union_all(*several)


def _above(manager_id: int | BindParameter[int]) -> Select[int]:
    """The keys of a manager and of everybody above them; a circle ends where it is too long."""
    chain = (
        select(Account.id.label("id"), Account.reports_to_id.label("next"), literal(1).label("far"))
        .where(Account.id == manager_id)
        .cte("chain", recursive=True)
    )
    further = select(Account.id, Account.reports_to_id, chain.c.far + 1)
    whole = chain.union_all(
        further.join(chain, Account.id == chain.c.next).where(chain.c.far < LONGEST_CHAIN)
    )
    return select(whole.c.id)


def _in_force(
    record: type[RoleGrant] | type[TeamMembership],
    what: str,
    column: Any,
    account_id: BindParameter[int],
    on: BindParameter[date],
) -> Any:
    return select(literal(what), type_coerce(column, String)).where(
        record.account_id == account_id, in_force(record.first_day, record.last_day, on)
    )


def _organisation_stands(session: Session, account: Holder) -> bool:
    if account.organisation_id is None:
        return True
    return session.get_one(Organisation, account.organisation_id).active


def _above_each(managers: Collection[int]) -> Select[int, int]:
    """As `_above`, of several managers: each with the keys of the chain that begins with them."""
    chain = (
        select(
            Account.id.label("first"),
            Account.id.label("id"),
            Account.reports_to_id.label("next"),
            literal(1).label("far"),
        )
        .where(Account.id.in_(managers))
        .cte("chains", recursive=True)
    )
    further = select(chain.c.first, Account.id, Account.reports_to_id, chain.c.far + 1)
    whole = chain.union_all(
        further.join(chain, Account.id == chain.c.next).where(chain.c.far < LONGEST_CHAIN)
    )
    return select(whole.c.first, whole.c.id).distinct()
