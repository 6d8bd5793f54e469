"""Small tasks: a colleague is asked for a fact by a day, sees the task alone, and answers it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session, aliased

from portal import audit
from portal.access.acts import Act
from portal.access.person import person_of, superiors_of
from portal.access.table import COMPLAINTS_TEAM
from portal.cases import allocating, named_persons, office_told, queue_places
from portal.cases.acting import actor, signed_in_id
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
        by_office=_of_office(work),
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
    elif task.by_office:
        link = allocating.address(work, case, "tasks")
        office_told.tell(work, case, AN_ANSWER, link, task.due_on)


def take_back(work: Work, task: Task) -> None:
    """Ask no longer.

    Raises:
        SettledAlready: it was answered or taken back.
    """
    _take(work, task)
    task.settled_at = work.now
    audit.note(work, "task_taken_back", work.session.get_one(Case, task.case_id))


def read(work: Work, case: Case, *, office: bool) -> None:
    """Note that whoever asked has seen the answers. Not through the records: a colleague who
    answers another question at this moment must not be refused.

    Args:
        work: the open act, of whoever looks.
        case: whose questions they look at.
        office: whether they look for the office, whose questions are everybody's of it.
    """
    theirs = Task.asked_by_id == work.who.account_id
    seen = update(Task).where(
        Task.case_id == case.id,
        Task.answered_at.is_not(None),
        Task.read_at.is_(None),
        or_(theirs, Task.by_office) if office else theirs,
    )
    if work.session.execute(seen.values(read_at=work.now)).rowcount:  # type: ignore[attr-defined]
        queue_places.touch(work.session, case.feedback_id)


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
    if colleague.left_on is not None or not colleague.active:
        raise CannotAsk(f"{colleague.name} has left. Ask somebody else.")
    key = email_key(work.council.designated_officer)
    person = person_of(work.session, colleague, work.today, key)
    if colleague.organisation_id is not None or not person.reaches(Act.LIST):
        raise CannotAsk(f"{colleague.name} cannot sign in to these pages. Ring them instead.")


def _of_office(work: Work) -> bool:
    person = actor(work)
    return person is not None and (person.designated or bool(person.roles & COMPLAINTS_TEAM))


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
