"""Passkeys on the pages: added, shown for a code or for everything, removed."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal.cases import passkeys, second_factor, sign_ins
from portal.cases.addresses import email_key
from portal.cases.passkey_place import Place, place
from portal.cases.sign_in_challenges import LASTS
from portal.records.account import Account, Role
from portal.records.outbox_letter import OutboxLetter
from portal.records.passkey import Passkey, SignInChallenge
from portal.work import WORKER, begin_work
from tests import signing_in
from tests.matters import PASSWORD, make_account
from tests.services.authenticator import Authenticator
from tests.signing_in import sign_in
from tests.unit.web.passkey_steps import (
    AGAIN,
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


def test_one_is_added_listed_and_told_by_letter(client: FlaskClient) -> None:
    sign_in(client, EMAIL)
    assert add(client, Authenticator(), "  My phone ").location == "/account/"
    page = client.get("/account/").text
    assert "My phone" in page
    assert "Last used" in page
    with begin_work(WORKER) as work:
        (letter,) = work.session.scalars(select(OutboxLetter.body))
        (row,) = work.session.scalars(select(Passkey))
        assert row.name == "My phone"
    assert "A passkey was added" in letter
    assert "passkey_added" in acts()


def test_without_a_name_it_is_called_after_the_browser(client: FlaskClient) -> None:
    client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"
    sign_in(client, EMAIL)
    add(client, Authenticator(), " ")
    assert "Firefox on Windows" in client.get("/account/").text.split("Where you are signed in")[0]


def test_a_device_that_has_one_is_told_so(client: FlaskClient) -> None:
    sign_in(client, EMAIL)
    key = Authenticator()
    add(client, key)
    asked = question(client, "/account/passkeys/new")
    names = [one["id"] for one in asked["excludeCredentials"]]
    assert names == [json.loads(key.make(asked))["id"]]
    again = client.post("/account/passkeys/new", data={"passkey": key.make(asked), "name": "x"})
    assert again.status_code == 422
    assert "did not work here" in again.text


def test_it_signs_in_alone(app: Flask, client: FlaskClient) -> None:
    key = with_passkey(app)
    asked = question(client, WHOLE)
    assert asked["userVerification"] == "required"
    assert not asked.get("allowCredentials")
    answer = client.post(WHOLE + "?next=/officers/mail", data={"passkey": key.show(asked)})
    assert answer.location == "/officers/mail"
    assert is_in(client)
    assert acts()[-2:] == ["passkey_shown", "signed_in"]


def test_it_stands_in_for_a_code(app: Flask, client: FlaskClient) -> None:
    key = with_passkey(app)
    key.verifies = False
    client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
    assert "Use a passkey instead" in client.get(FACTOR).text
    asked = question(client, FACTOR)
    assert len(asked["allowCredentials"]) == 1
    answer = client.post(f"{FACTOR}/passkey", data={"passkey": key.show(asked)})
    assert answer.location == "/officers/"
    assert is_in(client)


def test_it_confirms_again(app: Flask, client: FlaskClient) -> None:
    key = with_passkey(app)
    alone(client, key)
    app.extensions["test clock"].shift(sign_ins.FRESH_FOR + timedelta(seconds=1))
    grave = client.get("/officers/list.csv")
    assert grave.location == "/sign-in/again?next=/officers/list.csv"
    assert "Use a passkey instead" in client.get(grave.location).text
    said = key.show(question(client, AGAIN))
    done = client.post(f"{AGAIN}/passkey?next=/officers/list.csv", data={"passkey": said})
    assert done.location == "/officers/list.csv"
    assert client.get(done.location).status_code == 200


def test_whoever_has_no_passkey_is_not_offered_one(client: FlaskClient) -> None:
    client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
    assert "passkey" not in client.get(FACTOR).text


def test_a_removed_one_no_longer_works(app: Flask, client: FlaskClient) -> None:
    key = with_passkey(app)
    alone(client, key)
    (path,) = re.findall(r'href="(/account/passkeys/[^"/]+/remove)"', client.get("/account/").text)
    assert "My phone" in client.get(path).text
    assert client.post(path).location == "/account/"
    assert "My phone" not in client.get("/account/").text
    assert client.get(path).status_code == 404
    assert client.post(path).location == "/account/"
    assert alone(app.test_client(), key).location == "/sign-in"


def test_nobody_removes_anothers(app: Flask, client: FlaskClient) -> None:
    key = with_passkey(app)
    with begin_work(WORKER) as work:
        (public_id,) = work.session.scalars(select(Passkey.public_id))
    sign_in(client, OTHER)
    assert client.get(f"/account/passkeys/{public_id}/remove").status_code == 404
    client.post(f"/account/passkeys/{public_id}/remove")
    assert alone(app.test_client(), key).location == "/officers/"


def test_they_go_with_the_second_factor_and_with_whoever_leaves(
    app: Flask, client: FlaskClient
) -> None:
    key, others = with_passkey(app), with_passkey(app, OTHER)
    with begin_work(WORKER) as work:
        find = {one.email: one for one in work.session.scalars(select(Account))}
        second_factor.reset(work, find[EMAIL])
        find[OTHER].active = False
    assert alone(client, key).location == "/sign-in"
    assert alone(client, others).location == "/sign-in"
    assert not is_in(client)


def test_there_are_only_so_many(app: Flask, client: FlaskClient) -> None:
    sign_in(client, EMAIL)
    for _ in range(passkeys.MOST_OF_ONE_PERSON):
        assert add(client, Authenticator()).status_code == 302
    refused = client.post("/account/passkeys/new/question")
    assert refused.status_code == 409
    assert "Remove one before you add another" in refused.text


def test_adding_and_removing_ask_first_who_it_is(app: Flask, client: FlaskClient) -> None:
    sign_in(client, EMAIL)
    app.extensions["test clock"].shift(sign_ins.FRESH_FOR + timedelta(seconds=1))
    assert client.get("/account/passkeys/new").location.startswith("/sign-in/again?")
    assert client.post("/account/passkeys/new/question").status_code == 401
    assert client.post("/account/passkeys/x/remove").status_code == 401


def test_questions_that_nobody_answers_go(app: Flask, client: FlaskClient) -> None:
    for _ in range(3):
        question(client, WHOLE)
    app.extensions["test clock"].shift(LASTS + timedelta(seconds=1))
    question(client, WHOLE)
    with begin_work(WORKER) as work:
        assert work.session.scalar(select(func.count(SignInChallenge.id))) == 1


def test_without_scripts_there_is_no_button_and_the_other_way_stands(client: FlaskClient) -> None:
    page = client.get("/sign-in").text
    assert re.search(r'<form[^>]*data-passkey="get"[^>]* hidden>', page)
    assert 'name="password"' in page
    sign_in(client, EMAIL)
    assert "This browser cannot make a passkey here" in client.get("/account/passkeys/new").text


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://feedback.example", Place("feedback.example", "https://feedback.example")),
        ("https://Feedback.example:443/in", Place("feedback.example", "https://feedback.example")),
        ("https://a.example:8443", Place("a.example", "https://a.example:8443")),
        ("http://localhost:5000", Place("localhost", "http://localhost:5000")),
        ("http://feedback.example", None),
        ("https://192.0.2.7", None),
        ("http://127.0.0.1:8000", None),
    ],
)
def test_where_passkeys_work(url: str, found: Place | None) -> None:
    assert place(url) == found


def test_an_address_that_has_none_offers_none(app: Flask, client: FlaskClient) -> None:
    from dataclasses import replace

    heard = app.extensions["heard"]
    app.extensions["heard"] = replace(
        heard, settings=replace(heard.settings, public_url="http://127.0.0.1:8000")
    )
    assert "data-passkey" not in client.get("/sign-in").text
    refused = client.post("/sign-in/passkey/question")
    assert refused.status_code == 422
    assert "do not work at this portal" in refused.text


def test_the_account_of_a_key_is_found_by_its_handle(app: Flask, client: FlaskClient) -> None:
    key = with_passkey(app)
    with begin_work(WORKER) as work:
        wanted = select(Account.public_id).where(Account.email_key == email_key(EMAIL))
        assert key.handle == (work.session.scalar(wanted) or "").encode()
