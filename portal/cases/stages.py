"""Stages: which timescales a case keeps, from which day, and the date with its working."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.council import Council
from portal.procedures.clocks import RunningClock, StageEvents, answer_clock, clocks_of
from portal.procedures.procedure import (
    STAGES,
    ClockKey,
    Profile,
    StageKey,
    StartEvent,
    Track,
)
from portal.procedures.working_days import Calendar, Deadline
from portal.records.case import Case, CaseStage

EVENT_WORDS: Mapping[StartEvent, str] = {
    StartEvent.RECEIVED: "the day it came in",
    StartEvent.ACKNOWLEDGED: "the acknowledgement letter",
    StartEvent.ACCEPTED: "the day it was accepted",
    StartEvent.REQUEST: "the day the next stage was asked for",
    StartEvent.REQUEST_ACKNOWLEDGED: "the letter that acknowledges the request",
    StartEvent.STATEMENT_AGREED: "the day the statement of complaint was agreed",
    StartEvent.FIRST_ANSWER_RECEIVED: "the answer",
    StartEvent.ADJUDICATION_RECEIVED: "the answer to stage 2",
    StartEvent.PANEL_REQUEST: "the day the panel was asked for",
    StartEvent.PANEL_HELD: "the day the panel met",
    StartEvent.PANEL_REPORT_RECEIVED: "the day the panel’s report came",
    StartEvent.DRAFT_RECEIVED: "the day the draft came",
}
ACKNOWLEDGING = (
    ClockKey.ACKNOWLEDGE_1, ClockKey.ACKNOWLEDGE_2, ClockKey.ACKNOWLEDGE_3, ClockKey.ACKNOWLEDGE,
)  # fmt: skip


@dataclass(frozen=True)
class StagePlan:
    """A stage as its clocks stand: shown before it opens, and kept with it from then on.

    `answer` is the clock that gives the stage its date. `acknowledge` is the clock of the officer's
    letter where the profile has one. `from_day_limit` says that the stage counts from that clock's
    last day because no letter has gone.
    """

    track: Track
    key: StageKey
    profile: str
    clocks: tuple[RunningClock, ...]
    answer: RunningClock
    acknowledge: Deadline | None
    from_day_limit: bool

    @property
    def starts(self) -> StartEvent:
        """What the answer's clock counts from."""
        return self.answer.rule.starts

    @property
    def deadline(self) -> Deadline:
        """The answer's first date, and how it was counted."""
        return self.answer.deadline

    def in_words(self) -> str:
        """Tell the date's working, from the start event on."""
        return f"{self._start_words()} {self.answer.in_words()}"

    def working(self) -> dict[str, Any]:
        """The working as it is kept with the stage, in values and in words."""
        kept: dict[str, Any] = {
            "deadline": self.deadline.as_json(),
            "words": self.in_words(),
            "from_day_limit": self.from_day_limit,
            "recalculations": [],
        }
        if self.acknowledge is not None:
            kept["acknowledge"] = self.acknowledge.as_json()
            kept["acknowledge_words"] = self.acknowledge.in_words()
        return kept

    def _start_words(self) -> str:
        if self.from_day_limit and self.acknowledge is not None:
            return (
                f"This counts from the acknowledgement letter, or from the last day for it"
                f" ({self.acknowledge.length} working days after it came in), whichever is"
                " earlier. The later day is used until the letter goes."
            )
        return f"This counts from {EVENT_WORDS.get(self.starts, self.starts.value)}."


class StageCannotStart(LookupError):
    """The profile starts the stage from something that has not happened."""


def plan(
    council: Council, track: Track, events: Mapping[StartEvent, date], opened_on: date
) -> StagePlan:
    """Work out the first stage of a track.

    Args:
        council: for its timescales and days off.
        track: what the case runs on.
        events: what has happened, and on which day.
        opened_on: the day an officer opens the stage; it picks the profile.

    Returns:
        The plan.

    Raises:
        NothingInForce: the council promises nothing for that track on that day.
        StageCannotStart: nothing has happened that starts its clock.
    """
    profile = council.profile(track, opened_on)
    started = StageEvents(started=events, met={})
    return plan_in(profile, STAGES[track][0], started, council.calendar)


def plan_in(profile: Profile, key: StageKey, events: StageEvents, calendar: Calendar) -> StagePlan:
    """Count a stage of a profile from what has happened in it.

    Raises:
        StageCannotStart: nothing has happened that starts its clock.
    """
    clocks = clocks_of(profile, key, events, calendar)
    answer = answer_clock(profile.track, key, clocks)
    if answer is None:
        raise StageCannotStart(f"{profile.code}: nothing has started {key.value}.")
    letter = next((clock for clock in clocks if clock.key in ACKNOWLEDGING), None)
    return StagePlan(
        track=profile.track,
        key=key,
        profile=profile.code,
        clocks=clocks,
        answer=answer,
        acknowledge=letter.deadline if letter is not None else None,
        from_day_limit=answer.deadline.start != events.started.get(answer.rule.starts),
    )


def profile_of(council: Council, stage: CaseStage) -> Profile:
    """The profile that a stage keeps, whatever is in force now.

    Raises:
        LookupError: the council's file no longer has it.
    """
    for profile in council.profiles:
        if profile.code == stage.profile:
            return profile
    raise LookupError(f"The council's file has no profile {stage.profile} any more.")


def as_stage(case: Case, planned: StagePlan, opened_on: date) -> CaseStage:
    """Make the record of a planned stage."""
    return CaseStage(
        case_id=case.id,
        key=planned.key.value,
        profile=planned.profile,
        opened_on=opened_on,
        starts=planned.starts.value,
        start_on=planned.deadline.start,
        due_on=planned.answer.due,
        first_due_on=planned.answer.due,
        working=planned.working(),
    )


def recalculate(stage: CaseStage, planned: StagePlan, on: date, why: str) -> bool:
    """Move a stage to a new plan, and keep the date that it had and why it moved.

    Args:
        stage: the stage; its first date is never touched.
        planned: the new plan.
        on: the day of the change.
        why: a code such as `acknowledged`.

    Returns:
        Whether the date moved.
    """
    moved = stage.due_on != planned.answer.due
    entry = {
        "on": on.isoformat(),
        "why": why,
        "due_before": stage.due_on.isoformat(),
        "due_after": planned.answer.due.isoformat(),
    }
    logged = stage.working.get("recalculations", [])
    # The officer's letter is told even where it moved nothing: it might have.
    if moved or (why == "acknowledged" and planned.starts is StartEvent.ACKNOWLEDGED):
        logged = [*logged, entry]
    # A new dictionary: a change inside a JSON column is not seen.
    stage.working = planned.working() | {"recalculations": logged}
    stage.starts = planned.starts.value
    stage.start_on = planned.deadline.start
    stage.due_on = planned.answer.due
    return moved
