"""The browsers that somebody has signed in with before: known by a signed cookie, and by no row.

Whoever guesses at an account from elsewhere closes the door of strangers only; a browser that the
person has used before has a count of its own. The cookie opens nothing: password and code are asked
for as ever.
"""

import secrets
from datetime import timedelta
from typing import Any

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from portal.cases.addresses import plain_email
from portal.columns import keyed_hash
from portal.work import settings

COOKIE = "heard_browser"
LIVES = timedelta(days=180)
# A desk that many people share still has a small cookie.
MOST_ACCOUNTS = 12
ID, ACCOUNTS = "id", "accounts"
ID_BYTES, MARK_LENGTH = 16, 16


def known_as(email: str) -> str | None:
    """The id of this browser, if this very account was signed in with it not too long ago.

    Args:
        email: the account's address, as typed. Whether there is such an account is not asked, so
            that the answer takes as long either way.
    """
    kept = _kept()
    return kept[ID] if kept is not None and _mark(email) in kept[ACCOUNTS] else None


def remember(response: Response, email: str) -> None:
    """Let this browser be known for an account, after a completed sign-in.

    Args:
        response: the answer that tells the browser.
        email: the account's address.
    """
    kept = _kept() or {ID: secrets.token_urlsafe(ID_BYTES), ACCOUNTS: []}
    others = [mark for mark in kept[ACCOUNTS] if mark != _mark(email)]
    accounts = [*others, _mark(email)][-MOST_ACCOUNTS:]
    response.set_cookie(
        COOKIE,
        _signer().dumps({ID: kept[ID], ACCOUNTS: accounts}),
        max_age=LIVES,
        httponly=True,
        samesite="Lax",
        secure=settings().public_url.startswith("https://"),
    )


def _kept() -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = _signer().loads(
            request.cookies.get(COOKIE, ""), max_age=int(LIVES.total_seconds())
        )
    except BadData:
        return None
    return found


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="browsers known by sign-ins")


def _mark(email: str) -> str:
    # Not the address itself: the cookie lies open on a disk that others may use.
    return keyed_hash(plain_email(email), "known browser")[:MARK_LENGTH]
