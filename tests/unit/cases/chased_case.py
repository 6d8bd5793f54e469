"""A case with everybody who looks after it, chased day by day: for the tests of reminders."""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from portal.cases import chasing, reminding, reporting_lines, roles
from portal.procedures.vocabulary import Team
from portal.records.account import Account, Role
from portal.records.case import Case
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.triage import deciding
from portal.work import WORKER, Work
from tests import matters
from tests.unit.triage.matters import a_choice, a_feedback, acting, an_officer

RECEIVED, DUE = date(2026, 6, 1), date(2026, 6, 15)
ONE_DAY = timedelta(days=1)
OFFICER, MANAGER, HEAD = "officer@heard.example", "manager@heard.example", "head@heard.example"
LEAD = "lead@heard.example"


def opened(work: Work, **said: object) -> Case:
    """A statutory case of the care planning team, due on 15 June, and everybody who looks after it:
    the officer, the team's manager, its head of service, a complaints manager."""
    officer = an_officer(work, OFFICER)
    manager = somebody(work, Role.TEAM_MANAGER, MANAGER)
    head = somebody(work, Role.HEAD_OF_SERVICE, HEAD)
    for account in (manager, head):
        roles.join_team(work, account, Team.CARE_PLANNING_COURT, matters.SINCE)
    somebody(work, Role.COMPLAINTS_MANAGER, LEAD)
    reporting_lines.set_manager(work, manager, head)
    acting(work, officer, RECEIVED)
    deciding.confirm(work, a_feedback(work, received=RECEIVED), a_choice(**said))
    found = work.session.scalars(select(Case)).one()
    work.session.flush()
    return found


def somebody(work: Work, role: Role, email: str) -> Account:
    return matters.make_account(work, role, email, email.split("@")[0].title())


def person(work: Work, email: str) -> Account:
    return next(one for one in work.session.scalars(select(Account)) if one.email == email)


def run(work: Work, day: date) -> list[tuple[str, list[str]]]:
    """One run on a day: each reminder's rung with whom it went to."""
    work.who = WORKER
    work.today, work.now = day, datetime(day.year, day.month, day.day, 8, tzinfo=work.now.tzinfo)
    work.session.flush()
    found = []
    for one in chasing.waiting(work.session, work.council, day):
        before = letters(work)
        row = reminding.remind(work, one)
        if row is not None:
            new = letters(work)[len(before) :]
            found.append((row.rung, [str(letter.to_email) for letter in new]))
    work.session.flush()
    return found


def letters(work: Work) -> list[OutboxLetter]:
    wanted = select(OutboxLetter).where(OutboxLetter.kind == LetterKind.REMINDER)
    return list(work.session.scalars(wanted.order_by(OutboxLetter.id)))
