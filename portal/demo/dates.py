"""Dates of invented cases, counted by the same code as real ones and kept while data is made."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from portal import bank_holidays
from portal.cases import opening, stages
from portal.council import Council
from portal.procedures.clocks import StageEvents
from portal.procedures.procedure import StageKey, StartEvent
from portal.procedures.vocabulary import Category, ProcedureCode
from portal.procedures.working_days import Unit, after
from portal.records.case import Case, CaseStage

STAGE_COLUMNS = (
    "key", "profile", "opened_on", "starts", "start_on", "due_on", "first_due_on", "working",
)  # fmt: skip
_Key = tuple[Category, ProcedureCode, date, date, date | None]


@dataclass
class StageDates:
    """First stages by what they depend on: a year has few different ones, cases are many."""

    council: Council
    _known: dict[_Key, dict[str, Any]] = field(default_factory=dict)

    def first_stage(
        self,
        category: Category,
        procedure: ProcedureCode,
        received_on: date,
        opened_on: date,
        acknowledged_on: date | None,
    ) -> dict[str, Any]:
        """The values of a case's first stage, without its case and its answer.

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
    ) -> dict[str, Any]:
        plan = opening.planned(self.council, category, procedure, received_on, opened_on)
        stage = stages.as_stage(Case(id=0), plan, opened_on)
        if acknowledged_on is not None and stage.starts == StartEvent.ACKNOWLEDGED.value:
            self._acknowledge(stage, received_on, acknowledged_on)
        return {name: getattr(stage, name) for name in STAGE_COLUMNS}

    def _acknowledge(self, stage: CaseStage, received_on: date, acknowledged_on: date) -> None:
        events = {
            StartEvent.RECEIVED: received_on,
            StartEvent.ACCEPTED: stage.opened_on,
            StartEvent.ACKNOWLEDGED: acknowledged_on,
        }
        profile = stages.profile_of(self.council, stage)
        counted = StageEvents(started=events, met={})
        new = stages.plan_in(profile, StageKey(stage.key), counted)
        stages.recalculate(stage, new, acknowledged_on, "acknowledged")


@lru_cache(maxsize=20_000)
def working_days_after(day: date, number: int) -> date:
    """The day that many working days later; the same day for none."""
    if number < 1:
        return day
    return after(day, number, Unit.WORKING_DAYS, bank_holidays.bundled()).due
