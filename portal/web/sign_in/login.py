"""Who is signed in: flask-login over sign-ins that are kept, listed and ended on the server."""

from dataclasses import dataclass
from datetime import datetime

from flask import Flask, g, request, session
from flask_login import LoginManager, current_user, login_user, logout_user

from portal import clock
from portal.access.person import Beside, Person, person_of
from portal.cases import sign_ins
from portal.cases.addresses import email_key
from portal.db import db
from portal.records.account import Account
from portal.records.sign_in import SignIn
from portal.work import DAYS_OFF, Who, begin_work, council, only_looks, tell_days_off


@dataclass(frozen=True)
class SignedIn:
    """The signed-in person: values, not a record, so that no act's rollback empties them."""

    token: str
    sign_in_id: int
    id: int
    public_id: str
    name: str
    email: str
    organisation: str | None
    person: Person
    seen_at: datetime
    began_at: datetime
    confirmed_at: datetime
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """What the session carries: a random token whose hash the server keeps."""
        return self.token


def init_login(app: Flask) -> None:
    """Let requests know who is signed in.

    Args:
        app: the application.
    """
    manager = LoginManager()
    # A phone changes its address all day; the limits of a sign-in do what a bound address would.
    manager.session_protection = None
    manager.user_loader(_load)
    manager.init_app(app)


def begin(account_id: int) -> None:
    """Sign somebody in, in a new session: nothing that the browser brought along stays."""
    end()
    with begin_work(Who("account", account_id)) as work:
        account = work.session.get_one(Account, account_id)
        token = sign_ins.begin(work, account, request.user_agent.string)
    found = _load(token)
    assert found is not None, "A sign-in that has just begun is found."
    login_user(found)


def end() -> None:
    """Sign out and forget the session."""
    if current_user.is_authenticated:
        with begin_work(Who("account", current_user.id)) as work:
            sign_ins.end(work, work.session.get_one(SignIn, current_user.sign_in_id))
    logout_user()
    session.clear()
    # A form token made earlier in this request belonged to the session that is gone.
    g.pop("csrf_token", None)


def note_seen() -> None:
    """Write down, now and then, that the sign-in is in use: idle ones end."""
    if clock.now() - current_user.seen_at > sign_ins.NOTED_EVERY:
        with begin_work(Who("account", current_user.id)) as work:
            sign_ins.note_seen(work, current_user.sign_in_id)


def left() -> int:
    """How many seconds the sign-in has after this look, if nothing happens in it. Looking is
    written down only now and then, so that it may be up to a minute less than the half hour."""
    now, seen = clock.now(), current_user.seen_at
    used = now if now - seen > sign_ins.NOTED_EVERY else seen
    ends = min(used + sign_ins.IDLE, current_user.began_at + sign_ins.LONGEST)
    return max(0, int((ends - now).total_seconds()))


def is_fresh() -> bool:
    """Whether the person has shown within the last minutes that it is them."""
    return bool(clock.now() - current_user.confirmed_at < sign_ins.FRESH_FOR)


def _load(token: str) -> SignedIn | None:
    found = sign_ins.find(db.session(), token, clock.now())
    if found is None:
        return None
    account = found.account
    designated = email_key(council().designated_officer)
    # A page that only reads counts with the days off of this moment.
    beside = Beside(DAYS_OFF, tell_days_off) if only_looks() else None
    return SignedIn(
        token=token,
        sign_in_id=found.id,
        id=account.id,
        public_id=account.public_id,
        name=account.name,
        email=account.email,
        organisation=found.organisation.name if found.organisation is not None else None,
        person=person_of(db.session(), account, clock.today(), designated, beside),
        seen_at=found.seen_at,
        began_at=found.began_at,
        confirmed_at=found.confirmed_at,
    )
