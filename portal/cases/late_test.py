"""Weighing a complaint that came late: both halves of the test, each with its reasons.

Regulation 9 of SI 2006/1738 for the statutory procedure, Complaint Handling Code 2.2 for the
corporate one. The weighing refuses nothing; a refusal is an officer's decision of its own.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal import audit
from portal.cases.acting import signed_in_id
from portal.cases.childs_view import DayToCome
from portal.errors import Refused
from portal.matter_rows import LATE_TESTS
from portal.procedures.lateness import Weighed
from portal.procedures.vocabulary import ProcedureCode
from portal.records.feedback import Feedback
from portal.records.late_test import LateTest
from portal.work import Work

_TIMED = frozenset({ProcedureCode.STATUTORY, ProcedureCode.CORPORATE})


class HalfMissing(Refused):
    """One half of the test has no reasons."""

    message = "Write the reasons on both halves of the test. Nothing was recorded."


class NotTimed(Refused):
    """A procedure that knows no time to complain."""

    message = "Choose the statutory or the corporate procedure."


@dataclass(frozen=True)
class Halves:
    """What was weighed: the days, and each half with its reasons."""

    procedure: ProcedureCode
    arose_on: date
    knew_on: date | None
    no_sooner: bool
    no_sooner_reasons: str
    still_fair: bool
    still_fair_reasons: str


def record(work: Work, feedback: Feedback, halves: Halves) -> LateTest:
    """Record both halves of the test (reference/procedures.md 2.2 and 7.1).

    Raises:
        HalfMissing, NotTimed, DayToCome: with what is missing.
    """
    if halves.procedure not in _TIMED:
        raise NotTimed
    if not (halves.no_sooner_reasons.strip() and halves.still_fair_reasons.strip()):
        raise HalfMissing
    if max(halves.arose_on, halves.knew_on or halves.arose_on) > work.today:
        raise DayToCome
    found = LateTest(
        feedback_id=feedback.id,
        procedure=halves.procedure,
        arose_on=halves.arose_on,
        knew_on=halves.knew_on,
        no_sooner=halves.no_sooner,
        no_sooner_reasons=halves.no_sooner_reasons.strip(),
        still_fair=halves.still_fair,
        still_fair_reasons=halves.still_fair_reasons.strip(),
        tested_at=work.now,
        tested_by_id=signed_in_id(work),
    )
    work.session.add(found)
    audit.note(work, "late_test_recorded", feedback)
    return found


def latest(session: Session, feedback: Feedback) -> LateTest | None:
    """Give the weighing that counts, or None."""
    return next(reversed(LATE_TESTS.of(session, feedback.id)), None)


def halves_of(test: LateTest | None) -> Weighed | None:
    """Give a weighing as the rules see it: its answers and days, without the reasons."""
    if test is None:
        return None
    return Weighed(test.procedure, test.arose_on, test.knew_on, test.no_sooner, test.still_fair)
