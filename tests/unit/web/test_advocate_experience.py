"""An advocate says once how it went: apart from the young person, who reads it beside their own."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock
from portal.cases import advocacy
from portal.db import db
from portal.records.account import Role
from portal.records.agreed_scope import Scope
from portal.records.audit_event import AuditEvent
from portal.records.experience import Experience
from portal.records.feedback import Feedback
from portal.work import WORKER, begin_work
from tests.matters import AGREED
from tests.unit.web.advocate_pages import (
    ALEX,
    account_of,
    acts,
    at_track,
    followed,
    over,
    page_of,
    signed_in,
)

QUESTION = "How did we do?"
VIEW = {"code": "in_between", "said": "They were heard, but late."}
OWN = {"code": "bad", "said": "It took too long."}


@pytest.fixture
def sam(app: Flask) -> FlaskClient:
    return signed_in(app)


def say(client: FlaskClient, feedback: Feedback, **said: str) -> str:
    """What the advocate's page shows after they said something."""
    path = f"/advocates/{feedback.public_id}/how-it-went"
    return client.post(path, data=said, follow_redirects=True).text


def let_in_too(feedback: Feedback, email: str) -> None:
    """Another advocate follows the same matter."""
    with begin_work(WORKER) as work:
        here = work.session.get_one(Feedback, feedback.id)
        advocacy.join(work, account_of(email).id, here, AGREED)


def kept() -> list[tuple[str, str | None, int | None]]:
    db.session.expire_all()
    rows = db.session.scalars(select(Experience).order_by(Experience.id))
    return [(row.code.value, row.words, row.advocate_id) for row in rows]


def test_it_is_asked_when_something_is_over_and_not_before(sam: FlaskClient) -> None:
    feedback = followed(Scope.SPEAK)
    assert QUESTION not in page_of(sam, feedback).text
    early = say(sam, feedback, **VIEW)
    assert "This is not over yet." in early
    assert kept() == []
    page = page_of(sam, over(feedback)).text
    assert QUESTION in page
    assert "This is your own view." in page


def test_an_answer_without_a_choice_comes_back_with_its_words(sam: FlaskClient) -> None:
    feedback = over(followed(Scope.SPEAK))
    path = f"/advocates/{feedback.public_id}/how-it-went"
    unsaid = sam.post(path, data={"said": VIEW["said"]})
    assert unsaid.status_code == 422
    assert "Choose how we did" in unsaid.text
    assert VIEW["said"] in unsaid.text
    assert kept() == []


def test_it_is_said_once_and_stays(sam: FlaskClient) -> None:
    feedback = over(followed(Scope.SPEAK))
    assert "Thank you for telling us how it went." in say(sam, feedback, **VIEW)
    say(sam, feedback, **VIEW)
    other = say(sam, feedback, code="good")
    assert "what you said then stays" in other
    assert kept() == [("in_between", VIEW["said"], account_of().id)]
    assert acts().count("advocate_experience_said") == 1
    page = page_of(sam, feedback).text
    assert QUESTION not in page
    assert "In between" in page
    assert VIEW["said"] in page


def test_neither_takes_the_place_of_the_other(app: Flask, sam: FlaskClient) -> None:
    feedback = over(followed(Scope.SPEAK))
    person = at_track(app, feedback)
    say(sam, feedback, **VIEW)
    page = person.get("/track/matter").text
    assert QUESTION in page
    assert "You told us how it went. Thank you." not in page
    person.post("/track/matter/how-it-went", data=OWN)
    person.post("/track/matter/how-it-went", data={"code": "good", "said": ""})
    me = account_of().id
    assert kept() == [
        ("in_between", VIEW["said"], me), ("bad", OWN["said"], None), ("good", None, None),
    ]  # fmt: skip
    page = person.get("/track/matter").text
    assert "You told us how it went. Thank you." in page
    assert "Your advocate Sam Sample told us how it went: In between" in page
    assert VIEW["said"] in page
    assert OWN["said"] not in page_of(sam, feedback).text


def test_each_advocate_has_a_view_of_their_own(app: Flask, sam: FlaskClient) -> None:
    alex = signed_in(app, ALEX, "Alex Sample")
    feedback = over(followed(Scope.SPEAK))
    let_in_too(feedback, ALEX)
    say(sam, feedback, **VIEW)
    assert VIEW["said"] not in page_of(alex, feedback).text
    say(alex, feedback, code="good")
    assert [row[2] for row in kept()] == [account_of().id, account_of(ALEX).id]
    page = at_track(app, feedback).get("/track/matter").text
    assert "Your advocate Alex Sample told us how it went: Good" in page
    assert "Your advocate Sam Sample told us how it went: In between" in page


@pytest.mark.parametrize("scope", [Scope.SEE, Scope.LETTERS, Scope.DECIDE])
def test_who_may_not_speak_for_them_does_not_say_it(sam: FlaskClient, scope: Scope) -> None:
    feedback = over(followed(scope))
    assert QUESTION not in page_of(sam, feedback).text
    path = f"/advocates/{feedback.public_id}/how-it-went"
    assert sam.post(path, data=VIEW).status_code == 404
    assert kept() == []


def test_who_was_switched_off_or_whose_time_is_over_does_not_say_it(
    app: Flask, sam: FlaskClient
) -> None:
    off, past = over(followed(Scope.SPEAK)), over(followed(Scope.SPEAK, last_day=clock.today()))
    at_track(app, off).post(f"/track/matter/advocates/{account_of().public_id}/end")
    assert sam.post(f"/advocates/{off.public_id}/how-it-went", data=VIEW).status_code == 404
    address = f"/advocates/{past.public_id}/how-it-went"
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        assert signed_in(app).post(address, data=VIEW).status_code == 404
    assert kept() == []


def test_officers_read_both_with_who_said_them(app: Flask, sam: FlaskClient) -> None:
    feedback = over(followed(Scope.SPEAK))
    at_track(app, feedback).post("/track/matter/how-it-went", data=OWN)
    say(sam, feedback, **VIEW)
    officer = signed_in(app, "ola@council.example", "Ola Officer", Role.OFFICER)
    url = f"/officers/feedback/{feedback.public_id}"
    page = officer.get(url).text
    assert "How it went, they say" in page
    assert f"Bad\n{OWN['said']}" in page
    assert "How it went, their advocate says" in page
    assert f"Sam Sample: In between\n{VIEW['said']}" in page
    for show in ("all", "said"):
        line = officer.get(f"{url}/timeline?show={show}").text
        assert line.count("The person: how it went") == 1
        assert line.count("Their advocate: how it went") == 1
        assert "The person said how it went" not in line
        assert "An advocate said how it went" not in line
        assert VIEW["said"] in line
    assert "Their advocate: how it went" not in officer.get(f"{url}/timeline?show=dates").text


def test_the_trail_has_no_word_of_it(sam: FlaskClient) -> None:
    feedback = over(followed(Scope.SPEAK))
    say(sam, feedback, **VIEW)
    wanted = select(AuditEvent).where(AuditEvent.act == "advocate_experience_said")
    row = db.session.scalars(wanted).one()
    assert (row.actor_id, row.about_id, list(row.fields)) == (account_of().id, feedback.id, [])
