"""What is wrong with a passkey’s answer opens nothing: origin, host, key, person, count."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.cases.sign_in_challenges import LASTS
from portal.records.account import Role
from portal.work import WORKER, begin_work
from tests import signing_in
from tests.matters import PASSWORD, make_account
from tests.services.authenticator import Authenticator
from tests.signing_in import sign_in
from tests.unit.web.passkey_steps import (
    EMAIL,
    FACTOR,
    MORNING,
    OTHER,
    WHOLE,
    acts,
    add,
    alone,
    is_in,
    question,
    with_passkey,
)


@pytest.fixture(autouse=True)
def people(app: Flask) -> Iterator[None]:
    signing_in._used.clear()
    with time_machine.travel(MORNING) as clock:
        app.extensions["test clock"] = clock
        with begin_work(WORKER) as work:
            make_account(work, Role.OFFICER, EMAIL, "Bryony Tarrant")
            make_account(work, Role.OFFICER, OTHER, "Ola Officer")
        yield
    signing_in._used.clear()


def _other_origin(key: Authenticator) -> None:
    key.origin = "http://localhost:5001"


def _other_host(key: Authenticator) -> None:
    key.host = "feedback.example"


def _not_verified(key: Authenticator) -> None:
    key.verifies = False


def _counts_back(key: Authenticator) -> None:
    key.count = -1


def _other_person(key: Authenticator) -> None:
    key.handle = b"somebody else"


def _other_key(key: Authenticator) -> None:
    key.key = Authenticator().key


def _unknown(key: Authenticator) -> None:
    key.credential_id = b"never seen"


WRONG = (
    _other_origin, _other_host, _not_verified, _counts_back, _other_person, _other_key, _unknown,
)  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_opens_nothing_and_is_noted(
    app: Flask, client: FlaskClient, wrong: Any
) -> None:
    key = with_passkey(app)
    assert alone(app.test_client(), key).location == "/officers/"
    wrong(key)
    answer = alone(client, key)
    assert answer.location == "/sign-in"
    assert "did not work here" in client.get("/sign-in").text
    assert not is_in(client)
    assert acts()[-1] == "passkey_failed"


def test_a_counter_that_stands_still_is_a_copy(app: Flask, client: FlaskClient) -> None:
    key = with_passkey(app)
    alone(app.test_client(), key)
    assert key.count == 1
    key.count = 0
    assert alone(client, key).location == "/sign-in"


def test_one_that_never_counts_works_each_time(app: Flask, client: FlaskClient) -> None:
    key = Authenticator(count=None)
    sign_in(client, EMAIL)
    add(client, key)
    for _ in range(2):
        assert alone(app.test_client(), key).location == "/officers/"


def test_an_answer_is_good_once(app: Flask, client: FlaskClient) -> None:
    key = with_passkey(app)
    key.count = None
    asked = question(client, WHOLE)
    cookie = client.get_cookie("heard")
    assert cookie is not None
    said = key.show(asked)
    assert client.post(WHOLE, data={"passkey": said}).location == "/officers/"
    thief = app.test_client()
    thief.set_cookie("heard", cookie.value)
    assert thief.post(WHOLE, data={"passkey": said}).location == "/sign-in"
    assert not is_in(thief)


def test_an_answer_is_good_for_minutes(app: Flask, client: FlaskClient) -> None:
    key = with_passkey(app)
    said = key.show(question(client, WHOLE))
    app.extensions["test clock"].shift(LASTS + timedelta(seconds=1))
    assert client.post(WHOLE, data={"passkey": said}).location == "/sign-in"
    assert "took too long" in client.get("/sign-in").text


def test_an_answer_to_one_question_is_none_to_another(app: Flask, client: FlaskClient) -> None:
    key = with_passkey(app)
    client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
    said = key.show(question(client, FACTOR))
    assert client.post(WHOLE, data={"passkey": said}).location == "/sign-in"
    assert not is_in(client)


def test_anothers_passkey_is_no_second_factor(app: Flask, client: FlaskClient) -> None:
    with_passkey(app)
    others = with_passkey(app, OTHER)
    client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
    said = others.show(question(client, FACTOR))
    assert client.post(f"{FACTOR}/passkey", data={"passkey": said}).location == "/sign-in/code"
    assert not is_in(client)


@given(said=st.one_of(st.text(max_size=200), st.from_regex(r'\{"id":"\w*"[\w",:{}]*\}')))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_answer_whatever_it_is_breaks_the_page(app: Flask, said: str) -> None:
    client = app.test_client()
    question(client, WHOLE)
    answer = client.post(WHOLE, data={"passkey": said})
    assert answer.status_code == 302
    assert not is_in(client)
