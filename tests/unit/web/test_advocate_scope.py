"""What a young person agreed to is what their advocate's pages do, and from what minute."""

import io
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock
from portal.cases import agreeing, points
from portal.db import db
from portal.procedures.state import Event, State
from portal.records.advocacy import AdvocacyConsent, SaidBy
from portal.records.agreed_scope import Scope
from portal.records.attachment import Attachment
from portal.records.case import Case
from portal.records.case_event import CaseEvent
from portal.records.feedback import Feedback
from portal.records.message import Message
from portal.work import WORKER, begin_work
from tests.matters import make_case, make_feedback, make_letter, words_of
from tests.unit.attachments.invented import pdf
from tests.unit.cases.parted_world import happens
from tests.unit.cases.procedure_world import officer_of
from tests.unit.web.advocate_pages import (
    HOW,
    account_of,
    acts,
    at_track,
    followed,
    page_of,
    signed_in,
)

ALL = (Scope.SPEAK, Scope.LETTERS, Scope.DECIDE)
LETTER = "Words of the case_opened letter."


@pytest.fixture
def sam(app: Flask) -> FlaskClient:
    return signed_in(app)


def asks_for_a_yes(feedback: Feedback) -> str:
    """Let the council send points to agree; gives their mark."""
    with begin_work(WORKER) as work:
        here = work.session.get_one(Feedback, feedback.id)
        officer_of(work)
        case = make_case(work, here)
        points.add(work, case, ["My bag was lost."])
        happens(work, case, Event.POINTS_SENT)
        return agreeing.statement(work.session, case).mark


def happened() -> list[Event]:
    return list(db.session.scalars(select(CaseEvent.event).order_by(CaseEvent.id)))


def post(sam: FlaskClient, feedback: Feedback, rest: str = "", **data: str) -> int:
    return sam.post(f"/advocates/{feedback.public_id}{rest}", data=data).status_code


def test_who_may_only_see_writes_nothing_and_decides_nothing(sam: FlaskClient) -> None:
    feedback = followed(Scope.SEE)
    mark = asks_for_a_yes(feedback)
    page = page_of(sam, feedback).text
    assert "You may see it." in page
    assert "My bag was lost." in page
    for closed in ("Send message", "Yes, this is right", "Ask for the next step", "Ask us to stop"):
        assert closed not in page, closed
    before = happened()
    refused = [
        post(sam, feedback, message="Let me write."),
        post(sam, feedback, "/points/1/agree", mark=mark),
        post(sam, feedback, "/points/1/1/dispute", wrong="It was two bags."),
        post(sam, feedback, "/next-step", stage="stage_1"),
        post(sam, feedback, "/no-next-step"),
        post(sam, feedback, "/stop", why="Enough."),
    ]
    assert refused == [404] * 6
    assert happened() == before
    assert db.session.scalars(select(Message)).all() == []


def test_who_decides_says_yes_and_stops_for_them(sam: FlaskClient) -> None:
    feedback = followed(Scope.DECIDE)
    mark = asks_for_a_yes(feedback)
    page = page_of(sam, feedback).text
    assert "Yes, this is right" in page
    assert "Send message" not in page
    assert post(sam, feedback, "/points/1/agree", mark=mark) == 302
    assert happened()[-1] is Event.POINTS_AGREED
    assert post(sam, feedback, "/stop", why="They have had enough.") == 303
    assert happened()[-1] is Event.WITHDRAWAL_ASKED
    assert post(sam, feedback, message="Let me write.") == 404


def test_an_early_request_for_the_next_step_is_theirs_to_make_and_to_take_back(
    sam: FlaskClient,
) -> None:
    feedback = followed(Scope.DECIDE)
    mark = asks_for_a_yes(feedback)
    post(sam, feedback, "/points/1/agree", mark=mark)
    stage = db.session.scalars(select(Case)).one()
    assert stage.procedure_state is State.ANSWERING
    assert post(sam, feedback, "/next-step", stage="stage_1") == 303
    assert happened()[-1] is Event.NEXT_STAGE_ASKED_EARLY
    assert "The next step was asked for." in page_of(sam, feedback).text
    assert post(sam, feedback, "/no-next-step") == 303
    assert happened()[-1] is Event.REQUEST_TAKEN_BACK


def test_letters_are_read_by_whoever_gets_them(app: Flask, sam: FlaskClient) -> None:
    with_them, without = followed(Scope.LETTERS), followed(Scope.SPEAK)
    with begin_work(WORKER) as work:
        for feedback in (with_them, without):
            make_letter(work, work.session.get_one(Feedback, feedback.id))
    assert LETTER in page_of(sam, with_them).text
    page = page_of(sam, without).text
    assert LETTER not in page
    assert "You do not get the letters" in page


def test_the_last_day_is_a_day_on_which_it_holds_and_then_it_ends_by_itself(
    app: Flask, sam: FlaskClient
) -> None:
    today = clock.today()
    feedback = followed(*ALL, last_day=today)
    assert page_of(sam, feedback).status_code == 200
    address, reference = f"/advocates/{feedback.public_id}", feedback.reference
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        late = signed_in(app)
        assert late.get(address).status_code == 404
        assert late.post(address, data={"message": "Too late."}).status_code == 404
        assert f"{reference}: what the young person agreed to ended" in late.get("/advocates/").text
        person = at_track(app, feedback)
        assert "Their time ended on" in person.get("/track/matter").text


def test_the_young_person_takes_a_part_back_at_once(app: Flask, sam: FlaskClient) -> None:
    feedback = followed(*ALL)
    person = at_track(app, feedback)
    assert "write to us for you" in person.get("/track/matter").text
    path = f"/track/matter/allow/{account_of().public_id}"
    assert person.post(path, data={"scope": ["letters", "nonsense"]}).status_code == 303
    assert "You may see it and read the letters." in page_of(sam, feedback).text
    assert post(sam, feedback, message="Let me write.") == 404
    latest = db.session.scalars(select(AdvocacyConsent).order_by(AdvocacyConsent.id.desc())).first()
    assert latest is not None
    assert (latest.said_by, latest.scope) == (
        SaidBy.YOUNG_PERSON,
        frozenset({Scope.SEE, Scope.LETTERS}),
    )
    assert "advocacy_agreed" in acts()


def test_whom_they_switched_off_gets_nothing_by_a_box(app: Flask, sam: FlaskClient) -> None:
    feedback = followed(*ALL)
    person, who = at_track(app, feedback), account_of().public_id
    person.post(f"/track/matter/advocates/{who}/end")
    person.post(f"/track/matter/allow/{who}", data={"scope": ["speak"]})
    assert page_of(sam, feedback).status_code == 404
    assert f"{feedback.reference}: the young person stopped this" in sam.get("/advocates/").text


def test_a_scope_is_changed_in_ones_own_matter_only(app: Flask, sam: FlaskClient) -> None:
    mine, other = followed(*ALL), followed(*ALL)
    person = at_track(app, other)
    person.post(f"/track/matter/allow/{account_of().public_id}", data={})
    assert "You may see it, write to us" in page_of(sam, mine).text
    assert "You may see it." in page_of(sam, other).text


def test_joining_asks_how_it_was_given_and_keeps_it_with_its_file(
    app: Flask, sam: FlaskClient
) -> None:
    with begin_work(WORKER) as work:
        feedback = make_feedback(work)
        reference = feedback.reference
    sam.post("/advocates/join", data={"reference": reference, "words": words_of()})
    silent = sam.post("/advocates/join/confirm", data={"scope": ["speak"], "how": "  "})
    assert silent.status_code == 422
    assert "Say how they told you" in silent.text
    past = {"how": HOW, "last_day": ["1", "1", "2020"], "scope": ["speak"]}
    ended = sam.post("/advocates/join/confirm", data=past)
    assert ended.status_code == 422
    assert "must be today or later" in ended.text
    assert HOW in ended.text
    given = {"how": HOW, "scope": ["speak"], "file": (io.BytesIO(pdf()), "form.pdf")}
    joined = sam.post("/advocates/join/confirm", data=given, content_type="multipart/form-data")
    assert joined.status_code == 302
    row = db.session.scalars(select(AdvocacyConsent)).one()
    assert (row.how, row.said_by, row.scope) == (
        HOW,
        SaidBy.ADVOCATE,
        frozenset({Scope.SEE, Scope.SPEAK}),
    )
    file = db.session.get_one(Attachment, row.attachment_id)
    assert file.filename == "form.pdf"
