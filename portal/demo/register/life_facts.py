"""What the guards need to know of an invented case, gathered from its life, not the tables."""

from datetime import date
from typing import TYPE_CHECKING, Any

from portal.cases.addresses import name_key
from portal.cases.tokens import make_public_id
from portal.demo.register.life_parts import LifeEvent, LifePoint
from portal.procedures.facts import AppointmentFacts, Facts, PointFacts
from portal.procedures.finding import Giver
from portal.procedures.procedure import StageKey
from portal.procedures.remedy import SATISFIED, STILL_OPEN
from portal.procedures.state import APPOINTS, MUST_DECLARE, Event, Independence
from portal.records.remedy import Remedy

if TYPE_CHECKING:
    from portal.demo.register.life import Life

SETTLED_STATEMENT = frozenset({Event.STATEMENT_AGREED, Event.STATEMENT_SETTLED})
SENT_STATEMENT = frozenset({Event.STATEMENT_SENT, Event.STATEMENT_DISPUTED})


def of(life: "Life", today: date) -> Facts:
    """Gather a life as the rules see it.

    Args:
        life: the case so far.
        today: the day of what is about to happen.
    """
    stage = life.stage
    here = [event for event in life.events if event.stage == len(life.stages) - 1]
    return Facts(
        track=life.track,
        stage=stage.key,
        state=life.state,
        received_on=life.received_on,
        stage_opened_on=life.received_on if stage.is_first else stage.opened_on,
        today=today,
        due_on=life.plan(stage).answer.due,
        next_stage=life.council.stage_after(life.track, stage.key),
        young=life.young,
        acknowledged=life.acknowledged_on is not None,
        withdrawal_waits=_latest(life.events, Event.WITHDRAWAL_ASKED, Event.WITHDRAWN)
        is Event.WITHDRAWAL_ASKED,
        request_waits=_latest(life.events, Event.NEXT_STAGE_ASKED_EARLY, Event.REQUEST_TAKEN_BACK)
        is Event.NEXT_STAGE_ASKED_EARLY,
        points=tuple(_point(life, point) for point in life.points),
        appointments=tuple(_appointed(row) for row in life.appointments),
        happened=frozenset(event.event for event in here),
        moved_on=next((e.given.on for e in reversed(here) if e.before is not e.after), None),
        statement_stands=_latest(here, *SETTLED_STATEMENT, *SENT_STATEMENT) in SETTLED_STATEMENT,
        answered_before_by=_answered_before_by(life),
        promises_open=sum(row["state"] in STILL_OPEN for row in life.remedies),
        remedies_unsatisfied=sum(
            row["giver"] is Giver.OMBUDSMAN and row["compliance"] not in SATISFIED
            for row in life.remedies
        ),
    )


def appointment(stage: StageKey, row: LifeEvent) -> dict[str, Any]:
    """The row of whoever an event appoints, by name."""
    return {
        "public_id": make_public_id(),
        "stage_key": stage.value,
        "role": APPOINTS[row.event],
        "account_id": None,
        "name": row.given.appointee_name,
        "person_key": name_key(row.given.appointee_name),
        "declared": sorted(row.given.declared),
        "appointed_on": row.given.on,
        "appointed_by_id": row.given.account_id,
        "ended_at": None,
    }


REMEDY_COLUMNS = tuple(
    column.key for column in Remedy.__table__.columns if column.key not in ("id", "case_id")
)
"""Every remedy has every column: rows of one insert must be alike."""


def _latest(events: list[LifeEvent], *among: Event) -> Event | None:
    return next((row.event for row in reversed(events) if row.event in among), None)


def _point(life: "Life", point: LifePoint) -> PointFacts:
    found = {
        (life.stages[place].key, giver): one.facts()
        for (place, giver), one in point.findings.items()
    }
    return PointFacts(point.number, point.state, found)


def _appointed(row: dict[str, Any]) -> AppointmentFacts:
    declared = {Independence(code) for code in row["declared"]}
    return AppointmentFacts(
        row["role"],
        StageKey(row["stage_key"]),
        row["person_key"],
        MUST_DECLARE[row["role"]] <= declared,
    )


def _answered_before_by(life: "Life") -> frozenset[int]:
    """Everything that staff do in an invented case, its one officer does."""
    return frozenset({life.officer_id}) if len(life.stages) > 1 else frozenset()
