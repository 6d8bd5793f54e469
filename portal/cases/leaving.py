"""Somebody leaves: sign-ins end at once, and what was theirs goes to somebody else."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.access import permission
from portal.access.acts import Act
from portal.access.person import person_of
from portal.access.table import COMPLAINTS_TEAM, OUTSIDE
from portal.account_rows import FOLLOWED, MATTERS_GIVEN
from portal.cases import (
    accounts,
    council_identities,
    field_changes,
    reporting_lines,
    roles,
    second_factor,
    takeovers,
)
from portal.cases.addresses import email_key
from portal.errors import Refused
from portal.records.account import Account
from portal.records.advocacy import Advocacy
from portal.records.case import Case, CaseState
from portal.records.feedback import Feedback
from portal.records.role_grant import RoleGrant
from portal.records.team_membership import TeamMembership
from portal.records.wall import MatterGrant
from portal.work import Work


class CannotLeave(Refused):
    """Somebody must take over first; the message says what."""

    title = "This person cannot leave yet"
    status = 409


class NeedsSuccessor(CannotLeave):
    """What they have needs somebody else, or somebody other than was chosen."""


class HasNotLeft(Refused):
    """Only who has left can come back."""

    message = "This person has not left."
    status = 409


@dataclass(frozen=True)
class Holdings:
    """What is somebody's now: open cases they are the named officer of, matters they follow as an
    advocate, matters opened to them, and people who report to them."""

    cases: tuple[Case, ...]
    followed: tuple[Advocacy, ...]
    given: tuple[MatterGrant, ...]
    reports: tuple[Account, ...]


@dataclass(frozen=True)
class HandedOver:
    """What became of it. `to_designated` are the cases that are closed to the successor and went
    to the officer whom the council's file names."""

    found: Holdings
    to_successor: int
    to_designated: int


def holdings(session: Session, account: Account) -> Holdings:
    """Find what somebody leaves behind."""
    cases = select(Case).where(Case.officer_id == account.id, Case.state == CaseState.OPEN)
    followed = [one for one in FOLLOWED.of(session, account.id) if one.ended_at is None]
    given = [one for one in MATTERS_GIVEN.of(session, account.id) if one.ended_at is None]
    return Holdings(
        tuple(session.scalars(cases.order_by(Case.id))),
        tuple(followed),
        tuple(given),
        tuple(reporting_lines.reports_of(session, account)),
    )


def references(session: Session, found: Holdings) -> list[str]:
    """The references of the cases, for whoever chooses who takes them over."""
    ids = [case.feedback_id for case in found.cases]
    wanted = select(Feedback.reference).where(Feedback.id.in_(ids))
    return sorted(session.scalars(wanted))


def successors(session: Session, account: Account, today: date) -> list[Account]:
    """Who could take over from somebody, by name: the complaints team for somebody of the council,
    colleagues for an advocate."""
    wanted = COMPLAINTS_TEAM if account.organisation_id is None else OUTSIDE
    found = roles.holders(session, wanted, today)
    there = [
        one
        for one in found
        if one.id != account.id and one.organisation_id == account.organisation_id
    ]
    return sorted(there, key=lambda one: one.name.casefold())


def leave(work: Work, account: Account, successor: Account | None = None) -> HandedOver:
    """End somebody's account today and hand over what was theirs.

    Args:
        work: the open act.
        account: who leaves.
        successor: who becomes the named officer of their open cases, or follows their young
            people. None where there is nothing to hand over, or where following shall end.

    Returns:
        What there was, and where it went.

    Raises:
        CannotLeave: it is who asks, or they have left already.
        NeedsSuccessor: open cases need somebody of the complaints team who may see them; an
            advocate's successor is a colleague.
        LastOne: the portal cannot do without their role.
    """
    if work.who.account_id == account.id:
        raise CannotLeave("You cannot end your own account. Ask somebody else.")
    if account.left_on is not None:
        raise CannotLeave("This person has left already.")
    found = holdings(work.session, account)
    _check_successor(work, account, found, successor)
    _end_roles(work, account)
    to_designated = _hand_over_cases(work, account, found, successor)
    _hand_over_followed(work, found, successor)
    for grant in found.given:
        grant.ended_at = work.now
    for report in found.reports:
        # The chain of managers must not break: it is what walls are made of.
        above = field_changes.named(work.session, account.reports_to_id)
        field_changes.keep(work, report, "reports_to", account.name, above)
        report.reports_to_id = account.reports_to_id
        audit.note(work, "account_changed", report, ["reports_to"])
    account.left_on = work.today
    accounts.deactivate(work, account)
    audit.note(work, "account_left", account)
    return HandedOver(found, len(found.cases) - to_designated, to_designated)


def come_back(work: Work, account: Account) -> None:
    """Put somebody who has left on the list again: without roles, teams or a way to sign in, which
    are given anew.

    Raises:
        HasNotLeft: they are here.
    """
    if account.left_on is None:
        raise HasNotLeft
    account.left_on = None
    account.active = True
    account.password_hash = None
    second_factor.reset(work, account)
    council_identities.unlink(work, account)
    if account.reports_to_id is not None:
        above = field_changes.named(work.session, account.reports_to_id)
        field_changes.keep(work, account, "reports_to", above, None)
    # Whoever was above them may be below them by now.
    account.reports_to_id = None
    audit.note(work, "account_came_back", account)


def _check_successor(
    work: Work, account: Account, found: Holdings, successor: Account | None
) -> None:
    allowed = {one.id for one in successors(work.session, account, work.today)}
    if successor is not None and successor.id not in allowed:
        raise NeedsSuccessor(
            "Somebody of the complaints team takes over here."
            if account.organisation_id is None
            else "Young people can only be handed over to a colleague there."
        )
    if found.cases and successor is None:
        count = len(found.cases)
        raise NeedsSuccessor(
            f"They are the named officer of {count} open case{'s' if count > 1 else ''}. Choose "
            "somebody of the complaints team who takes over."
        )


def _end_roles(work: Work, account: Account) -> None:
    yesterday = work.today - timedelta(days=1)
    still = select(RoleGrant).where(
        RoleGrant.account_id == account.id,
        RoleGrant.last_day.is_(None) | (RoleGrant.last_day >= work.today),
    )
    for grant in work.session.scalars(still).all():
        roles.end_role(work, grant, yesterday)
    teams = select(TeamMembership).where(
        TeamMembership.account_id == account.id,
        TeamMembership.last_day.is_(None) | (TeamMembership.last_day >= work.today),
    )
    for membership in work.session.scalars(teams).all():
        roles.leave_team(work, membership, yesterday)


def _hand_over_cases(
    work: Work, account: Account, found: Holdings, successor: Account | None
) -> int:
    """Hand each case to the successor, or to the designated officer where a wall stands between;
    returns how many went there."""
    moved = 0
    for case in found.cases:
        assert successor is not None
        taker = _taker(work, case, successor)
        moved += taker.id != successor.id
        field_changes.keep(work, case, "officer", account.name, taker.name)
        case.officer_id = taker.id
        audit.note(work, "case_handed_over", case, ["officer"])
    return moved


def _taker(work: Work, case: Case, successor: Account) -> Account:
    key = email_key(work.council.designated_officer)
    designated = select(Account).where(Account.email_key == key, Account.active)
    for one in (successor, work.session.scalar(designated)):
        if one is not None and _may_read(work, one, case):
            return one
    raise NeedsSuccessor(
        "One of their cases is closed to this person, because it is about them or somebody they "
        "report to. Choose somebody else."
    )


def _may_read(work: Work, account: Account, case: Case) -> bool:
    key = email_key(work.council.designated_officer)
    person = person_of(work.session, account, work.today, key)
    asked = (work.session, person, Act.READ, case.feedback_id, work.today, work.now)
    return permission.may(*asked).allowed


def _hand_over_followed(work: Work, found: Holdings, successor: Account | None) -> None:
    for advocacy in found.followed:
        if successor is None or not takeovers.hand_on(work, advocacy, successor):
            audit.note(work, "advocacy_handed_over", advocacy)
            # As where an advocate stops: a row that ended means that the young person ended it.
            work.session.delete(advocacy)
