"""/track: a reference and its words, or a link, open one matter, and nothing else does."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import passwords, tracking
from portal.cases.references import make_reference
from portal.cases.throttling import FREE_FAILURES
from portal.records.feedback import Door, Feedback
from portal.work import WORKER, begin_work
from tests.matters import (
    LOW_COSTS,
    STORY,
    enter,
    forget_between_requests,
    make_feedback,
    words_of,
)

WRONG = "do not go together"


@pytest.fixture
def reference(app: Flask) -> str:
    app.config[passwords.COSTS] = LOW_COSTS
    forget_between_requests(app)
    with begin_work(WORKER) as work:
        return make_feedback(work).reference


def link_token() -> str:
    with begin_work(WORKER) as work:
        return tracking.make_link(work, work.session.scalars(select(Feedback)).first())  # type: ignore[arg-type]


def test_the_form_is_safe_from_password_managers(client: FlaskClient) -> None:
    page = client.get("/track").text
    box = re.search(r'<input[^>]*id="words"[^>]*>', page)
    assert box is not None
    assert 'autocomplete="off"' in box[0]
    assert 'spellcheck="false"' in box[0]
    assert 'type="password"' not in page


def test_who_is_not_safe_finds_the_numbers_before_the_matter_opens(client: FlaskClient) -> None:
    page = client.get("/track").text.split("<main", 1)[1].split("<footer", 1)[0]
    for number in ("tel:999", "tel:08001111", "tel:01632960199"):
        assert number in page


def test_reference_and_words_open_the_matter(client: FlaskClient, reference: str) -> None:
    answer = enter(client, f" {reference.lower().replace('-', ' ')}", words_of().upper())
    assert answer.status_code == 302
    assert answer.location == "/track/matter"
    page = client.get("/track/matter").text
    assert reference in page
    assert "We have got it" in page
    assert STORY in page


def test_nothing_private_stands_in_an_address(client: FlaskClient, reference: str) -> None:
    addresses = [enter(client, reference).location]
    page = client.get("/track/matter").text
    addresses += re.findall(r'(?:href|action)="([^"]+)"', page)
    for address in addresses:
        assert reference not in address
        assert not any(word in address for word in words_of().split())


@pytest.mark.parametrize("words", ["apple apple apple apple apple", "two words", "1 2 3"])
def test_wrong_words_and_unknown_references_look_the_same(
    client: FlaskClient, reference: str, words: str
) -> None:
    wrong = enter(client, reference, words)
    unknown_reference = make_reference()
    unknown = enter(client, unknown_reference, words_of())
    assert wrong.status_code == unknown.status_code == 422
    assert WRONG in wrong.text
    same = re.sub(r'(name="(csrf_token|words|reference)"[^>]*value=)"[^"]*"', r"\1", wrong.text)
    other = re.sub(r'(name="(csrf_token|words|reference)"[^>]*value=)"[^"]*"', r"\1", unknown.text)
    assert re.sub(r"nonce=\S+", "", same) == re.sub(r"nonce=\S+", "", other)


def test_the_reference_is_kept_and_the_words_never(client: FlaskClient, reference: str) -> None:
    page = enter(client, reference, "wombat wombat wombat wombat wombat").text
    assert f'value="{reference}"' in page
    assert "wombat" not in page
    assert "Error: " in page


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Enter the reference that we gave you"),
        ({"reference": "7KQM-2XVD"}, "Enter your secret words"),
        ({"reference": "7KQM-2XVD", "words": "   "}, "Enter your secret words"),
        ({"reference": "7" * 301, "words": "a"}, "This is too long"),
    ],
)
def test_what_is_missing_is_said(
    client: FlaskClient, reference: str, data: dict[str, str], sentence: str
) -> None:
    answer = client.post("/track", data=data)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_after_five_wrong_tries_there_is_a_wait(client: FlaskClient, reference: str) -> None:
    for _ in range(FREE_FAILURES):
        assert enter(client, reference, "xx").status_code == 422
    closed = enter(client, reference)
    assert closed.status_code == 429
    assert "Wait 1 minute" in closed.text


def test_entering_begins_a_session_of_its_own(client: FlaskClient, reference: str) -> None:
    with client.session_transaction() as session:
        session["planted"] = "by somebody"
    enter(client, reference)
    with client.session_transaction() as session:
        assert "planted" not in session
        assert STORY not in str(dict(session))


def test_a_link_shows_a_button_until_it_is_used(client: FlaskClient, reference: str) -> None:
    token = link_token()
    for _ in range(3):
        page = client.get(f"/track/link/{token}")
        assert page.status_code == 200
        assert STORY not in page.text
    used = client.post(f"/track/link/{token}")
    words = re.findall(r'heard-words__word">([a-z]+)<', used.text)
    assert len(words) == 5
    assert client.get("/track/matter").status_code == 200
    for ended in (client.get(f"/track/link/{token}"), client.post(f"/track/link/{token}")):
        assert ended.status_code == 410
        assert "has been used or has ended" in ended.text
    fresh = client.application.test_client()
    assert enter(fresh, reference, words_of()).status_code == 422
    assert enter(fresh, reference, " ".join(words)).status_code == 302


def test_an_invented_link_has_ended(client: FlaskClient) -> None:
    assert client.get("/track/link/anything").status_code == 410
    assert client.post("/track/link/anything").status_code == 410


def test_each_door_has_its_own_layout(client: FlaskClient, app: Flask) -> None:
    with begin_work(WORKER) as work:
        adult = make_feedback(work, door=Door.EVERYONE).reference
        young = make_feedback(work).reference
    enter(client, adult)
    assert "heard-young" not in client.get("/track/matter").text
    enter(client, young)
    assert "heard-young" in client.get("/track/matter").text
