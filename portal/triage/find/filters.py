"""What a search is narrowed by: codes, days, yes or no, each with its condition on `feedback`."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select, union_all
from sqlalchemy.orm import aliased

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

    What stands in other tables is asked as a set of keys and never row by row, so that a database
    can begin with whichever has fewer: the set, read from an index of its own, or the newest.

    Args:
        asked: what is asked for.
        today: the day against which a date is overdue.
    """
    return [*_of_feedback(asked), *_of_decision(asked), *_of_case(asked, today)]


def _of_feedback(asked: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.channel is not None:
        found.append(Feedback.channel == asked.channel)
    days: list[ColumnElement[bool]] = []
    if asked.received_from is not None:
        days.append(_SAID.received_on >= asked.received_from)
    if asked.received_to is not None:
        days.append(_SAID.received_on <= asked.received_to)
    if days:
        found.append(_one_of(select(_SAID.id).where(*days)))
    if asked.young:
        found.append(
            _one_of(
                select(_SAID.id).where(_SAID.door.in_(YOUNG_DOORS)),
                select(_SAID.id).where(_SAID.relationship_said == Relationship.YOUNG_PERSON),
            )
        )
    if asked.tag is not None:
        found.append(_one_of(select(MatterTag.feedback_id).where(MatterTag.tag == asked.tag)))
    if asked.standing is Standing.WAITING:
        found.append(Feedback.state == FeedbackState.WAITING)
    if asked.standing is Standing.NO_CASE:
        # So many are that the newest are read in their order, and no set is made of them.
        found.append(Feedback.state != FeedbackState.WAITING)
        found.append(~_has_case(Feedback.id))
    return found


def _of_decision(asked: Filters) -> list[ColumnElement[bool]]:
    """What an officer decided. Of what waits only what the person said is asked, and danger now:
    a suggestion may be held back, and no filter must tell of it."""
    found: list[ColumnElement[bool]] = []
    decided = select(Decision.feedback_id)
    if asked.risk is Risk.NOW:
        found.append(Feedback.risk == Risk.NOW)
    elif asked.risk is not None:
        found.append(_one_of(decided.where(Decision.risk == asked.risk)))
    if asked.relationship is not None:
        said = select(_SAID.id).where(_SAID.relationship_said == asked.relationship)
        found.append(_one_of(said, decided.where(Decision.relationship == asked.relationship)))
    if asked.category is not None:
        waits = select(_SAID.id).where(
            _SAID.state == FeedbackState.WAITING, _SAID.category_said == asked.category
        )
        found.append(_one_of(waits, decided.where(Decision.category == asked.category)))
    return found


def _of_case(asked: Filters, today: date) -> list[ColumnElement[bool]]:
    """What is asked of one part of a case; its team, area and procedure, where there is no case,
    of the decision."""
    named = {
        name: value
        for name in ("team", "area", "procedure")
        if (value := getattr(asked, name)) is not None
    }
    wanted = _of_one_part(asked, today)
    if not named and not wanted:
        return []
    parts = select(Case.feedback_id).where(
        *(getattr(Case, name) == value for name, value in named.items()), *wanted
    )
    if wanted:
        return [_one_of(parts)]
    decided = select(Decision.feedback_id).where(
        *(getattr(Decision, name) == value for name, value in named.items()),
        ~_has_case(Decision.feedback_id),
    )
    return [_one_of(parts, decided)]


def _of_one_part(asked: Filters, today: date) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
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
        wanted.append(Case.id.in_(_found(asked.finding)))
    if asked.remedy is not None:
        wanted.append(Case.id.in_(select(Remedy.case_id).where(Remedy.kind == asked.remedy)))
    if asked.overdue:
        late = with_open_stage(select(Case.id).where(Case.state == CaseState.OPEN))
        wanted.append(Case.id.in_(late.where(today > NEXT_DUE)))
    return wanted


# What a person said, beside the feedback that is listed.
_SAID = aliased(Feedback, name="said")


def _found(finding: Finding) -> Select[Any]:
    """A finding that was told: until its stage is answered it is a draft, and may change."""
    return (
        select(Point.case_id)
        .join(PointFinding, PointFinding.point_id == Point.id)
        .join(CaseStage, CaseStage.id == PointFinding.stage_id)
        .where(PointFinding.finding == finding, CaseStage.answered_on.is_not(None))
    )


def _one_of(*keys: Select[Any]) -> ColumnElement[bool]:
    # Added one to the other and not made single: a database can then look for one key in each.
    return Feedback.id.in_(keys[0] if len(keys) == 1 else union_all(*keys))


def _has_case(key: Any) -> ColumnElement[bool]:
    of_it = aliased(Case)
    return exists().where(of_it.feedback_id == key)
