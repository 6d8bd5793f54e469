"""Answers and extensions by post: given, and granted, on the day on which they are posted."""

from datetime import date

from sqlalchemy import select

from portal.cases import counting, event_letters, happening, posting
from portal.cases.tokens import make_public_id
from portal.procedures.facts import Given
from portal.procedures.finding import Finding, Giver, PointState
from portal.procedures.procedure import ClockKey
from portal.procedures.remedy import RemedyKind, RemedyState
from portal.procedures.state import Doer, Event
from portal.procedures.vocabulary import ProcedureCode
from portal.procedures.working_days import Unit, after
from portal.records.case import Case
from portal.records.outbox_letter import OutboxLetter
from portal.records.point import Point, PointFinding
from portal.records.remedy import Remedy
from portal.work import Work
from tests.unit.cases.by_post import CALENDAR, a_case, clock_of, on, stage_of


def an_answer(work: Work) -> tuple[Case, OutboxLetter]:
    """An answer by post, with a promise four weeks after it."""
    case = a_case(work, ProcedureCode.STATUTORY)
    assert work.who.account_id is not None
    point = Point(
        public_id=make_public_id(), case_id=case.id, number=1, text="Nobody rang back.",
        made_at=work.now, state=PointState.AGREED,
    )  # fmt: skip
    work.session.add(point)
    work.session.flush()
    stage = stage_of(work)
    work.session.add(
        PointFinding(
            point_id=point.id, stage_id=stage.id, giver=Giver.SERVICE, finding=Finding.UPHELD,
            reasons="You are right.", written_at=work.now, written_by_id=work.who.account_id,
        )
    )  # fmt: skip
    work.session.add(
        Remedy(
            public_id=make_public_id(), case_id=case.id, stage_key="stage_1", giver=Giver.SERVICE,
            kind=RemedyKind.APOLOGY, text="We ring you.", state=RemedyState.PROMISED,
            team=case.team,
            base_event="answer", offset_length=28, offset_unit="days", made_at=work.now,
            made_by_id=work.who.account_id,
        )
    )  # fmt: skip
    given = Given(on=work.today, by=Doer.OFFICER, account_id=work.who.account_id)
    row = happening.happen(work, case, Event.ANSWERED, given)
    letter = event_letters.send(work, case, row)
    assert letter is not None
    return case, letter


def test_an_answer_by_post_is_given_on_the_day_it_is_posted(work: Work) -> None:
    _, letter = an_answer(work)
    stage, promise = stage_of(work), work.session.scalars(select(Remedy)).one()
    assert stage.answered_on is None, "the council owes it still"
    assert promise.due_on is None
    assert clock_of(work, ClockKey.STAGE_1).met_on is None
    posted = date(2026, 6, 12)
    on(work, posted)
    posting.record_posted(work, letter, posted)
    assert stage.answered_on == posted
    assert clock_of(work, ClockKey.STAGE_1).met_on == posted
    assert promise.due_on == after(posted, 28, Unit.DAYS, CALENDAR).due
    ask_by = clock_of(work, ClockKey.REQUEST_2)
    assert ask_by.due_on == after(posted, 20, Unit.WORKING_DAYS, CALENDAR).due


def test_an_extension_that_is_posted_too_late_moves_no_date(work: Work) -> None:
    case = a_case(work, ProcedureCode.STATUTORY)
    first = stage_of(work).due_on
    until = after(first, 5, Unit.WORKING_DAYS, CALENDAR).due
    on(work, date(2026, 6, 16))
    assert work.who.account_id is not None
    given = Given(
        on=work.today, by=Doer.OFFICER, account_id=work.who.account_id, reason="complex",
        words="We have to talk to one more person.", new_date=until,
    )  # fmt: skip
    row = happening.happen(work, case, Event.EXTENDED, given)
    letter = event_letters.send(work, case, row)
    assert letter is not None
    assert f"{until.day} {until:%B %Y}" in letter.body
    assert stage_of(work).due_on == first, "a letter that lies here moves nothing"
    late = after(first, 1, Unit.DAYS, CALENDAR).due
    on(work, late)
    posting.record_posted(work, letter, late)
    assert stage_of(work).due_on == first
    assert counting.TOO_LATE in row.details
    posting.correct(work, letter, first, "The book shows the day before.")
    assert stage_of(work).due_on == until
    assert counting.TOO_LATE not in row.details
