"""Reminding: one act for each reminder, which writes its letters and the row that keeps it from
being sent again."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases import chasing, gathering, silence
from portal.cases.acting import signed_in_id
from portal.cases.chasing import Dated
from portal.cases.clock_names import CLOCKS
from portal.cases.recipients import Recipients, Waiting, is_from_outside, recipients
from portal.cases.silence import Silence
from portal.cases.tokens import make_public_id
from portal.correspondence import outbox
from portal.procedures.chasing import ACTS_BY_APPOINTMENT, Level, Rung
from portal.procedures.procedure import ANSWER_CLOCKS, ClockKey, StageKey
from portal.procedures.state import State
from portal.procedures.working_days import relative_words
from portal.records.case import Case, CaseClock
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind
from portal.records.remedy import Remedy
from portal.records.reminder import Reminder, ReminderState
from portal.work import Work

SILENCE = "silence"
OF_SILENCE = (Level.WHOEVER_MUST_ACT, Level.MANAGER)
READERS_KEPT = 256
PROMISE = "Something that was promised"


def remind(work: Work, one: Dated) -> Reminder | None:
    """Send the newest rung of a date that was reached, and note those that it passes over.

    Args:
        work: the open act, of the worker. Of two workers the second fails at the row's uniqueness,
            and with it its letters.
        one: one of `chasing.waiting`.

    Returns:
        The reminder; None where somebody was quicker or nothing is to be said.

    Raises:
        sqlalchemy.exc.IntegrityError: another worker has sent it in this moment.
    """
    asked = chasing.asked(work.session, work.council, work.today, one)
    if asked is None:
        return None
    work.session.add_all(
        _row(work, one, rung.code, ReminderState.PASSED_OVER) for rung in asked.passed
    )
    if asked.now is None:
        return None
    return _send(work, one, asked.now)


def alarm(work: Work, one: Silence) -> Reminder | None:
    """Tell the officer and the manager of a silence, once.

    Args:
        work: the open act, of the worker.
        one: one of `silence.not_alarmed`.

    Returns:
        The reminder; None where a word has gone meanwhile.

    Raises:
        sqlalchemy.exc.IntegrityError: another worker has told them in this moment.
    """
    case = work.session.get_one(Case, one.case_id)
    if one not in silence.not_alarmed(work.session, work.council, work.today, case.id):
        return None
    row = Reminder(
        public_id=make_public_id(),
        case_id=case.id,
        silent_since=one.since,
        rung=SILENCE,
        due_on=work.today,
        state=ReminderState.SENT,
        made_on=work.today,
        made_at=work.now,
        told={},
    )
    feedback = work.session.get_one(Feedback, case.feedback_id)
    facts: dict[str, object] = {
        "stage_label": _stage_label(work, case, case.stage_key),
        "since": one.since,
        "days": one.days,
        "link": _link(work, feedback),
    }
    waiting = Waiting(case, case.team)
    whom = recipients(work, waiting, OF_SILENCE)
    return _written(work, row, feedback, whom, LetterKind.SILENCE, facts)


@dataclass(frozen=True)
class Untold:
    """A reminder that did not reach everybody it was for. `clock` is None for a promise and for a
    silence."""

    reminder: Reminder
    feedback: Feedback
    clock: str | None


def untold(session: Session, *only: ColumnElement[bool]) -> list[Untold]:
    """Reminders that did not reach everybody they were for, and that no officer has seen to: the
    oldest first.

    Args:
        session: any session.
        only: conditions on `feedback`; what the reader may see must be among them.
    """
    told: Any = select(Reminder, Feedback, CaseClock.key)
    wanted = _of_untold(told, only).outerjoin(CaseClock, CaseClock.id == Reminder.clock_id)
    found = session.execute(wanted.order_by(Reminder.id))
    return [Untold(row, feedback, key) for row, feedback, key in found]


def number_untold(session: Session, *only: ColumnElement[bool]) -> int:
    """How many `untold` gives, without reading any.

    Args:
        session, only: as in `untold`.
    """
    return session.scalar(_counting_untold(only)) or 0


@lru_cache(maxsize=READERS_KEPT)
def _counting_untold(only: tuple[ColumnElement[bool], ...]) -> Select[Any]:
    return _of_untold(select(func.count(Reminder.id)), only)


def _of_untold(wanted: Select[Any], only: tuple[ColumnElement[bool], ...]) -> Select[Any]:
    return (
        wanted.join_from(Reminder, Case, Case.id == Reminder.case_id)
        .join(Feedback, Feedback.id == Case.feedback_id)
        .where(Reminder.state == ReminderState.UNTOLD, Reminder.settled_at.is_(None), *only)
    )


def settle(work: Work, case: Case, reminder_id: str) -> bool:
    """Note that an officer has told them another way.

    Args:
        work: the open act.
        case: the case.
        reminder_id: the reminder's public id.

    Returns:
        Whether the case has such a reminder.
    """
    wanted = select(Reminder).where(
        Reminder.case_id == case.id,
        Reminder.public_id == reminder_id,
        Reminder.state == ReminderState.UNTOLD,
    )
    row = work.session.scalar(wanted)
    if row is None:
        return False
    if row.settled_at is None:
        row.settled_at, row.settled_by_id = work.now, signed_in_id(work)
        audit.note(work, "reminder_settled", case, [row.rung])
    return True


def _send(work: Work, one: Dated, rung: Rung) -> Reminder:
    case = work.session.get_one(Case, one.case_id)
    feedback = work.session.get_one(Feedback, case.feedback_id)
    row = _row(work, one, rung.code, ReminderState.SENT)
    if one.clock_id is not None:
        clock = work.session.get_one(CaseClock, one.clock_id)
        waiting = _for_clock(case, ClockKey(clock.key))
        waits_for, stage_key, link = CLOCKS[ClockKey(clock.key)], case.stage_key, ""
    else:
        assert one.remedy_id is not None
        remedy = work.session.get_one(Remedy, one.remedy_id)
        waiting = Waiting(case, remedy.team, owner_id=remedy.owner_id, promise=True)
        waits_for, stage_key = PROMISE, remedy.stage_key
        link = f"/promises/{remedy.public_id}"
    facts: dict[str, object] = {
        "stage_label": _stage_label(work, case, stage_key),
        "waits_for": waits_for,
        "due_on": one.due_on,
        "how_far": relative_words(one.due_on, work.today, work.council.calendar),
        "link": _link(work, feedback) + link,
    }
    whom = recipients(work, waiting, rung.to)
    return _written(work, row, feedback, whom, LetterKind.REMINDER, facts)


def _for_clock(case: Case, key: ClockKey) -> Waiting:
    answers = ANSWER_CLOCKS[gathering.track_for(case), StageKey(case.stage_key)]
    return Waiting(
        case,
        case.team,
        by_service=case.procedure_state is State.ANSWERING and key in answers,
        appointed=ACTS_BY_APPOINTMENT.get(case.procedure_state),
    )


def _written(
    work: Work,
    row: Reminder,
    feedback: Feedback,
    whom: Recipients,
    kind: LetterKind,
    facts: dict[str, object],
) -> Reminder:
    """Keep the row first, so that its uniqueness stops a second worker before any letter."""
    row.told = {"accounts": [one.id for one in whom.accounts], "untold": list(whom.untold)}
    if whom.untold:
        row.state = ReminderState.UNTOLD
    work.session.add(row)
    work.session.flush()
    for account in whom.accounts:
        told = facts
        if is_from_outside(work, account):
            told = {
                **facts,
                "link": f"{work.settings.public_url}/investigators/{feedback.public_id}",
            }
        outbox.post_to(work, kind, account.email, told, feedback=feedback)
    case = work.session.get_one(Case, row.case_id)
    act = "reminder_untold" if whom.untold else "reminder_sent"
    audit.note(work, act, case, [row.rung])
    return row


def _row(work: Work, one: Dated, rung: str, state: ReminderState) -> Reminder:
    return Reminder(
        public_id=make_public_id(),
        case_id=one.case_id,
        clock_id=one.clock_id,
        remedy_id=one.remedy_id,
        rung=rung,
        due_on=one.due_on,
        state=state,
        made_on=work.today,
        made_at=work.now,
        told={},
    )


def _stage_label(work: Work, case: Case, key: str) -> str:
    """The stage's name; a promise may be of a stage that the case's present procedure has not."""
    names = work.council.stages[gathering.track_for(case)]
    return names.get(StageKey(key), names[StageKey(case.stage_key)])


def _link(work: Work, feedback: Feedback) -> str:
    return f"{work.settings.public_url}/officers/cases/{feedback.public_id}"
