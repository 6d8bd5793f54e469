"""The day on which a letter is posted: the letter's date, and the day of what happens by it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from portal.app import create_app
from portal.cases import acknowledging, posting
from portal.cases.acknowledging import AlreadyAcknowledged
from portal.cases.posting import NotPosted, NotWaiting, SayWhy, StillWanted, WrongDay
from portal.db import db
from portal.procedures.procedure import ClockKey
from portal.procedures.working_days import Unit, after
from portal.records.audit_event import AuditEvent
from portal.records.case import Case
from portal.records.case_event import CaseEvent
from portal.records.feedback import ContactWay, Feedback
from portal.records.letter_posting import LetterPosting
from portal.records.outbox_letter import LetterState, OutboxLetter
from portal.work import WORKER, Who, Work, begin_work
from tests.conftest import settings_for
from tests.unit.cases.by_post import (
    CALENDAR,
    RECEIVED,
    a_case,
    clock_of,
    on,
    stage_of,
    written_ack,
)


def test_an_acknowledgement_by_post_waits_and_starts_no_clock(work: Work) -> None:
    case, letter = written_ack(work)
    assert letter.state is LetterState.TO_POST
    assert (letter.to_address or "").splitlines() == [
        "Noor Whitfield", "12 Elm Row", "Stafford", "ZZ99 2ZZ",
    ]  # fmt: skip
    assert letter.to_email is None
    assert case.acknowledged_on is None
    assert clock_of(work, ClockKey.ACKNOWLEDGE_1).met_on is None
    day_5 = after(RECEIVED, 5, Unit.WORKING_DAYS, CALENDAR).due
    assert stage_of(work).start_on == day_5
    assert stage_of(work).working["recalculations"] == [], "nothing has moved yet"
    with pytest.raises(AlreadyAcknowledged):
        acknowledging.acknowledge(work, case, "Again.")


def test_the_clock_counts_from_the_day_of_posting(work: Work) -> None:
    case, letter = written_ack(work)
    posted = date(2026, 6, 12)
    on(work, date(2026, 6, 15))
    posting.record_posted(work, letter, posted)
    assert (letter.state, letter.posted_on) == (LetterState.POSTED, posted)
    assert case.acknowledged_on == posted
    stage = stage_of(work)
    assert (stage.start_on, stage.due_on) == (
        posted, after(posted, 10, Unit.WORKING_DAYS, CALENDAR).due,
    )  # fmt: skip
    assert clock_of(work, ClockKey.ACKNOWLEDGE_1).met_on == posted
    assert stage.working["recalculations"][-1]["why"] == "posted"
    event = work.session.scalars(select(CaseEvent)).one()
    assert event.on == posted
    work.session.flush()
    [acted] = [a for a in work.session.scalars(select(AuditEvent)) if a.act == "letter_posted"]
    assert (acted.about_kind, acted.about_id) == ("outbox_letter", letter.id)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(written=st.integers(0, 9), more=st.integers(0, 9))
def test_wherever_it_lies_the_clock_is_as_if_it_was_written_when_posted(
    work: Work, written: int, more: int
) -> None:
    """Counting by post and counting by e-mail sent on the same day come to the same dates."""
    days = [RECEIVED] + [after(RECEIVED, n, Unit.DAYS, CALENDAR).due for n in range(1, 20)]
    case = work.session.scalar(select(Case)) or a_case(work)
    tried = work.session.begin_nested()
    try:
        on(work, days[written])
        letter = acknowledging.acknowledge(work, case, "1. Nobody rang back.")
        on(work, days[19])
        posting.record_posted(work, letter, days[written + more])
        by_post = (stage_of(work).start_on, stage_of(work).due_on)
        day_5 = after(RECEIVED, 5, Unit.WORKING_DAYS, CALENDAR).due
        start = min(days[written + more], day_5)
        assert by_post == (start, after(start, 10, Unit.WORKING_DAYS, CALENDAR).due)
    finally:
        tried.rollback()


@pytest.mark.parametrize("day", [date(2026, 6, 10), date(2026, 6, 16)])
def test_not_before_it_was_written_and_not_in_the_future(work: Work, day: date) -> None:
    _, letter = written_ack(work, date(2026, 6, 11))
    on(work, date(2026, 6, 15))
    with pytest.raises(WrongDay):
        posting.record_posted(work, letter, day)
    assert letter.state is LetterState.TO_POST
    assert work.session.scalars(select(LetterPosting)).all() == []


def test_a_saturday_is_a_day_like_any_other(work: Work) -> None:
    case, letter = written_ack(work)
    on(work, date(2026, 6, 15))
    posting.record_posted(work, letter, date(2026, 6, 13))
    assert case.acknowledged_on == date(2026, 6, 13)


def test_a_wrong_day_is_corrected_with_a_reason(work: Work) -> None:
    case, letter = written_ack(work)
    on(work, date(2026, 6, 15))
    posting.record_posted(work, letter, date(2026, 6, 11))
    with pytest.raises(SayWhy):
        posting.correct(work, letter, date(2026, 6, 12), "  ")
    with pytest.raises(WrongDay):
        posting.correct(work, letter, date(2026, 6, 11), "The post book says so.")
    posting.correct(work, letter, date(2026, 6, 12), "The post book says so.")
    assert case.acknowledged_on == letter.posted_on == date(2026, 6, 12)
    assert stage_of(work).start_on == date(2026, 6, 12)
    work.session.flush()
    kept = [(row.posted_on, row.reason) for row, _ in posting.history(work.session, letter)]
    assert kept == [
        (date(2026, 6, 11), None),
        (date(2026, 6, 12), "The post book says so."),
    ]
    [acted] = [
        a for a in work.session.scalars(select(AuditEvent)) if a.act == "letter_posting_corrected"
    ]
    assert acted.fields == ["posted_on"], "the trail holds no words"


def test_taken_back_it_waits_again_and_nothing_counts_from_it(work: Work) -> None:
    case, letter = written_ack(work)
    on(work, date(2026, 6, 15))
    with pytest.raises(NotPosted):
        posting.take_back(work, letter, "It lay on my desk.")
    posting.record_posted(work, letter, date(2026, 6, 11))
    with pytest.raises(NotWaiting):
        posting.record_posted(work, letter, date(2026, 6, 12))
    with pytest.raises(SayWhy):
        posting.take_back(work, letter, "")
    posting.take_back(work, letter, "It lay on my desk.")
    assert (letter.state, letter.posted_on) == (LetterState.TO_POST, None)
    assert case.acknowledged_on is None
    assert clock_of(work, ClockKey.ACKNOWLEDGE_1).met_on is None
    assert stage_of(work).start_on == after(RECEIVED, 5, Unit.WORKING_DAYS, CALENDAR).due
    posting.record_posted(work, letter, date(2026, 6, 15))
    assert case.acknowledged_on == date(2026, 6, 15)


def test_who_wants_no_post_any_more_is_sent_none(work: Work) -> None:
    case, letter = written_ack(work, date(2026, 6, 11))
    with pytest.raises(StillWanted):
        posting.leave_unposted(work, letter)
    work.session.get_one(Feedback, case.feedback_id).contact_way = ContactWay.PORTAL_ONLY
    posting.leave_unposted(work, letter)
    assert letter.state is LetterState.WITHHELD
    assert case.acknowledged_on == date(2026, 6, 11), "it is read at /track from that day"


def test_of_two_at_the_same_moment_one_records_the_day(database_url: str, tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path, DATABASE_URL=database_url))
    together = Barrier(2)
    with app.app_context(), begin_work(WORKER) as work:
        _, letter = written_ack(work)
        letter_id, officer_id = letter.id, work.who.account_id

    def record(day: date) -> str:
        with app.app_context():
            together.wait()
            try:
                with begin_work(Who("staff", officer_id)) as work:
                    posting.record_posted(work, work.session.get_one(OutboxLetter, letter_id), day)
            except NotWaiting:
                return "told"
            return "recorded"

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(record, (date(2026, 6, 11), date(2026, 6, 12))))
    assert sorted(results) == ["recorded", "told"]
    with app.app_context():
        kept = db.session.scalars(select(LetterPosting)).one()
        case = db.session.scalars(select(Case)).one()
        assert case.acknowledged_on == kept.posted_on
        db.session.remove()
        db.engine.dispose()
