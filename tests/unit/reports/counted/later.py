"""Stages 2 and 3: T13 to T19 and T30 to T32, with the tables of numbers beside them."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from portal.procedures.finding import Finding, Giver
from portal.procedures.procedure import StageKey, Track
from portal.procedures.vocabulary import Team
from tests.unit.reports.by_hand import COMPLETED, OUTCOMES, ByHand, Row, Table, rounded
from tests.unit.reports.invented import StoredStage, told

S, C = Track.STATUTORY, Track.CORPORATE
ONE, TWO, THREE = StageKey.STAGE_1, StageKey.STAGE_2, StageKey.STAGE_3


def tables(hand: ByHand) -> dict[str, Table]:
    """The tables of these chapters."""
    second, third, reviews = hand.stages(S, TWO), hand.stages(S, THREE), hand.stages(C, TWO)
    panels = [
        one
        for one in hand.invented.stages
        if one.step.panel is not None
        and hand.covers(one)
        and hand.in_year(one.opened_on + timedelta(days=one.step.panel))
    ]
    refused = [
        one
        for one in hand.invented.stages
        if (one.track, one.key, one.step.end) == (C, TWO, "refused")
        and hand.in_year(one.opened_on)
        and hand.covers(one)
        and hand.over(one)
    ]
    found: dict[str, Table] = {
        "T13": (len(second), progression(hand)),
        "T14": (len(second), services(hand, second)),
        "T15": (len(second), teams(hand, second)),
        "T16": points(hand, second),
        "X16": (len(second), outcomes(hand, S, TWO)),
        "T17": selection(hand, S, TWO, Giver.INVESTIGATOR),
        "T18": (len(panels), services(hand, panels)),
        "X18": (len(third), outcomes(hand, S, THREE)),
        "T19": selection(hand, S, THREE, Giver.PANEL),
        "T30": (len(reviews), services(hand, reviews)),
        "T31": (len(reviews), teams(hand, reviews)),
        "X30": (len(reviews), outcomes(hand, C, TWO)),
        "X31": (
            len(reviews) + len(refused),
            [["Reviewed, or not answered yet", f"{len(reviews)}"], ["Refused", f"{len(refused)}"]],
        ),
        "T32": selection(hand, C, TWO),
    }
    if any(hand.stages(C, THREE, back) for back in (1, 0)):
        found["X32"] = (len(hand.stages(C, THREE)), outcomes(hand, C, THREE))
    return found


def progression(hand: ByHand) -> list[Row]:
    """The rows of T13."""
    rows = []
    for back in (4, 3, 2, 1, 0):
        first, second = (len(hand.stages(S, key, back)) for key in (ONE, TWO))
        rows.append([hand.label(back), f"{first}", f"{second}", rounded(second, first)])
    return rows


def services(hand: ByHand, stages: Iterable[StoredStage]) -> list[Row]:
    """How many of each leadership that has any."""
    found = Counter(hand.leadership(one) for one in stages)
    names = hand.council.leaderships.values()
    return [[name, f"{found[name]}"] for name in names if found[name]]


def teams(hand: ByHand, stages: Iterable[StoredStage]) -> list[Row]:
    """How many of each team that has any."""
    found = Counter(one.team for one in stages)
    return [
        [hand.council.teams[team].officer_label, f"{found[team]}"] for team in Team if found[team]
    ]


def points(hand: ByHand, second: Iterable[StoredStage]) -> Table:
    """T16: the points of what is completed."""
    found = Counter(
        finding
        for one in second
        if hand.outcome(one) in COMPLETED
        for finding in one.step.outside or one.step.found
        if finding is not None
    )
    names = {Finding.UPHELD: "Upheld", Finding.NOT_UPHELD: "Not upheld",
             Finding.PARTIALLY_UPHELD: "Partially upheld",
             Finding.NO_FINDING: "No finding"}  # fmt: skip
    rows = [
        [name, f"{found[finding]}", rounded(found[finding], found.total())]
        for finding, name in names.items()
        if found[finding] or finding is not Finding.NO_FINDING
    ]
    return found.total(), rows


def outcomes(hand: ByHand, track: Track, key: StageKey) -> list[Row]:
    """The rows of a table of outcomes of two years."""
    rows = []
    for back in (1, 0):
        found = hand.outcomes(track, key, back)
        rows.append([hand.label(back), *(f"{found[one]}" for one in OUTCOMES), f"{found.total()}"])
    return rows


def selection(hand: ByHand, track: Track, key: StageKey, *givers: Giver) -> Table:
    """What was accepted, and of that what was marked for the report."""
    accepted = [
        (one, at, money)
        for one, at, money in hand.remedies()
        if (one.track, one.key) == (track, key)
        and hand.state(one, money) in ("promised", "done")
        and (not givers or money.giver in givers)
    ]
    rows = [
        [hand.leadership(one), told(one.number, one.key, at),
         "Yes" if hand.state(one, money) == "done" else "Not yet"]
        for name in hand.council.leaderships.values()
        for one, at, money in accepted
        if money.for_report and hand.leadership(one) == name
    ]  # fmt: skip
    return len(accepted), rows
