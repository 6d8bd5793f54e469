"""Chasing what was given to somebody and waits for them, by the council's own ladder."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases import allocating, tasks
from portal.correspondence import outbox
from portal.council import Council
from portal.procedures.chasing import Rung, chase
from portal.procedures.state import RUNNING
from portal.procedures.working_days import relative_words
from portal.records.account import Account
from portal.records.allocation import Allocation, AllocationState
from portal.records.case import Case, CaseState
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind
from portal.records.task import Task
from portal.work import Work

OVERDUE = "A question that a colleague has not answered"


@dataclass(frozen=True)
class Waits:
    """Something that waits for an answer, as far as the ladder asks."""

    id: int
    start_on: date
    due_on: date
    chased_on: date | None


def allocations(session: Session, council: Council, today: date) -> list[int]:
    """The allocations whose manager is reminded today, the earliest date first.

    Args:
        session: any session.
        council: for its ladder and days off.
        today: a working day.
    """
    rows = session.execute(
        select(Allocation.id, Allocation.allocated_on, Allocation.accept_by, Allocation.chased_on)
        .join(Case, Case.id == Allocation.case_id)
        # What an officer has answered meanwhile needs nobody's yes.
        .where(Allocation.state == AllocationState.ASKED, Case.procedure_state.in_(RUNNING))
        .order_by(Allocation.accept_by, Allocation.id)
    )
    found = [Waits(*row) for row in rows]
    return [one.id for one in found if rung_for(council, today, one) is not None]


def questions(session: Session, council: Council, today: date) -> list[int]:
    """The tasks whose colleague is reminded today, the earliest date first.

    Args:
        session, council, today: as in `allocations`.
    """
    rows = session.execute(
        select(Task.id, Task.asked_on, Task.due_on, Task.chased_on)
        .join(Case, Case.id == Task.case_id)
        .where(Task.settled_at.is_(None), Case.state == CaseState.OPEN)
        .order_by(Task.due_on, Task.id)
    )
    found = [Waits(*row) for row in rows]
    return [one.id for one in found if rung_for(council, today, one) is not None]


def rung_for(council: Council, today: date, one: Waits) -> Rung | None:
    """The newest rung that was reached since the last reminder.

    Args:
        council: for its ladder and days off.
        today: the day.
        one: what waits.
    """
    found = chase(
        council.chasing.ladder, one.start_on, one.due_on, today, council.calendar,
        since=one.chased_on,
    )  # fmt: skip
    return found.now


def remind_of_case(work: Work, allocation_id: int) -> bool:
    """Remind a manager to take a case or hand it back; from its date on the officer as well.

    Args:
        work: the open act, of the worker.
        allocation_id: one of `allocations`.

    Returns:
        Whether a reminder was written: somebody may have answered meanwhile.
    """
    row = work.session.get_one(Allocation, allocation_id, with_for_update=True)
    waits = Waits(row.id, row.allocated_on, row.accept_by, row.chased_on)
    rung = rung_for(work.council, work.today, waits)
    if row.state is not AllocationState.ASKED or rung is None:
        return False
    row.chased_on = work.today
    case = work.session.get_one(Case, row.case_id)
    whom = {row.account_id} | ({case.officer_id} if work.today > row.accept_by else set())
    _tell(work, case, whom, allocating.A_CASE, row.accept_by, allocating.address(work, case))
    audit.note(work, "allocation_chased", case)
    return True


def remind_of_question(work: Work, task_id: int) -> bool:
    """Remind a colleague of what they were asked; after its date whoever asked as well.

    Args:
        work: the open act, of the worker.
        task_id: one of `questions`.

    Returns:
        Whether a reminder was written.
    """
    row = work.session.get_one(Task, task_id, with_for_update=True)
    waits = Waits(row.id, row.asked_on, row.due_on, row.chased_on)
    rung = rung_for(work.council, work.today, waits)
    if row.settled_at is not None or rung is None:
        return False
    row.chased_on = work.today
    case = work.session.get_one(Case, row.case_id)
    _tell(work, case, {row.account_id}, tasks.A_QUESTION, row.due_on, tasks.address(work, row))
    if work.today > row.due_on:
        link = allocating.address(work, case, "tasks")
        _tell(work, case, {row.asked_by_id}, OVERDUE, row.due_on, link)
    audit.note(work, "task_chased", case)
    return True


def _tell(work: Work, case: Case, whom: set[int], what: str, due_on: date, link: str) -> None:
    facts = {
        "what": what,
        "due_on": due_on,
        "link": link,
        "how_far": relative_words(due_on, work.today, work.council.calendar),
    }
    feedback = work.session.get_one(Feedback, case.feedback_id)
    for account in work.session.scalars(select(Account).where(Account.id.in_(whom))):
        if account.active and account.left_on is None:
            outbox.post_to(work, LetterKind.WORK_WAITS, account.email, facts, feedback=feedback)
