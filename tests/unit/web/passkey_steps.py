"""Steps of somebody with a passkey, for tests of pages."""

import json
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.records.audit_event import AuditEvent
from portal.work import WORKER, begin_work
from tests.services.authenticator import Authenticator
from tests.signing_in import sign_in

EMAIL, OTHER = "bryony@council.example", "ola@council.example"


MORNING = datetime(2026, 12, 7, 8, tzinfo=UTC)


WHOLE, FACTOR, AGAIN = "/sign-in/passkey", "/sign-in/code", "/sign-in/again"


def question(client: FlaskClient, path: str) -> dict[str, Any]:
    answer = client.post(f"{path}/question")
    assert answer.status_code == 200, answer.status_code
    return dict(json.loads(answer.text))


def add(client: FlaskClient, key: Authenticator, name: str = "My phone") -> TestResponse:
    made = key.make(question(client, "/account/passkeys/new"))
    return client.post("/account/passkeys/new", data={"passkey": made, "name": name})


def with_passkey(app: Flask, email: str = EMAIL) -> Authenticator:
    key, client = Authenticator(), app.test_client()
    sign_in(client, email)
    assert add(client, key).location == "/account/"
    client.post("/sign-out")
    return key


def alone(client: FlaskClient, key: Authenticator, to: str = "") -> TestResponse:
    said = key.show(question(client, WHOLE))
    return client.post(WHOLE + to, data={"passkey": said})


def is_in(client: FlaskClient) -> bool:
    return client.get("/account/").status_code == 200


def acts() -> list[str]:
    with begin_work(WORKER) as work:
        return list(work.session.scalars(select(AuditEvent.act).order_by(AuditEvent.id)))
