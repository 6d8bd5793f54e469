"""T01, T02, X02, X36, X37."""

from collections import Counter

from portal.procedures.finding import Giver
from portal.procedures.procedure import StageKey, Track
from tests.unit.reports.by_hand import (
    COMPLETED,
    FINDINGS,
    IN_TIME,
    LATE,
    ByHand,
    Row,
    Table,
    change,
    rounded,
)

S, C = Track.STATUTORY, Track.CORPORATE
ONE, TWO, THREE = StageKey.STAGE_1, StageKey.STAGE_2, StageKey.STAGE_3
KINDS = (
    ("Statutory stage 1 complaints", S, ONE),
    ("Statutory stage 2 independent investigations", S, TWO),
    ("Statutory stage 3 panels", S, THREE),
    ("Corporate stage 1 complaints", C, ONE),
    ("Corporate stage 2 reviews", C, TWO),
)


def tables(hand: ByHand) -> dict[str, Table]:
    """The tables of these chapters."""
    composed = composition(hand)
    base = sum(int(row[2]) for row in composed)
    others = [
        two_years("Enquiries from members of the council",
                  *(len(hand.stages(Track.MEMBER_ENQUIRY, StageKey.ANSWER, n)) for n in (1, 0))),
        two_years("Complaints about personal data", 0, 0),
    ]  # fmt: skip
    teams = {
        team: [sum(one.team is team for one in hand.stages(C, ONE, back)) for back in (1, 0)]
        for team in hand.council.teams
    }
    changed = [
        two_years(hand.council.teams[team].officer_label, *teams[team])
        for team in type(next(iter(teams)))
        if any(teams[team])
    ]
    return {
        "T01": (sum(len(hand.stages(*of)) for _, *of in kinds(hand)), key_numbers(hand)),
        "T02": (base, composed),
        "X02": (sum(int(row[2]) for row in others), others),
        "X36": (base, sorted(composed, key=grown)),
        "X37": (len(hand.stages(C, ONE)), sorted(changed, key=grown)),
    }


def kinds(hand: ByHand) -> list[tuple[str, Track, StageKey]]:
    """The stages of both procedures; a third corporate one where there are any."""
    third = [("Corporate stage 3 reviews", C, THREE)]
    return [*KINDS, *(third if any(hand.stages(C, THREE, back) for back in (1, 0)) else [])]


def two_years(name: str, last: int, this: int) -> Row:
    """A row of two years and their change."""
    return [name, f"{last:,}", f"{this:,}", change(last, this)]


def grown(row: Row) -> float:
    """What grew most first; what was not there before last."""
    last, this = int(row[1]), int(row[2])
    if not last:
        return 1e9
    size = int(100 * abs(this - last) / last + 0.5 + 1e-9)
    return -size if this > last else size


def composition(hand: ByHand) -> list[Row]:
    """The rows of T02."""

    def pair(track: Track, key: StageKey) -> list[int]:
        return [len(hand.stages(track, key, back)) for back in (1, 0)]

    return [
        two_years("Duty", *(len(hand.duty(back)) for back in (1, 0))),
        *(two_years(name, *pair(track, key)) for name, track, key in kinds(hand)),
        two_years("Ombudsman cases (LGSCO)", *pair(Track.OMBUDSMAN, StageKey.ENQUIRY)),
        two_years("Compliments", *(len(hand.compliments(back)) for back in (1, 0))),
        two_years("MP enquiries", *pair(Track.MP_ENQUIRY, StageKey.ANSWER)),
    ]


def key_numbers(hand: ByHand) -> list[Row]:
    """The rows of T01."""
    opened = sum(len(hand.stages(track, key)) for _, track, key in kinds(hand))
    first = [*hand.stages(S, ONE), *hand.stages(C, ONE)]
    outcomes = Counter(hand.outcome(one) for one in first)
    times = Counter(hand.time(one) for one in first)
    completed = sum(outcomes[name] for name in COMPLETED)
    found = sum(outcomes[name] for name in FINDINGS)
    asked = [
        money
        for one, _, money in hand.remedies()
        if (one.track, one.key, money.giver) == (S, TWO, Giver.INVESTIGATOR)
    ]
    answered = "Stage 1 complaints answered in time, of"
    return [
        ["Complaints at all stages of both procedures", f"{opened:,}"],
        ["Compliments", f"{len(hand.compliments()):,}"],
        [f"{answered} all opened", rounded(times[IN_TIME], len(first))],
        [f"{answered} those completed", rounded(times[IN_TIME], completed)],
        [f"{answered} those due", rounded(times[IN_TIME], times[IN_TIME] + times[LATE])],
        *(
            [f"Stage 1 complaints with a finding: {name.lower()}", rounded(outcomes[name], found)]
            for name in ("Upheld", "Not upheld", "Partially upheld")
        ),
        ["Duty matters", f"{len(hand.duty()):,}"],
        ["Recommendations after statutory stage 2", f"{len(asked):,}"],
    ]
