"""The clocks of a year's stages, each against each of its lengths: for X21 and X70."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta

from portal.procedures.procedure import ClockKey, StageKey, StartEvent, Track
from tests.unit.reports.by_hand import COMPLETED, IN_TIME, LATE, TIMES, ByHand, Row, rounded
from tests.unit.reports.invented import StoredStage, Ticking

S, C, K = Track.STATUTORY, Track.CORPORATE, ClockKey
PANEL_STAGE = S, StageKey.STAGE_3
CLOCKS: Mapping[tuple[Track, ClockKey], tuple[str, tuple[int, ...]]] = {
    (S, K.STAGE_1): ("Statutory stage 1: answer", (10, 20)),
    (S, K.STAGE_2): ("Statutory stage 2: answer", (25, 65)),
    (S, K.PANEL): ("Statutory: panel meets", (30,)),
    (S, K.PANEL_REPORT): ("Statutory: panel’s report", (5,)),
    (S, K.PANEL_ANSWER): ("Statutory: council’s answer to the panel", (15,)),
    (C, K.ACKNOWLEDGE_1): ("Corporate stage 1: acknowledgement", (5,)),
    (C, K.STAGE_1): ("Corporate stage 1: answer", (20,)),
    (C, K.ACKNOWLEDGE_2): ("Corporate stage 2: acknowledgement of the request", (5,)),
    (C, K.STAGE_2): ("Corporate stage 2: answer", (25,)),
    (C, K.ACKNOWLEDGE_3): ("Corporate stage 3: acknowledgement of the request", (5,)),
    (C, K.STAGE_3): ("Corporate stage 3: answer", (30,)),
    (Track.MP_ENQUIRY, K.ANSWER): ("MP enquiry: answer", (10,)),
    (Track.MEMBER_ENQUIRY, K.ANSWER): ("Member enquiry: answer", (10,)),
    (Track.OMBUDSMAN, K.ENQUIRY): ("Ombudsman: answer to the Ombudsman", (20,)),
    (Track.OMBUDSMAN, K.DRAFT_COMMENTS): ("Ombudsman: comments on the draft", (10,)),
}
"""Every clock that is the council's, in the order of procedures, with its lengths in working days.
The person's own are not here."""
SINCE = {
    StartEvent.RECEIVED: "the day it came in",
    StartEvent.ACKNOWLEDGED: "the acknowledgement letter",
    StartEvent.ACCEPTED: "the day it was accepted",
    StartEvent.REQUEST: "the day the next stage was asked for",
    StartEvent.REQUEST_ACKNOWLEDGED: "the letter that acknowledges the request",
    StartEvent.STATEMENT_AGREED: "the day the statement of complaint was agreed",
    StartEvent.PANEL_REQUEST: "the day the panel was asked for",
    StartEvent.PANEL_HELD: "the day the panel met",
    StartEvent.PANEL_REPORT_RECEIVED: "the day the panel’s report came",
    StartEvent.DRAFT_RECEIVED: "the day the draft came",
}
Running = tuple[StoredStage, Ticking]


def running(hand: ByHand) -> Iterator[Running]:
    """The clocks of the year's stages that something has started by the day."""
    for one in hand.counted():
        for clock in (own(one), *one.step.clocks):
            known = (one.track, clock.key) in CLOCKS and clock.reading != "thirteen_weeks"
            if known and hand.happened(one, clock.start):
                yield one, clock


def own(one: StoredStage) -> Ticking:
    """The clock of a stage's answer; at a panel that of its meeting."""
    step = one.step
    if (one.track, one.key) == PANEL_STAGE:
        return Ticking(K.PANEL, step.starts, step.start, step.panel)
    met = step.days if step.end == "answered" else None
    return Ticking(K(one.key.value), step.starts, step.start, met)


def stands(hand: ByHand, one: StoredStage, clock: Ticking, length: int) -> str:
    """How a clock stands against a length, in the words of a column."""
    due = hand.last_day(one, length, clock.start)
    if clock.met is not None and hand.happened(one, clock.met):
        return LATE if one.opened_on + timedelta(days=clock.met) > due else IN_TIME
    outcome = hand.outcome(one)
    if outcome in COMPLETED:
        # The stage is over without it.
        return LATE
    if outcome == "Open":
        return LATE if hand.as_at > due else "Not yet due"
    if outcome == "Ended otherwise":
        assert one.ended_on is not None
        return LATE if one.ended_on > due else "Ended before it was due"
    return outcome


def every_limit(hand: ByHand) -> list[Row]:
    """The rows of X21."""
    found = list(running(hand))
    rows = []
    for (track, key), (name, lengths) in CLOCKS.items():
        for starts, since in SINCE.items():
            clocks = [
                (one, clock)
                for one, clock in found
                if (one.track, clock.key, clock.starts) == (track, key, starts)
            ]
            for length in lengths if clocks else ():
                times = Counter(stands(hand, *clock, length) for clock in clocks)
                in_time, late = times[IN_TIME], times[LATE]
                rows.append(
                    [
                        f"{name}, from {since}", f"{length} working days", f"{len(clocks)}",
                        *(f"{times[one]}" for one in TIMES), rounded(in_time, len(clocks)),
                        rounded(in_time, in_time + late),
                    ]
                )  # fmt: skip
    return rows


def kept(hand: ByHand, key: ClockKey) -> tuple[int | None, list[bool]]:
    """Of the corporate clocks of a kind that are due, whether each was kept, and the length; None
    without any such clock."""
    clocks = [pair for pair in running(hand) if (pair[0].track, pair[1].key) == (C, key)]
    if not clocks:
        return None, []
    (length,) = CLOCKS[C, key][1]
    times = [stands(hand, *clock, length) for clock in clocks]
    return length, [one == IN_TIME for one in times if one in (IN_TIME, LATE)]
