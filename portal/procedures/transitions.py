"""Asking the table: whether something can happen where a case stands, and what is still missing."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from portal.procedures.cell import Transition
from portal.procedures.facts import Facts, Given
from portal.procedures.guard import SENTENCES, TESTS, Guard
from portal.procedures.procedure import StageKey, Track
from portal.procedures.state import APPOINTS, MUST_DECLARE, OVER, Doer, Event, State
from portal.procedures.table import TABLE

__all__ = ["FIRST_STATE", "TABLE", "Transition", "possible", "transition", "unmet"]

# Where a case can stand: a track, a state and a stage.
PLACES_KEPT = 1_024
FIRST_STATE: Mapping[Track, State] = {
    Track.STATUTORY: State.ANSWERING,
    Track.CORPORATE: State.ANSWERING,
    Track.MP_ENQUIRY: State.ANSWERING,
    Track.MEMBER_ENQUIRY: State.ANSWERING,
    Track.DATA_PROTECTION: State.ANSWERING,
    Track.OMBUDSMAN: State.OMBUDSMAN_ENQUIRY,
}
"""Where a case of each track stands when it opens."""


def transition(track: Track, state: State, event: Event, stage: StageKey) -> Transition | None:
    """Find the cell for an event; None where it cannot happen there, whoever asks."""
    return TABLE.get((track, state, event, stage)) or TABLE.get((track, state, event, None))


def possible(facts: Facts, doer: Doer) -> tuple[Transition, ...]:
    """What somebody may make happen from where a case stands, in the order of `Event`.

    The guards are not asked: a page offers what belongs here and says what is still missing.
    """
    return tuple(
        cell for cell in _cells(facts.track, facts.state, facts.stage) if doer in cell.doers
    )


@lru_cache(maxsize=PLACES_KEPT)
def _cells(track: Track, state: State, stage: StageKey) -> tuple[Transition, ...]:
    # A page asks for each kind of reader, and there are sixty events.
    cells = (transition(track, state, event, stage) for event in Event)
    return tuple(cell for cell in cells if cell is not None)


def unmet(cell: Transition, facts: Facts, given: Given) -> tuple[Guard, ...]:
    """The guards of a cell that do not hold, in the order of the table; none when it may happen."""
    return tuple(guard for guard in cell.guards if not _holds(guard, cell, facts, given))


def sentences(guards: Iterable[Guard]) -> tuple[str, ...]:
    """What to do about guards that do not hold."""
    return tuple(SENTENCES[guard] for guard in guards)


def state_after(cell: Transition, facts: Facts) -> State:
    """Where the case stands after the event."""
    if cell.to is None:
        return facts.state
    return cell.owing if cell.owing is not None and facts.promises_open else cell.to


def is_over(state: State) -> bool:
    """Whether a case in this state is closed."""
    return state in OVER


def _holds(guard: Guard, cell: Transition, facts: Facts, given: Given) -> bool:
    """Two guards ask about the event itself; the others see the facts and what was given."""
    if guard is Guard.NOT_DONE_YET:
        return cell.event not in facts.happened
    if guard is Guard.DECLARED and not MUST_DECLARE[APPOINTS[cell.event]] <= given.declared:
        return False
    return TESTS[guard](facts, given)
