"""By when something promised is due: counted from what it was promised against, once that is
there. The counting itself is `portal.procedures.remedy`."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import gathering
from portal.cases.tokens import make_public_id
from portal.errors import Refused
from portal.matter_rows import REMEDIES
from portal.procedures.remedy import (
    BASE_EVENTS,
    STILL_OPEN,
    Base,
    Offset,
    RemedyState,
    due_after,
    next_due,
)
from portal.procedures.working_days import Unit
from portal.records.case import Case, CaseStage
from portal.records.case_event import CaseEvent
from portal.records.remedy import Remedy
from portal.work import Work


class SayWhen(Refused):
    """A promise without a date, or without what its date is counted from."""

    message = "Say by when: a day, or how long after what."


@dataclass(frozen=True)
class Counting:
    """By when: a `day`, or an `offset` from an event of the case or from the remedy `after`."""

    base: Base
    day: date | None = None
    offset: Offset | None = None
    after: Remedy | None = None


def date_first(work: Work, case: Case, remedy: Remedy, counting: Counting) -> None:
    """Give a new remedy its date, or what its date will be counted from.

    Args:
        work: the open act.
        case: its case.
        remedy: not yet stored.
        counting: as it was written.

    Raises:
        SayWhen: a part of it is missing, or the day has passed.
    """
    if counting.base is Base.DAY:
        if counting.day is None or counting.day < work.today:
            raise SayWhen
        remedy.due_on = counting.day
        return
    if counting.offset is None:
        raise SayWhen
    remedy.offset_length = counting.offset.length
    remedy.offset_unit = counting.offset.unit.value
    if counting.base is Base.REMEDY:
        if counting.after is None or counting.after.case_id != case.id:
            raise SayWhen
        remedy.after_remedy_id = counting.after.id
        remedy.due_on = _from(work, remedy, counting.after.done_on)
    else:
        remedy.base_event = counting.base.value
        remedy.due_on = _from(work, remedy, _happened_on(work.session, case, counting.base))


def date_those_from(work: Work, case: Case, row: CaseEvent) -> None:
    """Date what was promised against an event, now that it has happened.

    Args:
        work: the act in which it happens.
        case: the case, with the stage in which it happens.
        row: the event.
    """
    bases = [base.value for base, events in BASE_EVENTS.items() if row.event in events]
    if not bases:
        return
    for remedy in REMEDIES.of(work.session, case.id):
        waits = remedy.stage_key == case.stage_key and remedy.base_event in bases
        if waits and remedy.due_on is None and remedy.state in STILL_OPEN:
            remedy.due_on = _from(work, remedy, row.on)


def date_anew(work: Work, stage: CaseStage, row: CaseEvent, on: date | None) -> None:
    """Date anew what was promised against an event by letter, whose day the post decides.

    Args:
        work: the open act.
        stage: the event's.
        row: the event.
        on: the day on which its letter was posted; None while it was not.
    """
    bases = [base.value for base, events in BASE_EVENTS.items() if row.event in events]
    wanted = select(Remedy).where(
        Remedy.case_id == row.case_id,
        Remedy.stage_key == stage.key,
        Remedy.base_event.in_(bases),
        Remedy.state.in_(STILL_OPEN),
    )
    for remedy in work.session.scalars(wanted):
        remedy.due_on = _from(work, remedy, on)


def date_those_after(work: Work, remedy: Remedy) -> None:
    """Date what was promised for some time after another remedy, now that this one is done."""
    waiting = select(Remedy).where(
        Remedy.after_remedy_id == remedy.id,
        Remedy.offset_length.is_not(None),
        Remedy.state.in_(STILL_OPEN),
    )
    for other in work.session.scalars(waiting):
        other.due_on = _from(work, other, remedy.done_on)


def next_of(work: Work, remedy: Remedy) -> Remedy | None:
    """The next one of a series, not yet stored; None where nothing repeats or the series has ended.

    A later one of a series points to the first, from whose day all of them are counted, and has
    no offset of its own.
    """
    if remedy.repeats_every_months is None or remedy.due_on is None:
        return None
    later = remedy.after_remedy_id is not None and remedy.offset_length is None
    first = work.session.get(Remedy, remedy.after_remedy_id) if later else remedy
    start = first.due_on if first is not None and first.due_on is not None else remedy.due_on
    due = next_due(
        start, remedy.repeats_every_months, remedy.due_on, remedy.repeats_until,
        work.council.calendar,
    )  # fmt: skip
    if due is None:
        return None
    return Remedy(
        public_id=make_public_id(),
        state=RemedyState.PROMISED,
        after_remedy_id=first.id if first is not None else remedy.id,
        due_on=due,
        made_at=work.now,
        made_by_id=work.who.account_id or remedy.made_by_id,
        **{name: getattr(remedy, name) for name in _CARRIED},
    )


_CARRIED = (
    "case_id", "point_id", "stage_key", "giver", "kind", "text", "owner_id", "team", "payee",
    "amount_pence", "repeats_every_months", "repeats_until", "for_report", "shown_to_person",
)  # fmt: skip


def _from(work: Work, remedy: Remedy, base: date | None) -> date | None:
    if base is None or remedy.offset_length is None or remedy.offset_unit is None:
        return None
    offset = Offset(remedy.offset_length, Unit(remedy.offset_unit))
    return due_after(base, offset, work.council.calendar)


def _happened_on(session: Session, case: Case, base: Base) -> date | None:
    """The day of the latest of a base's events in the present stage."""
    stage = gathering.current_stage(session, case)
    wanted = select(CaseEvent.on).where(
        CaseEvent.stage_id == stage.id, CaseEvent.event.in_(BASE_EVENTS[base])
    )
    return session.scalar(wanted.order_by(CaseEvent.id.desc()).limit(1))
