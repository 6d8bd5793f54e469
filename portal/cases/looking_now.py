"""Who else has a matter, a case or a message open now, so that two officers do not work on it side
by side.

Read off the trail: nobody's presence is kept anywhere else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    bindparam,
    case,
    func,
    select,
)
from sqlalchemy.orm import Session

from portal.db import Record
from portal.one_of import one_of_these
from portal.records.account import Account
from portal.records.audit_event import AuditEvent
from portal.records.case import Case

NOW = timedelta(minutes=15)
# An account's key and name, its latest look, and whether it decides.
Looks = Select[int, str, datetime, Any]
READING, DECIDING = ("feedback_viewed", "case_viewed", "mail_viewed"), "feedback_prepared"


@dataclass(frozen=True)
class Colleague:
    """Somebody who opened it a moment ago. `deciding`: they have come as far as its check page."""

    name: str
    minutes: int
    deciding: bool


def colleagues(session: Session, about: Record, reader_id: int, now: datetime) -> list[Colleague]:
    """Who else of the council has opened something within the last quarter of an hour.

    Args:
        session: any session.
        about: the feedback or the message.
        reader_id: the account of whoever asks; they are left out.
        now: this moment.

    Returns:
        Each once, the latest first.
    """
    it = _about(about.__tablename__, AuditEvent.about_id == getattr(about, "id", None))
    return of(session.execute(_looks(it), looked_at(reader_id, now)), now)


def of_matter(feedback_id: BindParameter[int]) -> tuple[Looks, Looks]:
    """The questions to put beside another: who has a matter open, and who has one of its cases.

    Args:
        feedback_id: where the matter's key is bound when they are asked, with `looked_at`.

    Returns:
        Two queries that give what `of` reads. One for both would read the whole trail.
    """
    cases = select(Case.id).where(Case.feedback_id == feedback_id)
    return (
        _looks(_about("feedback", AuditEvent.about_id == feedback_id)),
        _looks(_about("case", AuditEvent.about_id.in_(cases))),
    )


def looked_at(reader_id: int, now: datetime) -> dict[str, Any]:
    """What those questions are asked with.

    Args:
        reader_id, now: as in `colleagues`.
    """
    return {"looker": reader_id, "looked_after": now - NOW}


def of(rows: Iterable[Any], now: datetime) -> list[Colleague]:
    """Make colleagues of rows of an account's key, its name, the latest look, and whether they
    decide; each once, the latest first."""
    latest: dict[int, tuple[datetime, str, bool]] = {}
    for key, name, at, deciding in rows:
        before = latest.get(key)
        if before is not None:
            at, deciding = max(at, before[0]), deciding or before[2]
        latest[key] = (at, name, bool(deciding))
    found = sorted(latest.items(), key=lambda one: (-one[1][0].timestamp(), one[0]))
    return [
        Colleague(name, int((now - at).total_seconds() // 60), deciding)
        for _, (at, name, deciding) in found
    ]


def _about(kind: str, key: ColumnElement[bool]) -> ColumnElement[bool]:
    return (AuditEvent.about_kind == kind) & key


def _looks(about: ColumnElement[bool]) -> Looks:
    deciding = func.max(case((AuditEvent.act == DECIDING, 1), else_=0))
    return (
        select(Account.id, Account.name, func.max(AuditEvent.at), deciding)
        .join(Account, Account.id == AuditEvent.actor_id)
        .where(
            about,
            AuditEvent.actor_kind == "staff",
            AuditEvent.actor_id != bindparam("looker", type_=Integer),
            one_of_these(AuditEvent.act, (*READING, DECIDING)),
            AuditEvent.at > bindparam("looked_after", type_=AuditEvent.at.type),
        )
        .group_by(Account.id, Account.name)
    )
