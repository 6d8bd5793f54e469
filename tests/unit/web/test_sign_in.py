"""Signing in: the right area, the right length, and nothing told to those who guess."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from portal.cases import accounts, passwords
from portal.cases.throttling import FREE_FAILURES
from portal.records.account import Account, Role
from portal.web.sign_in.destination import after_sign_in, is_own_path
from portal.work import WORKER, begin_work
from tests.matters import LOW_COSTS, PASSWORD, forget_between_requests, make_account

ADVOCATE, OFFICER = "sam@advocates.example", "ola@council.example"
MORNING = datetime(2026, 12, 7, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def people(app: Flask) -> None:
    app.config[passwords.COSTS] = LOW_COSTS
    forget_between_requests(app)
    with begin_work(WORKER) as work:
        make_account(work, email=ADVOCATE)
        make_account(work, Role.OFFICER, OFFICER, "Ola Officer")


def sign_in(client: FlaskClient, email: str = ADVOCATE, password: str = PASSWORD, to: str = ""):  # type: ignore[no-untyped-def]
    return client.post(f"/sign-in{to}", data={"email": email, "password": password})


def is_in(client: FlaskClient) -> bool:
    return client.get("/advocates/").status_code == 200


def token_of(email: str) -> str:
    with begin_work(WORKER) as work:
        return accounts.invite(work, accounts.create(work, Role.ADVOCATE, "New", email))


@pytest.mark.parametrize(("email", "home"), [(ADVOCATE, "/advocates/"), (OFFICER, "/officers/")])
def test_each_role_has_its_own_area(client: FlaskClient, email: str, home: str) -> None:
    answer = sign_in(client, email)
    assert (answer.status_code, answer.location) == (302, home)


def test_a_closed_page_asks_and_comes_back(client: FlaskClient) -> None:
    asked = client.get("/advocates/join")
    assert asked.location == "/sign-in?next=/advocates/join"
    assert sign_in(client, to="?next=/advocates/join").location == "/advocates/join"


def test_wrong_tries_look_the_same(client: FlaskClient) -> None:
    wrong = sign_in(client, password="wrong password 1")
    unknown = sign_in(client, "nobody@advocates.example")
    assert wrong.status_code == unknown.status_code == 422
    sentence = "That e-mail address and password do not go together."
    assert sentence in wrong.text
    assert sentence in unknown.text
    assert f'value="{ADVOCATE}"' in wrong.text
    assert "wrong password 1" not in wrong.text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [({}, "Enter your email address"), ({"email": ADVOCATE}, "Enter your password")],
)
def test_what_is_missing_is_said(client: FlaskClient, data: dict[str, str], sentence: str) -> None:
    answer = client.post("/sign-in", data=data)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_after_five_wrong_tries_there_is_a_wait(client: FlaskClient) -> None:
    for _ in range(FREE_FAILURES):
        sign_in(client, password="wrong")
    closed = sign_in(client)
    assert closed.status_code == 429
    assert "Wait 1 minute" in closed.text


def test_signing_in_begins_a_session_of_its_own(client: FlaskClient) -> None:
    with client.session_transaction() as session:
        session["planted"] = "by somebody"
    sign_in(client)
    with client.session_transaction() as session:
        assert "planted" not in session
        assert ADVOCATE not in str(dict(session))


def test_half_an_hour_without_a_page_ends_it(client: FlaskClient) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        sign_in(client)
        clock.shift(timedelta(minutes=29))
        assert is_in(client)
        clock.shift(timedelta(minutes=29))
        assert is_in(client)
        clock.shift(timedelta(minutes=31))
        assert not is_in(client)


def test_twelve_hours_end_it_whatever_is_done(client: FlaskClient) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        sign_in(client)
        for _ in range(12 * 60 // 20):
            clock.shift(timedelta(minutes=20))
            assert is_in(client)
        clock.shift(timedelta(minutes=20))
        assert not is_in(client)


@pytest.mark.parametrize("change", ["new password", "ended"])
def test_a_new_password_or_an_ended_account_ends_it(client: FlaskClient, change: str) -> None:
    sign_in(client)
    assert is_in(client)
    with begin_work(WORKER) as work:
        account = work.session.scalars(select(Account).where(Account.role == Role.ADVOCATE)).one()
        if change == "ended":
            accounts.deactivate(work, account)
        else:
            accounts.set_password(work, account, PASSWORD + " again")
    assert not is_in(client)


def test_a_session_without_its_times_is_none(client: FlaskClient) -> None:
    sign_in(client)
    with client.session_transaction() as session:
        del session["seen_at"]
    assert not is_in(client)


def test_signing_out_is_a_post_and_ends_it(client: FlaskClient) -> None:
    sign_in(client)
    assert client.get("/sign-out").status_code == 405
    assert is_in(client)
    assert client.post("/sign-out").location == "/sign-in"
    assert not is_in(client)


def test_who_is_in_is_sent_on(client: FlaskClient) -> None:
    sign_in(client)
    assert client.get("/sign-in").location == "/advocates/"


@pytest.mark.parametrize(
    "wanted",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "/\t/elsewhere.example",
        "javascript:alert(1)",
        "advocates/",
        "",
        "/officers/",
        "/officers/queue",
    ],
)
def test_next_leads_nowhere_else(client: FlaskClient, wanted: str) -> None:
    answer = client.post(
        "/sign-in", query_string={"next": wanted}, data={"email": ADVOCATE, "password": PASSWORD}
    )
    assert answer.location == "/advocates/"


@given(st.text(max_size=30))
def test_an_own_path_is_one_to_a_browser_too(tail: str) -> None:
    for wanted in (tail, f"/{tail}", f"/{tail}/advocates/"):
        if is_own_path(wanted):
            assert re.match(r"/(?![/\\])", wanted)
            assert not re.search(r"[\\\x00-\x20]", wanted)


def test_without_next_each_goes_home() -> None:
    assert after_sign_in(Role.OFFICER, None) == "/officers/"
    assert after_sign_in(Role.OFFICER, "/officers/x?page=2") == "/officers/x?page=2"


def test_an_invitation_sets_a_password_and_signs_in(client: FlaskClient) -> None:
    token = token_of("new@advocates.example")
    for _ in range(2):
        asked = client.get(f"/invitation/{token}")
        assert asked.status_code == 200
        assert "new@advocates.example" in asked.text
        assert 'autocomplete="new-password"' in asked.text
    done = client.post(f"/invitation/{token}", data={"password": PASSWORD})
    assert done.location == "/advocates/"
    assert is_in(client)
    fresh = client.application.test_client()
    for ended in (
        fresh.get(f"/invitation/{token}"),
        fresh.post(f"/invitation/{token}", data={"password": PASSWORD}),
    ):
        assert ended.status_code == 410
        assert "has been used or has ended" in ended.text
    assert sign_in(fresh, "new@advocates.example").status_code == 302


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("", "Enter a password"),
        ("too short", "12 characters or more"),
        ("new@advocates.example", "must not be your e-mail address"),
        ("Password1234", "easy to guess"),
        ("x" * 300, "256 characters or fewer"),
    ],
)
def test_a_weak_password_is_refused_and_never_sent_back(
    client: FlaskClient, password: str, sentence: str
) -> None:
    token = token_of("new@advocates.example")
    answer = client.post(f"/invitation/{token}", data={"password": password})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not re.search(r'type="password"[^>]*value="[^"]', answer.text)
    assert client.get(f"/invitation/{token}").status_code == 200


def test_an_expired_form_token_shows_the_page_again(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    data = {"email": ADVOCATE, "password": PASSWORD, "csrf_token": "old"}
    answer = client.post("/sign-in", data=data)
    assert answer.status_code == 422
    assert f'value="{ADVOCATE}"' in answer.text
    assert not is_in(client)
    token = token_of("new@advocates.example")
    assert client.post(f"/invitation/{token}", data={"password": PASSWORD}).status_code == 422


def test_nobody_is_signed_out_from_another_site(app: Flask, client: FlaskClient) -> None:
    sign_in(client)
    app.config["WTF_CSRF_ENABLED"] = True
    assert client.post("/sign-out").status_code == 400
    assert is_in(client)
