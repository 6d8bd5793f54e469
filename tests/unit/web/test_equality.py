"""The page about the person, after sending: optional, once, and kept apart."""

from datetime import UTC, datetime

import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import inspect, select

from portal.db import db
from portal.procedures.equality import WORDS
from portal.procedures.vocabulary import Category, Relationship
from portal.records.audit_event import AuditEvent
from portal.records.equality_answer import EqualityAnswer
from portal.records.feedback import Door
from tests.unit.web.journey_steps import EVERYONE, told, walk

PATH = "/give-feedback/equality"
SENT = "/give-feedback/sent"
SAID = {"age_band": "35_44", "sex": "female", "disability": "yes", "ethnicity": "not_said"}


def send(client: FlaskClient) -> None:
    walk(client, "give-feedback", EVERYONE)
    client.post("/give-feedback/check")


def rows() -> list[EqualityAnswer]:
    db.session.rollback()
    return list(db.session.scalars(select(EqualityAnswer)))


def test_it_is_offered_after_sending_and_kept_in_groups(client: FlaskClient) -> None:
    with time_machine.travel(datetime(2027, 3, 31, 12, 0, tzinfo=UTC)):
        send(client)
        assert f'href="{PATH}"' in client.get(SENT).text
        page = client.get(PATH).text
        assert page.count("Prefer not to say") == len(WORDS)
        assert client.post(PATH, data=SAID).location == SENT
    (row,) = rows()
    assert (row.year, row.door) == ("2026-27", Door.EVERYONE)
    assert (row.category, row.relationship) == (Category.COMPLAINT, Relationship.PARENT)
    assert (row.age_band, row.sex, row.disability) == ("35_44", "female", "yes")
    assert (row.ethnicity, row.orientation) == ("not_said", None)


def test_nothing_leads_from_a_row_to_what_was_told(client: FlaskClient) -> None:
    send(client)
    client.post(PATH, data=SAID)
    (row,), (feedback,) = rows(), told()
    columns = {column.name for column in inspect(EqualityAnswer).columns}
    assert columns == {
        "id", "year", "door", "category", "relationship",
        "age_band", "sex", "disability", "ethnicity", "orientation",
    }  # fmt: skip
    assert not EqualityAnswer.__table__.foreign_keys
    assert row.id not in (str(feedback.id), feedback.public_id, feedback.reference)
    noted = db.session.scalars(
        select(AuditEvent).where(AuditEvent.act == "equality_answered")
    ).one()
    assert (noted.about_kind, noted.about_id, noted.fields) == (None, None, [])


def test_it_is_asked_once(client: FlaskClient) -> None:
    send(client)
    client.post(PATH, data=SAID)
    assert client.post(PATH, data=SAID).location == SENT
    assert client.get(PATH).location == SENT
    assert PATH not in client.get(SENT).text
    assert len(rows()) == 1


def test_nothing_chosen_is_nothing_kept(client: FlaskClient) -> None:
    send(client)
    assert client.post(PATH, data={}).location == SENT
    assert "We have kept nothing." in client.get(SENT).text
    assert rows() == []


def test_it_is_only_for_who_has_sent_something(client: FlaskClient) -> None:
    assert client.get(PATH).location == SENT
    client.post("/give-feedback/what-kind", data={"kind": "complaint"})
    assert client.get(PATH).location == SENT
    assert client.post(PATH, data=SAID).location == SENT
    assert rows() == []


def test_a_code_that_is_none_comes_back(client: FlaskClient) -> None:
    send(client)
    page = client.post(PATH, data={"sex": "female", "age_band": "twelve"})
    assert page.status_code == 422
    assert 'value="female" checked' in page.text
    assert rows() == []


def test_an_expired_token_keeps_what_was_chosen(app: Flask, client: FlaskClient) -> None:
    send(client)
    app.config["WTF_CSRF_ENABLED"] = True
    page = client.post(PATH, data={**SAID, "csrf_token": "old"})
    assert page.status_code == 400
    assert 'value="35_44" checked' in page.text
    assert rows() == []
