"""Reminders: the right rung to the right people, once, and never to somebody walled off."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal import health
from portal.cases import named_persons, reminding
from portal.cases.remedy_dates import Counting
from portal.correspondence import failing
from portal.procedures.finding import Giver
from portal.procedures.procedure import Track
from portal.procedures.remedy import Base
from portal.procedures.state import AppointedAs, Event, State
from portal.procedures.vocabulary import Team
from portal.records.account import Account, Role
from portal.records.appointment import Appointment
from portal.records.audit_event import AuditEvent
from portal.records.case import Case, CaseClock, CaseState
from portal.records.feedback import Feedback
from portal.records.reminder import Reminder, ReminderState
from portal.work import Work
from tests.unit.cases.chased_case import (
    DUE,
    HEAD,
    LEAD,
    MANAGER,
    OFFICER,
    ONE_DAY,
    RECEIVED,
    letters,
    opened,
    person,
    run,
    somebody,
)
from tests.unit.cases.driven_case import DrivenCase, happens
from tests.unit.cases.test_remedies import promised
from tests.unit.triage.matters import acting


@pytest.fixture
def case(work: Work) -> Case:
    return opened(work)


def test_a_ladder_is_climbed_once(work: Work, case: Case) -> None:
    days = [RECEIVED + timedelta(days=n) for n in range(30)]
    climbed = {day: found for day in days if (found := run(work, day))}
    both = [OFFICER, MANAGER]
    assert climbed == {
        date(2026, 6, 8): [("half_way", both)],
        date(2026, 6, 10): [("before_3", both)],
        DUE: [("due", both)],
        date(2026, 6, 16): [("after_1", both)],
        date(2026, 6, 18): [("after_3", [*both, HEAD])],
    }
    rows = work.session.scalars(select(Reminder)).all()
    assert {row.state for row in rows} == {ReminderState.SENT}
    acts = work.session.scalars(select(AuditEvent.act).where(AuditEvent.about_kind == "case")).all()
    assert acts.count("reminder_sent") == 5


def test_a_reminder_tells_what_is_waited_for_and_nothing_of_the_story(
    work: Work, case: Case
) -> None:
    run(work, date(2026, 6, 10))
    body = letters(work)[0].body
    feedback = work.session.get_one(Feedback, case.feedback_id)
    assert f"Case: {feedback.reference}" in body
    assert "Stage: Stage 1: answer from the service" in body
    assert "What we wait for: Answer" in body
    assert "Date: Monday 15 June 2026, in 3 working days" in body
    assert "/officers/cases/" in body
    assert not any(part in body for part in ("rang", "weeks", "Dana", "Whitlock"))
    assert letters(work)[0].shown_to_person is False


def test_after_missed_nights_one_reminder_goes_and_the_others_are_passed_over(
    work: Work, case: Case
) -> None:
    assert run(work, date(2026, 6, 17)) == [("after_1", [OFFICER, MANAGER])]
    states = {row.rung: row.state for row in work.session.scalars(select(Reminder))}
    assert states == {
        "half_way": ReminderState.PASSED_OVER,
        "before_3": ReminderState.PASSED_OVER,
        "due": ReminderState.PASSED_OVER,
        "after_1": ReminderState.SENT,
    }
    assert run(work, date(2026, 6, 17)) == []


def test_an_answer_ends_the_ladder_and_an_extension_begins_a_new_one(work: Work) -> None:
    driven = DrivenCase(work, Track.STATUTORY)
    (stage,) = driven.stages()
    due = stage.due_on
    assert [rung for rung, _ in run(work, due)] == ["due"]
    acting(work, driven.officer, due)
    later = due + timedelta(days=7)
    happens(driven, Event.EXTENDED, new_date=later)
    assert run(work, due + timedelta(days=1)) == []
    assert [rung for rung, _ in run(work, later)] == ["due"]
    acting(work, driven.officer, later)
    driven.add_point()
    driven.find(Giver.SERVICE, "found")
    happens(driven, Event.ANSWERED)
    assert run(work, later + timedelta(days=2)) == []
    rows = work.session.scalars(select(Reminder).order_by(Reminder.id)).all()
    told = [row.due_on for row in rows if row.state is not ReminderState.PASSED_OVER]
    assert told == [due, later]


def test_the_manager_it_is_about_gets_nothing_and_the_next_above_does(
    work: Work, case: Case
) -> None:
    feedback = work.session.get_one(Feedback, case.feedback_id)
    named_persons.link(work, feedback, person(work, MANAGER))
    assert run(work, DUE) == [("due", [OFFICER, HEAD])]
    assert work.session.scalars(select(Reminder.state)).all().count(ReminderState.UNTOLD) == 0


def test_what_is_about_the_head_of_service_goes_to_the_designated_officer(
    work: Work, case: Case
) -> None:
    designated = somebody(work, Role.INFORMATION_GOVERNANCE, work.council.designated_officer)
    named_persons.link(work, work.session.get_one(Feedback, case.feedback_id), person(work, HEAD))
    # The manager reports to the head, and the complaints team is closed out: all come to one.
    assert run(work, date(2026, 6, 18)) == [("after_3", [designated.email])]


def test_nobody_with_an_address_is_a_task_and_no_silent_drop(work: Work, case: Case) -> None:
    for account in work.session.scalars(select(Account)).all():
        failing.mark(work, account.email)
    assert run(work, DUE) == [("due", [])]
    (one,) = reminding.untold(work.session)
    row = one.reminder
    assert (row.rung, one.feedback.id, one.clock) == ("due", case.feedback_id, "stage_1")
    assert row.told["untold"] == ["whoever_must_act", "manager"]
    told = [said for said in health.faults(work.session) if "did not reach" in said]
    assert told == ["1 reminder did not reach everybody they were for: an officer must tell them."]
    acting(work, person(work, LEAD))
    assert reminding.settle(work, case, row.public_id) is True
    work.session.flush()
    assert reminding.untold(work.session) == []
    assert reminding.settle(work, case, "nothing") is False


def test_one_whose_address_fails_is_a_task_although_the_next_above_is_told(
    work: Work, case: Case
) -> None:
    failing.mark(work, OFFICER)
    assert run(work, date(2026, 6, 10)) == [("before_3", [LEAD, MANAGER])]
    row = reminding.untold(work.session)[0].reminder
    assert row.told["untold"] == ["whoever_must_act"]


def test_a_promise_outlives_its_case(work: Work, case: Case) -> None:
    acting(work, person(work, OFFICER), RECEIVED)
    promise = promised(
        work, case, counting=Counting(Base.DAY, day=date(2026, 7, 1)), team=Team.SEND,
        owner_id=person(work, MANAGER).id,
    )  # fmt: skip
    case.state = CaseState.CLOSED
    work.session.flush()
    assert run(work, date(2026, 6, 15)) == []
    assert run(work, date(2026, 6, 16)) == [("half_way", [MANAGER])]
    assert run(work, date(2026, 6, 26)) == [("before_3", [MANAGER])]
    letter = letters(work)[-1]
    assert f"/promises/{promise.public_id}" in letter.body
    assert "Something that was promised" in letter.body
    # Nobody manages the other team here, so it comes to the complaints manager.
    assert run(work, date(2026, 7, 1)) == [("due", [MANAGER, LEAD])]
    work.session.delete(promise)
    work.session.flush()
    assert run(work, date(2026, 7, 6)) == []


@pytest.mark.parametrize("appointed", [True, False])
def test_whoever_was_appointed_to_review_must_act(work: Work, case: Case, appointed: bool) -> None:
    case.procedure_state = State.REVIEWING
    if appointed:
        row = Appointment(
            public_id="x", case_id=case.id, stage_key=case.stage_key, role=AppointedAs.REVIEWER,
            account_id=person(work, MANAGER).id, person_key="x", declared=[],
            appointed_on=work.today, appointed_by_id=case.officer_id,
        )  # fmt: skip
        work.session.add(row)
    told = [OFFICER, MANAGER] if appointed else [OFFICER]
    assert run(work, date(2026, 6, 10)) == [("before_3", told)]


def test_of_two_readings_of_one_clock_the_earlier_is_chased(work: Work, case: Case) -> None:
    first = work.session.scalars(select(CaseClock).where(CaseClock.key == "stage_1")).one()
    other = CaseClock(
        stage_id=first.stage_id, key=first.key, reading="from_request", starts=first.starts,
        start_on=first.start_on, due_on=date(2026, 6, 12), first_due_on=date(2026, 6, 12),
        soft=False, working={},
    )  # fmt: skip
    work.session.add(other)
    work.session.flush()
    assert run(work, date(2026, 6, 12)) == [("due", [OFFICER, MANAGER])]
    assert {row.clock_id for row in work.session.scalars(select(Reminder))} == {other.id}


def test_an_ombudsmans_enquiry_is_chased_by_the_day_that_their_letter_names(work: Work) -> None:
    driven = DrivenCase(work, Track.OMBUDSMAN)
    named = driven.work.today + timedelta(days=6)
    happens(driven, Event.ENQUIRY_RECEIVED, new_date=named)
    rungs = [rung for n in range(7) for rung, _ in run(work, driven.received_on + n * ONE_DAY)]
    assert "due" in rungs
    rows = work.session.scalars(select(Reminder).where(Reminder.rung == "due")).all()
    assert [row.due_on for row in rows] == [named]
    assert "Answer to the Ombudsman" in letters(work)[-1].body
