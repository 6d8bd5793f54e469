"""What dates ask of the background process: lapses, reminders, holding letters and silences, each
case in an act of its own."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar

import structlog
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from portal import clock
from portal.cases import (
    chasing,
    holding,
    lapsing,
    referral_chasing,
    reminding,
    silence,
    work_chasing,
)
from portal.council import Council
from portal.db import db
from portal.records.case import Case
from portal.work import WORKER, Work, begin_work, counting_council

log = structlog.get_logger()
One = TypeVar("One")


def see_to_lapses() -> int:
    """Tell those whose stage 1 has run out, or open the stage 2 that they asked for early.

    Returns:
        How many cases were seen to.
    """

    def attend(work: Work, case_id: int) -> bool:
        case = work.session.get(Case, case_id)
        return case is not None and lapsing.attend(work, case) is not None

    return _each("lapses", lapsing.lapsed(db.session(), clock.today()), attend)


def send_reminders() -> int:
    """Send the rungs that were reached, of clocks and of promises; on working days alone.

    Returns:
        How many reminders were sent, however many people each went to.
    """
    here, today = _working_day()
    found = chasing.waiting(db.session(), here, today) if today is not None else []
    return _each("reminders", found, lambda work, one: reminding.remind(work, one) is not None)


def draft_holding_letters() -> int:
    """Draft a holding letter for each stage whose date is near and whose answer is not drafted.

    Returns:
        How many were drafted.
    """
    here, today = _working_day()
    found = holding.due(db.session(), here, today) if today is not None else []
    return _each("holding_letters", found, lambda work, one: holding.draft(work, one) is not None)


def alarm_silences() -> int:
    """Tell the officer and the manager of each silence that has lasted too long; on working days.

    Returns:
        How many silences.
    """
    here, today = _working_day()
    found = silence.not_alarmed(db.session(), here, today) if today is not None else []
    return _each("silences", found, lambda work, one: reminding.alarm(work, one) is not None)


def chase_referrals() -> int:
    """Chase referrals to an advocate that nobody has answered; on working days.

    Returns:
        How many reminders.
    """
    here, today = _working_day()
    found = referral_chasing.waiting(db.session(), here, today) if today is not None else []

    def remind(work: Work, referral_id: int) -> bool:
        return referral_chasing.remind(work, referral_id) is not None

    return _each("referrals", found, remind)


def chase_given_work() -> int:
    """Chase cases that a manager has neither taken nor handed back, and questions to colleagues
    that nobody has answered; on working days.

    Returns:
        How many reminders.
    """
    here, today = _working_day()
    if today is None:
        return 0
    session = db.session()
    cases = work_chasing.allocations(session, here, today)
    questions = work_chasing.questions(session, here, today)
    return _each("given_work", cases, work_chasing.remind_of_case) + _each(
        "given_work", questions, work_chasing.remind_of_question
    )


CHASING: Mapping[str, Callable[[], int]] = {
    "reminders": send_reminders,
    "holding_letters": draft_holding_letters,
    "silences": alarm_silences,
    "referrals": chase_referrals,
    "given_work": chase_given_work,
}
"""What chases, by the name under which a round counts it. It goes by days: once an hour will do."""


def _working_day() -> tuple[Council, date | None]:
    """The council with its days off, and today; None on a day off, when nobody is at work to read
    a reminder."""
    here, today = counting_council(db.session()), clock.today()
    return here, None if here.calendar.why_not_working(today) is not None else today


def _each(duty: str, found: Iterable[One], act: Callable[[Work, One], bool]) -> int:
    """Do something for each in an act of its own, so that one that fails leaves the others."""
    done, failures = 0, []
    for one in list(found):
        try:
            with begin_work(WORKER) as work:
                done += act(work, one)
        except (IntegrityError, StaleDataError):
            # Another process was quicker with this one.
            continue
        except DBAPIError:
            raise
        except Exception as failure:
            log.error("one_failed", duty=duty, kind=type(failure).__name__)
            failures.append(failure)
    if failures:
        raise failures[0]
    return done
