"""Stage 1 of both procedures: T05 to T12, T20 to T29 and the tables of numbers beside them."""

from collections import Counter

from portal.procedures.procedure import StageKey, Track
from portal.procedures.vocabulary import Team
from tests.unit.reports.by_hand import (
    COMPLETED,
    IN_TIME,
    LATE,
    OUTCOMES,
    TIMES,
    ByHand,
    Row,
    Table,
    rounded,
    tally,
)
from tests.unit.reports.counted.first_themes import themes

ONE = StageKey.STAGE_1
YEARS = (2, 1, 0)
"""How many years back."""
IDS = {
    Track.STATUTORY: ("T05", "T09", "X09", "T12", "X12", "S1"),
    Track.CORPORATE: ("T20", "T25", "X25", "T29", "X29", "C1"),
}
TEAMS = {
    (Track.STATUTORY, "SSTS"): "T07", (Track.STATUTORY, "LACD"): "T08",
    (Track.CORPORATE, "EDU"): "T22", (Track.CORPORATE, "LACD"): "T23",
    (Track.CORPORATE, "SSTS"): "T24",
}  # fmt: skip
SERVICES = {
    (Track.STATUTORY, "SSTS"): "T10", (Track.STATUTORY, "LACD"): "T11",
    (Track.CORPORATE, "SSTS"): "T26", (Track.CORPORATE, "LACD"): "T27",
    (Track.CORPORATE, "EDU"): "T28",
}  # fmt: skip


def tables(hand: ByHand) -> dict[str, Table]:
    """The tables of both chapters."""
    found: dict[str, Table] = {
        "T06": (
            len(hand.stages(Track.STATUTORY, ONE)),
            [[hand.label(back), f"{len(hand.stages(Track.STATUTORY, ONE, back)):,}"]
             for back in YEARS],
        ),
        "T21": (len(hand.stages(Track.CORPORATE, ONE)), quarters(hand)),
    }  # fmt: skip
    for track, (key_themes, shares, counts, rates, times, short) in IDS.items():
        base = len(hand.stages(track, ONE))
        found[key_themes] = (base, themes(hand, track))
        found[shares] = (base, outcome_shares(hand, track))
        found[counts] = (base, outcome_counts(hand, track))
        found[rates] = (base, time_shares(hand, track))
        found[times] = (base, time_counts(hand, track))
        for code in hand.council.leaderships:
            found |= of_leadership(hand, track, code, short)
    return found


def quarters(hand: ByHand) -> list[Row]:
    """The rows of T21."""
    rows = []
    for back in YEARS:
        stages = hand.stages(Track.CORPORATE, ONE, back)
        found = Counter((one.opened_on.month - 4) % 12 // 3 for one in stages)
        rows.append(
            [hand.label(back), *(f"{found[number]}" for number in range(4)), f"{len(stages)}"]
        )
    return rows


def outcome_shares(hand: ByHand, track: Track) -> list[Row]:
    """The rows of T09 or T25."""
    rows = []
    for back in YEARS:
        found = hand.outcomes(track, ONE, back)
        rows.append([hand.label(back), *(rounded(found[one], found.total()) for one in OUTCOMES)])
    return rows


def outcome_counts(hand: ByHand, track: Track) -> list[Row]:
    """The rows of X09 or X25."""
    rows = []
    for back in YEARS:
        found = hand.outcomes(track, ONE, back)
        rows.append([hand.label(back), *(f"{found[one]}" for one in OUTCOMES), f"{found.total()}"])
    return rows


def time_shares(hand: ByHand, track: Track) -> list[Row]:
    """The rows of T12 or T29."""
    rows = []
    for back in YEARS:
        found, outcomes = hand.times(track, ONE, back), hand.outcomes(track, ONE, back)
        completed = sum(outcomes[one] for one in COMPLETED)
        rows.append(
            [
                hand.label(back), *(rounded(found[one], found.total()) for one in TIMES),
                rounded(found[IN_TIME], completed),
                rounded(found[IN_TIME], found[IN_TIME] + found[LATE]),
            ]
        )  # fmt: skip
    return rows


def time_counts(hand: ByHand, track: Track) -> list[Row]:
    """The rows of X12 or X29."""
    rows = []
    for back in YEARS:
        found = hand.times(track, ONE, back)
        rows.append([hand.label(back), *(f"{found[one]}" for one in TIMES), f"{found.total()}"])
    return rows


def of_leadership(hand: ByHand, track: Track, code: str, short: str) -> dict[str, Table]:
    """The tables of teams and of outcomes of one leadership, where it has any."""
    last, this = (
        [one for one in hand.stages(track, ONE, back) if hand.code(one) == code] for back in (1, 0)
    )
    found: dict[str, Table] = {}
    if last or this:
        before, now = (Counter(one.team for one in stages) for stages in (last, this))
        rows = [
            [hand.council.teams[team].officer_label, f"{before[team]}", f"{now[team]}"]
            for team in Team
            if before[team] or now[team]
        ]
        total = ["TOTAL", f"{len(last)}", f"{len(this)}"]
        found[TEAMS.get((track, code), f"{short}-teams-{code}")] = (len(this), [*rows, total])
    if this:
        outcomes = tally((hand.outcome(one) for one in this), OUTCOMES)
        rows = [[name, f"{n}", rounded(n, len(this))] for name, n in outcomes if n]
        found[SERVICES.get((track, code), f"{short}-outcomes-{code}")] = (len(this), rows)
    return found
