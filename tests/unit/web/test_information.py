"""Pages that inform: generated from the council's file, honest about what is not tested."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.council import load_council
from portal.web.information.timescales import timescales


@pytest.mark.parametrize("path", ["/accessibility", "/privacy", "/how-complaints-work"])
def test_each_page_opens_to_everyone(client: FlaskClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert "Staffordshire County Council" in page.text


def test_accessibility_says_what_is_not_tested(client: FlaskClient) -> None:
    page = client.get("/accessibility").text
    assert "have not been done yet" in page
    assert "fully compliant" not in page


def test_privacy_names_each_cookie_that_is_set(client: FlaskClient, app: Flask) -> None:
    page = client.get("/privacy").text
    for folder in ("give-feedback", "young-people"):
        client.post(f"/{folder}/what-happened", data={"story": "Words."})
    names = {cookie.key for cookie in client._cookies.values()}
    assert names >= {"heard_draft_everyone", "heard_draft_young_people"}
    for name in names | {app.config["SESSION_COOKIE_NAME"]}:
        assert name in page


def test_times_come_from_the_profile_in_force() -> None:
    council = load_council("staffordshire")
    now = {p.code: p for p in timescales(council, date(2026, 11, 23))}
    before = {p.code: p for p in timescales(council, date(2026, 3, 2))}
    first_now = " ".join(now["statutory"].stages[0].times)
    first_before = " ".join(before["statutory"].stages[0].times)
    assert "10 working days after we get your complaint" in first_now
    assert "at the latest 20 working days" in first_now
    assert "20 working days after we accept your complaint" in first_before
    assert len(now["statutory"].stages) == 3
    assert "The panel meets within 30 working days" in " ".join(now["statutory"].stages[2].times)
    assert "5 working days" in now["corporate"].stages[0].times[1]
    assert "or after the day it was due" in now["corporate"].stages[0].times[2]
    assert timescales(council, date(2001, 1, 1)) == ()


def test_how_complaints_work_shows_them(client: FlaskClient) -> None:
    page = client.get("/how-complaints-work").text
    assert "Stage 3: review panel" in page
    assert "tel:03000610614" in page
