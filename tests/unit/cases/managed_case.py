"""A case with points, the manager of its team, the manager above, and the officer who acts."""

from dataclasses import dataclass

from portal.cases import allocating, named_persons, roles
from portal.procedures.vocabulary import Team
from portal.records.account import Account, Role
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.point import Point
from portal.work import Who, Work
from tests import matters
from tests.unit.cases.procedure_world import case_with_points


@dataclass
class Managed:
    """A case and the people around it."""

    work: Work
    case: Case
    points: list[Point]
    feedback: Feedback
    officer: Account
    manager: Account
    above: Account

    def as_(self, account: Account) -> Work:
        """The open act, done by somebody else."""
        self.work.who = Who("staff", account.id)
        return self.work

    def name(self, account: Account) -> None:
        """Say that it is about somebody."""
        named_persons.link(self.as_(self.officer), self.feedback, account)

    def accepted(self) -> None:
        """Give it to the manager, who takes it."""
        allocating.allocate(self.as_(self.officer), self.case, self.manager)
        allocating.accept(self.as_(self.manager), self.case)


def managed(work: Work, points: int = 2) -> Managed:
    """Make them: Bryony answers for the team, Asif is her manager and in no team."""
    case, made = case_with_points(work, points)
    assert work.who.account_id is not None
    officer = work.session.get_one(Account, work.who.account_id)
    above = matters.make_account(work, Role.TEAM_MANAGER, "asif@council.example", "Asif Marlowe")
    manager = matters.make_account(work, Role.TEAM_MANAGER, "bryony@council.example", "Bryony T")
    roles.join_team(work, manager, Team.CARE_PLANNING_COURT, work.today)
    manager.reports_to_id = above.id
    feedback = work.session.get_one(Feedback, case.feedback_id)
    case.officer_id = officer.id
    work.session.flush()
    return Managed(work, case, made, feedback, officer, manager, above)
