"""Who is signed in: flask-login over our own limits on how long a sign-in lasts."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Flask, g, session
from flask_login import LoginManager, login_user, logout_user
from sqlalchemy import select

from portal import clock
from portal.db import db
from portal.records.account import Account, Role

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
SIGNED_IN_AT, SEEN_AT, NUMBER = "signed_in_at", "seen_at", "session_number"


@dataclass(frozen=True)
class SignedIn:
    """The signed-in person: values, not a record, so that no act's rollback empties them."""

    id: int
    public_id: str
    role: Role
    name: str
    email: str
    organisation: str | None
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """What the session carries: the random id, never the key."""
        return self.public_id


def init_login(app: Flask) -> None:
    """Let requests know who is signed in.

    Args:
        app: the application.
    """
    manager = LoginManager()
    # A phone changes its address all day; the limits below do what a bound address would.
    manager.session_protection = None
    manager.user_loader(_load)
    manager.init_app(app)


def begin(account: Account) -> None:
    """Sign an account in, in a new session: nothing that the browser brought along stays."""
    end()
    login_user(_signed_in(account))
    now = _seconds()
    session[SIGNED_IN_AT] = now
    session[SEEN_AT] = now
    session[NUMBER] = account.session_number


def end() -> None:
    """Sign out and forget the session."""
    logout_user()
    session.clear()
    # A form token made earlier in this request belonged to the session that is gone.
    g.pop("csrf_token", None)


def _load(public_id: str) -> SignedIn | None:
    """The account of a session, unless the session has run out or the account has moved on."""
    began, seen, now = session.get(SIGNED_IN_AT), session.get(SEEN_AT), _seconds()
    if not isinstance(began, int) or not isinstance(seen, int):
        return None
    if now - seen > IDLE.total_seconds() or now - began > LONGEST.total_seconds():
        return None
    account = db.session.scalar(select(Account).where(Account.public_id == public_id))
    if account is None or not account.active or account.session_number != session.get(NUMBER):
        return None
    session[SEEN_AT] = now
    return _signed_in(account)


def _signed_in(account: Account) -> SignedIn:
    return SignedIn(
        id=account.id,
        public_id=account.public_id,
        role=account.role,
        name=account.name,
        email=account.email,
        organisation=account.organisation,
    )


def _seconds() -> int:
    return int(clock.now().timestamp())
