"""Conditions on records that somebody has still to see to, for the queue and for its places."""

from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, func, select, type_coerce
from sqlalchemy.orm import aliased

from portal.attachments.storing import OPENABLE
from portal.records.allocation import Allocation, AllocationState
from portal.records.answer_draft import AnswerDraft, DraftState
from portal.records.appointment import Appointment
from portal.records.attachment import Attachment
from portal.records.case import Case, CaseStage
from portal.records.holding_letter import HoldingLetter, HoldingState
from portal.records.message import Message, Sender
from portal.records.task import Task


def unread_reply() -> tuple[ColumnElement[bool], ...]:
    """The conditions on a message that a person sent and no officer has read."""
    return (
        Message.sender != Sender.COUNCIL,
        Message.automatic.is_(False),
        Message.read_at.is_(None),
    )


def unheard_file() -> tuple[ColumnElement[bool], ...]:
    """The conditions on a message and its file that no officer has written down what it says."""
    return (
        Attachment.message_id == Message.id,
        Attachment.unheard.is_(True),
        Attachment.stored_as.is_not(None),
        Attachment.state.in_(OPENABLE),
    )


def holding_waits() -> ColumnElement[bool]:
    """The condition on a holding letter that its draft waits for an officer: the stage still has
    that date, and no answer."""
    stage = aliased(CaseStage)
    runs = select(stage.id).where(
        stage.id == HoldingLetter.stage_id,
        stage.due_on == HoldingLetter.due_on,
        stage.answered_on.is_(None),
        stage.ended_on.is_(None),
    )
    return and_(HoldingLetter.state == HoldingState.DRAFTED, runs.exists())


def draft_waits() -> ColumnElement[bool]:
    """The condition on a draft answer that it waits to be signed: its stage has no answer yet."""
    stage = aliased(CaseStage)
    runs = select(stage.id).where(
        stage.id == AnswerDraft.stage_id, stage.answered_on.is_(None), stage.ended_on.is_(None)
    )
    return and_(AnswerDraft.state == DraftState.WAITING, runs.exists())


def came_back() -> ColumnElement[bool]:
    """The condition on an allocation that it was handed back, and nobody was given it since."""
    later = aliased(Allocation)
    since = select(later.id).where(later.case_id == Allocation.case_id, later.id > Allocation.id)
    return and_(Allocation.state == AllocationState.HANDED_BACK, ~since.exists())


def answer_unread() -> ColumnElement[bool]:
    """The condition on a task that the office asked, and nobody of it has seen the answer."""
    return and_(Task.by_office, Task.answered_at.is_not(None), Task.read_at.is_(None))


def conflicted() -> ColumnElement[Any]:
    """The roles in which somebody told us of a conflict since the office last looked at a case, as
    codes with a space between; asked only of a case where one waits."""
    told = select(func.aggregate_strings(type_coerce(Appointment.role, String), " ")).where(
        Appointment.case_id == Case.id,
        Appointment.conflict.is_not(None),
        Appointment.said_at >= Case.conflict_at,
    )
    return case((Case.conflict_at.is_not(None), told.correlate(Case).scalar_subquery()))
