"""Stages: which timescales a case keeps, from which day, and the date with its working."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal import bank_holidays
from portal.council import Council
from portal.procedures.procedure import (
    OPENING_CLOCK,
    STAGES,
    ClockKey,
    Profile,
    StageKey,
    StartEvent,
    Track,
    due_on,
    start_of,
)
from portal.procedures.working_days import Calendar, Deadline
from portal.records.case import Case, CaseStage

EVENT_WORDS: Mapping[StartEvent, str] = {
    StartEvent.RECEIVED: "the day it came in",
    StartEvent.ACKNOWLEDGED: "the acknowledgement letter",
    StartEvent.ACCEPTED: "the day it was accepted",
}


@dataclass(frozen=True)
class StagePlan:
    """A stage as it would open: nothing is stored yet, so that it can be shown before.

    `acknowledge` is the clock of the officer's letter where the profile has one. `from_day_limit`
    says that the stage counts from that clock's last day because no letter has gone.
    """

    track: Track
    key: StageKey
    profile: str
    starts: StartEvent
    deadline: Deadline
    acknowledge: Deadline | None
    from_day_limit: bool

    def in_words(self) -> str:
        """Tell the date's working, from the start event on."""
        return f"{self._start_words()} {self.deadline.in_words()}"

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
    """The profile starts its first stage from something that has not happened."""


def plan(
    council: Council, track: Track, events: Mapping[StartEvent, date], opened_on: date
) -> StagePlan:
    """Work out the first stage of a track.

    Args:
        council: for its timescales.
        track: what the case runs on.
        events: what has happened, and on which day.
        opened_on: the day an officer opens the stage; it picks the profile.

    Returns:
        The plan.

    Raises:
        NothingInForce: the council promises nothing for that track on that day.
        StageCannotStart: nothing has happened that starts its clock.
    """
    return plan_in(council.profile(track, opened_on), events)


def plan_in(profile: Profile, events: Mapping[StartEvent, date]) -> StagePlan:
    """Work out the first stage of a profile that a case already keeps; as `plan`."""
    calendar = bank_holidays.bundled()
    key = STAGES[profile.track][0]
    rule = profile.promised[OPENING_CLOCK[key]]
    start = start_of(profile, rule, events, calendar)
    if start is None:
        raise StageCannotStart(f"{profile.code}: nothing has started {rule.key.value}.")
    return StagePlan(
        track=profile.track,
        key=key,
        profile=profile.code,
        starts=rule.starts,
        deadline=due_on(rule, start, calendar),
        acknowledge=_acknowledge_clock(profile, events, calendar),
        from_day_limit=start != events.get(rule.starts),
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
        due_on=planned.deadline.due,
        first_due_on=planned.deadline.due,
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
    before = {
        "on": on.isoformat(),
        "why": why,
        "due_before": stage.due_on.isoformat(),
        "due_after": planned.deadline.due.isoformat(),
    }
    moved = stage.due_on != planned.deadline.due
    # A new dictionary: a change inside a JSON column is not seen.
    stage.working = planned.working() | {
        "recalculations": [*stage.working.get("recalculations", []), before]
    }
    stage.start_on = planned.deadline.start
    stage.due_on = planned.deadline.due
    return moved


def _acknowledge_clock(
    profile: Profile, events: Mapping[StartEvent, date], calendar: Calendar
) -> Deadline | None:
    rule = profile.promised.get(ClockKey.ACKNOWLEDGE_1)
    start = events.get(rule.starts) if rule is not None else None
    return due_on(rule, start, calendar) if rule is not None and start is not None else None
