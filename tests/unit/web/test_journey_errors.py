"""What goes wrong in a journey: a sentence, the right status, and nothing typed is lost."""

import io
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import select

from portal.db import db
from portal.records.attachment import Attachment
from portal.records.draft import Draft
from tests.unit.web.journey_steps import EVERYONE, STORY, YOUNG, token_on, told, walk

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def photo() -> io.BytesIO:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(made, "PNG")
    made.seek(0)
    return made


@pytest.mark.parametrize(
    ("path", "data", "sentence"),
    [
        ("give-feedback/what-kind", {}, "Choose what you would like to tell us"),
        ("give-feedback/what-kind", {"kind": "gift"}, "Not a valid choice"),
        ("give-feedback/what-happened", {"story": "  "}, "Tell us what happened"),
        ("young-people/what-happened", {}, "Tell us what happened, or add a voice note"),
        ("give-feedback/contact", {}, "Choose how we can contact you"),
        ("give-feedback/contact", {"way": "email", "email": "me at home"}, "like name@example.com"),
        ("give-feedback/contact", {"way": "email"}, "like name@example.com"),
        ("give-feedback/contact", {"way": "phone", "phone": "999"}, "Enter a phone number"),
        ("give-feedback/contact", {"way": "post"}, "Enter the address"),
        ("give-feedback/you", {"name": "n" * 301}, "300 characters or fewer"),
        ("young-people/contact", {"way": "email", "email": "x"}, "like name@example.com"),
    ],
)
def test_a_bad_answer_is_shown_again(
    client: FlaskClient, path: str, data: dict[str, str], sentence: str
) -> None:
    page = client.post(f"/{path}", data=data)
    assert page.status_code == 422
    assert "Error: " in page.text.split("</title>")[0]
    assert "govuk-error-summary" in page.text
    # Once in the summary and once beside the field.
    assert page.text.count(sentence) >= 2
    for name, typed in data.items():
        assert name == "kind" or typed in page.text


def test_the_error_link_lands_on_a_box(client: FlaskClient) -> None:
    page = client.post("/give-feedback/contact", data={"way": "email", "email": "no"}).text
    assert 'href="#email"' in page
    assert 'id="email"' in page


def test_a_story_too_long_stays_in_the_box(client: FlaskClient) -> None:
    story = "word " * 400_000
    page = client.post("/give-feedback/what-happened", data={"story": story})
    assert page.status_code == 422
    assert "200,000 characters" in page.text
    assert story.strip() in page.text
    assert "maxlength" not in page.text


def test_a_long_story_within_the_limit_is_taken_whole(client: FlaskClient) -> None:
    story = "x" * 200_000
    assert client.post("/give-feedback/what-happened", data={"story": story}).status_code == 303
    assert story in client.get("/give-feedback/what-happened").text


@pytest.mark.parametrize("door", ["give-feedback", "young-people"])
def test_an_expired_draft_keeps_what_was_just_typed(client: FlaskClient, door: str) -> None:
    with time_machine.travel(MONDAY, tick=False) as travel:
        client.post(f"/{door}/what-happened", data={"story": "The first part."})
        travel.shift(timedelta(hours=25))
        answer = client.post(f"/{door}/what-happened", data={"story": "The second part."})
        assert answer.status_code == 303
        following = client.get(answer.location or "")
        assert "Your earlier answers were deleted" in " ".join(following.text.split())
        assert "The second part." in client.get(f"/{door}/what-happened").text


def test_sending_an_expired_draft_says_so_and_makes_nothing(client: FlaskClient) -> None:
    with time_machine.travel(MONDAY, tick=False) as travel:
        walk(client, "give-feedback", EVERYONE)
        travel.shift(timedelta(hours=25))
        answer = client.post("/give-feedback/check")
        assert answer.location == "/give-feedback/what-kind"
        assert "deleted" in client.get(answer.location).text
    assert told() == []


def test_sending_too_early_goes_to_what_is_missing(client: FlaskClient) -> None:
    client.post("/give-feedback/what-kind", data={"kind": "comment"})
    answer = client.post("/give-feedback/check")
    assert answer.location == "/give-feedback/what-happened?change=1"
    assert told() == []


@pytest.fixture
def guarded(app: Flask) -> FlaskClient:
    """A browser of an application that checks form tokens."""
    app.config["WTF_CSRF_ENABLED"] = True
    return app.test_client()


def test_an_expired_token_shows_the_page_filled(guarded: FlaskClient) -> None:
    page = guarded.post(
        "/give-feedback/what-happened",
        data={"story": STORY, "csrf_token": "old", "file": (photo(), "bus.png")},
    )
    assert page.status_code == 400
    assert "Nobody rang us back." in page.text
    assert "open for a long time" in page.text
    assert "Choose it again" in page.text
    assert db.session.scalar(select(Draft)) is None
    # The same page carries a token that works.
    again = guarded.post(
        "/give-feedback/what-happened", data={"story": STORY, "csrf_token": token_on(page)}
    )
    assert again.status_code == 303


def test_an_expired_token_on_send_sends_nothing(guarded: FlaskClient) -> None:
    for key, given_answer in YOUNG:
        page = guarded.get(f"/young-people/{key}")
        data = {**given_answer, "csrf_token": token_on(page)}
        assert guarded.post(f"/young-people/{key}", data=data).status_code == 303
    page = guarded.post("/young-people/check", data={"csrf_token": "old"})
    assert page.status_code == 400
    assert "My bag got lost" in page.text
    assert told() == []
    guarded.post("/young-people/start-again", data={"csrf_token": "old"})
    assert db.session.scalar(select(Draft)) is not None
    sent = guarded.post("/young-people/check", data={"csrf_token": token_on(page)})
    assert sent.location == "/young-people/sent"
    assert len(told()) == 1


def test_a_photo_is_enough_and_goes_with_the_record(client: FlaskClient) -> None:
    answer = client.post("/young-people/what-happened", data={"file": (photo(), "drawing.png")})
    assert answer.status_code == 303
    assert "drawing.png" in client.get("/young-people/check").text
    client.post("/young-people/check")
    (feedback,) = told()
    (kept,) = db.session.scalars(select(Attachment))
    assert kept.feedback_id == feedback.id
    assert kept.draft_id is None


def test_adding_and_removing_files_keeps_the_words(client: FlaskClient) -> None:
    path = "/give-feedback/what-happened"
    for name in ("one.png", "two.png"):
        data = {"story": STORY, "add": "1", "file": (photo(), name)}
        assert client.post(path, data=data).location == path
    page = client.get(path).text
    assert "one.png" in page
    assert "two.png" in page
    assert "Nobody rang us back." in page
    first = db.session.scalars(select(Attachment).order_by(Attachment.id)).all()[0]
    data = {"story": STORY + " More.", "remove": first.public_id}
    assert client.post(path, data=data).location == path
    page = client.get(path).text
    assert "one.png" not in page
    assert "two.png" in page
    assert "More." in page


def test_another_persons_file_cannot_be_removed(app: Flask) -> None:
    owner, other = app.test_client(), app.test_client()
    path = "/give-feedback/what-happened"
    owner.post(path, data={"story": STORY, "file": (photo(), "mine.png")})
    kept = db.session.scalars(select(Attachment)).one()
    other.post(path, data={"story": STORY, "remove": kept.public_id})
    assert "mine.png" in owner.get(path).text


def test_a_refused_file_keeps_the_words(client: FlaskClient) -> None:
    program = io.BytesIO(b"MZ" + bytes(500))
    page = client.post(
        "/give-feedback/what-happened", data={"story": STORY, "file": (program, "holiday.exe")}
    )
    assert page.status_code == 422
    assert "Nobody rang us back." in page.text
    assert 'id="file-error"' in page.text
    assert db.session.scalar(select(Attachment)) is None


def test_a_good_file_is_kept_when_the_words_are_too_long(client: FlaskClient) -> None:
    data = {"story": "y" * 200_001, "file": (photo(), "bus.png")}
    page = client.post("/give-feedback/what-happened", data=data)
    assert page.status_code == 422
    assert "bus.png" in page.text


def test_add_without_a_file_says_so(client: FlaskClient) -> None:
    page = client.post("/give-feedback/what-happened", data={"story": STORY, "add": "1"})
    assert page.status_code == 422
    assert "Choose a photo or document first" in page.text


def test_unknown_questions_are_not_pages(client: FlaskClient) -> None:
    for path in ("/give-feedback/nothing", "/young-people/what-kind"):
        assert client.get(path).status_code == 404
        assert client.post(path, data={}).status_code == 404


names = st.sampled_from(
    ["kind", "story", "way", "email", "danger", "service", "relationship", "file", "add", "remove"]
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    key=st.sampled_from([key for key, _ in EVERYONE] + ["check", "begin-now"]),
    data=st.dictionaries(names, st.lists(st.text(max_size=20), max_size=3), max_size=4),
)
def test_no_post_is_a_server_error(app: Flask, key: str, data: dict[str, list[str]]) -> None:
    assert app.test_client().post(f"/give-feedback/{key}", data=data).status_code < 500
