"""The table of what can happen: every cell, every missing cell, and where it all leads."""

from collections import defaultdict
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from portal.procedures.guard import SENTENCES, TESTS, Guard
from portal.procedures.procedure import STAGES, StageKey, Track
from portal.procedures.state import (
    APPOINTS,
    MUST_DECLARE,
    OVER,
    AppointedAs,
    Doer,
    Event,
    Independence,
    State,
)
from portal.procedures.table import Key, _each_once
from portal.procedures.transitions import (
    FIRST_STATE,
    TABLE,
    Transition,
    is_over,
    possible,
    sentences,
    state_after,
    transition,
    unmet,
)
from tests.unit.procedures.changes import case, given
from tests.unit.procedures.holding import FAILS, HOLDS, breaks

PRINTED = Path(__file__).with_name("transitions.txt")
CELLS = sorted(TABLE.items(), key=str)
IDS = ["/".join(str(part) for part in key) for key, _ in CELLS]
Place = tuple[Track, State, StageKey]


def as_line(key: Key, cell: Transition) -> str:
    """A cell as it stands in the printed table."""
    track, state, event, stage = key
    to = "stays" if cell.to is None else cell.to.value
    to += f", {cell.owing} while something is owed" if cell.owing else ""
    opens = " opens the next stage" if cell.opens else ""
    at = f" at {stage}" if stage else ""
    doers = ",".join(sorted(cell.doers))
    return f"{track} {state}{at}: {event} by {doers} -> {to}{opens} if {' '.join(cell.guards)}"


def test_the_table_is_the_printed_one() -> None:
    """Whoever changes the law's table must mean it: the same change is made in the print."""
    printed = PRINTED.read_text().splitlines()
    assert sorted(as_line(key, cell) for key, cell in TABLE.items()) == printed


@pytest.mark.parametrize(("key", "cell"), CELLS, ids=IDS)
def test_a_cell_happens_when_its_guards_hold_and_not_when_one_fails(
    key: Key, cell: Transition
) -> None:
    track, state, event, stage = key
    facts, what = case(track, state, stage or STAGES[track][0]), given()
    for guard in cell.guards:
        facts, what = HOLDS[guard](facts, what)
    assert unmet(cell, facts, what) == ()
    assert state_after(cell, facts) is (cell.to or state)
    for guard in cell.guards:
        for change in breaks(guard, cell):
            missing = unmet(cell, *change(facts, what))
            assert guard in missing, guard
            assert all(sentences(missing))
    for doer in Doer:
        offered = {one.event for one in possible(facts, doer)}
        assert (event in offered) is (doer in cell.doers)


def test_what_does_not_stand_in_the_table_cannot_happen() -> None:
    missing = 0
    for track, state, event, stage in product(Track, State, Event, StageKey):
        cell = transition(track, state, event, stage)
        stands = {(track, state, event, stage), (track, state, event, None)} & TABLE.keys()
        assert (cell is not None) is bool(stands), (track, state, event, stage)
        missing += cell is None
    assert missing > 10 * len(TABLE)


def test_two_rows_cannot_claim_one_cell() -> None:
    (key, cell), *_ = CELLS
    with pytest.raises(ValueError, match="two cells"):
        _each_once(({key: cell},), ({key: cell},))


def test_each_guard_has_a_test_a_sentence_and_is_asked_somewhere() -> None:
    asked = {guard for cell in TABLE.values() for guard in cell.guards}
    assert asked == set(Guard) == set(SENTENCES) == set(HOLDS)
    # One guard asks about the event itself and so is no test of facts alone.
    assert set(Guard) - set(TESTS) == set(Guard) - set(FAILS) == {Guard.NOT_DONE_YET}
    assert all(text.endswith(".") for text in SENTENCES.values())


@pytest.mark.parametrize("event", [Event.INDEPENDENT_PERSON_APPOINTED, Event.CHAIR_APPOINTED])
def test_an_independent_role_needs_every_declaration(event: Event) -> None:
    """What must be ticked follows from the event, never from what came with it."""
    (key, cell), *_ = [(key, cell) for key, cell in CELLS if key[2] is event]
    facts, what = HOLDS[Guard.DECLARED](case(key[0], key[1], StageKey.STAGE_2), given())
    assert unmet(cell, facts, what) == ()
    for left_out in Independence:
        less = set(Independence) - {left_out}
        missing = unmet(cell, facts, replace(what, declared=frozenset(less)))
        assert missing == (Guard.DECLARED,)


def test_an_investigating_officer_may_be_of_the_council() -> None:
    cell = transition(
        Track.STATUTORY, State.INVESTIGATING, Event.INVESTIGATOR_APPOINTED, StageKey.STAGE_2
    )
    assert cell is not None
    facts, what = HOLDS[Guard.DECLARED](
        case(Track.STATUTORY, State.INVESTIGATING, StageKey.STAGE_2), given()
    )
    only = frozenset({Independence.NO_PART_IN_CASE})
    assert unmet(cell, facts, replace(what, declared=only)) == ()


def next_places(place: Place) -> set[Place]:
    """Where each event that can happen leads, guards aside."""
    track, state, stage = place
    found = set()
    for event in Event:
        cell = transition(track, state, event, stage)
        if cell is None:
            continue
        here = STAGES[track].index(stage)
        if event is Event.REROUTED:
            other = Track.CORPORATE if track is Track.STATUTORY else Track.STATUTORY
            found.add((other, State.ANSWERING, StageKey.STAGE_1))
        elif cell.opens:
            # Without a further stage its guard refuses.
            found |= {(track, cell.to or state, key) for key in STAGES[track][here + 1 : here + 2]}
        elif event is Event.NEXT_STAGE_REFUSED:
            found.add((track, cell.to or state, STAGES[track][here - 1]))
        else:
            found |= {(track, to, stage) for to in (cell.to or state, cell.owing) if to}
    return found


def reachable(track: Track) -> set[Place]:
    """Every place that a case opened on a track can come to."""
    waiting, found = [(track, FIRST_STATE[track], STAGES[track][0])], set()
    while waiting:
        place = waiting.pop()
        if place not in found:
            found.add(place)
            waiting += next_places(place)
    return found


def test_every_state_and_event_is_reached() -> None:
    places = set().union(*(reachable(track) for track in Track))
    assert {state for _, state, _ in places} == set(State)
    events = {
        event for track, state, stage in places for event in Event
        if transition(track, state, event, stage) is not None
    }  # fmt: skip
    assert events == set(Event)


def test_no_cell_stands_where_no_case_comes() -> None:
    places = set().union(*(reachable(track) for track in Track))
    comes = {(track, state) for track, state, _ in places}
    assert {(track, state) for track, state, _, _ in TABLE} <= comes


@pytest.mark.parametrize("track", Track)
def test_from_everywhere_a_case_can_be_finished(track: Track) -> None:
    places = reachable(track)
    leads_to: dict[Place, set[Place]] = defaultdict(set)
    for place in places:
        for later in next_places(place):
            leads_to[later].add(place)
    waiting = [place for place in places if place[1] in OVER]
    finished = set(waiting)
    while waiting:
        before = leads_to[waiting.pop()] - finished
        finished |= before
        waiting += before
    assert places - finished == set()
    assert all(is_over(state) for _, state, _ in places if state in OVER)


def test_on_the_statutory_route_nothing_refuses_stage_2() -> None:
    assert not [
        key for key in TABLE if key[0] is Track.STATUTORY and key[2] is Event.NEXT_STAGE_REFUSED
    ]
    for state in (State.ANSWERED, State.ANSWERING):
        cell = transition(Track.STATUTORY, state, Event.NEXT_STAGE_ASKED, StageKey.STAGE_1)
        assert cell is not None
        assert Doer.PERSON in cell.doers
        assert set(cell.guards) <= {Guard.DAY_POSSIBLE, Guard.RUN_OUT, Guard.REQUEST_BEHIND_IT}


@pytest.mark.parametrize("track", [Track.MP_ENQUIRY, Track.MEMBER_ENQUIRY, Track.DATA_PROTECTION])
def test_one_answer_ends_what_has_no_stages_unless_something_is_owed(track: Track) -> None:
    cell = transition(track, State.ANSWERING, Event.ANSWERED, STAGES[track][0])
    assert cell is not None
    facts = case(track, State.ANSWERING, STAGES[track][0])
    assert state_after(cell, replace(facts, promises_open=0)) is State.CONCLUDED
    assert state_after(cell, replace(facts, promises_open=1)) is State.ANSWERED


def test_each_appointment_event_says_to_what() -> None:
    assert set(APPOINTS.values()) == set(AppointedAs) == set(MUST_DECLARE)
