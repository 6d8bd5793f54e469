"""The first page, the start of the form, and the way out."""

import pytest
from flask.testing import FlaskClient

from portal.web.public.pages import AWAY


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
    for name in ("portal.css", "theme.css", "govuk-frontend.min.js"):
        assert client.get(f"/static/{name}").status_code == 200
