"""The council's timescales in words, read off the profile in force: nothing is typed twice."""

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
    opening_clock,
)
from portal.procedures.working_days import Unit

# What is shown to the public; the other tracks are between offices.
SHOWN = (Track.STATUTORY, Track.CORPORATE)
BEFORE_STAGE: Mapping[StageKey, ClockKey] = {
    StageKey.STAGE_1: ClockKey.ACKNOWLEDGE_1,
    StageKey.STAGE_2: ClockKey.ACKNOWLEDGE_2,
    StageKey.STAGE_3: ClockKey.ACKNOWLEDGE_3,
}
TO_ASK: Mapping[StageKey, ClockKey] = {
    StageKey.STAGE_1: ClockKey.MAKE,
    StageKey.STAGE_2: ClockKey.REQUEST_2,
    StageKey.STAGE_3: ClockKey.REQUEST_3,
}
FROM: Mapping[StartEvent, str] = {
    StartEvent.GROUNDS_AROSE: "after it happened",
    StartEvent.KNOWN: "after you knew about it",
    StartEvent.RECEIVED: "after we get your complaint",
    StartEvent.ACKNOWLEDGED: "after our letter that says what we understood",
    StartEvent.ACCEPTED: "after we accept your complaint",
    StartEvent.FIRST_ANSWER_RECEIVED: "after you get our answer",
    StartEvent.REQUEST: "after you ask for it",
    StartEvent.REQUEST_ACKNOWLEDGED: "after our letter that says we have your request",
    StartEvent.STATEMENT_AGREED: "after we agree with you what will be looked into",
    StartEvent.ADJUDICATION_RECEIVED: "after you get our letter at the end of stage 2",
    StartEvent.PANEL_REQUEST: "after you ask for it",
    StartEvent.PANEL_HELD: "after the panel met",
    StartEvent.PANEL_REPORT_RECEIVED: "after we get the panel’s report",
}
UNITS: Mapping[Unit, tuple[str, str]] = {
    Unit.WORKING_DAYS: ("working day", "working days"),
    Unit.DAYS: ("day", "days"),
    Unit.MONTHS: ("month", "months"),
    Unit.YEARS: ("year", "years"),
}


@dataclass(frozen=True)
class StageInWords:
    """One step: its name, and one sentence for each time that holds in it."""

    name: str
    times: tuple[str, ...]


@dataclass(frozen=True)
class ProcedureInWords:
    """One procedure as the public reads it."""

    code: str
    stages: tuple[StageInWords, ...]


def timescales(council: Council, on: date) -> tuple[ProcedureInWords, ...]:
    """Put the timescales in force on a day into words.

    Args:
        council: whose they are.
        on: the day.

    Returns:
        The public procedures that have timescales then.
    """
    found = []
    for track in SHOWN:
        try:
            profile = council.profile(track, on)
        except NothingInForce:
            continue
        stages = tuple(
            StageInWords(council.stage_name(track, stage), _times(profile, stage))
            for stage in council.stages_of(track)
        )
        found.append(ProcedureInWords(track.value, stages))
    return tuple(found)


def _times(profile: Profile, stage: StageKey) -> tuple[str, ...]:
    sentences = []
    to_ask = _rule(profile, TO_ASK.get(stage))
    if to_ask is not None:
        late = " Ask anyway if it is later: we may still be able to look into it."
        ask = "Tell us" if stage is StageKey.STAGE_1 else "Ask for this"
        sentences.append(f"{ask} within {_span(to_ask)} {FROM[to_ask.starts]}.{late}")
    before = _rule(profile, BEFORE_STAGE.get(stage))
    if before is not None:
        sentences.append(
            f"We write within {_span(before)} {FROM[before.starts]}, to say what we understood "
            "and who looks into it."
        )
    rule = _rule(profile, opening_clock(profile.track, stage))
    if rule is not None:
        what = "The panel meets" if rule.key is ClockKey.PANEL else "We answer"
        # Our own lateness earns us no time.
        late = ", or after the day it was due if it is late" if rule.start_no_later_than else ""
        sentences.append(f"{what} within {_span(rule)} {FROM[rule.starts]}{late}.{_longer(rule)}")
    panel = profile.track is Track.STATUTORY and stage is StageKey.STAGE_3
    answer = _rule(profile, ClockKey.PANEL_ANSWER if panel else None)
    if answer is not None:
        sentences.append(f"We answer within {_span(answer)} {FROM[answer.starts]}.")
    return tuple(sentences)


def _rule(profile: Profile, key: ClockKey | None) -> ClockRule | None:
    return profile.promised.get(key) if key is not None else None


def _span(rule: ClockRule) -> str:
    one, many = UNITS[rule.unit]
    return f"{rule.length} {one if rule.length == 1 else many}"


def _longer(rule: ClockRule) -> str:
    if rule.maximum is None or rule.maximum <= rule.length:
        return ""
    _, many = UNITS[rule.unit]
    return (
        f" If we need longer we tell you why and give a new date, at the latest {rule.maximum} "
        f"{many} from the same day."
    )
