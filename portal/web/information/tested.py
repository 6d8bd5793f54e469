"""What was tested for accessibility, as the tests wrote it down: the statement is made from this.

`make accessibility` writes the file; a test fails where its pages are not today's.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from portal.web.information.criteria import CRITERIA
from portal.wording import say, worded

FILE = Path(__file__).with_name("accessibility_results.json")
NOT_LOOKED_AT: Mapping[str, str] = {}
"""Pages that the tour cannot reach, by the pattern of their address, each with the reason that the
statement gives. A test fails where a page is missing here, and where one stands here needlessly."""


@dataclass(frozen=True)
class Results:
    """One run of the tests.

    `pages` has every page by the pattern of its address, with how often it was looked at: 0 is not
    at all. `axe` has, by criterion, "passed" or "failed" for those that the tool has a rule for
    and met something to try it on; `own` says what a test of ours looked at. `by_hand` counts what
    the tool could not decide. `failures` names the rules that failed, with the criterion.
    """

    tested_on: date
    tools: Sequence[str]
    pages: Mapping[str, int]
    axe: Mapping[str, str]
    own: Mapping[str, str]
    by_hand: Mapping[str, int]
    failures: Sequence[str]
    not_done: Sequence[str]

    @property
    def states(self) -> int:
        """How many states of pages were looked at."""
        return sum(self.pages.values())

    @property
    def pages_not_seen(self) -> dict[str, str]:
        """The pages that no test opened, each with the reason: empty where none is known."""
        return {
            pattern: NOT_LOOKED_AT.get(pattern, "")
            for pattern, times in self.pages.items()
            if not times
        }


@dataclass(frozen=True)
class Criterion:
    """One criterion as the statement tells it. `how` is empty where nothing tested it."""

    number: str
    name: str
    how: str
    failed: bool


@cache
def results() -> Results:
    """Read the results of the last run, which are part of the program."""
    read = json.loads(FILE.read_text(encoding="utf-8"))
    return Results(**{**read, "tested_on": date.fromisoformat(read["tested_on"])})


def criteria_told(tested: Results) -> tuple[Criterion, ...]:
    """Every criterion of levels A and AA, with what tested it: none is left out.

    Args:
        tested: the results.
    """
    return tuple(_told(tested, number, name) for number, name in CRITERIA.items())


def _told(tested: Results, number: str, name: str) -> Criterion:
    by_axe = tested.axe.get(number)
    left = tested.by_hand.get(number, 0)
    how = []
    if by_axe is not None:
        how.append(_by_axe(passed=by_axe == "passed", undecided=left))
    if number in tested.own:
        how.append(f"{worded(tested.own[number])}.")
    return Criterion(number, name, " ".join(how), by_axe == "failed")


def _by_axe(*, passed: bool, undecided: int) -> str:
    if passed and undecided:
        return say(
            "The axe tool found no fault, and could not decide %(number)s places.", number=undecided
        )
    if undecided:
        return say(
            "The axe tool found faults, and could not decide %(number)s places.", number=undecided
        )
    return say("The axe tool found no fault.") if passed else say("The axe tool found faults.")
