"""Reading the trail: filtered, a page at a time, with names and references beside the keys."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, false, select
from sqlalchemy.orm import Session

from portal import clock
from portal.cases import looks
from portal.cases.references import read_reference
from portal.counted import Part, part_of
from portal.records.account import Account
from portal.records.attachment import Attachment
from portal.records.audit_event import AuditEvent
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.message import Message
from portal.records.outbox_letter import OutboxLetter

PAGE = 50
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Filter:
    """What is looked for; everything that is None or empty does not narrow it."""

    first_day: date | None = None
    last_day: date | None = None
    act: str = ""
    person: Account | None = None
    reference: str = ""


@dataclass(frozen=True)
class Line:
    """One row of the trail in words. `matter` is the reference of what it concerns, `whom` the name
    of the person whom it concerns."""

    id: int
    at: datetime
    act: str
    actor_kind: str
    name: str | None
    about_kind: str | None
    about_id: int | None
    matter: str | None
    whom: str | None
    fields: tuple[str, ...]


def read(session: Session, wanted: Filter, page: int) -> tuple[Part, tuple[Line, ...]]:
    """One page of the trail, the newest first, and its rows with names and references.

    Args:
        session: any session.
        wanted: what is looked for.
        page: from 1; past the end, the last page that is counted.
    """
    ordered = _select(session, wanted).order_by(AuditEvent.id.desc())
    part = part_of(session, ordered, page, PAGE)
    return part, in_words(session, (row[0] for row in part.rows))


def every(session: Session, wanted: Filter, after: int, most: int) -> tuple[Line, ...]:
    """The rows after a key, the oldest first: for an export that never holds all of them."""
    rows = _select(session, wanted).where(AuditEvent.id > after)
    return in_words(session, session.scalars(rows.order_by(AuditEvent.id).limit(most)).all())


def acts(session: Session) -> list[str]:
    """Every act that the trail holds, for the filter."""
    return sorted(session.scalars(select(AuditEvent.act).distinct()))


def in_words(session: Session, events: Iterable[AuditEvent]) -> tuple[Line, ...]:
    """Rows with the names of who acted and the references of what they concern."""
    rows = tuple(events)
    ids = {row.actor_id for row in rows} | {row.about_id for row in rows if _of_a_person(row)}
    people = session.scalars(select(Account).where(Account.id.in_(ids))) if ids else ()
    names = {account.id: account.name for account in people}
    matters = _matters(session, rows)
    return tuple(
        Line(
            id=row.id,
            at=row.at,
            act=row.act,
            actor_kind=row.actor_kind,
            name=names.get(row.actor_id or 0),
            about_kind=row.about_kind,
            about_id=row.about_id,
            matter=matters.get((row.about_kind or "", row.about_id or 0)),
            whom=names.get(row.about_id or 0) if _of_a_person(row) else None,
            fields=tuple(row.fields),
        )
        for row in rows
    )


def _of_a_person(row: AuditEvent) -> bool:
    return row.about_kind == Account.__tablename__


def _select(session: Session, wanted: Filter) -> Select[AuditEvent]:
    rows = select(AuditEvent)
    if wanted.first_day is not None:
        rows = rows.where(AuditEvent.at >= _midnight(wanted.first_day))
    if wanted.last_day is not None:
        rows = rows.where(AuditEvent.at < _midnight(wanted.last_day + ONE_DAY))
    if wanted.act:
        rows = rows.where(AuditEvent.act == wanted.act)
    if wanted.person is not None:
        rows = rows.where(AuditEvent.actor_id == wanted.person.id)
    if wanted.reference.strip():
        rows = rows.where(_about_reference(session, wanted.reference))
    return rows


def _about_reference(session: Session, typed: str) -> ColumnElement[bool]:
    reference = read_reference(typed)
    if reference is None:
        return false()
    feedback = session.scalar(select(Feedback).where(Feedback.reference == reference))
    return looks.about(session, feedback) if feedback is not None else false()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.LONDON)


def _matters(session: Session, rows: tuple[AuditEvent, ...]) -> Mapping[tuple[str, int], str]:
    found: dict[tuple[str, int], str] = {}
    for record, feedback_id in (
        (Feedback, Feedback.id),
        (Case, Case.feedback_id),
        (Message, Message.feedback_id),
        (OutboxLetter, OutboxLetter.feedback_id),
        (Attachment, Attachment.feedback_id),
    ):
        kind = record.__tablename__
        ids = {row.about_id for row in rows if row.about_kind == kind}
        if ids:
            found |= _references(session, record, feedback_id, kind, ids)
    return found


def _references(
    session: Session, record: Any, feedback_id: Any, kind: str, ids: set[int | None]
) -> dict[tuple[str, int], str]:
    wanted = select(record.id, Feedback.reference).where(
        record.id.in_(ids), Feedback.id == feedback_id
    )
    return {(kind, key): reference for key, reference in session.execute(wanted)}
