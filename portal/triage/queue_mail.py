"""Mail that became no feedback, as rows of the queue: what nobody has read counts as a concern.

Its place follows from its kind and the moment it arrived, so it has no columns of its own for it.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    and_,
    false,
    func,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session

from portal import clock
from portal.cases.queue_places import rank
from portal.procedures.vocabulary import Risk
from portal.records.mail import Mail, MailState
from portal.triage.queue_order import Place

RISKS = {MailState.QUARANTINED: Risk.CONCERN, MailState.AUTOMATIC: Risk.NONE}


@dataclass(frozen=True)
class MailRow:
    """One message to look at, on the day on which it came. `tried_again`: the intake reads it once
    more by itself."""

    public_id: str
    state: MailState
    risk: Risk
    arrived_at: datetime
    on: date
    size: int
    tries: int
    next_try_at: datetime | None

    @property
    def place(self) -> Place:
        """Where it stands in the queue."""
        return rank(self.risk, False), self.on, self.arrived_at, self.public_id


def place_of(mail: Mail) -> Place | None:
    """Where a message stands, or stood, in the queue; None for one that became feedback by
    itself."""
    if mail.state not in RISKS:
        return None
    on = clock.london_date(mail.arrived_at)
    return rank(RISKS[mail.state], False), on, mail.arrived_at, mail.public_id


def rows(
    session: Session, at_most: int, place: Place | None = None, *, back: bool = False
) -> list[MailRow]:
    """The messages after a place of the queue, or before it, the nearest first.

    Args:
        session: any session; no message is opened.
        at_most: how many of each kind.
        place: from where; None from the end.
        back: whether to look before it.
    """
    wanted = _from_the_start(at_most, back) if place is None else _nearest(at_most, place, back)
    lines = [
        MailRow(risk=RISKS[row.state], on=clock.london_date(row.arrived_at), **row._asdict())
        for row in session.execute(wanted)
    ]
    return sorted(lines, key=lambda row: row.place, reverse=back)


@cache
def _from_the_start(at_most: int, back: bool) -> CompoundSelect[Any]:
    return _nearest(at_most, None, back)


def _nearest(at_most: int, place: Place | None, back: bool) -> CompoundSelect[Any]:
    columns = (Mail.arrived_at, Mail.public_id)
    nearest = [
        select(Mail.public_id, Mail.state, Mail.arrived_at, Mail.size, Mail.tries, Mail.next_try_at)
        .where(*_left(state), _beyond(state, place, back) if place is not None else true())
        .order_by(*(column.desc() if back else column.asc() for column in columns))
        .limit(at_most)
        .subquery()
        for state in RISKS
    ]
    return union_all(*(select(one) for one in nearest))


def number(at_most: int) -> ColumnElement[int]:
    """How many there are, as part of a query; more are not counted."""
    one = select(Mail.id).where(or_(*(and_(*_left(state)) for state in RISKS))).limit(at_most)
    counted: ColumnElement[int] = select(func.count()).select_from(one.subquery()).scalar_subquery()
    return counted


def _left(state: MailState) -> tuple[ColumnElement[bool], ...]:
    return Mail.state == state, Mail.feedback_id.is_(None), Mail.settled_at.is_(None)


def _beyond(state: MailState, place: Place, back: bool) -> ColumnElement[bool]:
    """The queue's order, told by the moment of arrival alone: the day is that of the moment."""
    own, (other, day, at, public_id) = rank(RISKS[state], False), place
    if own != other:
        return true() if (own < other) == back else false()
    # An address may name any day; the last of all has no next one.
    day = min(day, date.max - timedelta(days=1))
    begins, ends = _begins(day), _begins(day + timedelta(days=1))
    same_day = and_(Mail.arrived_at >= begins, Mail.arrived_at < ends)
    if back:
        nearer = or_(Mail.arrived_at < at, and_(Mail.arrived_at == at, Mail.public_id < public_id))
        return or_(Mail.arrived_at < begins, and_(same_day, nearer))
    later = or_(Mail.arrived_at > at, and_(Mail.arrived_at == at, Mail.public_id > public_id))
    return or_(Mail.arrived_at >= ends, and_(same_day, later))


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.LONDON).astimezone(UTC)
