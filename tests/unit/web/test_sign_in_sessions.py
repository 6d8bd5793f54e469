"""Sign-ins that last: their own session, their limits, and their end."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.cases import accounts, second_factor
from portal.records.account import Account, Role
from portal.records.sign_in import SignIn
from portal.work import WORKER, begin_work
from tests import signing_in
from tests.matters import PASSWORD, make_account
from tests.signing_in import sign_in

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


def test_signing_in_begins_a_session_of_its_own(client: FlaskClient) -> None:
    with client.session_transaction() as session:
        session["planted"] = "by somebody"
    sign_in(client, ADVOCATE)
    with client.session_transaction() as session:
        assert "planted" not in session
        assert ADVOCATE not in str(dict(session))
        assert not [name for name in session if name.startswith("halfway")]


def test_a_session_from_before_is_not_signed_in_by_it(app: Flask, client: FlaskClient) -> None:
    client.get("/sign-in")
    password(client)
    before = client.get_cookie("heard")
    sign_in(client, ADVOCATE)
    after = client.get_cookie("heard")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    fixed = app.test_client()
    fixed.set_cookie("heard", before.value)
    assert not is_in(fixed)
    assert is_in(client)


def test_each_sign_in_has_a_token_of_its_own(client: FlaskClient) -> None:
    tokens = []
    for _ in range(2):
        sign_in(client, ADVOCATE)
        with client.session_transaction() as session:
            tokens.append(session["_user_id"])
    assert len(set(tokens)) == 2
    with begin_work(WORKER) as work:
        rows = work.session.scalars(select(SignIn).order_by(SignIn.id)).all()
        # The second one began where the first still held: that one was ended.
        assert [row.ended_at is None for row in rows] == [False, True]


def test_a_copied_cookie_is_dead_after_signing_out(app: Flask, client: FlaskClient) -> None:
    sign_in(client, ADVOCATE)
    cookie = client.get_cookie("heard")
    assert cookie is not None
    thief = app.test_client()
    thief.set_cookie("heard", cookie.value)
    assert is_in(thief)
    client.post("/sign-out")
    assert not is_in(thief)


def test_half_an_hour_without_a_page_ends_it(client: FlaskClient) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        sign_in(client, ADVOCATE)
        clock.shift(timedelta(minutes=29))
        assert is_in(client)
        clock.shift(timedelta(minutes=29))
        assert is_in(client)
        clock.shift(timedelta(minutes=31))
        assert not is_in(client)


def test_twelve_hours_end_it_whatever_is_done(client: FlaskClient) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        sign_in(client, ADVOCATE)
        for _ in range(12 * 60 // 20 - 1):
            clock.shift(timedelta(minutes=20))
            assert is_in(client)
        clock.shift(timedelta(minutes=20))
        assert not is_in(client)


@pytest.mark.parametrize("change", ["new password", "ended", "no second factor"])
def test_what_changes_the_account_ends_it(client: FlaskClient, change: str) -> None:
    sign_in(client, ADVOCATE)
    assert is_in(client)
    with begin_work(WORKER) as work:
        account = work.session.get_one(Account, account_of(ADVOCATE).id)
        if change == "ended":
            accounts.deactivate(work, account)
        elif change == "new password":
            accounts.set_password(work, account, PASSWORD + " again")
        else:
            second_factor.reset(work, account)
    assert not is_in(client)


def test_signing_out_is_a_post_and_ends_it(client: FlaskClient) -> None:
    sign_in(client, ADVOCATE)
    assert client.get("/sign-out").status_code == 405
    assert is_in(client)
    assert client.post("/sign-out").location == "/sign-in"
    assert not is_in(client)
    with begin_work(WORKER) as work:
        assert work.session.scalars(select(SignIn.ended_at)).one() is not None


def test_words_sent_after_signing_out_are_given_back(client: FlaskClient) -> None:
    sign_in(client, OFFICER)
    client.post("/sign-out")
    words = "The taxi came late again on Monday morning."
    answer = client.post("/officers/enter", data={"story": words, "channel": "phone"})
    assert answer.status_code == 401
    assert words in answer.text


def test_nobody_is_signed_out_from_another_site(app: Flask, client: FlaskClient) -> None:
    sign_in(client, ADVOCATE)
    app.config["WTF_CSRF_ENABLED"] = True
    assert client.post("/sign-out").status_code == 400
    assert is_in(client)
