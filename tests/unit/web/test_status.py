"""/status: well or not, in numbers, with nobody's data."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from intake.pulse import PREFIX
from portal import clock, health
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


def poll(found: int, new: int, mailbox: str = "demo", minutes: int = 0) -> None:
    """A look just now, and the last good one so many minutes ago."""
    now = clock.now()
    made = MailPoll(mailbox=mailbox, began_at=now, ended_at=now, found=found, new=new, replies=1)
    db.session.add(made)
    beat(PREFIX + mailbox, minutes)


def test_a_new_installation_is_well(client: FlaskClient) -> None:
    answer = client.get("/status")
    assert answer.status_code == 200
    assert answer.json["well"] is True
    assert answer.json["processes"]["intake"] == {"seconds_ago": None, "well": True}
    assert answer.json["mailboxes"] == []


def test_it_tells_the_equation_and_the_letters(client: FlaskClient) -> None:
    walk(client, "give-feedback", EVERYONE)
    client.post("/give-feedback/check")
    beat("work", 1)
    poll(found=3, new=2)
    answer = client.get("/status")
    assert answer.status_code == 200
    assert answer.json["letters_waiting"] == 1
    [box] = answer.json["mailboxes"]
    assert (box["well"], box["adds_up"], box["seconds_ago"] < 60) == (True, True, True)
    assert box["last_poll"]["found"] == 3
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


def test_each_mailbox_has_its_own_age_and_no_name(client: FlaskClient) -> None:
    poll(found=3, new=2, mailbox="first@mail.example")
    poll(found=1, new=0, mailbox="second@mail.example", minutes=16)
    answer = client.get("/status")
    assert answer.status_code == 503
    assert [box["well"] for box in answer.json["mailboxes"]] == [True, False]
    assert "mail.example" not in answer.text
    faults = " ".join(health.faults(db.session()))
    assert "Mailbox second@mail.example was last read well 16 minutes ago." in faults
    assert "Mailbox first@mail.example" not in faults
    assert "1 found = 0 new + 0 known + 1 replies" in " ".join(health.facts(db.session()))


def test_the_check_alarms_when_an_equation_does_not_hold(app: Flask) -> None:
    poll(found=4, new=2)
    assert any("does not add up" in fault for fault in health.faults(db.session()))


def test_the_intake_and_health_call_a_mailbox_alike() -> None:
    assert PREFIX == health.MAILBOX


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
