"""X20 to X23, X70: time at every stage, extensions, and what the records show for the Code."""

from collections import Counter
from datetime import timedelta

from portal.procedures.procedure import ClockKey, StageKey, Track
from portal.procedures.refusal import Disposition, RefusalReason
from tests.unit.reports.by_hand import (
    COMPLETED,
    IN_TIME,
    LATE,
    TIMES,
    ByHand,
    Row,
    Table,
    rounded,
)
from tests.unit.reports.counted.clocks import every_limit, kept
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
    ("Corporate stage 3", Track.CORPORATE, StageKey.STAGE_3),
    ("MP enquiries", Track.MP_ENQUIRY, StageKey.ANSWER),
    ("Enquiries from members", Track.MEMBER_ENQUIRY, StageKey.ANSWER),
)

OF_THE_CODE = {
    "Stage 1 is acknowledged within 5 working days (6.2)": ClockKey.ACKNOWLEDGE_1,
    "Stage 1 is answered within the shortest length reported (6.3)": ClockKey.STAGE_1,
    "Stage 1 is answered within the longest length reported (6.4)": ClockKey.STAGE_1,
    "A request for stage 2 is acknowledged within 5 working days": ClockKey.ACKNOWLEDGE_2,
    "Stage 2 is answered within the shortest length reported": ClockKey.STAGE_2,
    "Stage 2 is answered within the longest length reported": ClockKey.STAGE_2,
}
"""Rules that a clock shows; here each clock has one length, the shortest and the longest."""


def tables(hand: ByHand) -> dict[str, Table]:
    """The tables of these chapters."""
    rates = [row for name, *of in STAGES if (row := three_rates(hand, name, *of))]
    limits = every_limit(hand)
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
        *(of_clock(hand, name, key) for name, key in OF_THE_CODE.items()),
        rule("An extension has a reason that the person is told (6.5)", told),
        rule("An answer says what was found on each point (6.7)",
             [one != "Answered, no finding recorded" for one in answered]),
        rule("What is to be done has a date that is followed (6.6)", dated),
    ]  # fmt: skip


def of_clock(hand: ByHand, name: str, key: ClockKey) -> Row:
    """A row of a clock of which one length is reported."""
    length, good = kept(hand, key)
    return rule(name if length is None else f"{name}: {length} working days", good)


def rule(name: str, kept: list[bool]) -> Row:
    """A row of a rule: how many, how many kept it, how many did not."""
    good = sum(kept)
    return [name, f"{len(kept)}", f"{good}", f"{len(kept) - good}", rounded(good, len(kept))]
