"""What was found at each stage, and from when others than its writer may read it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.cases import gathering
from portal.matter_rows import CASE_STAGES, EVENTS, FINDINGS, POINTS
from portal.procedures.completeness import HANDED_IN, TOLD_BY
from portal.procedures.finding import Finding, Giver
from portal.procedures.procedure import StageKey
from portal.procedures.state import Event
from portal.records.case import Case, CaseStage
from portal.records.point import Point

Told = frozenset[tuple[int, Giver]]
"""Stage, by its row, and giver of the findings that somebody may read."""


@dataclass(frozen=True)
class OnePoint:
    """What one giver found on one point, with the point as it stands."""

    point: Point
    finding: Finding | None
    resolved: bool
    reasons: str


@dataclass(frozen=True)
class Answer:
    """What one giver found in one stage, point by point. `earlier` says that the case has had
    another stage of that key since, because the other procedure took over."""

    stage_key: StageKey
    giver: Giver
    earlier: bool
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


def given(session: Session, case: Case, shown: Collection[tuple[int, Giver]]) -> list[Answer]:
    """What was found, stage by stage, as far as somebody may read it.

    Args:
        session: any session, flushed.
        case: the case. What was found on a point before it went into another part stays here.
        shown: the stages and givers they may read.
    """
    # A point that went into another part is asked for alone; the others are here by now.
    POINTS.of(session, case.id)
    rows = [
        (row, session.get_one(Point, row.point_id), stage)
        for stage in CASE_STAGES.of(session, case.id)
        for row in FINDINGS.of(session, stage.id)
    ]
    found: dict[tuple[int, Giver], list[OnePoint]] = {}
    stages: dict[int, CaseStage] = {}
    for row, point, stage in sorted(rows, key=lambda one: (one[2].id, one[1].number)):
        if (key := (stage.id, row.giver)) in shown:
            stages[stage.id] = stage
            one = OnePoint(point, row.finding, row.resolved, row.reasons or "")
            found.setdefault(key, []).append(one)
    givers, latest = list(Giver), set(gathering.latest_stages(session, case).values())
    order = sorted(found, key=lambda key: (key[0], givers.index(key[1])))
    return [
        Answer(StageKey(stages[key[0]].key), key[1], key[0] not in latest, tuple(found[key]))
        for key in order
    ]


def _by_events(session: Session, case: Case, events: Mapping[Giver, Collection[Event]]) -> Told:
    happened: dict[int, set[Event]] = {}
    for row in EVENTS.of(session, case.id):
        # A joined case is answered with its lead's findings: its own stay drafts.
        if row.details.get("with_lead"):
            continue
        happened.setdefault(row.stage_id, set()).add(row.event)
    return frozenset(
        (stage_id, giver)
        for stage_id, here in happened.items()
        for giver, some in events.items()
        if here & set(some)
    )
