"""What comes back from the council’s own sign-in: only what is for us, now, once, lets in."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import sign_ins
from portal.records.account import Role
from portal.records.sign_in import SignIn
from portal.work import WORKER, begin_work
from tests.integration.council_people import (
    ADA,
    ADVOCATE,
    ENTRY,
    OLA,
    come_in,
    connect,
    is_in,
)
from tests.matters import make_account
from tests.services.openid_server import OpenIdServer


@pytest.fixture(autouse=True)
def people(app: Flask, provider: OpenIdServer) -> None:
    connect(app, provider, ENTRY)
    with begin_work(WORKER) as work:
        account = make_account(work, Role.TEAM_MANAGER, OLA, "Ola Officer")
        account.totp_secret = account.totp_confirmed_at = None
        make_account(work, Role.ADMINISTRATOR, ADA, "Ada Sample")
        make_account(work, email=ADVOCATE)


def _other_key(server: OpenIdServer) -> None:
    server.signs_with = OpenIdServer().key


WRONG_CLAIMS: list[dict[str, Any]] = [
    {"aud": "another-portal"},
    {"iss": "https://elsewhere.example"},
    {"nonce": "an old one"},
    {"nonce": None},
    {"exp": 1},
    {"sub": None},
    {"aud": ["the-portal", "other"], "azp": "other"},
]


@pytest.mark.parametrize("says", WRONG_CLAIMS)
def test_a_token_that_is_not_for_us_now_opens_nothing(
    client: FlaskClient, provider: OpenIdServer, says: dict[str, Any]
) -> None:
    provider.says = says
    assert come_in(client, provider).location == "/sign-in"
    assert not is_in(client)


def test_a_token_that_another_signed_opens_nothing(
    client: FlaskClient, provider: OpenIdServer
) -> None:
    _other_key(provider)
    assert come_in(client, provider).location == "/sign-in"
    assert not is_in(client)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda back: back.replace("state=", "state=x"),
        lambda back: back.replace("code=", "code=x"),
        lambda back: back.replace("iss=", "iss=x"),
        lambda back: back.partition("?")[0] + "?error=access_denied",
    ],
)
def test_what_comes_back_changed_opens_nothing(
    client: FlaskClient, provider: OpenIdServer, spoil: Any
) -> None:
    back = provider.approve(client.get("/sign-in/council").headers["Location"])
    assert client.get(spoil(back)).location == "/sign-in"
    assert not is_in(client)


def test_the_way_back_is_good_once_and_in_one_browser(
    app: Flask, client: FlaskClient, provider: OpenIdServer
) -> None:
    back = provider.approve(client.get("/sign-in/council").headers["Location"])
    thief = app.test_client()
    assert thief.get(back).location == "/sign-in"
    assert not is_in(thief)
    cookie = client.get_cookie("heard")
    assert cookie is not None
    assert client.get(back).location == "/officers/"
    thief.set_cookie("heard", cookie.value)
    assert thief.get(back).location == "/sign-in"
    assert not is_in(thief)


def test_the_verifier_never_goes_through_the_browser(
    client: FlaskClient, provider: OpenIdServer
) -> None:
    come_in(client, provider)
    (asked,) = provider.asked
    assert set(asked) >= {"state", "nonce", "code_challenge"}
    assert "code_verifier" not in asked
    assert asked["redirect_uri"] == "http://localhost:5000/sign-in/council/back"


@pytest.mark.parametrize("status", [500, 302])
def test_a_provider_that_does_not_answer_is_told(
    client: FlaskClient, provider: OpenIdServer, status: int
) -> None:
    provider.answers_with = status
    told = client.get("/sign-in/council")
    assert told.status_code == 503
    assert "does not answer" in told.text


def test_an_open_redirect_is_not_followed(client: FlaskClient, provider: OpenIdServer) -> None:
    assert come_in(client, provider, "?next=//evil.example").location == "/officers/"


def test_whoever_has_no_app_confirms_there(client: FlaskClient, provider: OpenIdServer) -> None:
    come_in(client, provider)
    with begin_work(WORKER) as work:
        (row,) = work.session.scalars(select(SignIn))
        row.confirmed_at = work.now - sign_ins.FRESH_FOR - timedelta(seconds=1)
    grave = client.get("/account/password")
    page = client.get(grave.location).text
    assert "Sign in again with your Sample account" in page
    assert 'name="code"' not in page
    left = client.get("/sign-in/council/again?next=/account/password")
    assert provider.approve(left.headers["Location"])
    assert (provider.asked[-1]["prompt"], provider.asked[-1]["max_age"]) == ("login", "0")
    left = client.get("/sign-in/council/again?next=/account/password")
    provider.subject = "somebody else"
    assert client.get(provider.approve(left.headers["Location"])).location == "/sign-in"
    assert client.get("/account/password").status_code == 302
    provider.subject = "0f3c-22"
    left = client.get("/sign-in/council/again?next=/account/password")
    assert client.get(provider.approve(left.headers["Location"])).location == "/account/password"
    assert client.get("/account/password").status_code == 200


@pytest.mark.parametrize("says", [{"auth_time": 1}, {"auth_time": None}, {"amr": ["pwd"]}])
def test_an_old_sign_in_there_confirms_nothing(
    client: FlaskClient, provider: OpenIdServer, says: dict[str, Any]
) -> None:
    come_in(client, provider)
    with begin_work(WORKER) as work:
        (row,) = work.session.scalars(select(SignIn))
        row.confirmed_at = work.now - sign_ins.FRESH_FOR - timedelta(seconds=1)
    provider.says = says
    left = client.get("/sign-in/council/again")
    assert client.get(provider.approve(left.headers["Location"])).location == "/sign-in"
    assert client.get("/account/password").status_code == 302
