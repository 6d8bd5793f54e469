"""Setting up the second factor, and showing it again before grave things."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import second_factor
from portal.records.account import Account
from portal.records.outbox_letter import OutboxLetter
from portal.records.sign_in import RecoveryCode, SignIn
from portal.web.sign_in import browser
from portal.work import WORKER, begin_work
from tests import signing_in
from tests.matters import AUTHENTICATOR, PASSWORD, make_account
from tests.signing_in import sign_in

EMAIL = "sam@advocates.example"
MORNING = datetime(2026, 12, 7, 8, tzinfo=UTC)
CODE = r"<li>((?:[2-9a-z]{4}-){2}[2-9a-z]{4})</li>"


@pytest.fixture(autouse=True)
def people(app: Flask) -> Iterator[None]:
    # Codes of another test were used up in another database, perhaps at another time. The clock
    # starts where a half-minute does, so that no code runs out between page and answer.
    signing_in._used.clear()
    with time_machine.travel(MORNING):
        with begin_work(WORKER) as work:
            make_account(work, email=EMAIL)
        yield
    signing_in._used.clear()


@pytest.fixture
def without_app() -> None:
    with begin_work(WORKER) as work:
        second_factor.reset(work, work.session.scalars(select(Account)).one())


def password(client: FlaskClient, to: str = "") -> str:
    return str(client.post(f"/sign-in{to}", data={"email": EMAIL, "password": PASSWORD}).location)


def key_on(page: str) -> str:
    found = re.search(r'<p class="heard-reference">([A-Z2-7 ]+)</p>', page)
    assert found is not None
    return found[1].replace(" ", "")


@pytest.mark.usefixtures("without_app")
def test_without_a_second_factor_it_is_set_up_first(client: FlaskClient) -> None:
    assert password(client, "?next=/advocates/join") == "/sign-in/set-up"
    assert client.get("/sign-in/code").location == "/sign-in/set-up"
    page = client.get("/sign-in/set-up").text
    secret = key_on(page)
    assert key_on(client.get("/sign-in/set-up").text) == secret
    assert client.get("/advocates/").status_code == 302

    wrong = client.post("/sign-in/set-up", data={"code": "000000"})
    assert wrong.status_code == 422
    assert key_on(wrong.text) == secret
    assert client.get("/advocates/").status_code == 302

    done = client.post("/sign-in/set-up", data={"code": pyotp.TOTP(secret).now()})
    assert done.status_code == 200
    codes = re.findall(CODE, done.text)
    assert len(set(codes)) == second_factor.RECOVERY_CODES
    assert 'href="/advocates/join"' in done.text
    assert client.get("/advocates/").status_code == 200
    assert client.get_cookie(browser.COOKIE) is not None
    assert "no-store" in done.headers["Cache-Control"]


@pytest.mark.usefixtures("without_app")
def test_the_codes_are_shown_once(client: FlaskClient) -> None:
    password(client)
    secret = key_on(client.get("/sign-in/set-up").text)
    code = pyotp.TOTP(secret).now()
    codes = re.findall(CODE, client.post("/sign-in/set-up", data={"code": code}).text)
    again = client.post("/sign-in/set-up", data={"code": code})
    assert again.location == "/advocates/"
    for page in ("/advocates/", "/account/", "/sign-in"):
        assert not re.findall(CODE, client.get(page).text)
    with begin_work(WORKER) as work:
        assert len(work.session.scalars(select(RecoveryCode)).all()) == len(codes)
        assert len(work.session.scalars(select(SignIn)).all()) == 1


@pytest.mark.usefixtures("without_app")
def test_the_qr_code_is_in_the_page_and_needs_no_style(client: FlaskClient) -> None:
    password(client)
    page = client.get("/sign-in/set-up").text
    picture = page[page.index('<div role="img"') : page.index("</svg>")]
    assert "aria-label=" in picture
    assert "style=" not in picture
    assert "<path" in picture
    secret = key_on(page)
    assert f"secret={secret}" in page


@pytest.mark.usefixtures("without_app")
def test_two_browsers_never_share_a_secret(app: Flask, client: FlaskClient) -> None:
    other = app.test_client()
    password(client)
    password(other)
    mine, theirs = (key_on(each.get("/sign-in/set-up").text) for each in (client, other))
    assert mine != theirs
    assert other.post("/sign-in/set-up", data={"code": pyotp.TOTP(theirs).now()}).status_code == 200
    # Whoever comes second is asked for a code of the first one's app.
    late = client.post("/sign-in/set-up", data={"code": pyotp.TOTP(mine).now()})
    assert late.location == "/sign-in/code"
    assert client.get("/advocates/").status_code == 302


@pytest.mark.usefixtures("without_app")
def test_whoever_signed_in_before_is_told_that_an_app_was_set_up(client: FlaskClient) -> None:
    with begin_work(WORKER) as work:
        work.session.scalars(select(Account)).one().last_signed_in_at = work.now
    password(client)
    secret = key_on(client.get("/sign-in/set-up").text)
    client.post("/sign-in/set-up", data={"code": pyotp.TOTP(secret).now()})
    with begin_work(WORKER) as work:
        body = work.session.scalars(select(OutboxLetter.body)).one()
    assert "An authenticator app was set up" in body


def test_nobody_with_a_second_factor_sets_one_up_by_password_alone(client: FlaskClient) -> None:
    password(client)
    assert client.get("/sign-in/set-up").location == "/sign-in/code"
    with begin_work(WORKER) as work:
        assert work.session.scalars(select(Account.totp_secret)).one() == AUTHENTICATOR


def test_again_asks_for_a_code_and_goes_back(client: FlaskClient) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        sign_in(client, EMAIL)
        assert client.get("/account/password").status_code == 200
        clock.shift(timedelta(minutes=10))
        asked = client.get("/account/password")
        assert asked.location == "/sign-in/again?next=/account/password"
        assert client.get(asked.location).status_code == 200
        wrong = client.post(asked.location, data={"code": "000000"})
        assert wrong.status_code == 422
        assert client.get("/account/password").status_code == 302
        done = client.post(asked.location, data={"code": pyotp.TOTP(AUTHENTICATOR).now()})
        assert done.location == "/account/password"
        assert client.get("/account/password").status_code == 200


def test_a_password_does_for_nothing_that_must_be_fresh(client: FlaskClient) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        sign_in(client, EMAIL)
        clock.shift(timedelta(minutes=11))
        late = client.post("/account/recovery-codes")
        assert late.status_code == 401
        assert "10 minutes ago" in late.text
        assert not re.findall(CODE, late.text)


@pytest.mark.parametrize(
    "wanted", ["https://elsewhere.example/", "//elsewhere.example", "/officers/", "/\\x.example"]
)
def test_again_leads_nowhere_else(client: FlaskClient, wanted: str) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        sign_in(client, EMAIL)
        clock.shift(timedelta(minutes=10))
        code = pyotp.TOTP(AUTHENTICATOR).now()
        done = client.post("/sign-in/again", query_string={"next": wanted}, data={"code": code})
        assert done.location == "/advocates/"


def test_again_is_for_those_who_are_signed_in(client: FlaskClient) -> None:
    assert client.get("/sign-in/again").location == "/sign-in?next=/sign-in/again"
