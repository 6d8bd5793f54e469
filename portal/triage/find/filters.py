"""What a search is narrowed by: codes, days, yes or no. `narrowing` has their conditions."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from portal.procedures.finding import Finding
from portal.procedures.procedure import StageKey
from portal.procedures.refusal import RefusalReason
from portal.procedures.remedy import RemedyKind
from portal.procedures.state import State
from portal.procedures.vocabulary import (
    Area,
    Category,
    Nature,
    ProcedureCode,
    Relationship,
    Risk,
    Team,
)
from portal.records.decision import Outcome
from portal.records.feedback import Channel, Door


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
    the same part of the matter. `officer`, `manager` and `organisation` are public ids, `tag` a
    code."""

    standing: Standing | None = None
    procedure: ProcedureCode | None = None
    stage: StageKey | None = None
    state: State | None = None
    category: Category | None = None
    nature: Nature | None = None
    area: Area | None = None
    team: Team | None = None
    channel: Channel | None = None
    door: Door | None = None
    received_from: date | None = None
    received_to: date | None = None
    answered_from: date | None = None
    answered_to: date | None = None
    closed_from: date | None = None
    closed_to: date | None = None
    outcome: Outcome | None = None
    reason: RefusalReason | None = None
    risk: Risk | None = None
    relationship: Relationship | None = None
    finding: Finding | None = None
    remedy: RemedyKind | None = None
    tag: str | None = None
    officer: str | None = None
    manager: str | None = None
    organisation: str | None = None
    advocate: bool = False
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


_DAY = date.fromisoformat
_KINDS: Mapping[str, Any] = {
    "standing": Standing, "procedure": ProcedureCode, "stage": StageKey, "state": State,
    "category": Category, "nature": Nature, "area": Area, "team": Team, "channel": Channel,
    "door": Door, "received_from": _DAY, "received_to": _DAY, "answered_from": _DAY,
    "answered_to": _DAY, "closed_from": _DAY, "closed_to": _DAY, "outcome": Outcome,
    "reason": RefusalReason, "risk": Risk, "relationship": Relationship, "finding": Finding,
    "remedy": RemedyKind, "tag": str, "officer": str, "manager": str, "organisation": str,
    "advocate": bool, "young": bool, "overdue": bool,
}  # fmt: skip
