"""Failures as pages: a sentence, the right status, the person's words kept, nothing told."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from portal import clock
from portal.records.account import Role
from portal.web import journey_pages
from portal.work import COMMAND, begin_work
from tests import matters
from tests.conftest import app_for, settings_for
from tests.signing_in import sign_in

WORDS = "He waited two hours for the taxi & nobody <rang> us."


def test_a_database_that_is_down_gives_the_words_back(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_args: object, **_more: object) -> None:
        raise OperationalError("select secret", {"story": WORDS}, Exception("gone"))

    monkeypatch.setattr(journey_pages.draft_cookie, "read", down)
    answer = client.post(
        "/give-feedback/what-happened", data={"story": WORDS, "csrf_token": "t" * 30}
    )
    assert answer.status_code == 503
    assert "try again in a few minutes" in answer.text
    assert "nobody &lt;rang&gt; us." in answer.text
    assert "t" * 30 not in answer.text
    assert "select secret" not in answer.text


def test_a_database_that_is_down_at_start_is_a_page_and_not_a_trace(tmp_path) -> None:  # type: ignore[no-untyped-def]
    url = "postgresql+psycopg://portal@127.0.0.1:1/heard"
    app = app_for(settings_for(tmp_path, DATABASE_URL=url))
    answer = app.test_client().get("/track")
    assert answer.status_code in (200, 503)
    told = app.test_client().post("/track", data={"reference": "ABCD-EFGH", "words": "a b c d e"})
    assert told.status_code == 503
    assert "This service is not working right now" in told.text
    assert "a b c d e" not in told.text
    assert app.test_client().get("/status").status_code == 503


def test_an_unexpected_error_tells_nothing(
    app: Flask,
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def breaks(*_args: object, **_more: object) -> None:
        raise ValueError(WORDS)

    monkeypatch.setattr(journey_pages.draft_cookie, "read", breaks)
    answer = client.get("/give-feedback/what-happened")
    assert answer.status_code == 500
    assert "ValueError" not in answer.text
    logged = capsys.readouterr().err
    assert "ValueError" in logged
    assert "taxi" not in logged


def test_words_sent_after_the_sign_in_ran_out_are_given_back(app: Flask) -> None:
    with begin_work(COMMAND) as work:
        matters.make_account(work, Role.OFFICER, "officer@council.example")
        reference = matters.make_feedback(work).public_id
    staff = app.test_client()
    sign_in(staff, "officer@council.example")
    late = clock.now() + timedelta(hours=2)
    with time_machine.travel(late, tick=False):
        answer = staff.post(
            f"/officers/cases/{reference}/message", data={"body": WORDS, "csrf_token": "x"}
        )
    assert answer.status_code == 401
    assert "signed out" in answer.text
    assert "nobody &lt;rang&gt; us." in answer.text
