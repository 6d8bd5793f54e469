"""What was found at each stage, and from when others than its writer may read it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.procedures.completeness import HANDED_IN, TOLD_BY
from portal.procedures.finding import Finding, Giver
from portal.procedures.procedure import StageKey
from portal.procedures.state import Event
from portal.records.case import Case, CaseStage
from portal.records.case_event import CaseEvent
from portal.records.point import Point, PointFinding

Told = frozenset[tuple[str, Giver]]
"""Stage and giver of the findings that somebody may read."""


@dataclass(frozen=True)
class OnePoint:
    """What one giver found on one point, with the point as it stands."""

    point: Point
    finding: Finding | None
    resolved: bool
    reasons: str


@dataclass(frozen=True)
class Answer:
    """What one giver found at one stage, point by point."""

    stage_key: StageKey
    giver: Giver
    points: tuple[OnePoint, ...]


def told(session: Session, case: Case) -> Told:
    """The findings of which the person has been told: all others are drafts.

    Args:
        session: any session, flushed.
        case: the case.
    """
    return _by_events(session, case, TOLD_BY)


def handed_in(session: Session, case: Case) -> Told:
    """The findings that were handed to whoever decides on them."""
    return _by_events(session, case, HANDED_IN)


def given(session: Session, case: Case, shown: Collection[tuple[str, Giver]]) -> list[Answer]:
    """What was found, stage by stage, as far as somebody may read it.

    Args:
        session: any session, flushed.
        case: the case.
        shown: the stages and givers they may read.
    """
    rows = session.execute(
        select(PointFinding, Point)
        .join(Point, Point.id == PointFinding.point_id)
        .where(Point.case_id == case.id)
        .order_by(Point.number)
    )
    found: dict[tuple[str, Giver], list[OnePoint]] = {}
    for row, point in rows:
        if (key := (row.stage_key, row.giver)) in shown:
            one = OnePoint(point, row.finding, row.resolved, row.reasons or "")
            found.setdefault(key, []).append(one)
    stages, givers = list(StageKey), list(Giver)
    order = sorted(found, key=lambda key: (stages.index(StageKey(key[0])), givers.index(key[1])))
    return [Answer(StageKey(key[0]), key[1], tuple(found[key])) for key in order]


def _by_events(session: Session, case: Case, events: Mapping[Giver, Collection[Event]]) -> Told:
    wanted = select(CaseStage.id, CaseStage.key).where(CaseStage.case_id == case.id)
    # Of two stages of one key, before and after another procedure took over, the later counts.
    latest = {key: stage_id for stage_id, key in session.execute(wanted.order_by(CaseStage.id))}
    happened: dict[int, set[Event]] = {}
    for row in session.execute(
        select(CaseEvent.stage_id, CaseEvent.event).where(CaseEvent.case_id == case.id)
    ):
        happened.setdefault(row.stage_id, set()).add(row.event)
    return frozenset(
        (key, giver)
        for key, stage_id in latest.items()
        for giver, some in events.items()
        if happened.get(stage_id, set()) & set(some)
    )
