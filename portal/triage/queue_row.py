"""One line of a list of matters: what it is, what waits on it, whose turn it is, and by when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.cases import awaiting
from portal.cases.awaiting import Awaited, Waiting
from portal.cases.next_due import NEXT_DUE, OWES_LETTER, with_open_stage
from portal.cases.queue_places import YOUNG
from portal.council import Council
from portal.one_of import among
from portal.plain_rows import plain_rows
from portal.procedures.state import State
from portal.procedures.vocabulary import Category, ProcedureCode, Risk, Team
from portal.records.case import Case, CaseStage, CaseState
from portal.records.feedback import Channel, Feedback, FeedbackState
from portal.records.refusal_proposal import ProposalState
from portal.records.suggestion import Suggestion
from portal.triage import proposals, sight
from portal.triage.first_part import first_parts
from portal.work import settings

_KEYS = "keys"


@dataclass(frozen=True)
class Row:
    """One line. `waits` says everything that is waited for, the officers' first. `due_on` is the
    next date of an open case, `due_for` says what it is for: `answer` or `acknowledgement`;
    `procedure_state` is where it stands. `proposal` is how a no stands that was proposed on it,
    until it is decided. Where the suggestion is `held_back`, nothing of it is told but that
    somebody may be in danger now."""

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
    is_case: bool
    waits: tuple[Waiting, ...]
    due_on: date | None
    due_for: str | None
    overdue: bool
    held_back: bool = False
    proposal: ProposalState | None = None
    procedure_state: State | None = None

    @property
    def replied(self) -> bool:
        """Whether they wrote, and no officer has read it."""
        return any(one.what is Awaited.REPLY_READ for one in self.waits)

    @property
    def not_taken(self) -> bool:
        """Whether something of it was passed on, and nobody has taken it."""
        return any(one.what is Awaited.TAKER for one in self.waits)


def rows(
    session: Session, council: Council, keys: Sequence[int], today: date, now: datetime
) -> dict[int, Row]:
    """Give the lines of some matters, by their keys.

    Args:
        session: any session; no private text is opened.
        council: for its timescales and days off.
        keys: of the feedback.
        today: the day against which a date is overdue.
        now: the moment against which waiting is told.
    """
    if not keys:
        return {}
    wanted = _wanted(session.get_bind().dialect.name)
    every_part = plain_rows(session, wanted, {_KEYS: list(keys)}).all()
    waiting = awaiting.read(council, every_part)
    return {
        key: _row(row, waiting.get(key, ()), today, now)
        for key, row in first_parts(every_part).items()
    }


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


@cache
def _wanted(dialect: str) -> Select[Any]:
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
            YOUNG.label("young"),
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
            proposals.LAST_STATE.label("proposal"),
            *awaiting.columns(),
        )
        .outerjoin(Suggestion, Suggestion.feedback_id == Feedback.id)
        .outerjoin(Case, Case.feedback_id == Feedback.id)
    )
    joined: Select[Any] = with_open_stage(wanted)
    return joined.where(among(dialect, Feedback.id, _KEYS))


def _row(
    row: Any,
    waits: tuple[Waiting, ...],
    today: date,
    now: datetime,
) -> Row:
    runs = row.case_state is CaseState.OPEN and row.due_on is not None
    due_on = row.next_due if runs else None
    undecided = row.state is FeedbackState.WAITING
    held_back = undecided and sight.held_back(row.public_id, row.received_on)
    suggested = _suggested(row, held_back)
    return Row(
        public_id=row.public_id,
        reference=row.reference,
        channel=row.channel,
        received_on=row.received_on,
        waited=waited_in_words(row.received_at, now) if undecided else "",
        state=row.state,
        category=row.case_category or suggested["category"] or row.category_said,
        category_suggested=row.case_category is None and suggested["category"] is not None,
        team=row.case_team or suggested["team"],
        procedure=row.case_procedure or suggested["procedure"],
        # It stands in the place that its risk gives it, and only danger now is told.
        risk=row.risk if row.risk is Risk.NOW or not held_back else Risk.NONE,
        young=bool(row.young),
        unread=row.unread,
        is_case=row.case_state is not None,
        waits=waits,
        due_on=due_on,
        due_for=("acknowledgement" if row.owes_letter else "answer") if due_on else None,
        overdue=due_on is not None and due_on < today,
        held_back=held_back,
        proposal=row.proposal if undecided or row.proposal is ProposalState.WAITING else None,
        procedure_state=row.procedure_state if row.case_state is CaseState.OPEN else None,
    )


def _suggested(row: Any, held_back: bool) -> Mapping[str, Any]:
    told = settings().suggestions and not held_back
    return {
        name: getattr(row, f"suggested_{name}") if told else None
        for name in ("category", "team", "procedure")
    }
