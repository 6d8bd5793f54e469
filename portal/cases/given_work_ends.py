"""Work that ends: because a matter turns out to be about whoever has it, or about somebody above
them; because the next stage is somebody else's; because the case is over."""

from sqlalchemy import select

from portal import audit
from portal.access.person import superiors_of
from portal.procedures.remedy import STILL_OPEN
from portal.records.account import Account
from portal.records.allocation import STANDS, Allocation, AllocationState
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.remedy import Remedy
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


def end_with(work: Work, case: Case, *, over: bool) -> None:
    """Take a case from whoever answered a stage that is past: the next stage is not theirs to
    answer, and a case that is over is nobody's. Whoever still keeps a promise of it has it on.

    Args:
        work: the open act, in which the case moved.
        case: the case.
        over: whether it is over.
    """
    wanted = select(Allocation).where(Allocation.case_id == case.id, Allocation.state.in_(STANDS))
    owes = select(Remedy.owner_id).where(
        Remedy.case_id == case.id, Remedy.state.in_(STILL_OPEN), Remedy.owner_id.is_not(None)
    )
    for allocation in work.session.scalars(wanted).all():
        if over and allocation.account_id in set(work.session.scalars(owes)):
            continue
        allocation.state, allocation.ended_at = AllocationState.ENDED, work.now
        audit.note(work, "allocation_ended", case)


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
