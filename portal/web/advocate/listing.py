"""The advocate's list: their matters by next date, and for whom each of them waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.cases import agreeing, other_children
from portal.cases.followed_matters import Matter
from portal.cases.progress import Progress, progress
from portal.council import Council
from portal.marking import marked
from portal.matter_rows import EVENTS, POINTS, fetch_places
from portal.wording import worded

NO_NAME = marked("No name given")
YES_OR_NO = marked("The young person, for a yes to the points")


@dataclass(frozen=True)
class Row:
    """One matter as the list prints it."""

    public_id: str
    reference: str
    name: str
    headline: str
    next_on: date | None
    late: bool
    waiting_for: str
    unread: int


def rows(session: Session, council: Council, matters: Iterable[Matter], today: date) -> list[Row]:
    """Make the list.

    Args:
        session: any session.
        council: for its promises.
        matters: what the advocate follows.
        today: to tell what is late.

    Returns:
        The next date first; matters without a date after them.
    """
    listed = list(matters)
    fetch_places(session, [matter.feedback for matter in listed], EVENTS, POINTS)
    made = [_row(session, council, matter, today) for matter in listed]
    return sorted(made, key=lambda row: (row.next_on or date.max, row.reference))


def _row(session: Session, council: Council, matter: Matter, today: date) -> Row:
    cases = other_children.open_parts(session, matter.feedback)
    places = [
        progress(session, council, matter.feedback, today, part)
        for part in [case.part for case in cases] or [1]
    ]
    # Of several parts, the one with the next date.
    where = min(places, key=lambda one: one.next_on or date.max)
    asks = any(agreeing.statement(session, case).asks for case in cases)
    return Row(
        public_id=matter.feedback.public_id,
        reference=matter.feedback.reference,
        name=matter.first_name or worded(NO_NAME),
        headline=where.headline,
        next_on=where.next_on,
        late=where.late,
        waiting_for=_waiting_for(matter, where, asks),
        unread=matter.unread,
    )


def _waiting_for(matter: Matter, where: Progress, asks: bool) -> str:
    if asks:
        return YES_OR_NO
    if matter.council_asked_last:
        return marked("You or the young person")
    return marked("Nobody") if where.finished else marked("The council")
