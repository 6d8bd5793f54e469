"""Work that is taken back because a matter turns out to be about whoever has it, or about somebody
above them."""

from sqlalchemy import select

from portal import audit
from portal.access.person import superiors_of
from portal.records.account import Account
from portal.records.allocation import STANDS, Allocation, AllocationState
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.task import Task
from portal.work import Work


def end_for(work: Work, feedback: Feedback, named: Account) -> None:
    """Take a matter's cases and questions from whoever is named and from those who report to them.

    Args:
        work: the open act, in which somebody was named.
        feedback: the matter.
        named: who.
    """
    for case in work.session.scalars(select(Case).where(Case.feedback_id == feedback.id)).all():
        _end_allocations(work, case, named)
        _end_tasks(work, case, named)


def _end_allocations(work: Work, case: Case, named: Account) -> None:
    wanted = (
        select(Allocation, Account)
        .join(Account, Account.id == Allocation.account_id)
        .where(Allocation.case_id == case.id, Allocation.state.in_(STANDS))
    )
    for allocation, account in work.session.execute(wanted).all():
        if _below(work, account, named):
            allocation.state, allocation.ended_at = AllocationState.ENDED, work.now
            audit.note(work, "allocation_ended", case)


def _end_tasks(work: Work, case: Case, named: Account) -> None:
    wanted = (
        select(Task, Account)
        .join(Account, Account.id == Task.account_id)
        .where(Task.case_id == case.id, Task.settled_at.is_(None))
    )
    for task, account in work.session.execute(wanted).all():
        if _below(work, account, named):
            task.settled_at = work.now
            audit.note(work, "task_taken_back", case)


def _below(work: Work, account: Account, named: Account) -> bool:
    return named.id == account.id or named.id in superiors_of(work.session, account)
