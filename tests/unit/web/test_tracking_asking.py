"""At /track a person asks for the next step in one press, and can ask us to stop."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal import clock
from portal.db import db
from portal.procedures.state import Doer, Event, State
from portal.procedures.vocabulary import ProcedureCode
from portal.records.case import Case, CaseStage
from portal.records.case_event import CaseEvent
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.work import WORKER, begin_work
from tests.matters import enter, forget_between_requests, make_case, make_feedback
from tests.unit.web.officer_pages import words_of


@pytest.fixture
def person(app: Flask, client: FlaskClient) -> FlaskClient:
    forget_between_requests(app)
    return client


def followed(client: FlaskClient, state: State = State.ANSWERED, **more: object) -> Feedback:
    """A case in a state, opened by its person at /track."""
    with begin_work(WORKER) as work:
        feedback = make_feedback(work)
        case = make_case(work, feedback, **more)
        case.procedure_state = state
        if state is State.ANSWERED:
            work.session.scalars(select(CaseStage)).one().answered_on = work.today
        reference = feedback.reference
    enter(client, reference)
    return db.session.scalars(select(Feedback)).one()


def press(client: FlaskClient, words: str = "", stage: str = "stage_1") -> TestResponse:
    """Press the button of a page that showed a stage."""
    data = {"stage": stage, "words": words}
    return client.post("/track/matter/next-step", data=data, follow_redirects=True)


def test_one_press_opens_the_next_step_today_and_a_letter_says_so(person: FlaskClient) -> None:
    followed(person)
    page = person.get("/track/matter").text
    assert "Are you not happy with this?" in page
    assert re.search(r'name="stage"[^>]*value="stage_1"', page)
    answer = press(person)
    assert "You have asked for the next step. It counts from today." in words_of(answer.text)
    case = db.session.scalars(select(Case)).one()
    assert (case.procedure_state, case.stage_key) == (State.INVESTIGATION_ASKED, "stage_2")
    stage = db.session.scalars(select(CaseStage).order_by(CaseStage.id.desc())).first()
    assert stage is not None
    assert stage.opened_on == clock.today()
    event = db.session.scalars(select(CaseEvent)).one()
    assert (event.event, event.by) == (Event.NEXT_STAGE_ASKED, Doer.PERSON)
    assert (
        db.session.scalars(select(OutboxLetter.kind).order_by(OutboxLetter.id.desc())).first()
        is LetterKind.NEXT_STAGE
    )
    assert "Two people from outside are looking into it." in words_of(answer.text)


def test_a_second_press_is_told_kindly_and_opens_nothing_twice(person: FlaskClient) -> None:
    followed(person)
    press(person)
    assert press(person).status_code == 409
    assert len(db.session.scalars(select(CaseStage)).all()) == 2


def test_a_request_before_the_answer_is_kept_and_can_be_taken_back(person: FlaskClient) -> None:
    followed(person, State.ANSWERING)
    press(person, "I do not want to wait.")
    page = words_of(person.get("/track/matter").text)
    assert "You asked for the next step, and we have written that down." in page
    assert db.session.scalars(select(Case.procedure_state)).one() is State.ANSWERING
    person.post("/track/matter/no-next-step")
    page = words_of(person.get("/track/matter").text)
    assert "You asked for the next step, and" not in page
    events = db.session.scalars(select(CaseEvent.event).order_by(CaseEvent.id)).all()
    assert events == [Event.NEXT_STAGE_ASKED_EARLY, Event.REQUEST_TAKEN_BACK]


def test_when_the_time_has_run_out_a_request_opens_the_next_step(person: FlaskClient) -> None:
    feedback = followed(person, State.ANSWERING)
    with begin_work(WORKER) as work:
        long_ago = clock.today() - timedelta(days=60)
        work.session.get_one(Feedback, feedback.id).received_on = long_ago
        work.session.scalars(select(CaseStage)).one().due_on = long_ago + timedelta(days=14)
    answer = press(person)
    assert "It counts from today." in words_of(answer.text)
    assert db.session.scalars(select(Case.procedure_state)).one() is State.INVESTIGATION_ASKED


def test_asking_us_to_stop_ends_nothing_by_itself(person: FlaskClient) -> None:
    followed(person)
    answer = person.post("/track/matter/stop", data={"why": "It is sorted."}, follow_redirects=True)
    assert "We will talk to you first." in words_of(answer.text)
    assert db.session.scalars(select(Case.procedure_state)).one() is State.ANSWERED
    assert "You asked us to stop." in words_of(person.get("/track/matter").text)


def test_a_corporate_request_waits_for_a_yes(person: FlaskClient) -> None:
    followed(person, procedure=ProcedureCode.CORPORATE)
    press(person)
    assert db.session.scalars(select(Case.procedure_state)).one() is State.REVIEW_ASKED


def test_without_words_nobody_asks(person: FlaskClient) -> None:
    with begin_work(WORKER) as work:
        make_case(work, make_feedback(work))
    for path in ("next-step", "no-next-step", "stop"):
        assert person.post(f"/track/matter/{path}").status_code == 302
    assert db.session.scalars(select(CaseEvent)).all() == []


@pytest.mark.parametrize(("path", "name"), [("next-step", "words"), ("stop", "why")])
def test_words_that_are_too_long_come_back(person: FlaskClient, path: str, name: str) -> None:
    followed(person)
    typed = "I was not heard. " * 1_300
    answer = person.post(f"/track/matter/{path}", data={name: typed})
    assert answer.status_code == 422
    assert "Your words must be 20,000 characters or shorter" in answer.text
    assert typed.strip() in answer.text
    assert db.session.scalars(select(CaseEvent)).all() == []


@pytest.mark.parametrize(("path", "name"), [("next-step", "words"), ("stop", "why")])
def test_words_sent_after_the_visit_ended_are_kept(app: Flask, path: str, name: str) -> None:
    client = app.test_client()
    with client.session_transaction() as session:
        session["track"] = "gone"
    answer = client.post(f"/track/matter/{path}", data={name: "Nobody listened to me."})
    assert answer.status_code == 403
    assert "Nobody listened to me." in answer.text
