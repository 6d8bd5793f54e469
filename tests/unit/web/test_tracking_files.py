"""Files sent later, at /track: as a message, checked as everywhere, for officers to open."""

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from portal.cases import passwords
from portal.db import db
from portal.records.attachment import Attachment
from portal.records.message import Message, Sender
from portal.work import WORKER, begin_work
from tests.matters import LOW_COSTS, enter, forget_between_requests, make_feedback
from tests.unit.web.officer_pages import signed_in

PATH = "/track/files"


@pytest.fixture
def person(app: Flask, client: FlaskClient) -> FlaskClient:
    """Somebody who has shown their words."""
    app.config[passwords.COSTS] = LOW_COSTS
    forget_between_requests(app)
    with begin_work(WORKER) as work:
        reference = make_feedback(work).reference
    assert enter(client, reference).status_code == 302
    return client


def photo(name: str) -> tuple[io.BytesIO, str]:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(made, "PNG")
    made.seek(0)
    return made, name


def test_several_files_come_as_one_message(person: FlaskClient) -> None:
    assert PATH in person.get("/track/matter").text
    data = {"files": [photo("one.png"), photo("two.png")], "words": "The letters."}
    answer = person.post(PATH, data=data)
    assert answer.location.startswith("/track/matter")
    message = db.session.scalars(select(Message)).one()
    assert (message.sender, message.body) == (Sender.PERSON, "The letters.")
    names = db.session.scalars(select(Attachment.filename).order_by(Attachment.id)).all()
    assert list(names) == ["one.png", "two.png"]
    assert "The letters." in person.get("/track/matter").text


def test_files_need_no_words_and_officers_find_them(app: Flask, person: FlaskClient) -> None:
    person.post(PATH, data={"files": [photo("bus.png")]})
    message = db.session.scalars(select(Message)).one()
    assert "No words were typed" in message.body
    kept = db.session.scalars(select(Attachment)).one()
    assert kept.message_id == message.id
    officer = signed_in(app.test_client())
    assert officer.get(f"/officers/files/{kept.public_id}").status_code == 200


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([], "Choose a photo or a file first"),
        ([(io.BytesIO(b"MZ" + bytes(300)), "run.exe")], "We cannot take this kind of file"),
    ],
)
def test_what_cannot_be_taken_comes_back_with_the_words(
    person: FlaskClient, files: list[object], sentence: str
) -> None:
    page = person.post(PATH, data={"files": files, "words": "See this."})
    assert page.status_code == 422
    assert page.text.count(sentence) == 2
    assert "See this." in page.text
    assert db.session.scalar(select(Message)) is None


def test_whose_visit_has_ended_is_asked_for_the_words(client: FlaskClient) -> None:
    assert client.get(PATH).status_code == 302
    assert client.post(PATH, data={}).status_code == 302
