"""Small tasks: a colleague is asked for a fact by a day, sees the task alone, and answers it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from portal import audit
from portal.access.acts import Act
from portal.access.person import person_of, superiors_of
from portal.cases import allocating, named_persons
from portal.cases.acting import signed_in_id
from portal.cases.addresses import email_key
from portal.cases.tokens import make_public_id
from portal.correspondence import outbox
from portal.errors import Refused
from portal.records.account import Account
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind
from portal.records.task import Task
from portal.work import Work

LONGEST_QUESTION = 2_000
LONGEST_ANSWER = 10_000
A_QUESTION, AN_ANSWER = "A question from a colleague", "An answer to your question"


class CannotAsk(Refused):
    """Somebody who cannot be asked; the message says why."""

    title = "They cannot be asked"


class SayWhat(Refused):
    """A task or an answer without words."""

    message = "Write what you ask, so that somebody who does not know the case understands it."


class SayTheAnswer(Refused):
    """An answer without words."""

    message = "Write the answer. If you do not know, write who might."


class DayPassed(Refused):
    """A day that lies behind."""

    message = "The day has passed. Choose today or a later day."


class SettledAlready(Refused):
    """Somebody answered it, or took it back."""

    title = "This is settled already"
    message = "It was answered or taken back meanwhile. Nothing was changed."
    status = 409


@dataclass(frozen=True)
class Asked:
    """A task with whose it is and who asks."""

    task: Task
    colleague: Account
    asker: Account


def ask(work: Work, case: Case, colleague: Account, question: str, due_on: date) -> Task:
    """Ask a colleague for a fact; they are told that something waits, without what.

    Args:
        work: the open act.
        case: what it is about.
        colleague: who is asked.
        question: in words that need nothing else of the case.
        due_on: by when.

    Raises:
        CannotAsk: it is about them or somebody above them, nobody has said yet whom it is about,
            or they cannot sign in to these pages.
        SayWhat: without a question.
        DayPassed: the day lies behind.
    """
    if not question.strip():
        raise SayWhat
    if due_on < work.today:
        raise DayPassed
    feedback = work.session.get_one(Feedback, case.feedback_id)
    _check(work, feedback, colleague)
    row = Task(
        public_id=make_public_id(),
        case_id=case.id,
        account_id=colleague.id,
        asked_by_id=signed_in_id(work),
        asked_at=work.now,
        asked_on=work.today,
        due_on=due_on,
        question=question.replace("\r\n", "\n").strip(),
    )
    work.session.add(row)
    audit.note(work, "task_asked", case, ["question", "due_on"])
    _tell(work, feedback, colleague, A_QUESTION, row)
    return row


def answer(work: Work, task: Task, words: str) -> None:
    """Answer a task; whoever asked is told that there is an answer.

    Args:
        work: the open act, of the colleague.
        task: a task of theirs.
        words: the answer.

    Raises:
        SayTheAnswer: without an answer.
        SettledAlready: it was answered or taken back.
    """
    if not words.strip():
        raise SayTheAnswer
    _take(work, task)
    task.answer, task.answered_at = words.replace("\r\n", "\n").strip(), work.now
    task.settled_at = work.now
    case = work.session.get_one(Case, task.case_id)
    audit.note(work, "task_answered", case, ["answer"])
    asker = work.session.get_one(Account, task.asked_by_id)
    if asker.left_on is None:
        _tell(work, work.session.get_one(Feedback, case.feedback_id), asker, AN_ANSWER, task)


def take_back(work: Work, task: Task) -> None:
    """Ask no longer.

    Raises:
        SettledAlready: it was answered or taken back.
    """
    _take(work, task)
    task.settled_at = work.now
    audit.note(work, "task_taken_back", work.session.get_one(Case, task.case_id))


def of_case(session: Session, case: Case) -> list[Asked]:
    """Every task of a case: what is open first, by its day."""
    asker = aliased(Account)
    rows = session.execute(
        select(Task, Account, asker)
        .join(Account, Account.id == Task.account_id)
        .join(asker, asker.id == Task.asked_by_id)
        .where(Task.case_id == case.id)
        .order_by(Task.settled_at.is_not(None), Task.due_on, Task.id)
    )
    return [Asked(*row) for row in rows]


def mine(work: Work, public_id: str) -> Asked | None:
    """A task of whoever acts, by its public id; None where it is none of theirs, or where the
    matter turned out to be about them or somebody above them.

    Args:
        work: the open act.
        public_id: as in the address.
    """
    wanted = select(Task).where(Task.public_id == public_id, Task.account_id == work.who.account_id)
    task = work.session.scalar(wanted)
    if task is None:
        return None
    colleague = work.session.get_one(Account, task.account_id)
    case = work.session.get_one(Case, task.case_id)
    if _is_about(work, case.feedback_id, colleague):
        return None
    return Asked(task, colleague, work.session.get_one(Account, task.asked_by_id))


def address(work: Work, task: Task) -> str:
    """The page of a task, for a letter to whoever is asked."""
    return f"{work.settings.public_url}/officers/tasks/{task.public_id}"


def _check(work: Work, feedback: Feedback, colleague: Account) -> None:
    if feedback.persons_unsettled:
        raise CannotAsk(f"Say first whom it is about: it may be about {colleague.name}.")
    if _is_about(work, feedback.id, colleague):
        raise CannotAsk(
            f"It is about {colleague.name}, or about somebody they report to. Ask somebody else."
        )
    key = email_key(work.council.designated_officer)
    person = person_of(work.session, colleague, work.today, key)
    if colleague.organisation_id is not None or not person.reaches(Act.LIST):
        raise CannotAsk(f"{colleague.name} cannot sign in to these pages. Ring them instead.")


def _is_about(work: Work, feedback_id: int, colleague: Account) -> bool:
    above = {colleague.id, *superiors_of(work.session, colleague)}
    linked = named_persons.linked(work.session, feedback_id)
    return any(one.account.id in above for one in linked)


def _take(work: Work, task: Task) -> None:
    work.session.refresh(task, with_for_update=True)
    if task.settled_at is not None:
        raise SettledAlready


def _tell(work: Work, feedback: Feedback, account: Account, what: str, task: Task) -> None:
    work.session.flush()
    link = address(work, task)
    if what == AN_ANSWER:
        # Whoever asks reads it with the case; the task's own page is the colleague's.
        link = allocating.address(work, work.session.get_one(Case, task.case_id), "tasks")
    facts = {"what": what, "due_on": task.due_on, "link": link}
    if account.id != work.who.account_id:
        outbox.post_to(work, LetterKind.WORK_WAITS, account.email, facts, feedback=feedback)
