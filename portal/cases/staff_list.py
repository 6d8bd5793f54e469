"""The staff list, which is also the list of accounts: who is on it, in which state, with what."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from portal.access.person import in_force
from portal.access.table import COMPLAINTS_TEAM
from portal.account_rows import MEMBERSHIPS, ROLES_GIVEN, fetch_people, holds
from portal.cases import reporting_lines, roles
from portal.cases.addresses import email_key
from portal.council import Council
from portal.matter_rows import ACCOUNT
from portal.procedures.vocabulary import Team
from portal.records.account import Account, Role
from portal.records.organisation import Organisation
from portal.records.role_grant import RoleGrant
from portal.records.team_membership import TeamMembership

PAGE = 50


class State(StrEnum):
    """How far somebody has come."""

    ACTIVE = "active"
    INVITED = "invited"
    INVITATION_ENDED = "invitation_ended"
    LISTED = "listed"
    LEFT = "left"


@dataclass(frozen=True)
class Wanted:
    """What to show. `text` is any part of a name or address; None means all of a kind.
    `organisation` is a public id, or `COUNCIL` for the council's own people."""

    text: str = ""
    role: Role | None = None
    team: Team | None = None
    organisation: str = ""
    left: bool = False
    page: int = 1


COUNCIL = "council"


@dataclass(frozen=True)
class Entry:
    """One person as the list prints them."""

    account: Account
    state: State
    roles: tuple[Role, ...]
    teams: tuple[Team, ...]
    manager: str | None
    organisation: str | None


@dataclass(frozen=True)
class Listing:
    """One page of the list."""

    entries: tuple[Entry, ...]
    total: int
    page: int
    pages: int


def state_of(account: Account, now: datetime) -> State:
    """Whether somebody signs in, is asked to, only stands on the list, or has left."""
    if account.left_on is not None or not account.active:
        return State.LEFT
    if account.password_hash is not None:
        return State.ACTIVE
    if account.invitation_key is None or account.invitation_ends_at is None:
        return State.LISTED
    return State.INVITED if account.invitation_ends_at > now else State.INVITATION_ENDED


def listing(session: Session, wanted: Wanted, today: date, now: datetime) -> Listing:
    """One page of those who fit, by name.

    Names are sealed in the database, so they are compared and sorted here: a staff list is some
    thousand rows.

    Args:
        session: any session.
        wanted: what to show.
        today: roles and teams are dated.
        now: invitations end by the hour.
    """
    part = " ".join(wanted.text.casefold().split())
    fitting = [
        account
        for account in session.scalars(_query(wanted, today))
        if part in account.name.casefold() or part in account.email.casefold()
    ]
    fitting.sort(key=lambda account: (account.name.casefold(), account.id))
    pages = max(1, -(-len(fitting) // PAGE))
    page = min(max(1, wanted.page), pages)
    shown = fitting[(page - 1) * PAGE : page * PAGE]
    return Listing(tuple(entries(session, shown, today, now)), len(fitting), page, pages)


def entries(
    session: Session, accounts: Collection[Account], today: date, now: datetime
) -> list[Entry]:
    """People with their roles and teams of today, in the order in which they are given."""
    fetch_people(session, accounts)
    ids = [account.id for account in accounts]
    had, belongs = ROLES_GIVEN.of_each(session, ids), MEMBERSHIPS.of_each(session, ids)
    above = {one.reports_to_id for one in accounts if one.reports_to_id is not None}
    managers = ACCOUNT.of_each(session, above)
    names = {key: one.name for key, some in managers.items() for one in some}
    outside = {account.organisation_id for account in accounts} - {None}
    named = select(Organisation.id, Organisation.name).where(Organisation.id.in_(outside))
    organisations = dict(session.execute(named).all()) if outside else {}
    held = {key: {one.role for one in rows if holds(one, today)} for key, rows in had.items()}
    teams = {key: {one.team for one in rows if holds(one, today)} for key, rows in belongs.items()}
    return [
        Entry(
            account,
            state_of(account, now),
            tuple(role for role in Role if role in held[account.id]),
            tuple(team for team in Team if team in teams[account.id]),
            names.get(account.reports_to_id or 0),
            organisations.get(account.organisation_id or 0),
        )
        for account in accounts
    ]


def faults(session: Session, council: Council, today: date) -> list[str]:
    """A sentence for each thing about people that keeps the portal from working as it must."""
    said = []
    if not roles.holders(session, {Role.COMPLAINTS_MANAGER}, today):
        said.append("Nobody is complaints manager today. An administrator can give the role.")
    key = email_key(council.designated_officer)
    found = session.scalar(select(Account).where(Account.email_key == key, Account.active))
    if found is None or found.organisation_id is not None:
        said.append(
            "Nobody of the council has an account with the address that the council’s file names "
            "as designated_officer. Cases about the complaints team or a head of service would "
            "open to nobody."
        )
    elif roles.roles_between(session, found.id, today, today) & COMPLAINTS_TEAM:
        said.append(
            "The officer whom the council’s file names as designated_officer is in the complaints "
            "team. Name somebody outside it, or end that role."
        )
    circle = reporting_lines.everybody_in_a_circle(session)
    if circle:
        said.append(
            f"{len(circle)} people report to themselves through their managers, so walls cannot "
            "be drawn rightly. An administrator can change their managers."
        )
    return said


def _query(wanted: Wanted, today: date) -> Select[Account]:
    query = select(Account).where(
        (Account.left_on.is_not(None) | ~Account.active)
        if wanted.left
        else (Account.left_on.is_(None) & Account.active)
    )
    if wanted.role is not None:
        having = _in_force(RoleGrant, RoleGrant.role == wanted.role, today)
        query = query.where(Account.id.in_(having))
    if wanted.team is not None:
        member = _in_force(TeamMembership, TeamMembership.team == wanted.team, today)
        query = query.where(Account.id.in_(member))
    if wanted.organisation == COUNCIL:
        query = query.where(Account.organisation_id.is_(None))
    elif wanted.organisation:
        named = select(Organisation.id).where(Organisation.public_id == wanted.organisation)
        query = query.where(Account.organisation_id.in_(named))
    return query


def _in_force(
    record: type[RoleGrant] | type[TeamMembership], condition: ColumnElement[bool], today: date
) -> Select[int]:
    dated = in_force(record.first_day, record.last_day, today)
    return select(record.account_id).where(condition, dated)
