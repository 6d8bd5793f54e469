"""The steps of each public procedure as facts: which times the council promises, and the days that
they come to. Everything is read off the timescales in force, so nothing is typed twice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.council import Council, NothingInForce
from portal.procedures.procedure import (
    ClockKey,
    ClockRule,
    Profile,
    StageKey,
    StartEvent,
    Track,
    due_on,
    opening_clock,
    start_of,
)

# What is shown to the public; the other tracks are between offices.
SHOWN = (Track.STATUTORY, Track.CORPORATE)
ACKNOWLEDGE: Mapping[StageKey, ClockKey] = {
    StageKey.STAGE_1: ClockKey.ACKNOWLEDGE_1,
    StageKey.STAGE_2: ClockKey.ACKNOWLEDGE_2,
    StageKey.STAGE_3: ClockKey.ACKNOWLEDGE_3,
}
TO_ASK: Mapping[StageKey, ClockKey] = {
    StageKey.STAGE_1: ClockKey.MAKE,
    StageKey.STAGE_2: ClockKey.REQUEST_2,
    StageKey.STAGE_3: ClockKey.REQUEST_3,
}
# What can happen on the day on which somebody reads the page, so that days can be named from it.
DONE_BY_WRITING = (StartEvent.RECEIVED, StartEvent.REQUEST, StartEvent.PANEL_REQUEST)


@dataclass(frozen=True)
class Step:
    """One step of a procedure. A rule is None where the council promises no such time.

    `by` is the last day of `answer` for whoever writes to us today; None where it counts from
    something else. `next_name` is None after the last step.
    """

    track: Track
    key: StageKey
    name: str
    number: int
    to_ask: ClockRule | None
    acknowledge: ClockRule | None
    answer: ClockRule | None
    by: date | None
    panel_report: ClockRule | None
    panel_answer: ClockRule | None
    next_name: str | None
    to_ask_next: ClockRule | None

    @property
    def has_panel(self) -> bool:
        """Whether three people from outside meet in this step (regulation 19)."""
        return self.track is Track.STATUTORY and self.key is StageKey.STAGE_3


def steps_of(council: Council, track: Track, on: date) -> tuple[Step, ...]:
    """Give the steps of a procedure with the times in force on a day.

    Args:
        council: whose they are; its calendar counts the days.
        track: the procedure.
        on: the day, which is also the day from which `by` counts.

    Returns:
        The steps in order; none where nothing is in force on that day.
    """
    try:
        profile = council.profile(track, on)
    except NothingInForce:
        return ()
    stages = council.stages_of(track)
    return tuple(
        _step(council, profile, stage, number, on) for number, stage in enumerate(stages, start=1)
    )


def to_the_ombudsman(council: Council, on: date) -> ClockRule | None:
    """The time within which somebody may go to the Ombudsman (sections 26B and 34D of the Local
    Government Act 1974), as the council's file has it; None where it has none."""
    return _promised(council, Track.OMBUDSMAN, ClockKey.GO_TO_OMBUDSMAN, on)


def data_complaint_acknowledged(council: Council, on: date) -> ClockRule | None:
    """The time within which a complaint about personal data is acknowledged (Data (Use and Access)
    Act 2025, section 103); None on a day before it."""
    return _promised(council, Track.DATA_PROTECTION, ClockKey.ACKNOWLEDGE, on)


def _step(council: Council, profile: Profile, key: StageKey, number: int, on: date) -> Step:
    track, after = profile.track, council.stage_after(profile.track, key)
    panel = track is Track.STATUTORY and key is StageKey.STAGE_3
    answer = profile.promised.get(opening_clock(track, key))
    acknowledge = ClockKey.PANEL_ACKNOWLEDGE if panel else ACKNOWLEDGE[key]
    return Step(
        track=track,
        key=key,
        name=council.stage_name(track, key),
        number=number,
        to_ask=profile.promised.get(TO_ASK[key]),
        acknowledge=profile.promised.get(acknowledge),
        answer=answer,
        by=_by(council, profile, answer, on) if answer is not None else None,
        panel_report=profile.promised.get(ClockKey.PANEL_REPORT) if panel else None,
        panel_answer=profile.promised.get(ClockKey.PANEL_ANSWER) if panel else None,
        next_name=council.stage_name(track, after) if after is not None else None,
        to_ask_next=profile.promised.get(TO_ASK[after]) if after is not None else None,
    )


def _by(council: Council, profile: Profile, rule: ClockRule, today: date) -> date | None:
    happened = dict.fromkeys(DONE_BY_WRITING, today)
    start = start_of(profile, rule, happened, council.calendar)
    return due_on(rule, start, council.calendar).due if start is not None else None


def _promised(council: Council, track: Track, key: ClockKey, on: date) -> ClockRule | None:
    try:
        return council.profile(track, on).promised.get(key)
    except NothingInForce:
        return None
