"""Signing in in tests: the password, then a code that was not used yet."""

import time

import pyotp
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import matters

STEP = 30
_used: dict[tuple[str, str], int] = {}


def forget_codes() -> None:
    """A new test has a new database, in which no code was used."""
    _used.clear()


def code_for(email: str, secret: str = matters.AUTHENTICATOR) -> str:
    """A code of somebody's app, each time another: a code works once, and a test will not wait for
    the next half-minute unless it must. The portal takes the code after the present one as well."""
    step = max(int(time.time()) // STEP, _used.get((email, secret), 0) + 1)
    while step > int(time.time()) // STEP + 1:
        time.sleep(0.2)
    _used[email, secret] = step
    return pyotp.TOTP(secret).at(step * STEP)


def sign_in(
    client: FlaskClient, email: str, password: str = matters.PASSWORD, to: str = ""
) -> TestResponse:
    """Sign in with password and code; gives the answer to the code."""
    first = client.post(f"/sign-in{to}", data={"email": email, "password": password})
    assert first.status_code == 302, first.status_code
    return client.post(first.headers["Location"], data={"code": code_for(email)})


def let_in(client: FlaskClient, token: str) -> None:
    """Put the token of a sign-in into a browser, for tests that are not about signing in."""
    with client.session_transaction() as session:
        session["_user_id"] = token
        session["_fresh"] = True
