"""The life of an invented case, event by event, by the declared table and its guards, in memory.

A register of a thousand cases would take minutes through `cases/happening.py`. This asks the same
table, the same guards and the same clocks, so what it leaves is what the real acts would have left
(`tests/integration/test_year_2019_20.py` counts it again with the real code).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.cases import counting, effects, stages
from portal.cases.stages import StagePlan
from portal.council import Council
from portal.demo.register import life_facts
from portal.demo.register.life_parts import LifeEvent, LifePoint, LifeStage
from portal.procedures.clocks import STARTED_BY, StageEvents, opening_event
from portal.procedures.facts import Given
from portal.procedures.finding import LIVE, PointState
from portal.procedures.procedure import STAGES, StageKey, StartEvent, Track
from portal.procedures.state import ANSWER_GIVEN, APPOINTS, OVER, Doer, Event, State
from portal.procedures.transitions import FIRST_STATE, state_after, transition, unmet

SIGNED_IN = frozenset({Doer.OFFICER, Doer.MANAGER, Doer.INVESTIGATOR, Doer.ADJUDICATOR})


class Unlawful(RuntimeError):
    """The table has no such cell where the case stands, or a guard does not hold."""


@dataclass
class Life:
    """One case. `young` says that a young person complains; `officer_id` does what staff do."""

    council: Council
    track: Track
    received_on: date
    opened_on: date
    officer_id: int
    young: bool = False
    stages: list[LifeStage] = field(default_factory=list)
    events: list[LifeEvent] = field(default_factory=list)
    points: list[LifePoint] = field(default_factory=list)
    appointments: list[dict[str, Any]] = field(default_factory=list)
    remedies: list[dict[str, Any]] = field(default_factory=list)
    fees: list[dict[str, Any]] = field(default_factory=list)
    acknowledged_on: date | None = None
    closed_on: date | None = None
    state: State = field(init=False)

    def __post_init__(self) -> None:
        """Open the first stage, counted from its receipt."""
        self.state = FIRST_STATE[self.track]
        started = {StartEvent.RECEIVED: self.received_on, StartEvent.ACCEPTED: self.opened_on}
        self._open(STAGES[self.track][0], self.opened_on, started)

    @property
    def stage(self) -> LifeStage:
        """The stage that the case is at."""
        return self.stages[-1]

    def plan(self, stage: LifeStage) -> StagePlan:
        """A stage's clocks, counted from what has happened in it so far."""
        events = StageEvents(started=stage.started, met=stage.met)
        return stages.plan_in(stage.profile, stage.key, events, self.council.calendar)

    def happen(self, event: Event, on: date, by: Doer = Doer.OFFICER, **given: Any) -> LifeEvent:
        """Let something happen.

        Args:
            event: what.
            on: its day, and the day on which it was recorded.
            by: who.
            given: what else `Given` holds.

        Raises:
            Unlawful: it cannot happen there.
        """
        came = Given(on=on, by=by, account_id=self.officer_id if by in SIGNED_IN else None, **given)
        facts = life_facts.of(self, on)
        cell = transition(self.track, self.state, event, self.stage.key)
        if cell is None or by not in cell.doers:
            raise Unlawful(f"{event} by {by} in {self.state}")
        if missing := unmet(cell, facts, came):
            raise Unlawful(f"{event} on {on} in {self.state}: {missing}")
        before = self.state
        if cell.opens and facts.next_stage is not None:
            self._open_next(facts.next_stage, on)
        self.state = state_after(cell, facts)
        row = LifeEvent(len(self.stages) - 1, came, event, before, self.state)
        self.events.append(row)
        self._carry_out(row)
        self._count(row)
        self._settle(row)
        return row

    def add_point(self, text: str, on: date) -> LifePoint:
        """Write one more point of complaint."""
        point = LifePoint(len(self.points) + 1, text, on)
        self.points.append(point)
        return point

    def live_points(self) -> list[LifePoint]:
        """The points that need a finding."""
        return [point for point in self.points if point.state in LIVE]

    def _open_next(self, key: StageKey, on: date) -> None:
        present = self.stage
        present.met[Event.NEXT_STAGE_ASKED] = on
        if present.answered_on is None:
            present.ended_on = on
        self._open(key, on, {opening_event(self.track, key): on})

    def _open(self, key: StageKey, on: date, started: Mapping[StartEvent, date]) -> None:
        profile = self.council.profile(self.track, on)
        events = StageEvents(started=started, met={})
        opening = stages.plan_in(profile, key, events, self.council.calendar)
        stage = LifeStage(key, profile, on, dict(started), opening)
        self.stages.append(stage)

    def _carry_out(self, row: LifeEvent) -> None:
        """What an event does to the points and to the people of a case."""
        if row.event is Event.ACKNOWLEDGED:
            self.acknowledged_on = row.given.on
        elif row.event in effects.SENDS_POINTS:
            self._move_points({PointState.DRAFTED, PointState.DISPUTED}, PointState.SENT)
        elif row.event in effects.AGREES_POINTS:
            self._move_points({PointState.SENT, PointState.DISPUTED}, PointState.AGREED)
        elif row.event in APPOINTS:
            self.appointments.append(life_facts.appointment(self.stage.key, row))

    def _move_points(self, before: set[PointState], to: PointState) -> None:
        for point in self.points:
            if point.state in before:
                point.state = to

    def _count(self, row: LifeEvent) -> None:
        """Keep what the clocks of the stage count from."""
        on, stage = row.given.on, self.stage
        if row.event not in counting.OPENING:
            stage.met.setdefault(row.event, on)
            if row.event in counting.UNDOES:
                stage.met.pop(counting.UNDOES[row.event], None)
            if row.event in STARTED_BY:
                stage.started.setdefault(STARTED_BY[row.event], on)

    def _settle(self, row: LifeEvent) -> None:
        on, stage = row.given.on, self.stage
        given_now = self.state in ANSWER_GIVEN and row.before not in ANSWER_GIVEN
        if given_now or row.event is Event.ANSWERED:
            stage.answered_on = on
        if self.state in OVER:
            if stage.answered_on is None and stage.ended_on is None:
                stage.ended_on = on
            self.closed_on = on
        else:
            self.closed_on = None
        if self.track is Track.OMBUDSMAN:
            stage.answered_on = self.plan(stage).answer.met_on
