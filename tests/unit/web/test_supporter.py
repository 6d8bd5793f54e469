"""A supporter: one matter, for a time, by a link that works once."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock
from portal.db import db
from portal.procedures.state import Event
from portal.records.account import Role
from portal.records.case_event import CaseEvent
from portal.records.feedback import Feedback
from portal.records.message import Message, Sender
from portal.records.supporter import Supporter
from portal.work import WORKER, begin_work
from tests.matters import STORY, make_feedback, make_letter
from tests.unit.web.advocate_pages import acts, at_track, signed_in
from tests.unit.web.officer_pages import words_of
from tests.unit.web.test_advocate_scope import LETTER, asks_for_a_yes

LINK = re.compile(r"/supporter/link/[\w-]+")


@pytest.fixture
def feedback(app: Flask) -> Feedback:
    with begin_work(WORKER) as work:
        made = make_feedback(work)
        make_letter(work, made)
    return db.session.get_one(Feedback, made.id)


@pytest.fixture
def person(app: Flask, feedback: Feedback) -> FlaskClient:
    return at_track(app, feedback)


def link_for(person: FlaskClient, *scope: str, days: str = "7") -> str:
    """The young person makes a link for Jo."""
    said = {"name": "Jo", "scope": list(scope), "days": days}
    page = person.post("/track/matter/supporter", data=said)
    assert page.status_code == 200, words_of(page.text)
    found = LINK.search(page.text)
    assert found is not None
    return found[0]


def opened(app: Flask, link: str) -> FlaskClient:
    """Jo's browser, in which the link was exchanged."""
    jo = app.test_client()
    assert jo.get(link).status_code == 200
    assert jo.post(link).location == "/supporter/matter"
    return jo


def test_a_link_is_shown_once_and_kept_as_a_hash(person: FlaskClient) -> None:
    link = link_for(person)
    token = link.rpartition("/")[2]
    row = db.session.scalars(select(Supporter)).one()
    assert token not in (row.token_key, row.public_id, row.visit_key)
    assert token not in person.get("/track/matter").text
    assert row.used_at is None


def test_looking_uses_nothing_up_and_one_press_uses_it_up(app: Flask, person: FlaskClient) -> None:
    link = link_for(person)
    scanner = app.test_client()
    before = acts()
    for _ in range(3):
        assert STORY not in scanner.get(link).text
    assert acts() == before
    jo = opened(app, link)
    assert STORY in jo.get("/supporter/matter").text
    thief = app.test_client()
    assert thief.get(link).status_code == 410
    assert thief.post(link).status_code == 410
    assert thief.get("/supporter/matter").location == "/supporter/ended"
    thief.set_cookie("heard_supporter", link.rpartition("/")[2])
    assert thief.get("/supporter/matter").location == "/supporter/ended"


@pytest.mark.parametrize("word", ["speak", "letters", "decide"])
def test_a_supporter_does_what_was_ticked_and_no_more(
    app: Flask, person: FlaskClient, feedback: Feedback, word: str
) -> None:
    mark = asks_for_a_yes(feedback)
    jo = opened(app, link_for(person, word))
    page = jo.get("/supporter/matter").text
    assert ("Send message" in page) is (word == "speak")
    assert (LETTER in page) is (word == "letters")
    assert ("Yes, this is right" in page) is (word == "decide")
    said = jo.post("/supporter/matter", data={"message": "Robin says that it was two bags."})
    agreed = jo.post("/supporter/matter/points/1/agree", data={"mark": mark})
    assert said.status_code == (302 if word == "speak" else 403)
    assert agreed.status_code == (302 if word == "decide" else 403)
    messages = db.session.scalars(select(Message.sender)).all()
    assert messages == ([Sender.SUPPORTER] if word == "speak" else [])
    events = db.session.scalars(select(CaseEvent.event)).all()
    assert (Event.POINTS_AGREED in events) is (word == "decide")
    if word != "decide":
        for path in ("/points/1/1/dispute", "/next-step", "/stop"):
            assert jo.post(f"/supporter/matter{path}", data={"why": "No."}).status_code == 403
        assert db.session.scalars(select(CaseEvent.event)).all() == events
    if word != "speak":
        assert "Robin says that it was two bags." in said.text


def test_it_ends_by_itself_after_its_last_day(app: Flask, person: FlaskClient) -> None:
    link = link_for(person, days="7")
    jo = opened(app, link)
    unopened = link_for(person, days="7")
    with time_machine.travel(clock.now() + timedelta(days=7), tick=False):
        assert jo.get("/supporter/matter").status_code == 200
    with time_machine.travel(clock.now() + timedelta(days=8), tick=False):
        assert jo.get("/supporter/matter").location == "/supporter/ended"
        assert app.test_client().post(unopened).status_code == 410


def test_the_young_person_stops_it_at_once(
    app: Flask, person: FlaskClient, feedback: Feedback
) -> None:
    jo = opened(app, link_for(person, "speak"))
    public_id = db.session.scalars(select(Supporter.public_id)).one()
    assert "Jo" in person.get("/track/matter").text
    assert person.post(f"/track/matter/supporters/{public_id}/end").status_code == 303
    late = jo.post("/supporter/matter", data={"message": "One more thing that I wrote."})
    assert (late.status_code, "One more thing that I wrote." in late.text) == (403, True)
    assert jo.get("/supporter/matter").location == "/supporter/ended"
    assert db.session.scalars(select(Message)).all() == []


def test_nobody_ends_a_link_of_another_matter(app: Flask, person: FlaskClient) -> None:
    jo = opened(app, link_for(person))
    with begin_work(WORKER) as work:
        other = make_feedback(work)
    stranger = at_track(app, db.session.get_one(Feedback, other.id))
    public_id = db.session.scalars(select(Supporter.public_id)).one()
    stranger.post(f"/track/matter/supporters/{public_id}/end")
    assert jo.get("/supporter/matter").status_code == 200


def test_closing_it_forgets_it_in_this_browser(app: Flask, person: FlaskClient) -> None:
    jo = opened(app, link_for(person))
    assert jo.post("/supporter/close").location == "/supporter/ended"
    assert jo.get("/supporter/ended").status_code == 410
    assert jo.get("/supporter/matter").location == "/supporter/ended"


def test_what_lacks_is_said_and_what_was_typed_stays(person: FlaskClient) -> None:
    page = person.post("/track/matter/supporter", data={"name": "Jo", "scope": ["speak"]})
    assert page.status_code == 422
    assert "Choose how long they can see it" in page.text
    assert 'value="Jo"' in page.text
    for days in ("0", "91", "-1", "x"):
        said = {"name": "Jo", "days": days}
        assert person.post("/track/matter/supporter", data=said).status_code == 422
    assert db.session.scalars(select(Supporter)).all() == []


def test_every_look_leaves_a_trace(app: Flask, person: FlaskClient) -> None:
    jo = opened(app, link_for(person, "speak"))
    before = acts().count("supporter_viewed")
    jo.get("/supporter/matter")
    assert jo.post("/supporter/matter", data={"message": ""}).status_code == 422
    assert acts().count("supporter_viewed") == before + 2


def test_an_officer_makes_and_ends_a_link_as_they_were_asked(
    app: Flask, feedback: Feedback
) -> None:
    officer = signed_in(app, "ola@council.example", "Ola Officer", Role.OFFICER)
    path = f"/officers/feedback/{feedback.public_id}"
    said = {"name": "Jo", "scope": ["letters"], "days": "30"}
    lacks = officer.post(f"{path}/supporters", data={"name": "Jo"})
    assert lacks.status_code == 422
    found = LINK.search(officer.post(f"{path}/supporters", data=said).text)
    assert found is not None
    jo = opened(app, found[0])
    assert LETTER in jo.get("/supporter/matter").text
    listed = words_of(officer.get(f"{path}/advocates").text)
    assert "Jo: may see it and read the letters until" in listed
    public_id = db.session.scalars(select(Supporter.public_id)).one()
    assert officer.post(f"{path}/supporters/{public_id}/end").status_code == 303
    assert jo.get("/supporter/matter").location == "/supporter/ended"
