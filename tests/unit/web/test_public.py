"""The first page, the start of the form, and the way out."""

from collections.abc import Mapping
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from portal.cases import drafts
from portal.db import db
from portal.records.audit_event import AuditEvent
from portal.records.draft import Draft
from portal.web.public.pages import AWAY
from tests.unit.web.journey_steps import EVERYONE, YOUNG, walk, words_on

Answers = tuple[tuple[str, Mapping[str, Any]], ...]
DOORS: dict[str, Answers] = {"give-feedback": EVERYONE, "young-people": YOUNG}


def test_two_doors_and_the_other_ways(client: FlaskClient) -> None:
    page = client.get("/").text
    for address in ('"/young-people/"', '"/give-feedback"', '"/track"', '"/advocates/"'):
        assert f"href={address}" in page
    for number in ("tel:999", "tel:08001111", "tel:01632960199"):
        assert number in page


def test_start_tells_who_reads_it_before_the_first_question(client: FlaskClient) -> None:
    page = client.get("/give-feedback").text
    assert page.index("Who reads it") < page.index("Start now")
    assert client.post("/give-feedback/begin-now").location == "/give-feedback/what-kind"


def test_leaving_clears_the_session_and_goes_elsewhere(client: FlaskClient) -> None:
    client.post("/young-people/what-happened", data={"story": "Kept for me."})
    with client.session_transaction() as session:
        session["track"] = "something"
    away = client.get("/exit")
    assert away.status_code == 302
    assert away.location == AWAY
    with client.session_transaction() as session:
        assert "track" not in session
    # What was typed waits for its owner.
    assert "Kept for me." in client.get("/young-people/what-happened").text


@pytest.mark.parametrize(("folder", "answers"), DOORS.items())
def test_after_leaving_back_shows_nothing_of_what_was_sent(
    client: FlaskClient, folder: str, answers: Answers
) -> None:
    walk(client, folder, answers)
    assert client.post(f"/{folder}/check", follow_redirects=True).status_code == 200
    assert words_on(client.get(f"/{folder}/sent"))
    kept = _rows()
    assert client.get("/exit").location == AWAY
    assert client.get(f"/{folder}/sent").status_code == 410
    assert client.get(f"/{folder}/sent/copy").status_code == 410
    # A GET changes no row: only this browser has forgotten.
    assert _rows() == kept


def test_leaving_by_the_page_of_a_matter_forgets_what_was_sent_too(client: FlaskClient) -> None:
    walk(client, "young-people", YOUNG)
    client.post("/young-people/check")
    assert client.get("/track/exit").location == "/exit"
    client.get("/exit")
    assert client.get("/young-people/sent").status_code == 410


@pytest.mark.parametrize(("folder", "answers"), DOORS.items())
def test_closing_a_matter_closes_the_page_that_gave_its_words(
    client: FlaskClient, folder: str, answers: Answers
) -> None:
    walk(client, folder, answers)
    client.post(f"/{folder}/check")
    assert words_on(client.get(f"/{folder}/sent"))
    assert client.post("/track/end").location == "/track"
    assert client.get(f"/{folder}/sent").status_code == 410


def test_what_one_door_sent_takes_nothing_from_the_other(client: FlaskClient) -> None:
    client.post("/give-feedback/what-happened", data={"story": "Kept for me."})
    walk(client, "young-people", YOUNG)
    client.post("/young-people/check")
    client.get("/exit")
    assert "Kept for me." in client.get("/give-feedback/what-happened").text


def test_a_database_that_does_not_answer_holds_nobody_here(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_given: object) -> None:
        raise OperationalError("select", {}, Exception("gone"))

    monkeypatch.setattr(drafts, "find", fails)
    assert client.get("/exit").location == AWAY


def _rows() -> list[tuple[object, ...]]:
    """Every draft and every act in the trail."""
    db.session.rollback()
    wanted = select(Draft.id, Draft.words, Draft.feedback_id, Draft.updated_at, Draft.ends_at)
    drafts_now = [tuple(row) for row in db.session.execute(wanted)]
    return [*drafts_now, *(tuple(row) for row in db.session.execute(select(AuditEvent.id)))]


@pytest.mark.parametrize(
    ("path", "marks"),
    [
        ("/give-feedback/what-happened", ['autocomplete="off"', 'enctype="multipart/form-data"']),
        ("/give-feedback/you", ['autocomplete="name"']),
        ("/give-feedback/contact", ['autocomplete="email"', 'autocomplete="tel"', 'type="email"']),
    ],
)
def test_boxes_help_the_browser_fill_them(client: FlaskClient, path: str, marks: list[str]) -> None:
    page = client.get(path).text
    for mark in marks:
        assert mark in page


def test_services_are_in_the_councils_words(client: FlaskClient) -> None:
    page = client.get("/give-feedback/service").text
    for words in ("Social workers and family support", "I’m not sure", "special educational needs"):
        assert words in page
    assert "LAC" not in page


def test_pages_are_never_kept_by_a_browser(client: FlaskClient) -> None:
    assert client.get("/give-feedback/what-happened").headers["Cache-Control"] == "no-store"


def test_looks_and_scripts_open_to_everyone(client: FlaskClient) -> None:
    for name in ("portal.css", "staff.css", "theme.css", "govuk-frontend.min.js"):
        assert client.get(f"/static/{name}").status_code == 200
