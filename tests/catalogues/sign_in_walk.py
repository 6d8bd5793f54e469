"""A walk over the pages of signing in and of one's own account, as an advocate meets them: filled,
left empty and wrong."""

import re
from collections.abc import Iterator

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import accounts, password_resets, second_factor
from portal.cases.addresses import email_key
from portal.records.account import Account
from portal.records.outbox_letter import OutboxLetter
from portal.work import WORKER, begin_work
from tests.catalogues.walking import Begin, Page
from tests.matters import PASSWORD, make_account
from tests.signing_in import code_for, sign_in

EMAIL, NEW = "qwx@advocates.example", "qwx-new@advocates.example"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
# Too short, an address, a common one, a row, what a stranger knows, too long, and far too long.
WEAK = (
    "", "too short", NEW, "Password1234", "qwertyuiop12", "Qwx complaints council", "x" * 300,
    "x" * 2000,
)  # fmt: skip
OPEN = (
    "/sign-in", "/sign-in/forgotten", "/sign-in/asked", "/sign-in/code", "/sign-in/set-up",
    "/sign-in/council", "/sign-in/council/back", "/invitation/none-such",
    "/sign-in/new-password/none-such",
)  # fmt: skip
OWN = (
    "/account/", "/account/password", "/account/recovery-codes", "/account/second-factor",
    "/account/passkeys/new", "/sign-in/again",
)  # fmt: skip
WRONG_CODE = {"code": "000000"}


def pages(app: Flask, begin: Begin) -> Iterator[Page]:
    """Every page with its name.

    Args:
        app: an application.
        begin: what is done in each new browser first.
    """
    with begin_work(WORKER) as work:
        make_account(work, email=EMAIL, name="Qwx")
        invited = accounts.invite(work, accounts.create(work, "Qwx", NEW))
    yield from _signed_out(_browser(app, begin))
    yield from _invited(_browser(app, begin), f"/invitation/{invited}")
    yield from _forgotten(_browser(app, begin))
    yield from _signing_in(_browser(app, begin))
    yield from _account(app, begin)
    yield from _recovery(_browser(app, begin))
    yield from _too_often(_browser(app, begin))


def _browser(app: Flask, begin: Begin) -> FlaskClient:
    client = app.test_client()
    client.environ_base["HTTP_USER_AGENT"] = FIREFOX
    begin(client)
    return client


def _signed_out(client: FlaskClient) -> Iterator[Page]:
    for path in OPEN:
        yield path, client.get(path, follow_redirects=True).text
    for path in ("/sign-in", "/sign-in/forgotten"):
        for said in ({}, {"email": "qwx"}, {"email": "x" * 2000, "password": "x" * 2000}):
            yield f"{path} {sorted(said)}", client.post(path, data=said).text
    yield "passkey", client.post("/sign-in/passkey", data={}, follow_redirects=True).text
    yield "out already", client.post("/account/sign-ins/end-others").text


def _invited(client: FlaskClient, path: str) -> Iterator[Page]:
    yield "invitation", client.get(path).text
    for password in WEAK:
        weak = client.post(path, data={"password": password})
        assert weak.status_code == 422, password
        yield f"weak {password[:30]}", weak.text
    set_up = client.post(path, data={"password": PASSWORD}, follow_redirects=True)
    yield "set up", set_up.text
    for said in ({}, WRONG_CODE):
        yield f"set up {sorted(said)}", client.post("/sign-in/set-up", data=said).text
    key = re.search(r'heard-reference">([A-Z2-7 ]+)<', set_up.text)
    assert key is not None
    shown = {"code": code_for(NEW, key[1].replace(" ", ""))}
    yield "recovery codes once", client.post("/sign-in/set-up", data=shown).text


def _forgotten(client: FlaskClient) -> Iterator[Page]:
    asked = client.post("/sign-in/forgotten", data={"email": EMAIL}, follow_redirects=True)
    yield "asked", asked.text
    with begin_work(WORKER) as work:
        password_resets.answer_waiting(work)
        bodies = work.session.scalars(select(OutboxLetter.body).order_by(OutboxLetter.id.desc()))
        link = re.search(r"(/sign-in/new-password/\S+)", "".join(bodies))
    assert link is not None
    yield "new password", client.get(link[1]).text
    yield "new password empty", client.post(link[1], data={}).text


def _signing_in(client: FlaskClient) -> Iterator[Page]:
    right = {"email": EMAIL, "password": PASSWORD}
    yield "code", client.post("/sign-in", data=right, follow_redirects=True).text
    for said in ({}, WRONG_CODE):
        yield f"code {sorted(said)}", client.post("/sign-in/code", data=said).text
    refused = client.post("/sign-in/code/passkey", data={}, follow_redirects=True)
    yield "code passkey", refused.text


def _account(app: Flask, begin: Begin) -> Iterator[Page]:
    client, other = _browser(app, begin), _browser(app, begin)
    for one in (other, client):
        sign_in(one, EMAIL)
    for path in OWN:
        yield path, client.get(path).text
    for path, said in (
        ("/account/password", {}),
        ("/account/password", {"current_password": "not it", "password": PASSWORD}),
        ("/account/password", {"current_password": PASSWORD, "password": "too short"}),
        ("/account/second-factor", {}),
        ("/account/second-factor", WRONG_CODE),
        ("/account/passkeys/new", {"name": "x" * 100}),
        ("/account/passkeys/new", {"name": "Qwx"}),
        ("/account/passkeys/none-such/remove", {}),
        ("/account/recovery-codes", {}),
        ("/account/sign-ins/none-such/end", {}),
        ("/sign-in/again", {}),
        ("/sign-in/again", WRONG_CODE),
        ("/sign-in/again/passkey", {}),
        ("/account/sign-ins/end-others", {}),
        ("/account/sign-ins/end-others", {}),
        ("/sign-out", {}),
    ):
        done = client.post(path, data=said, follow_redirects=True)
        yield f"{path} {sorted(said)}", done.text
        yield f"{path} then", client.get("/account/", follow_redirects=True).text


def _recovery(client: FlaskClient) -> Iterator[Page]:
    with begin_work(WORKER) as work:
        wanted = select(Account).where(Account.email_key == email_key(EMAIL))
        codes = second_factor.new_recovery_codes(work, work.session.scalars(wanted).one())
    for code in codes:
        client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
        client.post("/sign-in/code", data={"code": code})
        yield f"recovery {code}", client.get("/account/").text
        client.post("/sign-out")


def _too_often(client: FlaskClient) -> Iterator[Page]:
    for _ in range(9):
        wrong = client.post("/sign-in", data={"email": NEW, "password": "not it"})
        yield f"wrong {wrong.status_code}", wrong.text
    assert wrong.status_code == 429
