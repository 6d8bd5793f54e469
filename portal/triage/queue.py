"""The queue: everything that waits for an officer, in the order in which it should be read.

One query finds the keys of a page, a second its rows, others the replies and what waits for a
second officer. None opens anybody's words, and a queue of a hundred thousand takes no more of them
than a queue of ten.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session

from portal import clock
from portal.cases.handing_over import CONCERN_FIRST, NOT_TAKEN
from portal.council import Council
from portal.procedures.state import State
from portal.procedures.vocabulary import Category, ProcedureCode, Relationship, Risk, Team
from portal.records.case import Case, CaseStage, CaseState
from portal.records.feedback import YOUNG_DOORS, Channel, Feedback, FeedbackState
from portal.records.message import Message, Sender
from portal.records.refusal_proposal import ProposalState
from portal.records.suggestion import Suggestion
from portal.triage import proposals, sight
from portal.triage.first_part import first_parts
from portal.triage.next_due import NEXT_DUE, OWES_LETTER, with_open_stage
from portal.triage.reference_search import matches
from portal.work import settings

PAGE = 25


class View(StrEnum):
    """Which part of the office's work is listed."""

    WAITING = "waiting"
    # What one officer would refuse, and another has to look at first: feedback and cases.
    SECOND_OFFICER = "second-officer"
    OPEN_CASES = "open"
    REPLIES = "replies"
    PASSED_ON = "passed_on"
    ALL = "all"


@dataclass(frozen=True)
class Row:
    """One line. `due_on` is the next date of an open case, `due_for` says what it is for:
    `answer` or `acknowledgement`; `procedure_state` is what it waits for, and by whom.
    `not_taken`: something of it was passed on, and nobody has taken it. `proposal` is how a no
    stands that was proposed on it, until it is decided. Where the suggestion is `held_back`,
    nothing of it is told but that somebody may be in danger now."""

    public_id: str
    reference: str
    channel: Channel
    received_on: date
    waited: str
    state: FeedbackState
    category: Category | None
    category_suggested: bool
    team: Team | None
    procedure: ProcedureCode | None
    risk: Risk
    young: bool
    unread: bool
    replied: bool
    is_case: bool
    due_on: date | None
    due_for: str | None
    overdue: bool
    not_taken: bool = False
    held_back: bool = False
    proposal: ProposalState | None = None
    procedure_state: State | None = None


@dataclass(frozen=True)
class Listing:
    """One page of a list, and how much there is."""

    rows: tuple[Row, ...]
    total: int
    page: int
    pages: int


_RISK = case((Feedback.risk == Risk.NOW, 0), (Feedback.risk == Risk.CONCERN, 1), else_=2)
_YOUNG = or_(
    func.coalesce(Feedback.door.in_(YOUNG_DOORS), False),
    func.coalesce(Feedback.relationship_said == Relationship.YOUNG_PERSON, False),
)
_UNDECIDED = Feedback.state == FeedbackState.WAITING
_UNREAD_REPLY = (
    select(Message.id)
    .where(
        Message.feedback_id == Feedback.id,
        Message.sender != Sender.COUNCIL,
        Message.automatic.is_(False),
        Message.read_at.is_(None),
    )
    .exists()
)


def rows(
    session: Session,
    council: Council,
    today: date,
    view: View = View.WAITING,
    *,
    visible: ColumnElement[bool],
    search: str = "",
    page: int = 1,
    now: datetime | None = None,
) -> Listing:
    """List one page of the office's work.

    Args:
        session: any session; nothing is changed and no private text is opened.
        council: whose teams and labels the rows are shown with.
        today: the day against which a date is overdue.
        view: which part of the work.
        visible: what the reader may see, from `portal.access.permission.visible`.
        search: a reference, whole or its beginning; other text finds nothing.
        page: from 1; a page past the end is the last one.
        now: the moment against which waiting is told; this one when None.

    Returns:
        The page. Waiting feedback is ordered by risk, then young people, then how long it has
        waited; open cases by their next date; what nobody has taken by danger and age; everything
        else by the newest.
    """
    wanted = _keys_of(view, search, visible)
    total = session.scalar(select(func.count()).select_from(wanted.order_by(None).subquery())) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    keys = list(session.scalars(wanted.limit(PAGE).offset((page - 1) * PAGE)))
    found = first_parts(session.execute(_row_columns(keys))) if keys else {}
    replied, proposed = _with_replies(session, keys), proposals.states_of(session, keys)
    moment = now or clock.now()
    listed = [
        _row(found[key], key in replied, proposed.get(key), today, moment)
        for key in keys
        if key in found
    ]
    return Listing(tuple(listed), total, page, pages)


def counts(session: Session, visible: ColumnElement[bool]) -> dict[View, int]:
    """How much a reader may see in each view, for the tabs. Everything is not counted."""
    return {
        view: session.scalar(
            select(func.count()).select_from(_keys_of(view, "", visible).order_by(None).subquery())
        )
        or 0
        for view in View
        if view is not View.ALL
    }


def next_waiting(
    session: Session, visible: ColumnElement[bool], but_not: int | None = None
) -> Feedback | None:
    """The feedback to read next, by the queue's order.

    Args:
        session: any session.
        visible: as in `rows`.
        but_not: the key of the one that was just decided.
    """
    # What waits for a second officer waits for nobody else.
    wanted = _keys_of(View.WAITING, "", visible).where(~proposals.WAITS)
    if but_not is not None:
        wanted = wanted.where(Feedback.id != but_not)
    key = session.scalar(wanted.limit(1))
    return session.get(Feedback, key) if key is not None else None


def waited_in_words(received_at: datetime, now: datetime) -> str:
    """Tell how long something has waited, in one unit: "just now", "3 hours", "12 days"."""
    minutes = max(0, int((now - received_at).total_seconds() // 60))
    if minutes < 2:
        return "just now"
    for unit, size in (("day", 24 * 60), ("hour", 60), ("minute", 1)):
        if minutes >= size:
            number = minutes // size
            return f"{number} {unit}{'' if number == 1 else 's'}"
    return "just now"


def _keys_of(view: View, search: str, visible: ColumnElement[bool]) -> Select[int]:
    wanted: Select[int] = select(Feedback.id).where(visible)
    if view in (View.WAITING, View.SECOND_OFFICER):
        second = view is View.SECOND_OFFICER
        wanted = wanted.where(proposals.WAITS if second else _UNDECIDED)
        wanted = wanted.order_by(_RISK, _YOUNG.desc(), Feedback.received_at, Feedback.id)
    elif view is View.OPEN_CASES:
        wanted = with_open_stage(wanted.join(Case, Case.feedback_id == Feedback.id))
        # A matter in parts is one line: it stands where the earliest of its dates puts it.
        wanted = wanted.where(Case.state == CaseState.OPEN).group_by(Feedback.id)
        wanted = wanted.order_by(func.min(NEXT_DUE), Feedback.id)
    elif view is View.PASSED_ON:
        wanted = wanted.where(NOT_TAKEN).order_by(CONCERN_FIRST, Feedback.received_at, Feedback.id)
    else:
        if view is View.REPLIES:
            wanted = wanted.where(_UNREAD_REPLY)
        wanted = wanted.order_by(Feedback.received_at.desc(), Feedback.id.desc())
    return wanted.where(matches(search)) if search.strip() else wanted


def _row_columns(keys: list[int]) -> Select[Any]:
    wanted = (
        select(
            Feedback.id.label("Feedback_id"),
            Feedback.public_id,
            Feedback.reference,
            Feedback.channel,
            Feedback.received_at,
            Feedback.received_on,
            Feedback.state,
            Feedback.category_said,
            Feedback.risk,
            Feedback.unread,
            _YOUNG.label("young"),
            Suggestion.category.label("suggested_category"),
            Suggestion.team.label("suggested_team"),
            Suggestion.procedure.label("suggested_procedure"),
            Case.category.label("case_category"),
            Case.team.label("case_team"),
            Case.procedure.label("case_procedure"),
            Case.state.label("case_state"),
            Case.part.label("part"),
            Case.procedure_state,
            CaseStage.due_on,
            NEXT_DUE.label("next_due"),
            OWES_LETTER.label("owes_letter"),
            NOT_TAKEN.label("not_taken"),
        )
        .outerjoin(Suggestion, Suggestion.feedback_id == Feedback.id)
        .outerjoin(Case, Case.feedback_id == Feedback.id)
    )
    joined: Select[Any] = with_open_stage(wanted)
    return joined.where(Feedback.id.in_(keys))


def _with_replies(session: Session, keys: list[int]) -> set[int]:
    if not keys:
        return set()
    return set(session.scalars(select(Feedback.id).where(Feedback.id.in_(keys), _UNREAD_REPLY)))


def _row(
    row: Any, replied: bool, proposal: ProposalState | None, today: date, now: datetime
) -> Row:
    runs = row.case_state is CaseState.OPEN and row.due_on is not None
    due_on = row.next_due if runs else None
    waited = waited_in_words(row.received_at, now)
    waits = row.state is FeedbackState.WAITING
    held_back = waits and sight.held_back(row.public_id, row.received_on)
    told = settings().suggestions and not held_back
    category, team, procedure = (
        (row.suggested_category, row.suggested_team, row.suggested_procedure)
        if told
        else (None, None, None)
    )
    return Row(
        public_id=row.public_id,
        reference=row.reference,
        channel=row.channel,
        received_on=row.received_on,
        waited=waited if waits else "",
        state=row.state,
        category=row.case_category or category or row.category_said,
        category_suggested=row.case_category is None and category is not None,
        team=row.case_team or team,
        procedure=row.case_procedure or procedure,
        # It stands in the place that its risk gives it, and only danger now is told.
        risk=row.risk if row.risk is Risk.NOW or not held_back else Risk.NONE,
        young=bool(row.young),
        unread=row.unread,
        replied=replied,
        is_case=row.case_state is not None,
        due_on=due_on,
        due_for=("acknowledgement" if row.owes_letter else "answer") if due_on else None,
        overdue=due_on is not None and due_on < today,
        not_taken=bool(row.not_taken),
        held_back=held_back,
        proposal=proposal if waits or proposal is ProposalState.WAITING else None,
        procedure_state=row.procedure_state if row.case_state is CaseState.OPEN else None,
    )
