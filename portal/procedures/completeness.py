"""Who finds on the points where a case stands, what is missing before a stage can be answered,
what the points come to together, and from when the person is told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.procedures.facts import PointFacts
from portal.procedures.finding import Finding, Giver, rolled_up
from portal.procedures.procedure import StageKey
from portal.procedures.state import Event, State

GIVER_IN: Mapping[State, Giver] = {
    State.ANSWERING: Giver.SERVICE,
    State.REVIEWING: Giver.SERVICE,
    State.INVESTIGATING: Giver.INVESTIGATOR,
    State.ADJUDICATING: Giver.ADJUDICATOR,
    State.PANEL_HELD: Giver.PANEL,
    State.PANEL_REPORTED: Giver.COUNCIL,
    State.OMBUDSMAN_ENQUIRY: Giver.OMBUDSMAN,
    State.OMBUDSMAN_DRAFT: Giver.OMBUDSMAN,
    State.OMBUDSMAN_DECIDED: Giver.OMBUDSMAN,
}
"""Whose findings are written where a case stands. Elsewhere nobody's are."""

TOLD_BY: Mapping[Giver, frozenset[Event]] = {
    Giver.SERVICE: frozenset({Event.ANSWERED, Event.RESOLVED}),
    # The investigator's report goes to the person with the council's own decision.
    Giver.INVESTIGATOR: frozenset({Event.ADJUDICATED}),
    Giver.ADJUDICATOR: frozenset({Event.ADJUDICATED}),
    Giver.PANEL: frozenset({Event.PANEL_REPORTED}),
    Giver.COUNCIL: frozenset({Event.PANEL_ANSWERED}),
    Giver.OMBUDSMAN: frozenset({Event.FINAL_RECEIVED}),
}
"""The events of a stage with which the person is told. Before them a finding is a draft."""

HANDED_IN: Mapping[Giver, frozenset[Event]] = {
    Giver.INVESTIGATOR: frozenset({Event.REPORTS_RECEIVED}),
}
"""Of those whose report comes before the person is told: the events that hand it to whoever
decides on it."""

FOUND_IN_FAVOUR = frozenset({Finding.UPHELD, Finding.PARTIALLY_UPHELD})
MAY_BE_SETTLED = Giver.SERVICE
"""Regulation 15: only the service that answers can settle a point with the person."""


class Lack(StrEnum):
    """What a point still needs from somebody."""

    FINDING = "finding"
    REASONS = "reasons"


@dataclass(frozen=True)
class Missing:
    """One point that a stage cannot be answered without."""

    number: int
    lack: Lack


def missing(points: Iterable[PointFacts], stage: StageKey, giver: Giver) -> tuple[Missing, ...]:
    """Say what somebody must still write before a stage can be answered.

    Args:
        points: of the case; those that are not live need nothing.
        stage: the stage.
        giver: whose findings.
    """
    lacking = []
    for point in points:
        found = point.findings.get((stage, giver))
        if not point.live or (found is not None and found.complete):
            continue
        no_finding = found is None or found.finding is None
        lacking.append(Missing(point.number, Lack.FINDING if no_finding else Lack.REASONS))
    return tuple(lacking)


def roll_up(points: Iterable[PointFacts], stage: StageKey, giver: Giver) -> Finding | None:
    """Say what one giver's findings come to (reference/procedures.md 5).

    Args:
        points: of the case. Withdrawn ones, those not considered and those that the person agreed
            are settled stay out of it.
        stage: the stage.
        giver: whose findings.

    Returns:
        None while a live point is not answered, or where each was settled.
    """
    live = [point for point in points if point.live]
    if missing(live, stage, giver):
        return None
    found = (point.findings[stage, giver] for point in live)
    return rolled_up(one.finding for one in found if one.finding is not None and not one.resolved)


def in_favour(points: Iterable[PointFacts], stage: StageKey, giver: Giver) -> tuple[int, ...]:
    """The numbers of the live points on which the person was found right, if only in part."""
    return tuple(
        point.number
        for point in points
        if point.live
        and (found := point.findings.get((stage, giver))) is not None
        and found.finding in FOUND_IN_FAVOUR
    )
