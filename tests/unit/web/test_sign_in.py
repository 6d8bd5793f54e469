"""Signing in: the right area, both factors, and nothing told to those who guess."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.access.person import Person
from portal.cases import accounts, second_factor
from portal.cases.throttling import FREE_FAILURES
from portal.records.account import Account, Role
from portal.web.sign_in.destination import after_sign_in, is_own_path
from portal.work import WORKER, begin_work
from tests import signing_in
from tests.matters import PASSWORD, make_account
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


def is_in(client: FlaskClient) -> bool:
    return client.get("/advocates/").status_code == 200


def account_of(email: str) -> Account:
    with begin_work(WORKER) as work:
        key = accounts.email_key(email)
        return work.session.scalars(select(Account).where(Account.email_key == key)).one()


@pytest.mark.parametrize(("email", "home"), [(ADVOCATE, "/advocates/"), (OFFICER, "/officers/")])
def test_each_role_has_its_own_area(client: FlaskClient, email: str, home: str) -> None:
    answer = sign_in(client, email)
    assert (answer.status_code, answer.location) == (302, home)


def test_a_closed_page_asks_and_comes_back(client: FlaskClient) -> None:
    asked = client.get("/advocates/join")
    assert asked.location == "/sign-in?next=/advocates/join"
    assert sign_in(client, ADVOCATE, to="?next=/advocates/join").location == "/advocates/join"


def test_a_password_alone_opens_nothing(client: FlaskClient) -> None:
    assert password(client).location == "/sign-in/code"
    assert not is_in(client)
    for _ in range(2):
        assert client.get("/sign-in/code").status_code == 200
    assert not is_in(client)


def test_a_wrong_code_is_told_and_a_right_one_opens(client: FlaskClient) -> None:
    password(client)
    wrong = client.post("/sign-in/code", data={"code": "12 34 56"})
    assert wrong.status_code == 422
    assert "That code is not right" in wrong.text
    assert client.post("/sign-in/code", data={"code": ""}).status_code == 422
    assert not is_in(client)
    client.post("/sign-in/code", data={"code": code_for(ADVOCATE)})
    assert is_in(client)


def test_a_code_without_a_password_opens_nothing(client: FlaskClient) -> None:
    for page in ("code", "set-up"):
        answer = client.post(f"/sign-in/{page}", data={"code": code_for(ADVOCATE)})
        assert answer.location == "/sign-in"
    assert not is_in(client)


def test_the_password_is_kept_in_mind_for_ten_minutes(client: FlaskClient) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        password(client)
        clock.shift(timedelta(minutes=10, seconds=1))
        assert client.get("/sign-in/code").location == "/sign-in"
        assert "10 minutes only" in client.get("/sign-in").text


def test_a_new_password_ends_what_an_old_one_began(client: FlaskClient) -> None:
    password(client)
    with begin_work(WORKER) as work:
        account = work.session.get_one(Account, account_of(ADVOCATE).id)
        accounts.set_password(work, account, PASSWORD + " again")
    answer = client.post("/sign-in/code", data={"code": code_for(ADVOCATE)})
    assert answer.location == "/sign-in"
    assert not is_in(client)


def test_the_code_is_shown_in_the_demo_alone(client: FlaskClient) -> None:
    password(client)
    assert "demo" not in client.get("/sign-in/code").text


def test_a_recovery_code_signs_in_and_says_how_many_are_left(client: FlaskClient) -> None:
    with begin_work(WORKER) as work:
        account = work.session.get_one(Account, account_of(ADVOCATE).id)
        codes = second_factor.new_recovery_codes(work, account)
    for number, code in enumerate(codes):
        password(client)
        client.post("/sign-in/code", data={"code": code})
        page = client.get("/advocates/").text
        left = len(codes) - number - 1
        assert (f"{left} recovery code" if left else "no recovery code left") in page
        assert ("Make new ones" in page) == (left <= second_factor.FEW_CODES)
        client.post("/sign-out")


def test_wrong_tries_look_the_same(client: FlaskClient) -> None:
    wrong = password(client, typed="wrong password 1")
    unknown = password(client, NOBODY)
    assert wrong.status_code == unknown.status_code == 422
    assert f'value="{ADVOCATE}"' in wrong.text
    assert "wrong password 1" not in wrong.text
    pages = [
        re.sub(r'name="csrf_token"[^>]*|nonce="[^"]*"|nonce-[^\']*', "", answer.text).replace(
            email, ""
        )
        for answer, email in ((wrong, ADVOCATE), (unknown, NOBODY))
    ]
    assert pages[0] == pages[1]
    assert [(name, value) for name, value in wrong.headers if name == "Set-Cookie"] == [
        (name, value) for name, value in unknown.headers if name == "Set-Cookie"
    ]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [({}, "Enter your email address"), ({"email": ADVOCATE}, "Enter your password")],
)
def test_what_is_missing_is_said(client: FlaskClient, data: dict[str, str], sentence: str) -> None:
    answer = client.post("/sign-in", data=data)
    assert answer.status_code == 422
    assert sentence in answer.text


@pytest.mark.parametrize("email", [ADVOCATE, NOBODY])
def test_after_five_wrong_tries_there_is_a_wait(client: FlaskClient, email: str) -> None:
    for _ in range(FREE_FAILURES):
        password(client, email, "wrong")
    closed = password(client, email)
    assert closed.status_code == 429
    assert "Wait 1 minute" in closed.text


def test_who_is_in_is_sent_on(client: FlaskClient) -> None:
    sign_in(client, ADVOCATE)
    assert client.get("/sign-in").location == "/advocates/"
    for page in ("code", "set-up"):
        assert client.get(f"/sign-in/{page}").location == "/advocates/"


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
    client.post(
        "/sign-in", query_string={"next": wanted}, data={"email": ADVOCATE, "password": PASSWORD}
    )
    answer = client.post("/sign-in/code", data={"code": code_for(ADVOCATE)})
    assert answer.location == "/advocates/"


@given(st.text(max_size=30))
def test_an_own_path_is_one_to_a_browser_too(tail: str) -> None:
    for wanted in (tail, f"/{tail}", f"/{tail}/advocates/"):
        if is_own_path(wanted):
            assert re.match(r"/(?![/\\])", wanted)
            assert not re.search(r"[\\\x00-\x20]", wanted)


def test_without_next_each_goes_home() -> None:
    officer = Person(1, frozenset({Role.OFFICER}))
    assert after_sign_in(officer, None) == "/officers/"
    assert after_sign_in(officer, "/officers/x?page=2") == "/officers/x?page=2"
    assert after_sign_in(Person(2), None) == "/account/"


def test_an_expired_form_token_shows_the_page_again(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    data = {"email": ADVOCATE, "password": PASSWORD, "csrf_token": "old"}
    answer = client.post("/sign-in", data=data)
    assert answer.status_code == 422
    assert f'value="{ADVOCATE}"' in answer.text
    assert not is_in(client)
