"""What a procedure promises and when: clocks, and the dated sets of them called profiles.

A profile is data. A case keeps the profile that was in force on the day its stage opened, so a
change of timescale never moves a date that somebody was already given.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.procedures.vocabulary import Category, ProcedureCode
from portal.procedures.working_days import Calendar, Deadline, Unit, after


class Track(StrEnum):
    """What a case runs on: the two procedures, and the kinds of case with a date of their own."""

    STATUTORY = "statutory"
    CORPORATE = "corporate"
    MP_ENQUIRY = "mp_enquiry"
    MEMBER_ENQUIRY = "member_enquiry"
    OMBUDSMAN = "ombudsman"
    DATA_PROTECTION = "data_protection"


class StageKey(StrEnum):
    """The stages of all tracks; `STAGES` says which a track can have."""

    STAGE_1 = "stage_1"
    STAGE_2 = "stage_2"
    STAGE_3 = "stage_3"
    ANSWER = "answer"
    ENQUIRY = "enquiry"
    ACKNOWLEDGE = "acknowledge"


STAGES: Mapping[Track, tuple[StageKey, ...]] = {
    Track.STATUTORY: (StageKey.STAGE_1, StageKey.STAGE_2, StageKey.STAGE_3),
    Track.CORPORATE: (StageKey.STAGE_1, StageKey.STAGE_2, StageKey.STAGE_3),
    Track.MP_ENQUIRY: (StageKey.ANSWER,),
    Track.MEMBER_ENQUIRY: (StageKey.ANSWER,),
    Track.OMBUDSMAN: (StageKey.ENQUIRY,),
    Track.DATA_PROTECTION: (StageKey.ACKNOWLEDGE,),
}


LEAST_STAGES: Mapping[Track, int] = {
    Track.STATUTORY: 3,
    Track.CORPORATE: 1,
    Track.MP_ENQUIRY: 1,
    Track.MEMBER_ENQUIRY: 1,
    Track.OMBUDSMAN: 1,
    Track.DATA_PROTECTION: 1,
}
"""How many of its stages a council must have: the law gives the statutory procedure three, while
a council decides how many the corporate one has."""


class StartEvent(StrEnum):
    """What starts a clock, in the order in which a matter meets them.

    `acknowledged` is the officer's letter that states the complaint as understood, never the
    automatic receipt. `known` is the day the person learned of what they complain about.
    """

    GROUNDS_AROSE = "grounds_arose"
    KNOWN = "known"
    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    ACCEPTED = "accepted"
    FIRST_ANSWER_RECEIVED = "first_answer_received"
    REQUEST = "request"
    REQUEST_ACKNOWLEDGED = "request_acknowledged"
    STATEMENT_AGREED = "statement_agreed"
    ADJUDICATION_RECEIVED = "adjudication_received"
    PANEL_REQUEST = "panel_request"
    PANEL_HELD = "panel_held"
    PANEL_REPORT_RECEIVED = "panel_report_received"
    DRAFT_RECEIVED = "draft_received"

    def comes_after(self, other: "StartEvent") -> bool:
        """Say whether this event is met later than the other."""
        order = list(StartEvent)
        return order.index(self) > order.index(other)


class ClockKey(StrEnum):
    """The clocks that a profile may promise."""

    MAKE = "make"
    ACKNOWLEDGE_1 = "acknowledge_1"
    STAGE_1 = "stage_1"
    REQUEST_2 = "request_2"
    ACKNOWLEDGE_2 = "acknowledge_2"
    STAGE_2 = "stage_2"
    REQUEST_3 = "request_3"
    ACKNOWLEDGE_3 = "acknowledge_3"
    STAGE_3 = "stage_3"
    PANEL_ACKNOWLEDGE = "panel_acknowledge"
    PANEL_CHAIR = "panel_chair"
    PANEL = "panel"
    PANEL_REPORT = "panel_report"
    PANEL_ANSWER = "panel_answer"
    ANSWER = "answer"
    ENQUIRY = "enquiry"
    DOCUMENTS = "documents"
    DRAFT_COMMENTS = "draft_comments"
    GO_TO_OMBUDSMAN = "go_to_ombudsman"
    ACKNOWLEDGE = "acknowledge"


CLOCKS: Mapping[tuple[Track, StageKey], tuple[ClockKey, ...]] = {
    (Track.STATUTORY, StageKey.STAGE_1): (
        ClockKey.ACKNOWLEDGE_1, ClockKey.STAGE_1, ClockKey.REQUEST_2,
    ),
    (Track.STATUTORY, StageKey.STAGE_2): (
        ClockKey.ACKNOWLEDGE_2, ClockKey.STAGE_2, ClockKey.REQUEST_3,
    ),
    (Track.STATUTORY, StageKey.STAGE_3): (
        ClockKey.PANEL_ACKNOWLEDGE, ClockKey.PANEL_CHAIR, ClockKey.PANEL, ClockKey.PANEL_REPORT,
        ClockKey.PANEL_ANSWER,
    ),
    (Track.CORPORATE, StageKey.STAGE_1): (
        ClockKey.ACKNOWLEDGE_1, ClockKey.STAGE_1, ClockKey.REQUEST_2,
    ),
    (Track.CORPORATE, StageKey.STAGE_2): (
        ClockKey.ACKNOWLEDGE_2, ClockKey.STAGE_2, ClockKey.REQUEST_3,
    ),
    (Track.CORPORATE, StageKey.STAGE_3): (ClockKey.ACKNOWLEDGE_3, ClockKey.STAGE_3),
    (Track.MP_ENQUIRY, StageKey.ANSWER): (ClockKey.ANSWER,),
    (Track.MEMBER_ENQUIRY, StageKey.ANSWER): (ClockKey.ANSWER,),
    (Track.OMBUDSMAN, StageKey.ENQUIRY): (ClockKey.ENQUIRY, ClockKey.DRAFT_COMMENTS),
    (Track.DATA_PROTECTION, StageKey.ACKNOWLEDGE): (ClockKey.ACKNOWLEDGE, ClockKey.ANSWER),
}  # fmt: skip
"""The clocks of each stage that a profile may promise, in the order in which they are met."""

ANSWER_CLOCKS: Mapping[tuple[Track, StageKey], tuple[ClockKey, ...]] = {
    key: (
        (ClockKey.PANEL, ClockKey.PANEL_REPORT, ClockKey.PANEL_ANSWER)
        if key == (Track.STATUTORY, StageKey.STAGE_3)
        else (ClockKey.ENQUIRY, ClockKey.DRAFT_COMMENTS)
        if key[0] is Track.OMBUDSMAN
        else (ClockKey.ANSWER,)
        if key[0] is Track.DATA_PROTECTION
        else tuple(clock for clock in clocks if clock.value == key[1].value)
    )
    for key, clocks in CLOCKS.items()
}
"""The clocks that bind a stage's answer: the first of them that is not met gives its date."""


def opening_clock(track: Track, stage: StageKey) -> ClockKey:
    """The clock whose date is the stage's date when the stage opens."""
    return ANSWER_CLOCKS[track, stage][0]


@dataclass(frozen=True)
class ClockRule:
    """One clock: from which event, how long, and what may be done about it.

    `maximum` is counted from the same start, in the same unit, extensions included. `soft` is a
    limit that reads "or as soon as reasonably practicable". `start_no_later_than` names the clock
    whose last day starts this one when its own event is late, so that lateness earns no time.
    """

    key: ClockKey
    starts: StartEvent
    length: int
    unit: Unit = Unit.WORKING_DAYS
    maximum: int | None = None
    extend_reasons: tuple[str, ...] = ()
    soft: bool = False
    roll: bool = False
    start_no_later_than: ClockKey | None = None
    tell: tuple[str, ...] = ()
    approved_by: str | None = None
    may_pause: bool = False


@dataclass(frozen=True)
class Profile:
    """The clocks of one track between two dates.

    `promised` is shown to the person and chased; `reported_against` gives the lengths that the
    annual report measures each clock against. A `historic` profile says what was done before this
    portal ran cases: it is not held to the law, and it has an end.
    """

    code: str
    track: Track
    in_force_from: date
    in_force_to: date | None
    promised: Mapping[str, ClockRule]
    reported_against: Mapping[str, tuple[int, ...]]
    historic: bool = False

    def in_force(self, on: date) -> bool:
        """Say whether a stage that opens on this day runs by this profile."""
        return self.in_force_from <= on and (self.in_force_to is None or on <= self.in_force_to)


CHOSEN = frozenset({Track.MP_ENQUIRY, Track.MEMBER_ENQUIRY, Track.DATA_PROTECTION})
"""What an officer chooses beside the category and the procedure, which do not tell them apart: who
enquires, and that a complaint is about personal data."""


def track_of(
    category: Category, procedure: ProcedureCode, chosen: Track | None = None
) -> Track | None:
    """Say what a decided matter runs on; None where no clock of a procedure runs.

    Args:
        category: an MP's and the Ombudsman's matters are cases of their kind, whatever lies
            beneath.
        procedure: for everything else.
        chosen: one of `CHOSEN`, where an officer chose it. It goes before both.
    """
    if chosen is not None:
        return chosen
    by_category = {Category.MP_ENQUIRY: Track.MP_ENQUIRY, Category.OMBUDSMAN: Track.OMBUDSMAN}
    by_procedure = {
        ProcedureCode.STATUTORY: Track.STATUTORY,
        ProcedureCode.CORPORATE: Track.CORPORATE,
    }
    return by_category.get(category) or by_procedure.get(procedure)


def due_on(rule: ClockRule, start: date, calendar: Calendar) -> Deadline:
    """Count a clock from the day that starts it."""
    return after(start, rule.length, rule.unit, calendar, roll_to_working_day=rule.roll)


def latest_on(rule: ClockRule, start: date, calendar: Calendar) -> Deadline:
    """Count the furthest date to which a clock may be extended, from the day that starts it."""
    return after(start, rule.maximum or rule.length, rule.unit, calendar, rule.roll)


def start_of(
    profile: Profile, rule: ClockRule, events: Mapping[StartEvent, date], calendar: Calendar
) -> date | None:
    """Find the day from which a clock of a profile counts.

    Args:
        profile: the profile that the case keeps.
        rule: one of its clocks.
        events: what has happened, and on which day.
        calendar: the days off.

    Returns:
        The day of the rule's event; for a rule with `start_no_later_than`, the earlier of that
        day and the last day of the named clock, which also stands in while the event has not
        happened. None while nothing starts the clock.
    """
    happened = events.get(rule.starts)
    if rule.start_no_later_than is None:
        return happened
    cap = profile.promised[rule.start_no_later_than]
    cap_start = start_of(profile, cap, events, calendar)
    if cap_start is None:
        return happened
    latest = due_on(cap, cap_start, calendar).due
    return latest if happened is None else min(happened, latest)
