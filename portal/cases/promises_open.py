"""What is still to be done, of all cases, closed ones among them: by its date, the overdue first.

No words of anybody: kind, date, team and who sees to it. A draft of an answer is listed only to
those who may read that answer, by the rule of a case's own list (`portal.web.officer.readable`).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from portal.access.acts import Act
from portal.access.table import RECORDS_FOR
from portal.cases.promises_told import ANSWERS
from portal.counted import Part, counting, number_in_words, part_of
from portal.procedures.completeness import HANDED_IN, TOLD_BY
from portal.procedures.finding import Giver
from portal.procedures.remedy import STILL_OPEN, RemedyKind, RemedyState
from portal.procedures.state import Event
from portal.procedures.vocabulary import Team
from portal.records.account import Account
from portal.records.case import Case, CaseStage, CaseState
from portal.records.case_event import CaseEvent
from portal.records.feedback import Feedback
from portal.records.remedy import Remedy
from portal.records.reminder import Reminder, ReminderState

PAGE = 25
Visible = Callable[[Act], ColumnElement[bool]]
"""What the reader may do something to, as a condition on `feedback`."""


@dataclass(frozen=True)
class OpenPromise:
    """One thing to be done. `chased_on` is the day of the latest reminder of it."""

    case_public_id: str
    reference: str
    public_id: str
    kind: RemedyKind
    giver: Giver
    state: RemedyState
    team: Team
    owner: str | None
    due_on: date | None
    chased_on: date | None
    closed: bool


@dataclass(frozen=True)
class Listing:
    """One page of them, and how many are overdue: a number that stops as that of all does."""

    rows: tuple[OpenPromise, ...]
    part: Part
    overdue: int

    @property
    def overdue_number(self) -> str:
        """How many are overdue, in words."""
        return number_in_words(self.overdue)


def listing(session: Session, visible: Visible, today: date, page: int = 1) -> Listing:
    """List what is still open, by date; what has no date yet comes last.

    Args:
        session: any session.
        visible: what the reader may see and do.
        today: a promise for this day is not overdue.
        page: from 1; past the end, the last page that is counted.
    """
    wanted = _open(visible)
    late = and_(Remedy.state == RemedyState.PROMISED, Remedy.due_on < today)
    ordered = wanted.order_by(Remedy.due_on.is_(None), Remedy.due_on, Remedy.id)
    part = part_of(session, ordered, page, PAGE)
    overdue = session.scalar(select(counting(wanted.where(late)))) or 0
    return Listing(tuple(_row(row) for row in part.rows), part, overdue)


def _open(visible: Visible) -> Select[Any]:
    chased = (
        select(func.max(Reminder.made_on))
        .where(Reminder.remedy_id == Remedy.id, Reminder.state != ReminderState.PASSED_OVER)
        .correlate(Remedy)
        .scalar_subquery()
    )
    # Named one by one: what was promised is somebody's words, and stays closed here.
    found: Any = (
        select(
            Feedback.public_id.label("case_public_id"),
            Feedback.reference,
            Remedy.public_id,
            Remedy.kind,
            Remedy.giver,
            Remedy.state,
            Remedy.team,
            Account.name.label("owner"),
            Remedy.due_on,
            chased.label("chased_on"),
            Case.state.label("case_state"),
        )
        .join(Case, Case.feedback_id == Feedback.id)
        .join(Remedy, Remedy.case_id == Case.id)
        .outerjoin(Account, Account.id == Remedy.owner_id)
        .where(Remedy.state.in_(STILL_OPEN), visible(Act.READ), readable(visible))
    )
    return cast(Select[Any], found)


def readable(visible: Visible) -> ColumnElement[bool]:
    """The condition on a remedy, beside that on its matter: its answer has been given, or the
    reader may read the draft of it."""
    answered = frozenset[Event]().union(*(TOLD_BY[giver] for giver in ANSWERS))
    handed_in = or_(*(_by(giver, _happened(events)) for giver, events in HANDED_IN.items()))
    return or_(
        _happened(answered),
        *(_by(giver, _happened(events)) for giver, events in TOLD_BY.items()),
        *(_by(giver, visible(act)) for giver, act in RECORDS_FOR.items()),
        and_(handed_in, visible(Act.ADJUDICATE)),
    )


def _by(giver: Giver, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(Remedy.giver == giver, condition)


def _happened(events: Collection[Event]) -> ColumnElement[bool]:
    """Whether one of some events happened in the remedy's stage; of two stages of one key, before
    and after another procedure took over, the later counts."""
    later = aliased(CaseStage)
    there_is_later = exists().where(
        later.case_id == CaseStage.case_id, later.key == CaseStage.key, later.id > CaseStage.id
    )
    return (
        exists()
        .where(
            CaseStage.case_id == Remedy.case_id,
            CaseStage.key == Remedy.stage_key,
            CaseEvent.stage_id == CaseStage.id,
            CaseEvent.event.in_(events),
            ~there_is_later.correlate(CaseStage),
        )
        .correlate(Remedy)
    )


def _row(row: Any) -> OpenPromise:
    values = dict(row._mapping)
    closed = values.pop("case_state") is CaseState.CLOSED
    return OpenPromise(**values, closed=closed)
