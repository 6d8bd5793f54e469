"""What a stage still lacks, and what its points come to together."""

from hypothesis import given
from hypothesis import strategies as st

from portal.procedures.completeness import (
    GIVER_IN,
    TOLD_BY,
    Lack,
    Missing,
    in_favour,
    missing,
    roll_up,
)
from portal.procedures.facts import FindingFacts, PointFacts
from portal.procedures.finding import LIVE, Finding, Giver, PointState
from portal.procedures.procedure import StageKey, Track
from portal.procedures.state import Event, State
from portal.procedures.transitions import TABLE

STAGE, GIVER = StageKey.STAGE_1, Giver.SERVICE
findings = st.builds(
    FindingFacts, st.none() | st.sampled_from(Finding), st.booleans(), st.booleans()
)


def point(number: int, found: FindingFacts | None, state: PointState) -> PointFacts:
    return PointFacts(number, state, {} if found is None else {(STAGE, GIVER): found})


points = st.lists(st.tuples(st.none() | findings, st.sampled_from(PointState)), max_size=6).map(
    lambda rows: tuple(point(n, found, state) for n, (found, state) in enumerate(rows, 1))
)


@given(points)
def test_what_is_missing_is_exactly_what_the_guard_would_refuse(
    some: tuple[PointFacts, ...],
) -> None:
    lacking = {one.number for one in missing(some, STAGE, GIVER)}
    for one in some:
        found = one.findings.get((STAGE, GIVER))
        complete = found is not None and found.complete
        assert (one.number in lacking) is (one.state in LIVE and not complete)


@given(points)
def test_points_that_need_no_answer_change_nothing(some: tuple[PointFacts, ...]) -> None:
    live = tuple(one for one in some if one.live)
    assert roll_up(some, STAGE, GIVER) == roll_up(live, STAGE, GIVER)
    assert in_favour(some, STAGE, GIVER) == in_favour(live, STAGE, GIVER)


def test_a_roll_up_waits_for_the_last_point_and_leaves_out_what_was_settled() -> None:
    upheld = point(1, FindingFacts(Finding.UPHELD, True), PointState.AGREED)
    settled = point(2, FindingFacts(None, True, resolved=True), PointState.SENT)
    no_reasons = point(3, FindingFacts(Finding.NOT_UPHELD, False), PointState.SENT)
    withdrawn = point(4, FindingFacts(Finding.NOT_UPHELD, True), PointState.WITHDRAWN)
    assert roll_up([upheld, settled, no_reasons], STAGE, GIVER) is None
    assert missing([upheld, no_reasons], STAGE, GIVER) == (Missing(3, Lack.REASONS),)
    assert roll_up([upheld, settled, withdrawn], STAGE, GIVER) is Finding.UPHELD
    assert roll_up([settled], STAGE, GIVER) is None
    assert roll_up([], STAGE, GIVER) is None


def test_whoever_finds_where_a_case_stands_is_told_of_by_an_event_of_the_table() -> None:
    assert set(TOLD_BY) == set(Giver)
    telling = {event for events in TOLD_BY.values() for event in events}
    assert telling <= {event for _, _, event, _ in TABLE}
    for state in (State.INVESTIGATING, State.ADJUDICATING, State.PANEL_HELD, State.PANEL_REPORTED):
        assert state in GIVER_IN
    assert (Track.STATUTORY, State.ADJUDICATING, Event.ADJUDICATED, None) in TABLE
