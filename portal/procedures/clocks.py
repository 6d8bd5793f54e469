"""The clocks of a stage, counted from what has happened. Pure: events in, dates out.

Nothing moves a date but the law's and the council's own rules: an extension granted in time, the
event from which a clock counts, a bank holiday. A pause is an agreement beside the clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from portal.procedures.procedure import (
    ANSWER_CLOCKS,
    CLOCKS,
    ClockKey,
    ClockRule,
    Profile,
    StageKey,
    StartEvent,
    Track,
    due_on,
    latest_on,
    start_of,
)
from portal.procedures.state import Event
from portal.procedures.statutory import THIRTEEN_WEEKS, Pause, adjusted_for_pause
from portal.procedures.working_days import Calendar, Deadline, Unit, after, in_full

PROMISED = ""
FROM_REQUEST = "from_request"
FROM_STATEMENT = "from_statement"
THIRTEEN = "thirteen_weeks"
"""Readings of a clock: as promised, and for statutory stage 2 the other ways of counting it
(reference/procedures.md 2.3)."""

MET_BY: Mapping[ClockKey, frozenset[Event]] = {
    # An answer acknowledges too; where no letter went before, it may be a late one.
    ClockKey.ACKNOWLEDGE_1: frozenset({Event.ACKNOWLEDGED, Event.ANSWERED, Event.RESOLVED}),
    ClockKey.STAGE_1: frozenset({Event.ANSWERED, Event.RESOLVED}),
    ClockKey.REQUEST_2: frozenset({Event.NEXT_STAGE_ASKED, Event.NEXT_STAGE_ASKED_EARLY}),
    ClockKey.ACKNOWLEDGE_2: frozenset({Event.REQUEST_ACKNOWLEDGED, Event.ADJUDICATED,
                                       Event.ANSWERED}),
    ClockKey.STAGE_2: frozenset({Event.ADJUDICATED, Event.ANSWERED}),
    ClockKey.REQUEST_3: frozenset({Event.NEXT_STAGE_ASKED, Event.NEXT_STAGE_ASKED_EARLY}),
    ClockKey.ACKNOWLEDGE_3: frozenset({Event.REQUEST_ACKNOWLEDGED, Event.ANSWERED}),
    ClockKey.STAGE_3: frozenset({Event.ANSWERED}),
    ClockKey.PANEL_ACKNOWLEDGE: frozenset({Event.PANEL_ACKNOWLEDGED, Event.PANEL_HELD}),
    ClockKey.PANEL_CHAIR: frozenset({Event.CHAIR_APPOINTED, Event.PANEL_HELD}),
    ClockKey.PANEL: frozenset({Event.PANEL_HELD}),
    ClockKey.PANEL_REPORT: frozenset({Event.PANEL_REPORTED}),
    ClockKey.PANEL_ANSWER: frozenset({Event.PANEL_ANSWERED}),
    ClockKey.ANSWER: frozenset({Event.ANSWERED}),
    ClockKey.ENQUIRY: frozenset({Event.ENQUIRY_ANSWERED, Event.DRAFT_RECEIVED,
                                 Event.FINAL_RECEIVED, Event.OMBUDSMAN_CLOSED}),
    ClockKey.DRAFT_COMMENTS: frozenset({Event.DRAFT_COMMENTED, Event.FINAL_RECEIVED,
                                        Event.OMBUDSMAN_CLOSED}),
    ClockKey.ACKNOWLEDGE: frozenset({Event.ACKNOWLEDGED, Event.ANSWERED}),
}  # fmt: skip
"""The events that meet each clock. Nothing else does."""

THE_PERSONS = frozenset(
    {ClockKey.MAKE, ClockKey.REQUEST_2, ClockKey.REQUEST_3, ClockKey.GO_TO_OMBUDSMAN}
)
"""Clocks that are the person's time, not the council's: nobody is late when one passes."""

STARTED_BY: Mapping[Event, StartEvent] = {
    Event.ACKNOWLEDGED: StartEvent.ACKNOWLEDGED,
    Event.ANSWERED: StartEvent.FIRST_ANSWER_RECEIVED,
    Event.RESOLVED: StartEvent.FIRST_ANSWER_RECEIVED,
    Event.REQUEST_ACKNOWLEDGED: StartEvent.REQUEST_ACKNOWLEDGED,
    Event.STATEMENT_AGREED: StartEvent.STATEMENT_AGREED,
    Event.STATEMENT_SETTLED: StartEvent.STATEMENT_AGREED,
    Event.ADJUDICATED: StartEvent.ADJUDICATION_RECEIVED,
    Event.PANEL_HELD: StartEvent.PANEL_HELD,
    Event.PANEL_REPORTED: StartEvent.PANEL_REPORT_RECEIVED,
    Event.DRAFT_RECEIVED: StartEvent.DRAFT_RECEIVED,
}
"""What an event starts. The request that opens a stage starts it by `opening_event`."""

BY_LETTER = frozenset(
    {
        Event.ACKNOWLEDGED, Event.REQUEST_ACKNOWLEDGED, Event.EXTENDED, Event.ANSWERED,
        Event.RESOLVED, Event.ADJUDICATED, Event.PANEL_ANSWERED,
    }
)  # fmt: skip
"""Events whose day is that of our letter: written is not sent. What the person does has its own
day, whenever our letter about it goes."""


@dataclass(frozen=True)
class Extension:
    """A clock's date moved by a letter that went in time."""

    clock: ClockKey
    to: date
    granted_on: date


@dataclass(frozen=True)
class StageEvents:
    """What a stage's clocks are counted from: what started, what was met, what was agreed.

    `named` are dates that a letter of the Ombudsman names for a clock.
    """

    started: Mapping[StartEvent, date]
    met: Mapping[Event, date]
    extensions: tuple[Extension, ...] = ()
    pauses: tuple[Pause, ...] = ()
    named: Mapping[ClockKey, date] | None = None


@dataclass(frozen=True)
class RunningClock:
    """One clock with its date and how it was counted.

    `deadline` is the first date; `due` holds extensions; `latest` is the furthest to which it may
    be extended; `adjusted` allows for a pause and is None without one, or while one has no end.
    """

    rule: ClockRule
    reading: str
    deadline: Deadline
    due: date
    latest: date | None
    adjusted: date | None
    met_on: date | None
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> ClockKey:
        """Which clock."""
        return self.rule.key

    @property
    def late(self) -> bool:
        """Whether it was met after its date; an unmet one is judged against a day, not here."""
        return self.met_on is not None and self.met_on > self.due

    def in_words(self) -> str:
        """The working in plain sentences, from the first date to the present one."""
        return " ".join((self.deadline.in_words(), *self.notes))

    def as_json(self) -> dict[str, object]:
        """The working as plain values."""
        return self.deadline.as_json() | {
            "clock": self.key.value,
            "reading": self.reading,
            "now_due": self.due.isoformat(),
            "latest": self.latest.isoformat() if self.latest else None,
            "adjusted": self.adjusted.isoformat() if self.adjusted else None,
            "met_on": self.met_on.isoformat() if self.met_on else None,
            "words": self.in_words(),
        }


def opening_event(track: Track, stage: StageKey) -> StartEvent:
    """What the request that opens a stage starts; for a first stage, its receipt."""
    if stage is StageKey.STAGE_3 and track is Track.STATUTORY:
        return StartEvent.PANEL_REQUEST
    if stage in (StageKey.STAGE_2, StageKey.STAGE_3):
        return StartEvent.REQUEST
    return StartEvent.RECEIVED


def clocks_of(
    profile: Profile, stage: StageKey, events: StageEvents, calendar: Calendar
) -> tuple[RunningClock, ...]:
    """Count every clock of a stage that something has started.

    Args:
        profile: the timescales that the stage keeps.
        stage: which stage.
        events: what has happened.
        calendar: the days off.

    Returns:
        The clocks in the order in which they are met; for statutory stage 2 the other readings
        stand behind the promised one.
    """
    found: list[RunningClock] = []
    for key in CLOCKS[profile.track, stage]:
        rule = profile.promised.get(key)
        if rule is None:
            continue
        start = start_of(profile, rule, events.started, calendar)
        if start is not None:
            found.append(_running(rule, PROMISED, start, events, calendar))
        if key is ClockKey.STAGE_2 and profile.track is Track.STATUTORY:
            found += _other_readings(rule, events, calendar)
    return tuple(found)


def answer_clock(
    track: Track, stage: StageKey, clocks: tuple[RunningClock, ...]
) -> RunningClock | None:
    """The clock that gives a stage its date: the first that binds the answer and is not met, or
    the last of them when all are. Where a council promises stage 2 from the agreed statement and
    none is agreed yet, the reading from the request does, so that a request always has a date."""
    readings = [
        [
            clock
            for key in ANSWER_CLOCKS[track, stage]
            for clock in clocks
            if clock.key is key and clock.reading == reading
        ]
        for reading in (PROMISED, FROM_REQUEST)
    ]
    binding = readings[0] or readings[1]
    unmet = (clock for clock in binding if clock.met_on is None)
    return next(unmet, binding[-1] if binding else None)


def _other_readings(rule: ClockRule, events: StageEvents, calendar: Calendar) -> list[RunningClock]:
    request = events.started.get(StartEvent.REQUEST)
    agreed = events.started.get(StartEvent.STATEMENT_AGREED)
    found = []
    for reading, starts, day in (
        (FROM_REQUEST, StartEvent.REQUEST, request),
        (FROM_STATEMENT, StartEvent.STATEMENT_AGREED, agreed),
    ):
        if day is not None and starts is not rule.starts:
            found.append(_running(replace(rule, starts=starts), reading, day, events, calendar))
    if request is not None:
        weeks = after(request, THIRTEEN_WEEKS, Unit.DAYS, calendar)
        from_request = replace(rule, starts=StartEvent.REQUEST)
        met = _met(rule, events)
        found.append(RunningClock(from_request, THIRTEEN, weeks, weeks.due, None, None, met))
    return found


def _running(
    rule: ClockRule, reading: str, start: date, events: StageEvents, calendar: Calendar
) -> RunningClock:
    deadline = due_on(rule, start, calendar)
    latest = latest_on(rule, start, calendar).due if rule.maximum is not None else None
    due, notes = deadline.due, []
    named = (events.named or {}).get(rule.key)
    if named is not None:
        due = named
        notes.append(f"The Ombudsman’s letter names {in_full(named)}.")
    for extension in events.extensions if reading == PROMISED else ():
        if extension.clock is rule.key and extension.to > due:
            due = extension.to
            notes.append(f"Moved to {in_full(due)} by a letter of {in_full(extension.granted_on)}.")
    adjusted = _adjusted(rule, start, events, calendar)
    if adjusted is not None and adjusted <= due:
        # A letter moved the date further than the pause did.
        adjusted = None
    if adjusted is not None:
        notes.append(
            f"A pause was agreed. Without the paused days it would be {in_full(adjusted)}; what"
            " is reported is the date above."
        )
    return RunningClock(
        rule, reading, deadline, due, latest, adjusted, _met(rule, events), tuple(notes)
    )


def _adjusted(rule: ClockRule, start: date, events: StageEvents, calendar: Calendar) -> date | None:
    if not events.pauses or not rule.may_pause or rule.unit is not Unit.WORKING_DAYS:
        return None
    paused = adjusted_for_pause(start, rule.length, events.pauses, calendar)
    if paused.adjusted is None or paused.adjusted.due == paused.unadjusted.due:
        return None
    return paused.adjusted.due


def _met(rule: ClockRule, events: StageEvents) -> date | None:
    days = [events.met[event] for event in MET_BY[rule.key] if event in events.met]
    return min(days) if days else None
