"""Silence: an open case in which nobody has said anything to the person for too long.

A word is a letter that they can read, a message of ours, or a meeting with them. What the mail
server gave back was never said.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, lru_cache, reduce

from sqlalchemy import ColumnElement, Select, and_, exists, func, null, select
from sqlalchemy import case as either
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal import clock
from portal.council import Council
from portal.one_of import among, one_of, one_of_these
from portal.plain_rows import plain_rows
from portal.procedures.chasing import silent_before
from portal.procedures.state import RUNNING, Event
from portal.procedures.vocabulary import Category
from portal.procedures.working_days import working_days_between
from portal.records.case import Case, CaseState
from portal.records.case_event import CaseEvent
from portal.records.feedback import Feedback
from portal.records.message import Message, Sender
from portal.records.outbox_letter import LetterState, OutboxLetter
from portal.records.reminder import Reminder

_MATTERS = "matters"


@dataclass(frozen=True)
class Silence:
    """One silence: since the last word, for so many working days."""

    case_id: int
    since: date
    days: int


def silent(council: Council, today: date) -> ColumnElement[bool]:
    """The condition on `case` and `feedback` for a silence that has lasted too long.

    Where a stage is answered the person's time runs, and silence is no fault; in the Ombudsman's
    matters their letters name the dates.

    Args:
        council: for how long is too long, and the days off.
        today: the day.
    """
    first = silent_before(today, council.chasing.silence_days, council.calendar)
    return _silent_since(datetime.combine(first, time(0), tzinfo=clock.LONDON))


@lru_cache(maxsize=2)
def _silent_since(moment: datetime) -> ColumnElement[bool]:
    return and_(
        Case.state == CaseState.OPEN,
        one_of_these(Case.procedure_state, RUNNING),
        Case.category != Category.OMBUDSMAN,
        Feedback.received_at < moment,
        *(~exists().where(word, at >= moment).correlate(Feedback, Case) for word, at in _WORDS),
    )


def told_since(council: Council, today: date) -> ColumnElement[datetime | None]:
    """The moment of the last word in a case that is silent for too long, as a column beside `case`
    and `feedback`; nothing in any other. `of_moment` makes a silence of it.

    Args:
        council, today: as in `silent`.
    """
    return _told_since(silent(council, today))


@lru_cache(maxsize=2)
def _told_since(is_silent: ColumnElement[bool]) -> ColumnElement[datetime | None]:
    return either((is_silent, _last_word()), else_=null())


def of_moment(case_id: int, last: datetime, council: Council, today: date) -> Silence:
    """The silence of a case.

    Args:
        case_id: the case's key.
        last: when the last word was said.
        council, today: as in `silent`.
    """
    since = clock.london_date(last)
    return Silence(case_id, since, working_days_between(since, today, council.calendar))


def silences(
    session: Session, council: Council, today: date, only: Collection[int]
) -> Mapping[int, Silence]:
    """Which of some cases are silent for too long, by their keys.

    Args:
        session: any session.
        council, today: as in `silent`.
        only: keys of cases.
    """
    wanted = _cases().where(silent(council, today), one_of(session, Case.id, only))
    return {row[0]: of_moment(*row, council, today) for row in plain_rows(session, wanted)}


def silences_of_matters(
    session: Session, council: Council, today: date, public_ids: Collection[str]
) -> Mapping[str, Silence]:
    """The same for the matters of a list, by the public ids of their feedback: of a matter in parts
    the longest silence.

    Args:
        session: any session.
        council, today: as in `silent`.
        public_ids: of the feedback.
    """
    wanted = _of_matters(silent(council, today), session.get_bind().dialect.name)
    found: dict[str, Silence] = {}
    for case_id, last, public_id in plain_rows(session, wanted, {_MATTERS: list(public_ids)}):
        one = of_moment(case_id, last, council, today)
        if public_id not in found or found[public_id].days < one.days:
            found[public_id] = one
    return found


@lru_cache(maxsize=2)
def _of_matters(is_silent: ColumnElement[bool], dialect: str) -> Select[int, datetime, str]:
    """The silences of the matters that are bound, written once for a day."""
    of_those = among(dialect, Feedback.public_id, _MATTERS)
    return _cases().add_columns(Feedback.public_id).where(is_silent, of_those)


def not_alarmed(
    session: Session, council: Council, today: date, case_id: int | None = None
) -> list[Silence]:
    """Every silence of which nobody was reminded yet.

    Args:
        session: any session.
        council, today: as in `silent`.
        case_id: ask for this case alone.
    """
    told = exists().where(
        Reminder.case_id == Case.id,
        Reminder.silent_since.is_not(None),
        # A word after the alarm ended that silence: this is another one.
        Reminder.made_at >= _last_word(),
    )
    wanted = _cases().where(silent(council, today), ~told).order_by(Case.id)
    if case_id is not None:
        wanted = wanted.where(Case.id == case_id)
    return [of_moment(*row, council, today) for row in plain_rows(session, wanted)]


def count(session: Session, council: Council, today: date) -> int:
    """How many open cases are silent for too long."""
    wanted = (
        select(func.count(Case.id))
        .join(Feedback, Feedback.id == Case.feedback_id)
        .where(silent(council, today))
    )
    return session.scalar(wanted) or 0


@cache
def _cases() -> Select[int, datetime]:
    return select(Case.id, _last_word()).join(Feedback, Feedback.id == Case.feedback_id)


_WORDS: tuple[tuple[ColumnElement[bool], InstrumentedAttribute[datetime]], ...] = (
    (
        and_(
            OutboxLetter.feedback_id == Feedback.id,
            OutboxLetter.shown_to_person,
            OutboxLetter.state != LetterState.REFUSED,
        ),
        OutboxLetter.written_at,
    ),
    (
        and_(Message.feedback_id == Feedback.id, Message.sender == Sender.COUNCIL),
        Message.sent_at,
    ),
    (
        and_(CaseEvent.case_id == Case.id, CaseEvent.event == Event.MEETING_HELD),
        CaseEvent.recorded_at,
    ),
)
"""What a word to the person is, and when it was said."""


@cache
def _last_word() -> ColumnElement[datetime]:
    """The moment of the last word; of receipt, where nothing was ever said."""
    latest = [
        func.coalesce(
            select(func.max(at)).where(word).correlate(Feedback, Case).scalar_subquery(),
            Feedback.received_at,
        )
        for word, at in _WORDS
    ]
    return reduce(_later, latest)


def _later(one: ColumnElement[datetime], other: ColumnElement[datetime]) -> ColumnElement[datetime]:
    return either((one >= other, one), else_=other)
