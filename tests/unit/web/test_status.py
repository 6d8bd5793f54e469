"""/status: well or not, in numbers, with nobody's data."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal import clock
from portal.app import create_app
from portal.db import db
from portal.records.heartbeat import Heartbeat
from portal.records.mail import MailPoll
from tests.conftest import settings_for
from tests.unit.web.journey_steps import EVERYONE, walk


def beat(process: str, minutes: int, error: str | None = None) -> None:
    at = clock.now() - timedelta(minutes=minutes)
    db.session.add(Heartbeat(process=process, at=at, error=error))
    db.session.commit()


def poll(found: int, new: int) -> None:
    now = clock.now()
    made = MailPoll(mailbox="demo", began_at=now, ended_at=now, found=found, new=new, replies=1)
    db.session.add(made)
    db.session.commit()


def test_a_new_installation_is_well(client: FlaskClient) -> None:
    answer = client.get("/status")
    assert answer.status_code == 200
    assert answer.json["well"] is True
    assert answer.json["processes"]["intake"] == {"seconds_ago": None, "well": True}
    assert answer.json["last_poll"] is None


def test_it_tells_the_equation_and_the_letters(client: FlaskClient) -> None:
    walk(client, "give-feedback", EVERYONE)
    client.post("/give-feedback/check")
    beat("work", 1)
    poll(found=3, new=2)
    answer = client.get("/status")
    assert answer.status_code == 200
    assert answer.json["letters_waiting"] == 1
    assert answer.json["last_poll"]["found"] == 3
    assert answer.json["last_poll"]["adds_up"] is True
    assert "petra" not in answer.text.lower()


@pytest.mark.parametrize(("minutes", "error"), [(16, None), (1, "TimeoutError")])
def test_a_stopped_or_failing_process_is_503(
    client: FlaskClient, minutes: int, error: str | None
) -> None:
    beat("intake", minutes, error)
    answer = client.get("/status")
    assert answer.status_code == 503
    assert answer.json["processes"]["intake"]["well"] is False


def test_an_equation_that_does_not_add_up_is_503(client: FlaskClient) -> None:
    poll(found=4, new=2)
    assert client.get("/status").status_code == 503


def test_a_browser_gets_a_page(client: FlaskClient) -> None:
    poll(found=3, new=2)
    page = client.get("/status", headers={"Accept": "text/html,*/*;q=0.8"})
    assert page.status_code == 200
    assert "3 found = 2 new" in page.text


def test_no_database_is_503_in_words(tmp_path: Path) -> None:
    broken: Flask = create_app(
        settings_for(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/nowhere/heard.db")
    )
    answer = broken.test_client().get("/status")
    assert answer.status_code == 503
    assert answer.json["database"] is False
    assert broken.test_client().get("/").status_code == 200
