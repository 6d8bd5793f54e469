"""Who may answer a case, read off the matter, the staff list and the council's file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from portal.access.person import LONGEST_CHAIN, in_force
from portal.cases import gathering, named_persons, roles
from portal.cases.addresses import email_key
from portal.procedures.allocating import About, Bar, Candidate, bar, climb
from portal.procedures.procedure import StageKey
from portal.records.account import Account, Role
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.team_membership import TeamMembership
from portal.work import Work

MANAGERS = frozenset({Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE})
LATER = (StageKey.STAGE_2.value, StageKey.STAGE_3.value)
BARRED: Mapping[Bar, str] = {
    Bar.NAMED: "The matter is about {name}, so they cannot answer it.",
    Bar.REPORTS_TO_NAMED: "{name} reports to somebody whom the matter is about, so they cannot"
    " answer it.",
    Bar.UNSETTLED: "Say first whom it is about: it may be about {name}.",
    Bar.FOR_DESIGNATED: "It is about somebody of the complaints team or a head of service, so it"
    " goes to the officer whom the council has named for that, and not to {name}.",
    Bar.LEFT: "{name} has left, or has no account.",
    Bar.NO_MANAGER: "{name} is no team manager and no head of service.",
    Bar.ANSWERED_BEFORE: "{name} answered the earlier stage, so somebody else answers this one.",
}


@dataclass(frozen=True)
class Offer:
    """Who is offered to answer a case.

    Attributes:
        default: the team's own managers, by name; those who cannot have it among them.
        barred: of them, why each of those cannot, in a sentence.
        offered: who is offered, perhaps somebody above a default manager; None for nobody.
        others: everybody else who can have it, by name.
    """

    default: tuple[Account, ...]
    barred: tuple[str, ...]
    offered: Account | None
    others: tuple[Account, ...]


def offer(work: Work, case: Case) -> Offer:
    """Say to whom a case may be given, and who comes first.

    Args:
        work: the open act; nothing is changed.
        case: the case, or part of a matter.
    """
    seen = _Seen(work, case)
    default = _default(work, case, seen)
    lines = [[seen.candidate(key) for key in seen.line(one.id)] for one in default]
    found = climb(lines, seen.about)
    offered = work.session.get_one(Account, found.key) if found is not None else None
    barred = [
        BARRED[why].format(name=one.name)
        for one in default
        if (why := bar(seen.candidate(one.id), seen.about)) is not None
    ]
    first = {offered.id} if offered is not None else set()
    others = [
        one
        for one in seen.everybody()
        if one.id not in first and bar(seen.candidate(one.id), seen.about) is None
    ]
    return Offer(tuple(default), tuple(barred), offered, tuple(others))


def why_not(work: Work, case: Case, account: Account) -> str | None:
    """Say in a sentence why somebody cannot be given a case.

    Args:
        work: the open act.
        case: the case, or part of a matter.
        account: who it would be.

    Returns:
        None where they can.
    """
    seen = _Seen(work, case)
    why = bar(seen.candidate(account.id), seen.about)
    return BARRED[why].format(name=account.name) if why is not None else None


def _default(work: Work, case: Case, seen: "_Seen") -> list[Account]:
    """The managers of the case's team, by name. What is for the designated officer goes to them."""
    if seen.about.for_designated:
        return seen.designated
    wanted = select(TeamMembership.account_id).where(
        TeamMembership.team == case.team,
        in_force(TeamMembership.first_day, TeamMembership.last_day, work.today),
    )
    members = set(work.session.scalars(wanted))
    return _by_name(one for one in seen.of_teams if one.id in members)


def _by_name(accounts: Iterable[Account]) -> list[Account]:
    return sorted(accounts, key=lambda account: account.name.casefold())


class _Seen:
    """What the rule needs to know of a matter and of those who might answer it, read once."""

    def __init__(self, work: Work, case: Case) -> None:
        self.work = work
        feedback = work.session.get_one(Feedback, case.feedback_id)
        linked = named_persons.linked(work.session, feedback.id)
        self.about = About(
            frozenset(one.account.id for one in linked),
            feedback.persons_unsettled,
            any(one.named.for_designated for one in linked),
        )
        held = roles.held_by(work.session, MANAGERS, work.today)
        self.managers = {one.id: one for one, _ in held}
        self.of_teams = {one for one, role in held if role is Role.TEAM_MANAGER}
        key = email_key(work.council.designated_officer)
        wanted = select(Account).where(Account.email_key == key, Account.active)
        self.designated = list(work.session.scalars(wanted))
        # Of the whole staff list nothing but who reports to whom, and who is here.
        staff = select(Account.id, Account.reports_to_id, Account.active, Account.left_on)
        rows = work.session.execute(staff.where(Account.organisation_id.is_(None))).all()
        self.above = {row.id: row.reports_to_id for row in rows}
        self.here = {row.id for row in rows if row.active and row.left_on is None}
        self.before = _answered_before(work, case)

    def everybody(self) -> list[Account]:
        """Everybody who answers for a service, and the officer whom the council's file names."""
        return _by_name({*self.managers.values(), *self.designated})

    def line(self, key: int) -> list[int]:
        """Somebody and those above, the nearest first; a circle ends where it closes."""
        found = [key]
        above = self.above.get(key)
        while above is not None and above not in found and len(found) < LONGEST_CHAIN:
            found.append(above)
            above = self.above.get(above)
        return found

    def candidate(self, key: int) -> Candidate:
        """Somebody as the rule sees them."""
        return Candidate(
            key,
            tuple(self.line(key)[1:]),
            manages=key in self.managers,
            here=key in self.here,
            designated=key in {one.id for one in self.designated},
            answered_before=key in self.before,
        )


def _answered_before(work: Work, case: Case) -> frozenset[int]:
    """Who answered an earlier stage; nobody at the first, where nothing needs to be read."""
    if gathering.current_stage(work.session, case).key not in LATER:
        return frozenset()
    facts = gathering.facts_of(work.session, work.council, case, work.today)
    return facts.answered_before_by
