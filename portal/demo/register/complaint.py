"""What becomes of each invented complaint: a year's numbers dealt out, one hand to each."""

import random
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar

from portal.demo.register.year_file import FirstStages, SecondStages
from portal.procedures.finding import Finding
from portal.procedures.remedy import RemedyKind
from portal.procedures.vocabulary import Nature, ProcedureCode, Relationship, Team

Item = TypeVar("Item")
PUT_RIGHT = frozenset({Finding.UPHELD, Finding.PARTIALLY_UPHELD})
GOES_ON = frozenset({Finding.PARTIALLY_UPHELD, Finding.NOT_UPHELD})
USUAL_REMEDIES = (RemedyKind.APOLOGY, RemedyKind.EXPLANATION, RemedyKind.MEETING)
NATURES = {
    Nature.CASE_MANAGEMENT: 75, Nature.COMMUNICATION: 10, Nature.STAFF_CONDUCT: 6,
    Nature.STANDARD_OF_SERVICE: 7, Nature.DATA: 2,
}  # fmt: skip
RELATIONSHIPS = {
    Relationship.PARENT: 80, Relationship.YOUNG_PERSON: 4, Relationship.ADVOCATE: 2,
    Relationship.RELATIVE: 9, Relationship.FOSTER_CARER: 5,
}  # fmt: skip


class Came(StrEnum):
    """What became of a stage 1 by the day of the report."""

    ANSWERED = "answered"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"
    ASIDE = "aside"
    OPEN_LATE = "open_late"
    NOT_DUE = "not_due"


@dataclass(frozen=True)
class Onward:
    """A second stage: of which points, with which recommendations by their number in a row of all;
    `points` are empty while it is open. `to_panel` says that it goes on to a panel in the year
    after."""

    open: bool
    points: tuple[Finding, ...] = ()
    recommendations: tuple[int, ...] = ()
    to_panel: bool = False


@dataclass
class Complaint:
    """One complaint, as it will have gone."""

    year: str
    procedure: ProcedureCode
    team: Team
    came: Came
    in_time: bool
    nature: Nature
    relationship: Relationship
    finding: Finding | None = None
    remedy: RemedyKind | None = None
    onward: Onward | None = None


def dealt(
    group: FirstStages, seconds: SecondStages | None, chance: random.Random
) -> list[Complaint]:
    """Deal out a year's complaints of one procedure.

    Args:
        group: how many of each.
        seconds: the second stages that some of them go on to.
        chance: decides which.
    """
    fates = _fates(group, chance)
    going_on = _going_on(fates, seconds, chance)
    left = Counter(group.teams) - Counter(team for team, _ in going_on.values())
    teams = _shuffled(left, chance)
    natures = _shares(group.natures, NATURES, group.number, chance)
    people = _shares(group.relationships, RELATIONSHIPS, group.number, chance)
    found = []
    for place, (came, in_time, finding) in enumerate(fates):
        team, onward = going_on.get(place) or (teams.pop(), None)
        found.append(
            Complaint(
                group.year, group.procedure, team, came, in_time, natures[place], people[place],
                finding, None, onward,
            )
        )  # fmt: skip
    _promise(found, group, chance)
    return found


def cut(items: list[Item], pieces: int) -> list[tuple[Item, ...]]:
    """Cut a list into so many pieces of nearly the same length, none of them lost."""
    edges = [round(len(items) * number / pieces) for number in range(pieces + 1)]
    return [tuple(items[a:b]) for a, b in pairwise(edges)]


def _fates(group: FirstStages, chance: random.Random) -> list[tuple[Came, bool, Finding | None]]:
    findings: list[Finding | None] = [*_shuffled(group.findings, chance), *[None] * group.settled]
    times = [True] * group.in_time + [False] * group.answered_late
    chance.shuffle(times)
    fates = [
        (Came.SETTLED if finding is None else Came.ANSWERED, in_time, finding)
        for finding, in_time in zip(findings, times, strict=True)
    ]
    for came, number in (
        (Came.WITHDRAWN, group.withdrawn),
        (Came.ASIDE, group.aside),
        (Came.OPEN_LATE, group.open_late),
        (Came.NOT_DUE, group.not_due),
    ):
        fates += [(came, False, None)] * number
    chance.shuffle(fates)
    return fates


def _going_on(
    fates: list[tuple[Came, bool, Finding | None]],
    seconds: SecondStages | None,
    chance: random.Random,
) -> dict[int, tuple[Team, Onward]]:
    """Which of them go on to a second stage: answered in time, and not in their favour."""
    if seconds is None:
        return {}
    able = [
        place for place, (_, in_time, finding) in enumerate(fates) if in_time and finding in GOES_ON
    ]
    teams = list(Counter(seconds.teams).elements())
    still_open = Counter(seconds.open)
    done = len(teams) - still_open.total()
    points = cut(_shuffled(seconds.points, chance), done) if seconds.points else None
    asked = cut(list(range(seconds.recommendations)), done)
    found, panel = {}, seconds.panel_next_year
    for place, team in zip(able, teams, strict=False):
        if still_open[team] > 0:
            still_open[team] -= 1
            found[place] = (team, Onward(open=True))
            continue
        done -= 1
        given = points[done] if points else _some_points(chance)
        found[place] = (team, Onward(False, given, asked[done], team is panel))
        panel = None if team is panel else panel
    return found


def _some_points(chance: random.Random) -> tuple[Finding, ...]:
    weighed = (Finding.UPHELD, Finding.PARTIALLY_UPHELD, Finding.NOT_UPHELD)
    return tuple(chance.choices(weighed, (2, 2, 5), k=chance.randrange(3, 9)))


def _promise(found: list[Complaint], group: FirstStages, chance: random.Random) -> None:
    """Where somebody was right, something is done about it."""
    owed = [one for one in found if one.finding in PUT_RIGHT]
    kinds = _shuffled(group.remedies, chance) or chance.choices(USUAL_REMEDIES, k=len(owed))
    for one, kind in zip(owed, kinds, strict=False):
        one.remedy = kind


def _shares(
    given: Mapping[Item, int], usual: Mapping[Item, int], number: int, chance: random.Random
) -> list[Item]:
    if given:
        return _shuffled(given, chance)
    return chance.choices(list(usual), list(usual.values()), k=number)


def _shuffled(numbers: Mapping[Item, int], chance: random.Random) -> list[Item]:
    items = list(_repeated(numbers))
    chance.shuffle(items)
    return items


def _repeated(numbers: Mapping[Item, int]) -> Iterable[Item]:
    return (item for item, number in numbers.items() for _ in range(number))
