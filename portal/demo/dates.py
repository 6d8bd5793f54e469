"""Dates of invented cases, counted by the same code as real ones and kept while data is made."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from portal import bank_holidays
from portal.cases import counting, opening, stages
from portal.cases.stages import StagePlan
from portal.council import Council
from portal.procedures.clocks import RunningClock, StageEvents
from portal.procedures.procedure import StageKey, StartEvent
from portal.procedures.state import Event
from portal.procedures.vocabulary import Category, ProcedureCode
from portal.procedures.working_days import Unit, after
from portal.records.case import Case, CaseClock, CaseStage

STAGE_COLUMNS = (
    "key", "profile", "opened_on", "starts", "start_on", "due_on", "first_due_on", "working",
)  # fmt: skip
CLOCK_COLUMNS = (
    "key", "reading", "starts", "start_on", "due_on", "first_due_on", "latest_on", "adjusted_on",
    "met_on", "soft", "working",
)  # fmt: skip
_Key = tuple[Category, ProcedureCode, date, date, date | None]


@dataclass(frozen=True)
class FirstStage:
    """The values of a first stage, and its clocks."""

    values: dict[str, Any]
    clocks: tuple[RunningClock, ...]

    def clock_rows(self, answered_on: date | None) -> list[dict[str, Any]]:
        """The clocks as rows of a table, without their stage.

        Args:
            answered_on: the day on which the stage was answered, if it was.
        """
        return [self._row(clock, answered_on) for clock in self.clocks]

    def _row(self, clock: RunningClock, answered_on: date | None) -> dict[str, Any]:
        row = CaseClock(stage_id=0, first_due_on=clock.deadline.due)
        counting.fill(row, clock)
        if clock.key.value == self.values["key"]:
            row.met_on = answered_on
        return {name: getattr(row, name) for name in CLOCK_COLUMNS}


@dataclass
class StageDates:
    """First stages by what they depend on: a year has few different ones, cases are many."""

    council: Council
    _known: dict[_Key, FirstStage] = field(default_factory=dict)

    def first_stage(
        self,
        category: Category,
        procedure: ProcedureCode,
        received_on: date,
        opened_on: date,
        acknowledged_on: date | None,
    ) -> FirstStage:
        """A case's first stage, without its case and its answer.

        Raises:
            NoClock, NoTimescales: such a case cannot be opened.
        """
        key = (category, procedure, received_on, opened_on, acknowledged_on)
        if key not in self._known:
            self._known[key] = self._count(*key)
        return self._known[key]

    def _count(
        self,
        category: Category,
        procedure: ProcedureCode,
        received_on: date,
        opened_on: date,
        acknowledged_on: date | None,
    ) -> FirstStage:
        plan = opening.planned(self.council, category, procedure, received_on, opened_on)
        stage = stages.as_stage(Case(id=0), plan, opened_on)
        if acknowledged_on is not None:
            plan = self._acknowledged(stage, received_on, acknowledged_on)
            stages.recalculate(stage, plan, acknowledged_on, "acknowledged")
        values = {name: getattr(stage, name) for name in STAGE_COLUMNS}
        return FirstStage(values, plan.clocks)

    def _acknowledged(
        self, stage: CaseStage, received_on: date, acknowledged_on: date
    ) -> StagePlan:
        started = {
            StartEvent.RECEIVED: received_on,
            StartEvent.ACCEPTED: stage.opened_on,
            StartEvent.ACKNOWLEDGED: acknowledged_on,
        }
        counted = StageEvents(started=started, met={Event.ACKNOWLEDGED: acknowledged_on})
        profile = stages.profile_of(self.council, stage)
        return stages.plan_in(profile, StageKey(stage.key), counted, self.council.calendar)


@lru_cache(maxsize=20_000)
def working_days_after(day: date, number: int) -> date:
    """The day that many working days later; the same day for none."""
    if number < 1:
        return day
    return after(day, number, Unit.WORKING_DAYS, bank_holidays.bundled()).due
