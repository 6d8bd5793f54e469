"""Who is reminded: whoever must act, their manager, the head of service, and nobody who is walled
off from the case. Where somebody may not read it, or has no address that works, the next above is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from portal.access import permission
from portal.access.acts import Act
from portal.access.person import in_force, person_of
from portal.cases import reporting_lines, roles
from portal.cases.addresses import email_key
from portal.correspondence import failing
from portal.correspondence.email_address import plain_address
from portal.procedures.chasing import Level
from portal.procedures.state import AppointedAs
from portal.procedures.vocabulary import Team
from portal.records.account import Account, Role
from portal.records.appointment import Appointment
from portal.records.case import Case
from portal.records.team_membership import TeamMembership
from portal.work import Work

Group = Sequence[Account]
Seat = list[Group]
"""Groups of people, the nearest first: the first of them that can be told is told."""


@dataclass(frozen=True)
class Waiting:
    """What is waited for, as far as it says who must act.

    Attributes:
        case: the case.
        team: whose work it is.
        owner_id: who keeps a promise; None for a date of the case.
        by_service: the service's answer is waited for, so its managers must act.
        appointed: somebody appointed to the case must act.
        promise: it is a promise and no date of the case.
    """

    case: Case
    team: Team
    owner_id: int | None = None
    by_service: bool = False
    appointed: AppointedAs | None = None
    promise: bool = False


@dataclass(frozen=True)
class Recipients:
    """Whom a reminder goes to, and as whom nobody could be told as they should have been."""

    accounts: tuple[Account, ...]
    untold: tuple[Level, ...]


def recipients(work: Work, waiting: Waiting, levels: Iterable[Level]) -> Recipients:
    """Find who gets a reminder.

    Args:
        work: the open act.
        waiting: what is waited for.
        levels: to whom the rung goes.

    Returns:
        Each person once. A level is `untold` where somebody of it may read the case and has no
        address that works, or where nobody at all was found.
    """
    found: dict[int, Account] = {}
    untold: list[Level] = []
    for level in levels:
        for seat in _seats(work, waiting, level):
            told, missed = _tell(work, waiting.case, seat)
            found.update((account.id, account) for account in told)
            if missed and level not in untold:
                untold.append(level)
    return Recipients(tuple(found.values()), tuple(untold))


def _seats(work: Work, waiting: Waiting, level: Level) -> list[Seat]:
    if level is Level.MANAGER:
        return [_of_team(work, waiting.team)]
    if level is Level.HEAD_OF_SERVICE:
        managers = _in_team(work, waiting.team, Role.TEAM_MANAGER)
        heads = _in_team(work, waiting.team, Role.HEAD_OF_SERVICE)
        return [[heads, *_lines(work, managers), *_last(work)]]
    if waiting.promise:
        owner = work.session.get(Account, waiting.owner_id) if waiting.owner_id else None
        return [_of_team(work, waiting.team) if owner is None else _of_one(work, owner)]
    officer = work.session.get_one(Account, waiting.case.officer_id)
    seats = [_of_one(work, officer)]
    if waiting.by_service:
        seats.append(_of_team(work, waiting.team))
    seats += [_of_one(work, one) for one in _appointed(work, waiting)]
    return seats


def _of_one(work: Work, account: Account) -> Seat:
    return [[account], *_lines(work, [account]), *_last(work)]


def _of_team(work: Work, team: Team) -> Seat:
    managers = _in_team(work, team, Role.TEAM_MANAGER)
    heads = _in_team(work, team, Role.HEAD_OF_SERVICE)
    return [managers, *_lines(work, managers), heads, *_last(work)]


def _lines(work: Work, accounts: Group) -> Seat:
    return [[above] for one in accounts for above in reporting_lines.line_above(work.session, one)]


def _last(work: Work) -> Seat:
    """Whom it comes to in the end: the complaints managers, then the officer whom the council's
    file names."""
    managers = roles.holders(work.session, {Role.COMPLAINTS_MANAGER}, work.today)
    key = email_key(work.council.designated_officer)
    designated = select(Account).where(Account.email_key == key, Account.active)
    return [managers, list(work.session.scalars(designated))]


def _in_team(work: Work, team: Team, role: Role) -> Group:
    wanted = select(TeamMembership.account_id).where(
        TeamMembership.team == team,
        in_force(TeamMembership.first_day, TeamMembership.last_day, work.today),
    )
    members = set(work.session.scalars(wanted))
    found = roles.holders(work.session, {role}, work.today)
    return [account for account in found if account.id in members]


def _appointed(work: Work, waiting: Waiting) -> Group:
    if waiting.appointed is None:
        return []
    wanted = (
        select(Account)
        .join(Appointment, Appointment.account_id == Account.id)
        .where(
            Appointment.case_id == waiting.case.id,
            Appointment.stage_key == waiting.case.stage_key,
            Appointment.role == waiting.appointed,
            Appointment.ended_at.is_(None),
        )
    )
    return list(work.session.scalars(wanted))


def _tell(work: Work, case: Case, seat: Seat) -> tuple[Group, bool]:
    """Whom of a seat to tell, and whether somebody was missed who may read the case."""
    missed = False
    for group in seat:
        readers = [account for account in group if _may_read(work, case, account)]
        told = [account for account in readers if _has_address(work, account)]
        missed = missed or len(told) < len(readers)
        if told:
            return told, missed
    return [], True


def _may_read(work: Work, case: Case, account: Account) -> bool:
    if account.left_on is not None:
        return False
    key = email_key(work.council.designated_officer)
    person = person_of(work.session, account, work.today, key)
    # Somebody from outside reads the papers that were chosen for them.
    return any(
        permission.may(work.session, person, act, case.feedback_id, work.today, work.now).allowed
        for act in (Act.READ, Act.SEE_PAPERS)
    )


def is_from_outside(work: Work, account: Account) -> bool:
    """Whether somebody has no page of the office to go to, and goes to that of their one case.

    Args:
        work: the open act.
        account: who is written to.
    """
    key = email_key(work.council.designated_officer)
    person = person_of(work.session, account, work.today, key)
    return not person.reaches(Act.LIST) and bool(person.reaches(Act.LIST_ASSIGNED))


def _has_address(work: Work, account: Account) -> bool:
    if plain_address(account.email) is None:
        return False
    return failing.failing_now(work.session, failing.address_key(account.email)) is None
