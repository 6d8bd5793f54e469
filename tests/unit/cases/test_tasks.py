"""A colleague is asked for a fact, sees the task alone, answers it, and is reminded."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.cases import my_work, tasks, work_chasing
from portal.records.account import Account, Role
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.records.task import Task
from portal.work import Work
from tests import matters
from tests.unit.cases.managed_case import Managed, managed
from tests.unit.triage.matters import acting

QUESTION = "On which day was the bus pass sent?"


@pytest.fixture
def made(work: Work) -> Managed:
    return managed(work)


@pytest.fixture
def colleague(made: Managed) -> Account:
    return matters.make_account(made.work, Role.TEAM_MANAGER, "cole@council.example", "Cole Ames")


def ask(made: Managed, colleague: Account) -> Task:
    work = made.as_(made.manager)
    task = tasks.ask(work, made.case, colleague, QUESTION, work.today + timedelta(days=7))
    work.session.flush()
    return task


def told(work: Work) -> list[tuple[str | None, str]]:
    rows = work.session.scalars(
        select(OutboxLetter)
        .where(OutboxLetter.kind == LetterKind.WORK_WAITS)
        .order_by(OutboxLetter.id)
    )
    return [(row.to_email, row.subject + row.body) for row in rows]


def test_asked_answered_and_kept_with_the_case(made: Managed, colleague: Account) -> None:
    task = ask(made, colleague)
    ((to, letter),) = told(made.work)
    assert to == colleague.email
    assert QUESTION not in letter
    found = tasks.mine(made.as_(colleague), task.public_id)
    assert found is not None
    assert found.asker == made.manager
    assert tasks.mine(made.as_(made.above), task.public_id) is None
    tasks.answer(made.as_(colleague), task, "On Friday 5 June.")
    (one,) = tasks.of_case(made.work.session, made.case)
    assert one.task.answer == "On Friday 5 June."
    assert told(made.work)[-1][0] == made.manager.email
    with pytest.raises(tasks.SettledAlready):
        tasks.answer(made.as_(colleague), task, "On Monday.")


def test_who_cannot_be_asked_is_told_to_whoever_asks(made: Managed, colleague: Account) -> None:
    made.name(colleague)
    with pytest.raises(tasks.CannotAsk, match="It is about Cole Ames"):
        ask(made, colleague)
    with pytest.raises(tasks.CannotAsk, match="cannot sign in"):
        ask(made, matters.make_account(made.work, Role.ADVOCATE))
    made.feedback.persons_unsettled = True
    with pytest.raises(tasks.CannotAsk, match="Say first whom it is about"):
        ask(made, made.above)


def test_naming_whoever_is_asked_closes_the_task_to_them(made: Managed, colleague: Account) -> None:
    task = ask(made, colleague)
    made.name(colleague)
    assert task.settled_at is not None
    assert tasks.mine(made.as_(colleague), task.public_id) is None


def test_a_task_needs_words_and_a_day_ahead(made: Managed, colleague: Account) -> None:
    work = made.as_(made.officer)
    with pytest.raises(tasks.SayWhat):
        tasks.ask(work, made.case, colleague, " ", work.today)
    with pytest.raises(tasks.DayPassed):
        tasks.ask(work, made.case, colleague, QUESTION, work.today - timedelta(days=1))
    with pytest.raises(tasks.SayTheAnswer):
        tasks.answer(made.as_(colleague), ask(made, colleague), "")


def test_it_is_chased_until_it_is_settled(made: Managed, colleague: Account) -> None:
    task = ask(made, colleague)
    session, council = made.work.session, made.work.council
    late = task.due_on + timedelta(days=9)
    assert work_chasing.questions(session, council, late) == [task.id]
    acting(made.work, made.officer, late)
    assert work_chasing.remind_of_question(made.work, task.id)
    assert not work_chasing.remind_of_question(made.work, task.id)
    assert {to for to, _ in told(made.work)[1:]} == {colleague.email, made.manager.email}
    tasks.take_back(made.as_(made.manager), task)
    session.flush()
    assert work_chasing.questions(session, council, late + timedelta(days=9)) == []


def test_my_work_lists_it_without_the_case(made: Managed, colleague: Account) -> None:
    task = ask(made, colleague)
    from sqlalchemy import false

    lines = my_work.waiting(made.as_(colleague), lambda act: false())
    assert [(line.waits, line.due_on, line.key) for line in lines] == [
        (my_work.Waits.ANSWER, task.due_on, task.public_id)
    ]
    assert lines[0].reference == ""
