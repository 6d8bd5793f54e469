"""Between password and second factor: who has shown the first of the two, for a few minutes."""

import secrets
from datetime import timedelta

from flask import session
from sqlalchemy import select

from portal import clock
from portal.cases import second_factor
from portal.columns import keyed_hash
from portal.db import db
from portal.records.account import Account
from portal.web.sign_in import login

LASTS = timedelta(minutes=10)
HALFWAY, SINCE, WANTED = "halfway", "halfway_since", "halfway_wanted"
# Which password was shown: a newer one ends what was begun with an older one.
SHOWN, NONCE = "halfway_shown", "halfway_nonce"
NONCE_BYTES, MARK_LENGTH = 16, 16


def begin(account: Account, wanted: str | None) -> str:
    """Remember, in a session that is new from here on, whose password was right.

    Args:
        account: whose.
        wanted: the page that the person came for.

    Returns:
        The name of the view that comes next: a code, or setting up what makes codes.
    """
    public_id, shown = account.public_id, _mark(account)
    next_view = "sign_in.code" if second_factor.is_set_up(account) else "sign_in.set_up"
    # Whoever was signed in here until now is not any more.
    login.end()
    session[HALFWAY] = public_id
    session[SHOWN] = shown
    session[NONCE] = secrets.token_urlsafe(NONCE_BYTES)
    session[SINCE] = int(clock.now().timestamp())
    session[WANTED] = wanted
    return next_view


def account() -> Account | None:
    """Whose password was shown a few minutes ago in this browser."""
    since = session.get(SINCE)
    if not isinstance(since, int):
        return None
    if clock.now().timestamp() - since > LASTS.total_seconds():
        return None
    wanted = select(Account).where(Account.public_id == session.get(HALFWAY, ""), Account.active)
    found = db.session.scalar(wanted)
    return found if found is not None and session.get(SHOWN) == _mark(found) else None


def proposed_secret(account: Account) -> str:
    """The secret that this session, and no other, proposes for somebody's app."""
    return second_factor.propose(account, session[NONCE])


def wanted() -> str | None:
    """The page that the person came for."""
    found = session.get(WANTED)
    return found if isinstance(found, str) else None


def _mark(account: Account) -> str:
    return keyed_hash(account.password_hash or "", "password shown")[:MARK_LENGTH]
