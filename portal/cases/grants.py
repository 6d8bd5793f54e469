"""Opening one matter to one person for a time: investigators, panel members and their like."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.access.person import in_force, superiors_of
from portal.access.table import GIVEN_ROLES
from portal.cases import named_persons, roles
from portal.cases.tokens import make_public_id
from portal.errors import Refused
from portal.records.account import Account, Role
from portal.records.feedback import Feedback
from portal.records.wall import MatterGrant
from portal.work import Work


class GrantRefused(Refused):
    """The matter cannot be opened to this person; the message says why."""

    title = "This was not opened to that person"


@dataclass(frozen=True)
class Given:
    """A grant and whose it is."""

    grant: MatterGrant
    account: Account


def give(work: Work, feedback: Feedback, account: Account, last_day: date) -> MatterGrant:
    """Open a matter to somebody from today to a day, both included.

    Args:
        work: the open act.
        feedback: the matter.
        account: somebody who has a role that is given single matters.
        last_day: when it closes again, by itself.

    Raises:
        GrantRefused: the day has passed; they have no such role; it is about them or about
            somebody they report to; nobody has said yet whom it is about; or it is open to them
            already.
    """
    if last_day < work.today:
        raise GrantRefused("The last day has passed. Choose today or a later day.")
    role = role_of(work.session, account, work.today)
    if role is None:
        raise GrantRefused("This person has no role that is given single cases.")
    if feedback.persons_unsettled:
        raise GrantRefused("Say first whom it is about: it may be about this very person.")
    above = {account.id, *superiors_of(work.session, account)}
    if any(one.account.id in above for one in named_persons.linked(work.session, feedback.id)):
        raise GrantRefused("It is about this person, or about somebody they report to.")
    if any(one.account.id == account.id for one in given(work.session, feedback.id, work.today)):
        raise GrantRefused("It is open to this person already. End that first to change the day.")
    assert work.who.account_id is not None
    grant = MatterGrant(
        public_id=make_public_id(),
        feedback_id=feedback.id,
        account_id=account.id,
        role=role,
        first_day=work.today,
        last_day=last_day,
        granted_at=work.now,
        granted_by_id=work.who.account_id,
    )
    work.session.add(grant)
    audit.note(work, "matter_given", feedback, [role.value])
    return grant


def end(work: Work, feedback: Feedback, grant: MatterGrant) -> None:
    """Close a matter to somebody at once."""
    if grant.ended_at is None:
        grant.ended_at = work.now
        audit.note(work, "matter_taken_back", feedback, [grant.role.value])


def given(session: Session, feedback_id: int, today: date) -> list[Given]:
    """To whom a matter is open today."""
    rows = session.execute(
        select(MatterGrant, Account)
        .join(Account, Account.id == MatterGrant.account_id)
        .where(
            MatterGrant.feedback_id == feedback_id,
            MatterGrant.ended_at.is_(None),
            in_force(MatterGrant.first_day, MatterGrant.last_day, today),
        )
        .order_by(MatterGrant.id)
    )
    return [Given(grant, account) for grant, account in rows]


def who_can_be_given(session: Session, today: date) -> list[tuple[Account, Role]]:
    """Everybody who has today a role that is given single matters, by name, with that role: of
    several the first of `GIVEN_ROLES`."""
    first: dict[int, tuple[Account, Role]] = {}
    held = roles.held_by(session, set(GIVEN_ROLES), today)
    for account, role in sorted(held, key=lambda one: list(GIVEN_ROLES).index(one[1])):
        first.setdefault(account.id, (account, role))
    return sorted(first.values(), key=lambda one: (one[0].name.casefold(), one[0].id))


def role_of(session: Session, account: Account, today: date) -> Role | None:
    """The role in which somebody is given single matters; None when they have none."""
    mine = roles.roles_between(session, account.id, today, today)
    return next((role for role in GIVEN_ROLES if role in mine), None)
