"""Roles and teams of people, with their days: given, and ended by a last day, never removed."""

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from portal import audit
from portal.access.person import in_force
from portal.access.table import OUTSIDE
from portal.cases.addresses import email_key
from portal.cases.tokens import make_public_id
from portal.errors import Refused
from portal.procedures.vocabulary import Team
from portal.records.account import Account, Role
from portal.records.role_grant import RoleGrant
from portal.records.team_membership import TeamMembership
from portal.work import Work

# Whoever gives rights must have none to open a case, or could give themself any.
ALONE = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
ONE_DAY = timedelta(days=1)


class RoleRefused(Refused):
    """A role that this person cannot have; the message says why and what to do."""

    title = "That role cannot be given"


class LastOne(Refused):
    """The portal cannot do without somebody in this role."""

    title = "This is the last one"
    status = 409


def give_role(
    work: Work, account: Account, role: Role, first_day: date, last_day: date | None = None
) -> RoleGrant:
    """Give somebody a role between two days, both included.

    Raises:
        RoleRefused: it does not go with their other roles, with where they work, or with itself;
            they have left; or they are who gives it.
    """
    _check_not_own(work, account)
    _check_here(account)
    _check_place(account, role)
    if role in ALONE and is_designated(work, account):
        raise RoleRefused(
            "This is the officer whom the council’s file names: they open cases, so they cannot "
            "be an administrator or an auditor."
        )
    _check_days(first_day, last_day)
    others = roles_between(work.session, account.id, first_day, last_day)
    if role in others:
        raise RoleRefused("This person has this role in these days already. Change that one.")
    _check_company(role, others)
    grant = RoleGrant(
        public_id=make_public_id(),
        account_id=account.id,
        role=role,
        first_day=first_day,
        last_day=last_day,
        granted_at=work.now,
        granted_by_id=work.who.account_id,
    )
    work.session.add(grant)
    audit.note(work, "role_given", account, [role.value])
    return grant


def end_role(work: Work, grant: RoleGrant, last_day: date) -> None:
    """Let a role end after a day. A day before its first makes it never have been in force.

    Raises:
        RoleRefused: it is their own role, or it ends earlier already.
        LastOne: nobody would be left to lead the complaints team or to manage people.
    """
    account = work.session.get_one(Account, grant.account_id)
    _check_not_own(work, account)
    if grant.last_day is not None and grant.last_day <= last_day:
        raise RoleRefused("This role ends on that day or earlier already.")
    check_not_last(work.session, grant, last_day)
    grant.last_day = last_day
    audit.note(work, "role_ended", account, [grant.role.value])


def check_not_last(session: Session, grant: RoleGrant, last_day: date) -> None:
    """Refuse to end the last open-ended role of a kind that the portal cannot do without.

    Raises:
        LastOne: with the role's name.
    """
    if grant.role not in NEEDED:
        return
    standing = (
        select(RoleGrant.id)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(
            RoleGrant.role == grant.role,
            RoleGrant.first_day <= last_day + ONE_DAY,
            RoleGrant.last_day.is_(None),
            Account.active,
            Account.left_on.is_(None),
        )
        .order_by(RoleGrant.id)
        # Two who end each other's role at the same moment: the second waits for the first.
        .with_for_update(of=RoleGrant)
    )
    if not set(session.scalars(standing)) - {grant.id}:
        raise LastOne(
            f"This is the only {NEEDED[grant.role]}. Give the role to somebody else first, then "
            "end it here."
        )


def join_team(
    work: Work, account: Account, team: Team, first_day: date, last_day: date | None = None
) -> TeamMembership:
    """Put somebody into a team between two days, both included.

    Raises:
        RoleRefused: they are in it in these days already, do not work for the council or have
            left; or it is who asks.
    """
    _check_not_own(work, account)
    _check_here(account)
    if account.organisation_id is not None:
        raise RoleRefused("Only the council's own people belong to its teams.")
    _check_days(first_day, last_day)
    same = select(TeamMembership.id).where(
        TeamMembership.account_id == account.id,
        TeamMembership.team == team,
        _overlaps(TeamMembership, first_day, last_day),
    )
    if work.session.scalar(same.limit(1)) is not None:
        raise RoleRefused("This person is in this team in these days already. Change that one.")
    membership = TeamMembership(
        public_id=make_public_id(),
        account_id=account.id,
        team=team,
        first_day=first_day,
        last_day=last_day,
        granted_at=work.now,
        granted_by_id=work.who.account_id,
    )
    work.session.add(membership)
    audit.note(work, "team_joined", account, [team.value])
    return membership


def leave_team(work: Work, membership: TeamMembership, last_day: date) -> None:
    """Let a membership end after a day.

    Raises:
        RoleRefused: it is their own, or it ends earlier already.
    """
    account = work.session.get_one(Account, membership.account_id)
    _check_not_own(work, account)
    if membership.last_day is not None and membership.last_day <= last_day:
        raise RoleRefused("This ends on that day or earlier already.")
    membership.last_day = last_day
    audit.note(work, "team_left", account, [membership.team.value])


def holders(session: Session, roles: Collection[Role], on: date) -> list[Account]:
    """Everybody who has one of some roles on a day, and whose account stands."""
    found = {account.id: account for account, _ in held_by(session, roles, on)}
    return list(found.values())


def held_by(session: Session, roles: Collection[Role], on: date) -> list[tuple[Account, Role]]:
    """As `holders`, each with the role: who has two of the roles stands there twice."""
    wanted = (
        select(Account, RoleGrant.role)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(
            RoleGrant.role.in_(roles),
            in_force(RoleGrant.first_day, RoleGrant.last_day, on),
            Account.active,
        )
        .order_by(Account.id)
    )
    return [(account, role) for account, role in session.execute(wanted)]


def is_designated(work: Work, account: Account) -> bool:
    """Whether somebody is the officer whom the council's file names."""
    return account.email_key == email_key(work.council.designated_officer)


def roles_between(
    session: Session, account_id: int, first_day: date, last_day: date | None
) -> frozenset[Role]:
    """The roles somebody has on any day between two."""
    wanted = select(RoleGrant.role).where(
        RoleGrant.account_id == account_id, _overlaps(RoleGrant, first_day, last_day)
    )
    return frozenset(session.scalars(wanted))


NEEDED = {Role.COMPLAINTS_MANAGER: "complaints manager", Role.ADMINISTRATOR: "administrator"}


def _overlaps(
    record: type[RoleGrant] | type[TeamMembership], first_day: date, last_day: date | None
) -> ColumnElement[bool]:
    condition = or_(record.last_day.is_(None), record.last_day >= first_day)
    return condition if last_day is None else condition & (record.first_day <= last_day)


def _check_not_own(work: Work, account: Account) -> None:
    if work.who.account_id == account.id:
        raise RoleRefused("You cannot change your own roles or teams. Ask another administrator.")


def _check_here(account: Account) -> None:
    if not account.active or account.left_on is not None:
        raise RoleRefused("This person has left.")


def _check_place(account: Account, role: Role) -> None:
    outside = account.organisation_id is not None
    if outside and role not in OUTSIDE:
        raise RoleRefused("Somebody outside the council is an advocate or leads advocates.")
    if not outside and role in OUTSIDE:
        raise RoleRefused("An advocate belongs to an organisation. Choose it first.")


def _check_company(role: Role, others: frozenset[Role]) -> None:
    if others and (role in ALONE or others & ALONE):
        raise RoleRefused(
            "An administrator or an auditor has no other role: whoever gives rights, or looks back "
            "at what was done, opens no case. End the other role first."
        )


def _check_days(first_day: date, last_day: date | None) -> None:
    if last_day is not None and last_day < first_day:
        raise RoleRefused("The last day is before the first day.")
