"""A case under investigation, with an investigating officer who has an account."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from portal.cases import appointing
from portal.procedures.state import MUST_DECLARE, AppointedAs, Doer, Event
from portal.records.account import Account, Role
from portal.records.appointment import Appointment
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.point import Point
from portal.work import Who, Work
from tests import matters
from tests.unit.cases.procedure_world import case_with_points, let


@dataclass
class Investigated:
    """The case, its people, and who acts."""

    work: Work
    case: Case
    points: list[Point]
    feedback: Feedback
    officer: Account
    investigator: Account
    independent: Account

    def as_(self, account: Account) -> Work:
        """The open act, done by somebody else."""
        self.work.who = Who("staff", account.id)
        return self.work


def investigated(work: Work) -> Investigated:
    """Make it: stage 2, begun today."""
    made = with_statement(work)
    let(work, made.case, Event.STATEMENT_AGREED, Doer.PERSON)
    let(work, made.case, Event.INVESTIGATION_BEGUN)
    work.session.flush()
    return made


def with_statement(work: Work) -> Investigated:
    """The same case earlier: the statement of complaint was sent to the person today."""
    case, points = case_with_points(work, 2)
    assert work.who.account_id is not None
    officer = work.session.get_one(Account, work.who.account_id)
    feedback = work.session.get_one(Feedback, case.feedback_id)
    let(work, case, Event.STAGE_1_SKIPPED, agreed_by_person=True, agreed_by_council=True,
        words="Both agree.")  # fmt: skip
    found = {}
    for event, role, account_role in (
        (Event.INVESTIGATOR_APPOINTED, AppointedAs.INVESTIGATOR, Role.INVESTIGATOR),
        (
            Event.INDEPENDENT_PERSON_APPOINTED, AppointedAs.INDEPENDENT_PERSON,
            Role.INDEPENDENT_PERSON,
        ),
    ):  # fmt: skip
        account = matters.make_account(work, account_role, f"{role}@outside.example", f"A {role}")
        appointing.open_to(work, feedback, role, account, work.today + timedelta(days=60))
        let(work, case, event, appointee_id=account.id, declared=MUST_DECLARE[role])
        found[role] = account
    let(work, case, Event.STATEMENT_SENT)
    work.session.flush()
    # They have opened it before, and have no conflict.
    for appointment in work.session.scalars(select(Appointment)):
        appointment.said_at = work.now
    return Investigated(
        work, case, points, feedback, officer, found[AppointedAs.INVESTIGATOR],
        found[AppointedAs.INDEPENDENT_PERSON],
    )  # fmt: skip
