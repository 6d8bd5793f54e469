"""What somebody's own page shows: their roles and teams of today, and where they are signed in."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.access.person import in_force
from portal.cases import sign_ins
from portal.council import Council
from portal.records.role_grant import RoleGrant
from portal.records.team_membership import TeamMembership
from portal.web.account.devices import in_words
from portal.web.role_words import ROLES
from portal.wording import long_date, say, worded


@dataclass(frozen=True)
class OpenSignIn:
    """One browser in which the person is signed in."""

    public_id: str
    device: str
    began_at: datetime
    seen_at: datetime
    this_one: bool


def roles(session: Session, account_id: int, today: date) -> list[str]:
    """The person's roles of today in words, with the last day of those that have one."""
    wanted = select(RoleGrant).where(
        RoleGrant.account_id == account_id,
        in_force(RoleGrant.first_day, RoleGrant.last_day, today),
    )
    found = session.scalars(wanted.order_by(RoleGrant.first_day, RoleGrant.id))
    return [_until(_begun(worded(ROLES[one.role])), one.last_day) for one in found]


def teams(session: Session, council: Council, account_id: int, today: date) -> list[str]:
    """The person's teams of today in words."""
    wanted = select(TeamMembership).where(
        TeamMembership.account_id == account_id,
        in_force(TeamMembership.first_day, TeamMembership.last_day, today),
    )
    found = session.scalars(wanted.order_by(TeamMembership.first_day, TeamMembership.id))
    return [_until(council.label(one.team), one.last_day) for one in found]


def open_sign_ins(
    session: Session, account_id: int, this_one: int, now: datetime
) -> list[OpenSignIn]:
    """Where the person is signed in, this browser first.

    Args:
        session: any session.
        account_id: whose.
        this_one: the key of the sign-in that asks.
        now: those that lay idle or lasted too long are over.
    """
    found = [
        OpenSignIn(
            one.public_id, in_words(one.device), one.began_at, one.seen_at, one.id == this_one
        )
        for one in sign_ins.open_ones(session, account_id, now)
    ]
    return sorted(found, key=lambda one: not one.this_one)


def _until(name: str, last_day: date | None) -> str:
    if last_day is None:
        return name
    return say("%(name)s, until %(day)s", name=name, day=long_date(last_day))


def _begun(name: str) -> str:
    """A name that begins a line."""
    return name[:1].upper() + name[1:]
