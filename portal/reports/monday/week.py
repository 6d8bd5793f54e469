"""What the Monday view counts, read once a question: slim rows, no word of anybody's.

Every question carries the rights of whoever looks, so that a figure is never of more cases than
they could open. Only what other teams have open is counted past that, and never listed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from portal.access.acts import Act
from portal.cases.dates_due import clock_to_keep
from portal.cases.promises_open import readable
from portal.clock import LONDON
from portal.council import Council
from portal.procedures.procedure import ClockKey
from portal.procedures.remedy import RemedyState
from portal.procedures.state import Event
from portal.procedures.vocabulary import Team
from portal.records.case import Case, CaseClock, CaseStage, CaseState
from portal.records.case_event import CaseEvent
from portal.records.decision import Decision
from portal.records.feedback import Feedback
from portal.records.holding_letter import HoldingLetter, HoldingState
from portal.records.refusal_proposal import ProposalState, RefusalProposal
from portal.records.remedy import Remedy

MONTHS = 6
"""How far the view looks back: this month and the five before it."""
OMBUDSMANS = frozenset({ClockKey.ENQUIRY, ClockKey.DOCUMENTS, ClockKey.DRAFT_COMMENTS})
Visible = Callable[[Act], ColumnElement[bool]]


@dataclass(frozen=True)
class Week:
    """One view, for one reader. Each set of rows is read when a figure first asks for it."""

    session: Session
    council: Council
    today: date
    visible: Visible
    # The teams whose cases the reader opens as their own; None for those who open every team's.
    teams: frozenset[Team] | None

    @property
    def first_day(self) -> date:
        """The first day of the earliest month that is shown."""
        months = self.today.year * 12 + self.today.month - MONTHS
        return date(months // 12, months % 12 + 1, 1)

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of each month that is shown, the earliest first."""
        start = self.first_day.year * 12 + self.first_day.month - 1
        return tuple(date(n // 12, n % 12 + 1, 1) for n in range(start, start + MONTHS))

    @cached_property
    def open_cases(self) -> tuple[Any, ...]:
        """Open cases: matter, team, what they run on, where they stand, when they came."""
        wanted = (
            select(
                Feedback.id.label("matter"), Case.team, Case.category, Case.procedure,
                Case.chosen_track, Case.stage_key, Case.procedure_state, Feedback.received_on,
            )
            .join(Case, Case.feedback_id == Feedback.id)
            .where(Case.state == CaseState.OPEN, self.visible(Act.READ))
            .order_by(Feedback.received_on, Feedback.id)
        )  # fmt: skip
        return tuple(self.session.execute(wanted))

    @cached_property
    def clocks(self) -> tuple[Any, ...]:
        """Dates that have passed unmet, and every open date of the Ombudsman's; of two readings of
        one clock the earlier is the one to keep."""
        wanted = (
            select(
                Feedback.id.label("matter"), Case.team, CaseClock.stage_id, CaseClock.key,
                CaseClock.due_on, CaseClock.adjusted_on, _told_until(), _extended_for(),
            )
            .join(Case, Case.feedback_id == Feedback.id)
            .join(CaseStage, CaseStage.case_id == Case.id)
            .join(CaseClock, CaseClock.stage_id == CaseStage.id)
            .where(
                *clock_to_keep(),
                or_(
                    CaseClock.due_on < self.today,
                    CaseClock.key.in_([key.value for key in OMBUDSMANS]),
                ),
                self.visible(Act.READ),
            )
            .order_by(CaseClock.due_on, CaseClock.id)
        )  # fmt: skip
        first: dict[tuple[int, str], Any] = {}
        for row in self.session.execute(wanted):
            first.setdefault((row.stage_id, row.key), row)
        return tuple(first.values())

    @cached_property
    def answered(self) -> tuple[Any, ...]:
        """Stages that were answered in the months shown, with their dates."""
        wanted = (
            select(
                Feedback.id.label("matter"), CaseStage.answered_on, CaseStage.first_due_on,
                CaseStage.due_on, _told_until(), _extended_for(),
            )
            .join(Case, Case.feedback_id == Feedback.id)
            .join(CaseStage, CaseStage.case_id == Case.id)
            .where(
                CaseStage.answered_on.between(self.first_day, self.today),
                self.visible(Act.READ),
            )
            .order_by(CaseStage.answered_on, CaseStage.id)
        )  # fmt: skip
        return tuple(self.session.execute(wanted))

    @cached_property
    def promises(self) -> tuple[Any, ...]:
        """What is promised, and what was done whose date lies in the months shown; what stands in
        the draft of an answer only for those who may read it."""
        wanted = (
            select(
                Feedback.id.label("matter"), Remedy.team, Remedy.kind, Remedy.state,
                Remedy.due_on, Remedy.done_on, Remedy.amount_pence,
                case((_was_late(self.today), True), else_=False).label("late"),
            )
            .join(Case, Case.feedback_id == Feedback.id)
            .join(Remedy, Remedy.case_id == Case.id)
            .where(
                or_(
                    Remedy.state == RemedyState.PROMISED,
                    and_(Remedy.state == RemedyState.DONE, Remedy.due_on >= self.first_day),
                ),
                self.visible(Act.READ),
                readable(self.visible),
            )
            .order_by(Remedy.due_on, Remedy.id)
        )  # fmt: skip
        return tuple(self.session.execute(wanted))

    @cached_property
    def refusals(self) -> tuple[Any, ...]:
        """Each no that waits for a second officer, or was agreed to in the months shown."""
        since = datetime.combine(self.first_day, time(), LONDON)
        wanted = (
            select(Feedback.id.label("matter"), RefusalProposal.reason, RefusalProposal.state)
            .join(RefusalProposal, RefusalProposal.feedback_id == Feedback.id)
            .where(
                or_(
                    RefusalProposal.state == ProposalState.WAITING,
                    and_(
                        RefusalProposal.state == ProposalState.AGREED,
                        RefusalProposal.answered_at >= since,
                    ),
                ),
                self.visible(Act.READ),
            )
            .order_by(RefusalProposal.proposed_at)
        )
        return tuple(self.session.execute(wanted))

    @cached_property
    def voices(self) -> tuple[Any, ...]:
        """What came in in the months shown, by whom."""
        wanted = (
            select(
                Feedback.id.label("matter"), Feedback.received_on, Feedback.door,
                Feedback.relationship_said, Decision.relationship,
            )
            .outerjoin(Decision, Decision.feedback_id == Feedback.id)
            .where(Feedback.received_on.between(self.first_day, self.today), self.visible(Act.READ))
            .order_by(Feedback.received_on, Feedback.id)
        )  # fmt: skip
        return tuple(self.session.execute(wanted))

    @cached_property
    def open_elsewhere(self) -> Mapping[Team, int]:
        """How many cases each team has open that is not the reader's."""
        wanted = (
            select(Case.team, func.count())
            .where(Case.state == CaseState.OPEN, Case.team.not_in(self.teams or ()))
            .group_by(Case.team)
        )
        return {row[0]: row[1] for row in self.session.execute(wanted)}

    @property
    def soon(self) -> date:
        """The last day of the next two weeks."""
        return self.today + timedelta(days=14)


def _told_until() -> Any:
    """The latest day that a holding letter of the stage named."""
    return (
        select(func.max(HoldingLetter.new_date))
        .where(HoldingLetter.stage_id == CaseStage.id, HoldingLetter.state == HoldingState.SENT)
        .correlate(CaseStage)
        .scalar_subquery()
        .label("told_until")
    )


def _extended_for() -> Any:
    """The coded reason for which the stage's date was last moved; an empty one where none was
    recorded, None where it was not moved."""
    return (
        select(func.coalesce(CaseEvent.reason, ""))
        .where(CaseEvent.stage_id == CaseStage.id, CaseEvent.event == Event.EXTENDED)
        .order_by(CaseEvent.id.desc())
        .limit(1)
        .correlate(CaseStage)
        .scalar_subquery()
        .label("extended_for")
    )


def _was_late(today: date) -> ColumnElement[bool]:
    """Whether an answer in the case came after its date, or has not come although it has passed."""
    late = or_(
        CaseStage.answered_on > CaseStage.due_on,
        and_(
            CaseStage.answered_on.is_(None),
            CaseStage.ended_on.is_(None),
            CaseStage.due_on < today,
        ),
    )
    return exists().where(CaseStage.case_id == Case.id, late).correlate(Case)
