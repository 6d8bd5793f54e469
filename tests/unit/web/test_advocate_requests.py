"""An advocate without secret words asks an officer, and sees nothing before a yes."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import children, named_persons
from portal.cases.advocate_requests import MOST_WAITING
from portal.db import db
from portal.records.account import Account, Role
from portal.records.advocacy import AdvocacyConsent, SaidBy
from portal.records.advocate_request import AdvocateRequest
from portal.records.agreed_scope import Scope
from portal.records.feedback import Door, Feedback
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.work import WORKER, Who, begin_work
from tests.matters import STORY, make_feedback
from tests.unit.web.advocate_pages import (
    HOW,
    account_of,
    acts,
    at_track,
    followed,
    page_of,
    signed_in,
)
from tests.unit.web.officer_pages import words_of

CHECKED = "I rang Robin on the number that they gave us. They want Sam to see it and to write."
ASKING = {"scope": ["speak"], "how": HOW}


@pytest.fixture
def sam(app: Flask) -> FlaskClient:
    return signed_in(app)


@pytest.fixture
def officer(app: Flask) -> FlaskClient:
    return signed_in(app, "ola@council.example", "Ola Officer", Role.OFFICER)


@pytest.fixture
def feedback(app: Flask) -> Feedback:
    with begin_work(WORKER) as work:
        made = make_feedback(work)
    return db.session.get_one(Feedback, made.id)


def asked(sam: FlaskClient, reference: str) -> str:
    """Ask; gives what the next page says."""
    answer = sam.post(
        "/advocates/ask", data={"reference": reference, **ASKING}, follow_redirects=True
    )
    return words_of(answer.text)


def answer(officer: FlaskClient, feedback: Feedback, said: str, reason: str = CHECKED):  # type: ignore[no-untyped-def]
    request = db.session.scalars(select(AdvocateRequest)).one()
    path = f"/officers/feedback/{feedback.public_id}/advocates/{request.public_id}"
    own = f"{request.public_id}-"
    return officer.post(path, data={f"{own}said": said, f"{own}reason": reason})


def test_asking_shows_nothing_and_tells_nothing_whether_it_is_there(
    sam: FlaskClient, feedback: Feedback
) -> None:
    there, not_there = asked(sam, feedback.reference), asked(sam, "2222-2223")
    for page, reference in ((there, feedback.reference), (not_there, "2222-2223")):
        assert "We have your request." in page
        assert f"{reference}: we have not answered yet" in page
        assert STORY not in page
        assert "Robin" not in page
    assert page_of(sam, feedback).status_code == 404


def test_an_officer_sees_it_checks_and_says_yes(
    app: Flask, sam: FlaskClient, officer: FlaskClient, feedback: Feedback
) -> None:
    asked(sam, feedback.reference)
    listed = officer.get("/officers/advocates").text
    assert feedback.reference in listed
    assert "Sam Sample, Brightside Advocacy" in words_of(listed)
    page = officer.get(f"/officers/feedback/{feedback.public_id}/advocates").text
    assert HOW in page
    assert "They want to: see it and write to us." in words_of(page)
    silent = answer(officer, feedback, "yes", reason=" ")
    assert (silent.status_code, "Write how you checked it" in silent.text) == (422, True)
    assert page_of(sam, feedback).status_code == 404
    assert answer(officer, feedback, "yes").status_code == 303
    assert "You may see it and write to us." in page_of(sam, feedback).text
    (row,) = db.session.scalars(select(AdvocacyConsent)).all()
    assert (row.said_by, row.scope) == (SaidBy.OFFICER, frozenset({Scope.SEE, Scope.SPEAK}))
    assert CHECKED in row.how
    told = db.session.scalars(
        select(OutboxLetter).where(OutboxLetter.kind == LetterKind.ADVOCATE_CHANGED)
    ).one()
    assert "Sam Sample" in told.body
    assert "Sam Sample" in at_track(app, feedback).get("/track/matter").text
    assert "advocate_request_approved" in acts()
    again = answer(officer, feedback, "no", reason="I changed my mind about it.")
    assert again.status_code == 409


def test_a_no_has_a_reason_that_the_advocate_reads(
    sam: FlaskClient, officer: FlaskClient, feedback: Feedback
) -> None:
    asked(sam, feedback.reference)
    assert answer(officer, feedback, "no", "They did not know about it.").status_code == 303
    assert "no. They did not know about it." in words_of(sam.get("/advocates/").text)
    assert page_of(sam, feedback).status_code == 404
    assert feedback.reference not in officer.get("/officers/advocates").text


@pytest.mark.parametrize("last", ["-", "_", "A"])
def test_a_request_is_answered_whatever_its_id_ends_in(
    sam: FlaskClient, officer: FlaskClient, feedback: Feedback, last: str
) -> None:
    asked(sam, feedback.reference)
    request = db.session.scalars(select(AdvocateRequest)).one()
    request.public_id = request.public_id[:-1] + last
    db.session.commit()
    assert answer(officer, feedback, "no", "They did not know about it.").status_code == 303


def test_a_reference_that_we_do_not_have_is_declined_in_the_same_words_for_all(
    sam: FlaskClient, officer: FlaskClient
) -> None:
    asked(sam, "2222-2223")
    request = db.session.scalars(select(AdvocateRequest)).one()
    assert request.feedback_id is None
    assert "2222-2223" in officer.get("/officers/advocates").text
    path = f"/officers/advocates/{request.public_id}/unknown"
    assert officer.post(path).status_code == 303
    assert "We have nothing with this reference" in words_of(sam.get("/advocates/").text)
    assert officer.post("/officers/advocates/nothing/unknown").status_code == 404


def test_whom_the_young_person_switched_off_is_let_in_by_no_officer(
    app: Flask, sam: FlaskClient, officer: FlaskClient
) -> None:
    feedback = followed(*Scope)
    at_track(app, feedback).post(f"/track/matter/advocates/{account_of().public_id}/end")
    asked(sam, feedback.reference)
    refused = answer(officer, feedback, "yes")
    assert refused.status_code == 422
    assert "you were switched off" in refused.text
    assert CHECKED in refused.text
    assert page_of(sam, feedback).status_code == 404


def test_an_officer_behind_a_wall_neither_sees_nor_answers_it(
    app: Flask, sam: FlaskClient, officer: FlaskClient, feedback: Feedback
) -> None:
    asked(sam, feedback.reference)
    ola = account_of("ola@council.example").id
    with begin_work(Who("staff", ola)) as work:
        here = work.session.get_one(Feedback, feedback.id)
        named_persons.link(work, here, work.session.get_one(Account, ola))
    assert feedback.reference not in officer.get("/officers/advocates").text
    assert answer(officer, feedback, "yes").status_code == 404
    assert page_of(sam, feedback).status_code == 404


@pytest.mark.parametrize("whose", ["a parent's", "two children's"])
def test_what_is_not_the_young_persons_own_is_opened_by_no_officer(
    sam: FlaskClient, officer: FlaskClient, whose: str
) -> None:
    with begin_work(WORKER) as work:
        by_parent = whose == "a parent's"
        made = make_feedback(work, door=Door.EVERYONE if by_parent else Door.YOUNG_PEOPLE)
        if not by_parent:
            for name in ("Robin Example", "Kim Example"):
                children.add(work, made, name)
    feedback = db.session.get_one(Feedback, made.id)
    asked(sam, feedback.reference)
    refused = answer(officer, feedback, "yes")
    assert refused.status_code == 422
    assert "not the young person’s own matter alone" in words_of(refused.text)
    assert page_of(sam, feedback).status_code == 404
    assert answer(officer, feedback, "no", "It is not theirs alone.").status_code == 303


def test_nobody_asks_for_one_reference_after_another(sam: FlaskClient, feedback: Feedback) -> None:
    for _ in range(MOST_WAITING):
        asked(sam, "2222-2223")
    assert "10 requests that nobody has answered" in asked(sam, feedback.reference)
    assert len(db.session.scalars(select(AdvocateRequest)).all()) == MOST_WAITING


def test_the_officer_ends_it_when_the_young_person_rings(
    app: Flask, sam: FlaskClient, officer: FlaskClient
) -> None:
    feedback = followed(*Scope)
    path = f"/officers/feedback/{feedback.public_id}/advocates/{account_of().public_id}/end"
    assert officer.post(path).status_code == 303
    assert page_of(sam, feedback).status_code == 404
