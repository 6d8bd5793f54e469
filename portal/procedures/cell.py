"""One cell of the table of what can happen to a case, and the row that makes the same cell for
several procedures and states."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.procedures.guard import Guard
from portal.procedures.procedure import StageKey, Track
from portal.procedures.state import OVER, Doer, Event, State

REVIEW = frozenset({State.REVIEW_ASKED, State.REVIEWING})
OMBUDSMANS = frozenset({State.OMBUDSMAN_ENQUIRY, State.OMBUDSMAN_DRAFT, State.OMBUDSMAN_DECIDED})
NOT_OF: Mapping[Track, frozenset[State]] = {
    Track.STATUTORY: REVIEW | OMBUDSMANS,
    Track.CORPORATE: frozenset(State) - REVIEW - OVER - {State.ANSWERING, State.ANSWERED},
}
"""States that a procedure does not have: rows for both procedures leave them out."""


@dataclass(frozen=True)
class Transition:
    """One cell of the table. `to` is None where the state stays; `stage` limits it to a stage;
    `opens` says that the next stage opens with it; `owing` is where the case stands instead while
    something that was promised is still owed."""

    event: Event
    doers: frozenset[Doer]
    to: State | None
    guards: tuple[Guard, ...]
    stage: StageKey | None = None
    opens: bool = False
    owing: State | None = None


Key = tuple[Track, State, Event, StageKey | None]


def row(
    tracks: Iterable[Track],
    states: Iterable[State],
    event: Event,
    doers: Iterable[Doer],
    to: State | None,
    *guards: Guard,
    stage: StageKey | None = None,
    opens: bool = False,
    owing: State | None = None,
) -> dict[Key, Transition]:
    """The cells of one row of the table.

    Args:
        tracks, states: for each pair a cell, but for states that a procedure does not have.
        event: what happens.
        doers: who can make it happen.
        to: where the case stands then; None where it stays.
        guards: what must hold, besides that the day is a possible one.
        stage: limits it to a stage.
        opens: whether the next stage opens with it.
        owing: where the case stands instead while a promise is still owed.
    """
    # What opens a stage may lie before the answer that it crossed in the post; nothing else that
    # moves a case can lie before what moved it last.
    always = (Guard.DAY_POSSIBLE,) if to is None or opens else (Guard.DAY_POSSIBLE, Guard.IN_ORDER)
    cell = Transition(event, frozenset(doers), to, (*always, *guards), stage, opens, owing)
    return {
        (track, state, event, stage): cell
        for track in tracks
        for state in states
        if state not in NOT_OF.get(track, frozenset())
    }
