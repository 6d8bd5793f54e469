"""Browsers that were here before: known by a signed cookie, let past the strangers' count."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.cases.throttling import FREE_FAILURES
from portal.records.account import Role
from portal.web.sign_in import browser
from portal.work import WORKER, begin_work
from tests import signing_in
from tests.matters import AUTHENTICATOR, PASSWORD, make_account
from tests.signing_in import code_for, sign_in

ADVOCATE, OFFICER = "sam@advocates.example", "ola@council.example"
NOBODY = "nobody@advocates.example"
MORNING = datetime(2026, 12, 7, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def people(app: Flask) -> Iterator[None]:
    # Codes of another test were used up in another database, perhaps at another time. The clock
    # starts where a half-minute does, so that no code runs out between page and answer.
    signing_in._used.clear()
    with time_machine.travel(MORNING):
        with begin_work(WORKER) as work:
            make_account(work, email=ADVOCATE)
            make_account(work, Role.OFFICER, OFFICER, "Ola Officer")
        yield
    signing_in._used.clear()


def password(
    client: FlaskClient, email: str = ADVOCATE, typed: str = PASSWORD, to: str = ""
) -> TestResponse:
    return client.post(f"/sign-in{to}", data={"email": email, "password": typed})


def cookie_of(client: FlaskClient) -> str:
    found = client.get_cookie(browser.COOKIE)
    assert found is not None
    return str(found.value)


def test_guessers_close_the_door_to_strangers_and_not_to_the_persons_own_browser(
    app: Flask, client: FlaskClient
) -> None:
    sign_in(client, ADVOCATE)
    client.post("/sign-out")
    guesser = app.test_client()
    for _ in range(FREE_FAILURES):
        password(guesser, typed="wrong")
    assert password(app.test_client()).status_code == 429
    assert password(client).location == "/sign-in/code"


def test_a_browser_is_known_after_a_completed_sign_in_for_that_account_only(
    app: Flask, client: FlaskClient
) -> None:
    password(client)
    assert client.get_cookie(browser.COOKIE) is None
    answer = client.post("/sign-in/code", data={"code": code_for(ADVOCATE)})
    (given_cookie,) = [c for c in answer.headers.getlist("Set-Cookie") if browser.COOKIE in c]
    assert {"HttpOnly", "SameSite=Lax"} <= set(given_cookie.split("; "))
    assert ADVOCATE not in given_cookie
    with app.test_request_context(headers={"Cookie": f"{browser.COOKIE}={cookie_of(client)}"}):
        assert browser.known_as(f" {ADVOCATE.upper()}") is not None
        assert browser.known_as(OFFICER) is None


def test_one_desk_of_many_people_keeps_one_id(app: Flask, client: FlaskClient) -> None:
    ids = []
    for email in (ADVOCATE, OFFICER, ADVOCATE):
        sign_in(client, email)
        client.post("/sign-out")
        with app.test_request_context(headers={"Cookie": f"{browser.COOKIE}={cookie_of(client)}"}):
            ids.append(browser.known_as(email))
            assert browser.known_as(ADVOCATE) == ids[0]
    assert ids[0] is not None
    assert len(set(ids)) == 1


def test_a_cookie_of_ones_own_making_makes_nobody_known(app: Flask, client: FlaskClient) -> None:
    sign_in(client, ADVOCATE)
    kept = cookie_of(client)
    other = app.secret_key
    for forged in (kept[:-2] + "xx", kept.partition(".")[0], "x", "", kept + "x"):
        with app.test_request_context(headers={"Cookie": f"{browser.COOKIE}={forged}"}):
            assert browser.known_as(ADVOCATE) is None
    app.secret_key = "another installation's"
    with app.test_request_context(headers={"Cookie": f"{browser.COOKIE}={kept}"}):
        assert browser.known_as(ADVOCATE) is None
    app.secret_key = other


def test_a_browser_is_forgotten_after_half_a_year(app: Flask, client: FlaskClient) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        password(client)
        client.post("/sign-in/code", data={"code": pyotp.TOTP(AUTHENTICATOR).now()})
        header = {"Cookie": f"{browser.COOKIE}={cookie_of(client)}"}
        clock.shift(browser.LIVES - timedelta(minutes=1))
        with app.test_request_context(headers=header):
            assert browser.known_as(ADVOCATE) is not None
        clock.shift(timedelta(minutes=2))
        with app.test_request_context(headers=header):
            assert browser.known_as(ADVOCATE) is None
