"""What became of a stage, and whether it was in time, at the edges."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.procedures.procedure import StageKey, Track
from portal.procedures.stage_outcome import (
    OPENED,
    UNCOUNTED,
    Course,
    Found,
    StageOutcome,
    Timing,
    outcome_of,
    timing_of,
)
from portal.procedures.state import State

DAY = date(2020, 3, 2)
NEXT = DAY + timedelta(days=1)
S, C, ONE, TWO = Track.STATUTORY, Track.CORPORATE, StageKey.STAGE_1, StageKey.STAGE_2


def course(
    answered: date | None = None,
    ended: date | None = None,
    following: tuple[Track, StageKey] | None = None,
    state: State = State.ANSWERING,
    key: StageKey = ONE,
    stands: StageKey = ONE,
) -> Course:
    """A corporate stage."""
    return Course(C, key, answered, ended, following, state, stands)


@pytest.mark.parametrize(
    ("happened", "found", "outcome"),
    [
        (course(), Found(), StageOutcome.OPEN),
        (course(answered=DAY), Found(), StageOutcome.NOT_RECORDED),
        (course(answered=DAY), Found(settled=2), StageOutcome.SETTLED),
        (course(answered=DAY), Found(not_upheld=1, settled=2), StageOutcome.NOT_UPHELD),
        (course(answered=DAY), Found(upheld=3, no_finding=1), StageOutcome.UPHELD),
        (course(answered=DAY), Found(upheld=1, not_upheld=1), StageOutcome.PARTIALLY_UPHELD),
        (course(answered=DAY), Found(no_finding=1), StageOutcome.NO_FINDING),
        (course(answered=NEXT), Found(upheld=1), StageOutcome.OPEN),
        (course(ended=DAY, state=State.WITHDRAWN), Found(), StageOutcome.WITHDRAWN),
        (course(ended=NEXT, state=State.WITHDRAWN), Found(), StageOutcome.OPEN),
        (course(ended=DAY, state=State.NOT_CONSIDERED), Found(), StageOutcome.ENDED),
        (course(ended=DAY, state=State.CONCLUDED), Found(), StageOutcome.DUPLICATE),
        (course(ended=DAY, following=(S, ONE)), Found(), StageOutcome.MOVED),
        (course(ended=DAY, following=(C, TWO)), Found(), StageOutcome.ENDED),
        (course(ended=DAY, key=TWO, following=(C, TWO)), Found(), StageOutcome.REFUSED),
        (course(ended=DAY, key=TWO, stands=ONE), Found(), StageOutcome.REFUSED),
    ],
)
def test_each_way_that_a_stage_can_end(
    happened: Course, found: Found, outcome: StageOutcome
) -> None:
    assert outcome_of(happened, found, DAY) is outcome


@pytest.mark.parametrize(
    ("outcome", "answered", "ended", "timing"),
    [
        (StageOutcome.UPHELD, DAY, None, Timing.IN_TIME),
        (StageOutcome.UPHELD, NEXT, None, Timing.LATE),
        (StageOutcome.OPEN, None, None, Timing.NOT_DUE),
        (StageOutcome.ENDED, None, DAY, Timing.ENDED),
        (StageOutcome.ENDED, None, NEXT, Timing.LATE),
        (StageOutcome.WITHDRAWN, None, NEXT, Timing.WITHDRAWN),
    ],
)
def test_the_last_day_is_in_time_and_the_next_is_late(
    outcome: StageOutcome, answered: date | None, ended: date | None, timing: Timing
) -> None:
    assert timing_of(outcome, answered, ended, due=DAY, as_at=DAY) is timing


def test_an_open_stage_is_late_from_the_day_after_its_last() -> None:
    assert timing_of(StageOutcome.OPEN, None, None, due=DAY, as_at=NEXT) is Timing.LATE


@given(
    st.sampled_from(Track), st.sampled_from(StageKey), st.none() | st.dates(),
    st.none() | st.dates(),
    st.none() | st.tuples(st.sampled_from(Track), st.sampled_from(StageKey)),
    st.sampled_from(State), st.sampled_from(StageKey),
    st.builds(Found, *(st.integers(0, 2) for _ in range(5))), st.dates(), st.dates(),
)  # fmt: skip
def test_whatever_happened_a_stage_has_one_outcome_and_one_time(
    track: Track, key: StageKey, answered: date | None, ended: date | None,
    following: tuple[Track, StageKey] | None, state: State, stands: StageKey, found: Found,
    as_at: date, due: date,
) -> None:  # fmt: skip
    happened = Course(track, key, answered, ended, following, state, stands)
    outcome = outcome_of(happened, found, as_at)
    assert (outcome in OPENED) is not (outcome in UNCOUNTED)
    if outcome in OPENED:
        assert timing_of(outcome, answered, ended, due, as_at) in Timing
