"""X20 to X23, X70: time at every stage, extensions, and what the records show for the Code."""

from collections import Counter
from datetime import timedelta

from portal.procedures.procedure import StageKey, Track
from portal.procedures.refusal import Disposition, RefusalReason
from tests.unit.reports.by_hand import (
    COMPLETED,
    IN_TIME,
    LATE,
    LENGTHS,
    TIMES,
    ByHand,
    Row,
    Table,
    rounded,
)
from tests.unit.reports.counted.duty import came_to
from tests.unit.reports.invented import StoredStage

DUE = 40
STATUTORY_ALONE = (RefusalReason.OUT_OF_TIME_STATUTORY, RefusalReason.NOT_ELIGIBLE)
OMBUDSMAN = "local government and social care ombudsman"
STAGES = (
    ("Statutory stage 1", Track.STATUTORY, StageKey.STAGE_1),
    ("Statutory stage 2", Track.STATUTORY, StageKey.STAGE_2),
    ("Corporate stage 1", Track.CORPORATE, StageKey.STAGE_1),
    ("Corporate stage 2", Track.CORPORATE, StageKey.STAGE_2),
    ("MP enquiries", Track.MP_ENQUIRY, StageKey.ANSWER),
    ("Enquiries from members", Track.MEMBER_ENQUIRY, StageKey.ANSWER),
)
CLOCKS = (
    ("Statutory stage 1: answer", Track.STATUTORY, StageKey.STAGE_1),
    ("Statutory stage 2: answer", Track.STATUTORY, StageKey.STAGE_2),
    ("Statutory: panel meets", Track.STATUTORY, StageKey.STAGE_3),
    ("Corporate stage 1: answer", Track.CORPORATE, StageKey.STAGE_1),
    ("Corporate stage 2: answer", Track.CORPORATE, StageKey.STAGE_2),
    ("MP enquiry: answer", Track.MP_ENQUIRY, StageKey.ANSWER),
    ("Member enquiry: answer", Track.MEMBER_ENQUIRY, StageKey.ANSWER),
    ("Ombudsman: answer to the Ombudsman", Track.OMBUDSMAN, StageKey.ENQUIRY),
)
"""In the order of procedures."""


def tables(hand: ByHand) -> dict[str, Table]:
    """The tables of these chapters."""
    rates = [row for name, *of in STAGES if (row := three_rates(hand, name, *of))]
    limits = [row for name, *of in CLOCKS for row in every_limit(hand, name, *of)]
    extended = [
        reason
        for one in hand.counted()
        for days, reason in one.step.extended
        if hand.happened(one, days)
    ]
    reasons = Counter(reason or "not stated" for reason in extended)
    moved = [row for name, *of in STAGES if (row := extensions(hand, name, *of))]
    return {
        "X20": (sum(int(row[1]) for row in rates), rates),
        "X21": (sum(int(row[2]) for row in limits), limits),
        "X22": (sum(int(row[2]) for row in moved), moved),
        "X23": (
            len(extended),
            [[reason.replace("_", " ").capitalize(), f"{reasons[reason]}"]
             for reason in sorted(reasons)],
        ),
        "X70": (None, of_the_code(hand)),
    }  # fmt: skip


def three_rates(hand: ByHand, name: str, track: Track, key: StageKey) -> Row:
    """A row of X20; none of a stage of which there were none."""
    stages = hand.stages(track, key)
    if not stages:
        return []
    times = Counter(hand.time(one) for one in stages)
    completed = sum(hand.outcome(one) in COMPLETED for one in stages)
    return [
        name, f"{len(stages)}", *(f"{times[one]}" for one in TIMES),
        rounded(times[IN_TIME], len(stages)), rounded(times[IN_TIME], completed),
        rounded(times[IN_TIME], times[IN_TIME] + times[LATE]),
    ]  # fmt: skip


def every_limit(hand: ByHand, name: str, track: Track, key: StageKey) -> list[Row]:
    """The rows of X21 for one clock."""
    stages, rows = hand.stages(track, key), []
    for length in LENGTHS.get((track, key), (30,)) if stages else ():
        panel = (track, key) == (Track.STATUTORY, StageKey.STAGE_3)
        times = Counter(of_panel(hand, one) if panel else hand.time(one, length) for one in stages)
        in_time, late = times[IN_TIME], times[LATE]
        rows.append(
            [
                f"{name}, from the day it came in", f"{length} working days", f"{len(stages)}",
                *(f"{times[one]}" for one in TIMES), rounded(in_time, len(stages)),
                rounded(in_time, in_time + late),
            ]
        )  # fmt: skip
    return rows


def of_panel(hand: ByHand, one: StoredStage) -> str:
    """How the panel of a stage stands against its 30 working days."""
    due, panel = hand.last_day(one, 30), one.step.panel
    if panel is not None and hand.happened(one, panel):
        return LATE if one.opened_on + timedelta(days=panel) > due else IN_TIME
    # The stage is over without a panel.
    return LATE if hand.outcome(one) in COMPLETED else hand.time(one, 30)


def extensions(hand: ByHand, name: str, track: Track, key: StageKey) -> Row:
    """A row of X22; none of a stage of which there were none."""
    stages = hand.stages(track, key)
    if not stages:
        return []
    moved = [
        one for one in stages if any(hand.happened(one, days) for days, _ in one.step.extended)
    ]
    found = Counter(stands(hand, one) for one in moved)
    return [
        name, f"{len(stages)}", f"{len(moved)}", rounded(len(moved), len(stages)),
        *(f"{found[one]}" for one in ("kept", "missed", "rest")),
    ]  # fmt: skip


def stands(hand: ByHand, one: StoredStage) -> str:
    """How an extended stage stands against its own date, 40 days after it opened."""
    due = one.opened_on + timedelta(days=DUE)
    if one.step.end == "answered" and hand.over(one):
        assert one.ended_on is not None
        return "kept" if one.ended_on <= due else "missed"
    waits = hand.time(one) in (LATE, "Not yet due")
    return "missed" if waits and hand.as_at > due else "rest"


def of_the_code(hand: ByHand) -> list[Row]:
    """The rows of X70."""
    refused = [
        one
        for one in hand.duty()
        if came_to(one) is Disposition.REFUSED and one.reason not in STATUTORY_ALONE
    ]
    letters = [one.letter for one in refused if one.letter is not None and one.went_out]
    first, second = (
        hand.stages(Track.CORPORATE, key) for key in (StageKey.STAGE_1, StageKey.STAGE_2)
    )
    answered = [outcome for one in first if (outcome := hand.outcome(one)) in COMPLETED]
    told = [
        bool(reason)
        for one in (*first, *second)
        for days, reason in one.step.extended
        if hand.happened(one, days)
    ]
    dated = [
        money.due is not None for one, _, money in hand.remedies() if one.track is Track.CORPORATE
    ]
    return [
        rule("The letter of a refusal names the Ombudsman (2.4)",
             [OMBUDSMAN in one.replace("\n", " ").casefold() for one in letters]),
        rule("Facts were checked with the service before a refusal (2.5)",
             [one.consulted for one in refused]),
        rule("Stage 1 is acknowledged within 5 working days (6.2)", []),
        *(of_clock(hand, f"Stage 1 is answered within the {which} length reported ({paragraph})",
                   first) for which, paragraph in (("shortest", "6.3"), ("longest", "6.4"))),
        rule("A request for stage 2 is acknowledged within 5 working days", []),
        *(of_clock(hand, f"Stage 2 is answered within the {which} length reported", second)
          for which in ("shortest", "longest")),
        rule("An extension has a reason that the person is told (6.5)", told),
        rule("An answer says what was found on each point (6.7)",
             [one != "Answered, no finding recorded" for one in answered]),
        rule("What is to be done has a date that is followed (6.6)", dated),
    ]  # fmt: skip


def of_clock(hand: ByHand, name: str, stages: list[StoredStage]) -> Row:
    """A row of a clock of which only one length is reported."""
    if not stages:
        return rule(name, [])
    (length,) = LENGTHS[stages[0].track, stages[0].key]
    times = [hand.time(one) for one in stages]
    return rule(f"{name}: {length} working days",
                [one == IN_TIME for one in times if one in (IN_TIME, LATE)])  # fmt: skip


def rule(name: str, kept: list[bool]) -> Row:
    """A row of a rule: how many, how many kept it, how many did not."""
    good = sum(kept)
    return [name, f"{len(kept)}", f"{good}", f"{len(kept) - good}", rounded(good, len(kept))]
