"""What waits for one person, by date: cases to take, people to speak to, answers to write, mend,
sign and send, questions from colleagues and their answers, promises, and what goes to the officer
whom the council's file names. No words of anybody."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, or_, select

from portal.access.acts import Act
from portal.access.person import Person
from portal.cases import draft_standing, signing
from portal.cases.acting import actor
from portal.procedures.remedy import RemedyState
from portal.procedures.state import RUNNING, Event, State
from portal.records.allocation import STANDS, Allocation, AllocationState
from portal.records.answer_draft import AnswerDraft, DraftState
from portal.records.case import Case, CaseStage
from portal.records.case_event import CaseEvent
from portal.records.feedback import Feedback, FeedbackState
from portal.records.remedy import Remedy
from portal.records.task import Task
from portal.records.wall import NamedPerson
from portal.work import Work

BEING_ANSWERED = (State.ANSWERING, State.REVIEWING)
Visible = Callable[[Act], ColumnElement[bool]]
"""What the reader may do something to, as a condition on `feedback`."""


class Waits(StrEnum):
    """What is waited for."""

    DECIDE = "decide"
    GIVE = "give"
    TAKE = "take"
    SPEAK = "speak"
    WRITE = "write"
    MEND = "mend"
    SIGN = "sign"
    SIGN_AGAIN = "sign_again"
    SEND = "send"
    ANSWER = "answer"
    READ_ANSWER = "read_answer"
    PROMISE = "promise"


@dataclass(frozen=True)
class Line:
    """One thing that waits. `key` is the public id of the task or the promise; a task has no
    reference, because the case may be closed to whoever is asked."""

    waits: Waits
    due_on: date | None
    matter: str = ""
    reference: str = ""
    part: int = 1
    key: str = ""


def waiting(work: Work, visible: Visible) -> list[Line]:
    """Everything that waits for whoever acts, the earliest date first, what has none last.

    Args:
        work: the open act; nothing is changed.
        visible: what they may do something to: walls hold here as everywhere.
    """
    person = actor(work)
    found = [
        *_theirs_alone(work, visible, person),
        *_to_take(work, visible),
        *_to_answer(work, visible),
        *_to_sign(work, visible, person),
        *_questions(work),
        *_answers(work, visible),
        *_promises(work, visible),
    ]
    return sorted(found, key=lambda line: (line.due_on is None, line.due_on or date.max))


def _theirs_alone(work: Work, visible: Visible, person: Person | None) -> list[Line]:
    """What is about the complaints team or a head of service: an officer finds theirs in the queue,
    and this one officer here too, because the letter that told them leads here."""
    if person is None or not person.designated:
        return []
    alone = exists().where(
        NamedPerson.feedback_id == Feedback.id,
        NamedPerson.for_designated,
        NamedPerson.unlinked_at.is_(None),
    )
    has_it = exists().where(Allocation.case_id == Case.id, Allocation.state.in_(STANDS))
    waits = or_(
        Feedback.state == FeedbackState.WAITING,
        and_(Case.procedure_state.in_(RUNNING), ~has_it.correlate(Case)),
    )
    rows = work.session.execute(
        select(
            Feedback.state, Feedback.case_due_on, Feedback.public_id, Feedback.reference, Case.part
        )
        .outerjoin(Case, Case.feedback_id == Feedback.id)
        .where(waits, alone, visible(Act.DECIDE))
    )
    return [
        Line(
            Waits.DECIDE if state is FeedbackState.WAITING else Waits.GIVE,
            due_on, matter, reference, part or 1,
        )
        for state, due_on, matter, reference, part in rows
    ]  # fmt: skip


def _to_take(work: Work, visible: Visible) -> list[Line]:
    rows = work.session.execute(
        select(Allocation.accept_by, Feedback.public_id, Feedback.reference, Case.part)
        .select_from(Allocation)
        .join(Case, Case.id == Allocation.case_id)
        .join(Feedback, Feedback.id == Case.feedback_id)
        .where(
            Allocation.account_id == work.who.account_id,
            Allocation.state == AllocationState.ASKED,
            Case.procedure_state.in_(RUNNING),
            visible(Act.ANSWER),
        )
    )
    return [Line(Waits.TAKE, *row) for row in rows]


def _to_answer(work: Work, visible: Visible) -> list[Line]:
    spoke = exists().where(
        CaseEvent.stage_id == CaseStage.id, CaseEvent.event == Event.MEETING_HELD
    )
    rows = work.session.execute(
        select(
            CaseStage.due_on, Feedback.public_id, Feedback.reference, Case.part,
            AnswerDraft.state, spoke.correlate(CaseStage), draft_standing.is_overtaken(),
        )
        .select_from(Allocation)
        .join(Case, Case.id == Allocation.case_id)
        .join(Feedback, Feedback.id == Case.feedback_id)
        .join(CaseStage, CaseStage.case_id == Case.id)
        .outerjoin(AnswerDraft, AnswerDraft.stage_id == CaseStage.id)
        .where(
            Allocation.account_id == work.who.account_id,
            Allocation.state == AllocationState.ACCEPTED,
            Case.procedure_state.in_(BEING_ANSWERED),
            CaseStage.key == Case.stage_key,
            CaseStage.answered_on.is_(None),
            CaseStage.ended_on.is_(None),
            visible(Act.ANSWER),
        )
    )  # fmt: skip
    found = []
    for due_on, matter, reference, part, draft, spoken, overtaken in rows:
        place = (due_on, matter, reference, part)
        if not spoken:
            found.append(Line(Waits.SPEAK, *place))
        if draft is DraftState.SIGNED and overtaken:
            found.append(Line(Waits.SIGN_AGAIN, *place))
        elif draft is not DraftState.WAITING:
            found.append(Line(_OF_DRAFT.get(draft, Waits.WRITE), *place))
    return found


_OF_DRAFT = {DraftState.RETURNED: Waits.MEND, DraftState.SIGNED: Waits.SEND}


def _to_sign(work: Work, visible: Visible, person: Person | None) -> list[Line]:
    if person is None or not signing.is_signer(work, person):
        return []
    rows = work.session.execute(
        select(CaseStage.due_on, Feedback.public_id, Feedback.reference, Case.part)
        .select_from(AnswerDraft)
        .join(CaseStage, CaseStage.id == AnswerDraft.stage_id)
        .join(Case, Case.id == AnswerDraft.case_id)
        .join(Feedback, Feedback.id == Case.feedback_id)
        .where(
            AnswerDraft.state == DraftState.WAITING,
            AnswerDraft.sent_by_id != work.who.account_id,
            CaseStage.answered_on.is_(None),
            CaseStage.ended_on.is_(None),
            visible(Act.SIGN_ANSWER),
        )
    )
    return [Line(Waits.SIGN, *row) for row in rows]


def _questions(work: Work) -> list[Line]:
    rows = work.session.execute(
        select(Task.due_on, Task.public_id).where(
            Task.account_id == work.who.account_id, Task.settled_at.is_(None)
        )
    )
    return [Line(Waits.ANSWER, due_on, key=key) for due_on, key in rows]


def _answers(work: Work, visible: Visible) -> list[Line]:
    """What colleagues answered, and whoever asked has not seen yet."""
    rows = work.session.execute(
        select(Task.due_on, Feedback.public_id, Feedback.reference, Case.part)
        .select_from(Task)
        .join(Case, Case.id == Task.case_id)
        .join(Feedback, Feedback.id == Case.feedback_id)
        .where(
            Task.asked_by_id == work.who.account_id,
            Task.answered_at.is_not(None),
            Task.read_at.is_(None),
            visible(Act.ANSWER),
        )
    )
    return [Line(Waits.READ_ANSWER, *row) for row in rows]


def _promises(work: Work, visible: Visible) -> list[Line]:
    rows = work.session.execute(
        select(Remedy.due_on, Feedback.public_id, Feedback.reference, Case.part, Remedy.public_id)
        .select_from(Remedy)
        .join(Case, Case.id == Remedy.case_id)
        .join(Feedback, Feedback.id == Case.feedback_id)
        .where(
            Remedy.owner_id == work.who.account_id,
            Remedy.state == RemedyState.PROMISED,
            visible(Act.READ),
        )
    )
    return [Line(Waits.PROMISE, *row) for row in rows]
