"""The parts of an invented case's life: its stages, its events and its points, as plain values."""

from dataclasses import dataclass, field
from datetime import date

from portal.cases.stages import StagePlan
from portal.procedures.facts import FindingFacts, Given
from portal.procedures.finding import Finding, Giver, PointState
from portal.procedures.procedure import Profile, StageKey, StartEvent
from portal.procedures.state import Event, State


@dataclass
class LifeStage:
    """One stage: what started it and what was met in it. `opening` is how it was planned when it
    opened."""

    key: StageKey
    profile: Profile
    opened_on: date
    started: dict[StartEvent, date]
    opening: StagePlan
    met: dict[Event, date] = field(default_factory=dict)
    answered_on: date | None = None
    ended_on: date | None = None

    @property
    def is_first(self) -> bool:
        """Whether it counts from the day on which the matter came in."""
        return self.key not in (StageKey.STAGE_2, StageKey.STAGE_3)


@dataclass(frozen=True)
class LifeEvent:
    """One event in the stage at `stage`, with what came with it."""

    stage: int
    given: Given
    event: Event
    before: State
    after: State


@dataclass
class LifeFinding:
    """What one giver found on a point; `finding` is None where the person agrees that it is
    settled."""

    finding: Finding | None
    reasons: str
    on: date

    def facts(self) -> FindingFacts:
        """As the guards see it."""
        return FindingFacts(self.finding, True, self.finding is None)


@dataclass
class LifePoint:
    """One point of complaint, with its findings by the place of their stage and by giver."""

    number: int
    text: str
    made_on: date
    state: PointState = PointState.DRAFTED
    findings: dict[tuple[int, Giver], LifeFinding] = field(default_factory=dict)
