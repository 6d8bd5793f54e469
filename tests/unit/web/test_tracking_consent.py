"""The person reads how an advocate says that they said yes: they alone know whether it is so."""

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import advocacy_consent
from portal.db import db
from portal.records.account import Role
from portal.records.advocacy import AdvocacyConsent, SaidBy
from portal.records.advocate_request import AdvocateRequest
from portal.records.agreed_scope import Scope
from portal.records.feedback import Feedback
from portal.work import WORKER, begin_work
from tests.matters import make_feedback, words_of
from tests.unit.attachments.invented import pdf
from tests.unit.web import officer_pages
from tests.unit.web.advocate_pages import HOW, account_of, at_track, followed, signed_in

TOLD = "They wrote that you said yes like this:"
A_FILE = "They added a file to show it."


@pytest.fixture
def sam(app: Flask) -> FlaskClient:
    return signed_in(app)


def seen(app: Flask, feedback: Feedback) -> str:
    """What stands at /track."""
    page = at_track(app, feedback).get("/track/matter")
    assert page.status_code == 200
    return officer_pages.words_of(page.text)


def join(sam: FlaskClient, **more: object) -> Feedback:
    """Sam joins Robin's matter with its words."""
    with begin_work(WORKER) as work:
        made = make_feedback(work)
    feedback = db.session.get_one(Feedback, made.id)
    known = {"reference": feedback.reference, "words": words_of()}
    assert sam.post("/advocates/join", data=known).status_code == 302
    said = {"scope": ["speak"], "how": HOW, **more}
    assert sam.post("/advocates/join/confirm", data=said).status_code < 400
    return feedback


def test_they_read_the_advocates_words_and_whom_to_tell(app: Flask, sam: FlaskClient) -> None:
    page = seen(app, followed(Scope.SEE))
    assert f"{TOLD} {HOW}" in page
    assert "If this is not true, tell us." in page
    assert A_FILE not in page
    assert "Our team wrote" not in page


@pytest.mark.parametrize("has_file", [True, False])
def test_a_file_that_shows_it_is_named(app: Flask, sam: FlaskClient, has_file: bool) -> None:
    file = {"file": (io.BytesIO(pdf()), "form.pdf")} if has_file else {}
    assert (A_FILE in seen(app, join(sam, **file))) is has_file


def test_their_own_change_does_not_hide_what_was_claimed(app: Flask, sam: FlaskClient) -> None:
    feedback = followed(Scope.SEE, Scope.SPEAK)
    person = at_track(app, feedback)
    public_id = account_of().public_id
    assert person.post(f"/track/matter/allow/{public_id}").status_code < 400
    rows = db.session.scalars(select(AdvocacyConsent).order_by(AdvocacyConsent.id)).all()
    assert [row.said_by for row in rows] == [SaidBy.ADVOCATE, SaidBy.YOUNG_PERSON]
    page = seen(app, feedback)
    assert HOW in page
    assert advocacy_consent.ON_THEIR_PAGE not in page


def test_whom_they_stopped_is_still_answerable(app: Flask, sam: FlaskClient) -> None:
    feedback = followed(Scope.SEE)
    at_track(app, feedback).post(f"/track/matter/advocates/{account_of().public_id}/end")
    page = seen(app, feedback)
    assert "They cannot see this now." in page
    assert HOW in page


def test_where_an_officer_let_them_in_the_officers_own_words_stay_inside(
    app: Flask, sam: FlaskClient
) -> None:
    with begin_work(WORKER) as work:
        made = make_feedback(work)
    feedback = db.session.get_one(Feedback, made.id)
    asked = {"reference": feedback.reference, "scope": ["speak"], "how": HOW}
    assert sam.post("/advocates/ask", data=asked).status_code < 400
    officer = signed_in(app, "ola@council.example", "Ola Officer", Role.OFFICER)
    request = db.session.scalars(select(AdvocateRequest)).one()
    checked = "I rang the carer first, then Robin, who said yes."
    path = f"/officers/feedback/{feedback.public_id}/advocates/{request.public_id}"
    own = request.public_id
    said = officer.post(path, data={f"{own}-said": "yes", f"{own}-reason": checked})
    assert said.status_code < 400
    page = seen(app, feedback)
    assert f"{TOLD} {HOW}" in page
    assert "Our team wrote that they checked this with you." in page
    assert "I rang the carer first" not in page


def test_nothing_is_said_where_nobody_follows(app: Flask) -> None:
    with begin_work(WORKER) as work:
        made = make_feedback(work)
    assert TOLD not in seen(app, db.session.get_one(Feedback, made.id))


def test_an_advocate_is_told_that_it_will_be_read(sam: FlaskClient) -> None:
    for path in ("start", "ask"):
        assert "They can read this." in sam.get(f"/advocates/{path}").text, path
