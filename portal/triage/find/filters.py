"""What a search is narrowed by: codes, days, yes or no, each with its condition on `feedback`."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from portal.cases.next_due import NEXT_DUE, with_open_stage
from portal.procedures.finding import Finding
from portal.procedures.procedure import StageKey
from portal.procedures.remedy import RemedyKind
from portal.procedures.state import State
from portal.procedures.vocabulary import (
    Area,
    Category,
    ProcedureCode,
    Relationship,
    Risk,
    Team,
)
from portal.records.account import Account
from portal.records.case import Case, CaseStage, CaseState
from portal.records.decision import Decision
from portal.records.feedback import YOUNG_DOORS, Channel, Feedback, FeedbackState
from portal.records.matter_tag import MatterTag
from portal.records.point import Point, PointFinding
from portal.records.remedy import Remedy


class Standing(StrEnum):
    """How far a matter has come."""

    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"
    # Decided without a case: thanked, passed on, refused, linked.
    NO_CASE = "no_case"


@dataclass(frozen=True)
class Filters:
    """What is asked for; None and False narrow nothing. Whatever concerns a case concerns one and
    the same part of the matter. `officer` and `tag` are a public id and a code."""

    standing: Standing | None = None
    procedure: ProcedureCode | None = None
    stage: StageKey | None = None
    state: State | None = None
    category: Category | None = None
    area: Area | None = None
    team: Team | None = None
    channel: Channel | None = None
    received_from: date | None = None
    received_to: date | None = None
    risk: Risk | None = None
    relationship: Relationship | None = None
    finding: Finding | None = None
    remedy: RemedyKind | None = None
    tag: str | None = None
    officer: str | None = None
    young: bool = False
    overdue: bool = False

    def named(self) -> tuple[str, ...]:
        """The names of those that narrow anything: for the trail, which keeps no values."""
        return tuple(one.name for one in fields(self) if getattr(self, one.name))

    def as_plain(self) -> dict[str, Any]:
        """What is kept of it: by name, without what narrows nothing."""
        return {
            name: str(value) if not isinstance(value, bool) else value
            for name in self.named()
            for value in (getattr(self, name),)
        }


def from_plain(kept: Mapping[str, Any]) -> Filters:
    """Read what was kept. A code that is no longer known, or a name, narrows nothing."""
    found: dict[str, Any] = {}
    for name, kind in _KINDS.items():
        value = kept.get(name)
        try:
            if value:
                found[name] = kind(value)
        except (ValueError, TypeError):
            continue
    return Filters(**found)


_KINDS: Mapping[str, Any] = {
    "standing": Standing, "procedure": ProcedureCode, "stage": StageKey, "state": State,
    "category": Category, "area": Area, "team": Team, "channel": Channel,
    "received_from": date.fromisoformat, "received_to": date.fromisoformat, "risk": Risk,
    "relationship": Relationship, "finding": Finding, "remedy": RemedyKind, "tag": str,
    "officer": str, "young": bool, "overdue": bool,
}  # fmt: skip


def conditions(asked: Filters, today: date) -> list[ColumnElement[bool]]:
    """The conditions on `feedback`, each of which must hold.

    Args:
        asked: what is asked for.
        today: the day against which a date is overdue.
    """
    return [*_of_feedback(asked), *_of_decision(asked), *_of_case(asked, today)]


def _of_feedback(asked: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.channel is not None:
        found.append(Feedback.channel == asked.channel)
    if asked.received_from is not None:
        found.append(Feedback.received_on >= asked.received_from)
    if asked.received_to is not None:
        found.append(Feedback.received_on <= asked.received_to)
    if asked.young:
        door = func.coalesce(Feedback.door.in_(YOUNG_DOORS), False)
        said = func.coalesce(Feedback.relationship_said == Relationship.YOUNG_PERSON, False)
        found.append(or_(door, said))
    if asked.tag is not None:
        tagged = select(MatterTag.feedback_id).where(MatterTag.tag == asked.tag)
        found.append(Feedback.id.in_(tagged))
    if asked.standing is Standing.WAITING:
        found.append(Feedback.state == FeedbackState.WAITING)
    if asked.standing is Standing.NO_CASE:
        found.append(Feedback.state == FeedbackState.DECIDED)
        found.append(~_exists(Case.feedback_id == Feedback.id))
    return found


def _of_decision(asked: Filters) -> list[ColumnElement[bool]]:
    """What an officer decided. Of what waits only what the person said is asked, and danger now:
    a suggestion may be held back, and no filter must tell of it."""
    found: list[ColumnElement[bool]] = []
    decided = Decision.feedback_id == Feedback.id
    if asked.risk is Risk.NOW:
        found.append(Feedback.risk == Risk.NOW)
    elif asked.risk is not None:
        found.append(_exists(decided, Decision.risk == asked.risk))
    if asked.relationship is not None:
        said = Feedback.relationship_said == asked.relationship
        found.append(or_(said, _exists(decided, Decision.relationship == asked.relationship)))
    if asked.category is not None:
        waits = and_(
            Feedback.state == FeedbackState.WAITING, Feedback.category_said == asked.category
        )
        found.append(or_(waits, _exists(decided, Decision.category == asked.category)))
    # Of a case its team, area and procedure of today are asked below.
    for column, value in (
        (Decision.team, asked.team),
        (Decision.area, asked.area),
        (Decision.procedure, asked.procedure),
    ):
        if value is not None:
            no_case = and_(_exists(decided, column == value), ~_exists(_CASE))
            found.append(or_(no_case, _exists(_CASE)))
    return found


def _of_case(asked: Filters, today: date) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    # These three are asked of decisions as well: see above.
    loose = [
        column == value
        for column, value in (
            (Case.team, asked.team),
            (Case.area, asked.area),
            (Case.procedure, asked.procedure),
        )
        if value is not None
    ]
    if asked.standing in (Standing.OPEN, Standing.CLOSED):
        open_one = asked.standing is Standing.OPEN
        wanted.append(Case.state == (CaseState.OPEN if open_one else CaseState.CLOSED))
    if asked.stage is not None:
        wanted.append(Case.stage_key == asked.stage.value)
    if asked.state is not None:
        wanted.append(Case.procedure_state == asked.state)
    if asked.officer is not None:
        named = select(Account.id).where(Account.public_id == asked.officer).scalar_subquery()
        wanted.append(Case.officer_id == named)
    if asked.finding is not None:
        wanted.append(_found(asked.finding))
    if asked.remedy is not None:
        wanted.append(_in_case(select(Remedy.case_id).where(Remedy.kind == asked.remedy)))
    if asked.overdue:
        late = with_open_stage(select(Case.id).where(Case.state == CaseState.OPEN))
        wanted.append(Case.id.in_(late.where(today > NEXT_DUE)))
    if wanted:
        return [_exists(_CASE, *loose, *wanted)]
    return [or_(~_exists(_CASE), _exists(_CASE, *loose))] if loose else []


_CASE = Case.feedback_id == Feedback.id


def _found(finding: Finding) -> ColumnElement[bool]:
    """A finding that was told: until its stage is answered it is a draft, and may change."""
    told = (
        select(Point.case_id)
        .join(PointFinding, PointFinding.point_id == Point.id)
        .join(CaseStage, CaseStage.id == PointFinding.stage_id)
        .where(PointFinding.finding == finding, CaseStage.answered_on.is_not(None))
    )
    return _in_case(told)


def _in_case(keys: Any) -> ColumnElement[bool]:
    return Case.id.in_(keys)


def _exists(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    # Bound to the outer query's feedback alone.
    return exists().where(and_(*conditions)).correlate(Feedback)
