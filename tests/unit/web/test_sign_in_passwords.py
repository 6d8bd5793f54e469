"""Setting a password: by invitation or a link, and nothing told to whoever asks for one."""

import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from portal.cases import accounts, password_resets
from portal.db import Record, db
from portal.logs import ACCESS_LOGS, init_logs
from portal.records.account import Account
from portal.records.outbox_letter import OutboxLetter
from portal.work import WORKER, begin_work
from tests import signing_in
from tests.matters import PASSWORD, make_account
from tests.signing_in import code_for

EMAIL, NOBODY, NEW = "sam@advocates.example", "nobody@advocates.example", "new@council.example"
ANOTHER = "velvet Thimble 4 harbour"
MORNING = datetime(2026, 12, 7, 8, tzinfo=UTC)


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
def invited() -> str:
    with begin_work(WORKER) as work:
        return accounts.invite(work, accounts.create(work, "New", NEW))


def ask(client: FlaskClient, email: str = EMAIL) -> TestResponse:
    return client.post("/sign-in/forgotten", data={"email": email})


def link() -> str:
    with begin_work(WORKER) as work:
        password_resets.answer_waiting(work)
        found = re.search(
            r"(/sign-in/new-password/\S+)", work.session.scalars(select(OutboxLetter.body)).one()
        )
    assert found is not None
    return found[1]


def is_in(client: FlaskClient) -> bool:
    return client.get("/account/").status_code == 200


def test_an_invitation_sets_a_password_and_goes_on_to_the_second_factor(
    client: FlaskClient, invited: str
) -> None:
    for _ in range(2):
        asked = client.get(f"/invitation/{invited}")
        assert asked.status_code == 200
        assert NEW in asked.text
        assert 'autocomplete="new-password"' in asked.text
    done = client.post(f"/invitation/{invited}", data={"password": PASSWORD})
    assert done.location == "/sign-in/set-up"
    assert not is_in(client)
    fresh = client.application.test_client()
    for ended in (
        fresh.get(f"/invitation/{invited}"),
        fresh.post(f"/invitation/{invited}", data={"password": PASSWORD}),
    ):
        assert ended.status_code == 410
        assert "has been used or has ended" in ended.text


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("", "Enter a password"),
        ("too short", "12 characters or more"),
        (NEW, "must not be your e-mail address"),
        ("Password1234", "easy to guess"),
        ("x" * 300, "256 characters or fewer"),
        ("x" * 2000, "too long"),
    ],
)
@pytest.mark.parametrize("door", ["invitation", "link"])
def test_a_weak_password_is_refused_and_never_sent_back(
    client: FlaskClient, invited: str, door: str, password: str, sentence: str
) -> None:
    address = f"/invitation/{invited}"
    if door == "link":
        ask(client)
        address = link()
        password = password.replace(NEW, EMAIL)
    answer = client.post(address, data={"password": password})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not re.search(r'type="password"[^>]*value="[^"]', answer.text)
    assert client.get(address).status_code == 200


def test_asking_tells_nothing(client: FlaskClient) -> None:
    answers = []
    for email in (EMAIL, NOBODY):
        for _ in range(2):
            answer = ask(client, email)
            answers.append((answer.status_code, answer.location, answer.text))
    assert len(set(answers)) == 1
    page = client.get(answers[0][1])
    assert page.status_code == 200
    assert "If you have an account" in page.text


def counted() -> dict[str, int]:
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in Record.metadata.sorted_tables
    }


def test_asking_writes_the_same_for_every_address(client: FlaskClient) -> None:
    grown = []
    for email in (EMAIL, NOBODY):
        before = counted()
        ask(client, email)
        after = counted()
        # Both come from one address, whose count is a row from the first time on.
        grown.append({n: after[n] - before[n] for n in after if n != "throttle"})
    assert grown[0] == grown[1]
    assert sum(grown[0].values()) == 2


@pytest.mark.parametrize("email", ["", "no address", "x" * 2000])
def test_what_is_no_address_is_said(client: FlaskClient, email: str) -> None:
    assert ask(client, email).status_code == 422


def test_a_link_sets_a_password_and_asks_for_the_second_factor(client: FlaskClient) -> None:
    client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
    client.post("/sign-in/code", data={"code": code_for(EMAIL)})
    assert is_in(client)
    other = client.application.test_client()
    ask(other)
    address = link()
    for _ in range(2):
        assert EMAIL in other.get(address).text
    assert is_in(client)
    assert other.post(address, data={"password": ANOTHER}).location == "/sign-in/code"
    assert not is_in(client)
    assert not is_in(other)
    other.post("/sign-in/code", data={"code": code_for(EMAIL)})
    assert is_in(other)
    for ended in (other.get(address), other.post(address, data={"password": ANOTHER})):
        assert ended.status_code == 410
        assert EMAIL not in ended.text


@pytest.mark.parametrize("token", ["x", "x" * 43, "%00", "ü"])
def test_a_link_that_never_was_has_ended(client: FlaskClient, token: str) -> None:
    assert client.get(f"/sign-in/new-password/{token}").status_code == 410


def test_a_link_opens_the_door_that_guessing_closed(client: FlaskClient) -> None:
    guesser = client.application.test_client()
    for _ in range(8):
        guesser.post("/sign-in", data={"email": EMAIL, "password": "wrong"})
    assert client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD}).status_code == 429
    ask(client)
    assert client.post(link(), data={"password": ANOTHER}).location == "/sign-in/code"
    client.post("/sign-in/code", data={"code": code_for(EMAIL)})
    assert is_in(client)
    client.post("/sign-out")
    # From now on this browser is known, and strangers may go on guessing.
    answer = client.post("/sign-in", data={"email": EMAIL, "password": ANOTHER})
    assert answer.location == "/sign-in/code"


def test_the_token_is_neither_kept_nor_logged(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    ask(client)
    address = link()
    token = address.rpartition("/")[2]
    with begin_work(WORKER) as work:
        assert token not in str(work.session.scalars(select(Account.reset_key)).one())
    init_logs()
    for name in ACCESS_LOGS:
        logger = logging.getLogger(name)
        logger.propagate = True
        with caplog.at_level(logging.INFO, logger=name):
            logger.info('%s - "GET %s HTTP/1.1" %s', "192.0.2.1", address, 200)
    assert token not in caplog.text
    assert '"GET /sign-in/new-password/… HTTP/1.1" 200' in caplog.text


def test_an_expired_form_token_shows_each_page_again(
    app: Flask, client: FlaskClient, invited: str
) -> None:
    ask(client)
    address = link()
    app.config["WTF_CSRF_ENABLED"] = True
    for page in (f"/invitation/{invited}", address):
        assert client.post(page, data={"password": ANOTHER}).status_code == 422
        assert client.get(page).status_code == 200
    assert ask(client).status_code == 422
