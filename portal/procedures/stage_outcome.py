"""How a stage came out and whether it was in time: each stage in one place, so that sums agree.

The base rule is reference/procedures.md 6.3: opened is what has an outcome, what was withdrawn,
what ended otherwise and what is open; and for time, what was in time, late, withdrawn, not yet
due, and what ended before it was due.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from portal.procedures.finding import Finding, rolled_up
from portal.procedures.procedure import StageKey, Track
from portal.procedures.state import State


class StageOutcome(StrEnum):
    """What became of one stage by the day of the report."""

    UPHELD = "upheld"
    PARTIALLY_UPHELD = "partially_upheld"
    NOT_UPHELD = "not_upheld"
    NO_FINDING = "no_finding"
    # The person agreed that it is put right (regulation 15): counted apart from findings.
    SETTLED = "settled"
    # Answered, and nobody recorded what was found.
    NOT_RECORDED = "not_recorded"
    WITHDRAWN = "withdrawn"
    # Proceedings came first, or the next stage began without an answer.
    ENDED = "ended"
    OPEN = "open"
    # These three are counted elsewhere or not at all: they never were a stage of their own.
    MOVED = "moved"
    REFUSED = "refused"
    DUPLICATE = "duplicate"


WITH_FINDING = (
    StageOutcome.UPHELD,
    StageOutcome.PARTIALLY_UPHELD,
    StageOutcome.NOT_UPHELD,
    StageOutcome.NO_FINDING,
)
COMPLETED = (*WITH_FINDING, StageOutcome.SETTLED, StageOutcome.NOT_RECORDED)
"""What was answered."""
UNCOUNTED = frozenset({StageOutcome.MOVED, StageOutcome.REFUSED, StageOutcome.DUPLICATE})
OPENED = tuple(outcome for outcome in StageOutcome if outcome not in UNCOUNTED)
"""Together they are every stage that counts as opened."""


class Timing(StrEnum):
    """A stage against one length."""

    IN_TIME = "in_time"
    LATE = "late"
    WITHDRAWN = "withdrawn"
    NOT_DUE = "not_due"
    # It ended otherwise, and was not late by then.
    ENDED = "ended"


class Found(NamedTuple):
    """How many points of a stage were found what by one giver, and how many were settled."""

    upheld: int = 0
    partially_upheld: int = 0
    not_upheld: int = 0
    no_finding: int = 0
    settled: int = 0

    def findings(self) -> Iterator[Finding]:
        """One of each finding that was made: what they come to does not depend on how many."""
        for finding, number in zip(Finding, self, strict=False):
            if number:
                yield finding


class Course(NamedTuple):
    """What happened to a stage, and where its case stands now.

    `following` is the stage that the case had next, on its track.
    """

    track: Track
    key: StageKey
    answered_on: date | None
    ended_on: date | None
    following: tuple[Track, StageKey] | None
    case_state: State
    case_stage: StageKey


_FOUND = {
    None: StageOutcome.NOT_RECORDED,
    Finding.UPHELD: StageOutcome.UPHELD,
    Finding.PARTIALLY_UPHELD: StageOutcome.PARTIALLY_UPHELD,
    Finding.NOT_UPHELD: StageOutcome.NOT_UPHELD,
    Finding.NO_FINDING: StageOutcome.NO_FINDING,
}


def outcome_of(course: Course, found: Found, as_at: date) -> StageOutcome:
    """Say what became of a stage.

    Args:
        course: what happened to it.
        found: on its points, by whoever decides at that stage.
        as_at: what is later has not happened yet.
    """
    if course.answered_on is not None and course.answered_on <= as_at:
        finding = rolled_up(found.findings())
        return StageOutcome.SETTLED if finding is None and found.settled else _FOUND[finding]
    if course.ended_on is None or course.ended_on > as_at:
        return StageOutcome.OPEN
    return _ended(course)


def _ended(course: Course) -> StageOutcome:
    """What it means that a stage ended without an answer."""
    if course.following is not None:
        track, key = course.following
        if track is not course.track:
            return StageOutcome.MOVED
        # The same stage again: this request for it was refused.
        return StageOutcome.REFUSED if key is course.key else StageOutcome.ENDED
    if course.case_state is State.WITHDRAWN:
        return StageOutcome.WITHDRAWN
    if course.case_state is State.NOT_CONSIDERED:
        return StageOutcome.ENDED
    # The case went back to the stage before: the request was refused.
    return StageOutcome.DUPLICATE if course.case_stage is course.key else StageOutcome.REFUSED


def timing_of(
    outcome: StageOutcome, answered_on: date | None, ended_on: date | None, due: date, as_at: date
) -> Timing:
    """Say how a stage stands against one length.

    Args:
        outcome: of the stage; one that counts as opened.
        answered_on: when it was answered.
        ended_on: when it ended otherwise.
        due: the last day of the length.
        as_at: an open one is judged on this day.
    """
    if outcome is StageOutcome.WITHDRAWN:
        return Timing.WITHDRAWN
    if outcome is StageOutcome.OPEN:
        return Timing.LATE if as_at > due else Timing.NOT_DUE
    if outcome is StageOutcome.ENDED:
        return Timing.LATE if ended_on is not None and ended_on > due else Timing.ENDED
    return Timing.LATE if answered_on is not None and answered_on > due else Timing.IN_TIME
