"""Sign-ins that last: begun after password and second factor, listed, and ended."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from portal import audit
from portal.cases import sign_in_notices
from portal.cases.tokens import make_public_id, make_token, token_key
from portal.records.account import Account
from portal.records.organisation import Organisation
from portal.records.sign_in import SignIn
from portal.work import Work

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
# Looking at a page is written down at most this often: a write for every page would be a queue.
NOTED_EVERY = timedelta(minutes=1)
# How long somebody who has just shown that it is them need not show it again.
FRESH_FOR = timedelta(minutes=10)
LONGEST_DEVICE = 300
PURPOSE = "sign-in"


class Holder(NamedTuple):
    """Whose a sign-in is: what every page needs, and none of their secrets."""

    id: int
    public_id: str
    name: str
    email: str
    email_key: str
    organisation_id: int | None
    reports_to_id: int | None
    active: bool


class Found(NamedTuple):
    """A sign-in that still holds, and whose it is."""

    id: int
    seen_at: datetime
    began_at: datetime
    confirmed_at: datetime
    account: Holder
    organisation: Organisation | None


def begin(work: Work, account: Account, device: str) -> str:
    """Begin a sign-in for somebody who has shown password and second factor.

    Args:
        work: the open act.
        account: whose.
        device: what the browser says it is, for the person's own list.

    Returns:
        The token for the browser's session cookie; only its hash is kept.
    """
    token = make_token()
    work.session.add(
        SignIn(
            public_id=make_public_id(),
            token_key=token_key(token, PURPOSE),
            account_id=account.id,
            device=device[:LONGEST_DEVICE],
            began_at=work.now,
            seen_at=work.now,
            confirmed_at=work.now,
        )
    )
    account.last_signed_in_at = work.now
    audit.note(work, "signed_in", account)
    return token


def find(session: Session, token: str, now: datetime) -> Found | None:
    """The sign-in of a token, unless it was ended, lay idle or lasted too long."""
    asked = {
        "token_key": token_key(token, PURPOSE),
        "seen_after": now - IDLE,
        "began_after": now - LONGEST,
    }
    row = session.execute(_HOLDS, asked).one_or_none()
    if row is None:
        return None
    key, seen_at, began_at, confirmed_at, organisation, *of_holder = row
    return Found(key, seen_at, began_at, confirmed_at, Holder(*of_holder), organisation)


# Written down once: every page asks it.
_HOLDS = (
    select(
        *(SignIn.id, SignIn.seen_at, SignIn.began_at, SignIn.confirmed_at),
        Organisation,
        *(getattr(Account, field) for field in Holder._fields),
    )
    .select_from(SignIn)
    .join(Account, Account.id == SignIn.account_id)
    .outerjoin(Organisation, Organisation.id == Account.organisation_id)
    .where(
        SignIn.token_key == bindparam("token_key"),
        SignIn.ended_at.is_(None),
        SignIn.seen_at > bindparam("seen_after"),
        SignIn.began_at > bindparam("began_after"),
        Account.active,
    )
)


def note_seen(work: Work, sign_in_id: int) -> None:
    """Write down that a sign-in was used just now."""
    used = update(SignIn).where(SignIn.id == sign_in_id).values(seen_at=work.now)
    work.session.execute(used)


def confirm(work: Work, sign_in_id: int) -> None:
    """Write down that the person has just shown again that it is them."""
    shown = update(SignIn).where(SignIn.id == sign_in_id).values(confirmed_at=work.now)
    work.session.execute(shown)


def open_ones(session: Session, account_id: int, now: datetime) -> list[SignIn]:
    """Somebody's sign-ins that still hold, the one used last first."""
    wanted = select(SignIn).where(
        SignIn.account_id == account_id,
        SignIn.ended_at.is_(None),
        SignIn.seen_at > now - IDLE,
        SignIn.began_at > now - LONGEST,
    )
    return list(session.scalars(wanted.order_by(SignIn.seen_at.desc())))


def end(work: Work, sign_in: SignIn) -> None:
    """End one sign-in."""
    if sign_in.ended_at is None:
        sign_in.ended_at = work.now
        audit.note(work, "signed_out", work.session.get(Account, sign_in.account_id))


def end_own(work: Work, account_id: int, public_id: str) -> int | None:
    """End one of somebody's own sign-ins, as they ask on their own page, and write to them.

    Args:
        work: the open act.
        account_id: who asks; another's sign-in is not found.
        public_id: which.

    Returns:
        Its key, or None when there is no such sign-in that is open.
    """
    wanted = select(SignIn).where(
        SignIn.public_id == public_id,
        SignIn.account_id == account_id,
        SignIn.ended_at.is_(None),
    )
    found = work.session.scalar(wanted)
    if found is None:
        return None
    end(work, found)
    account = work.session.get_one(Account, account_id)
    sign_in_notices.tell(work, account, sign_in_notices.ONE_ENDED)
    return found.id


def end_others(work: Work, account_id: int, but_id: int) -> int:
    """End all of somebody's sign-ins but the one in which they ask for it, and write to them.

    Returns:
        How many were ended.
    """
    account = work.session.get_one(Account, account_id)
    ended = end_all(work, account, but_id)
    if ended:
        sign_in_notices.tell(work, account, sign_in_notices.OTHERS_ENDED)
    return ended


def end_all(work: Work, account: Account, but_id: int | None = None) -> int:
    """End somebody's sign-ins: their password changed, they left, or they asked for it.

    Args:
        work: the open act.
        account: whose.
        but_id: the key of the one that asks, which stays.

    Returns:
        How many were ended.
    """
    wanted = select(SignIn).where(SignIn.account_id == account.id, SignIn.ended_at.is_(None))
    if but_id is not None:
        wanted = wanted.where(SignIn.id != but_id)
    found = work.session.scalars(wanted).all()
    for one in found:
        one.ended_at = work.now
    if found:
        audit.note(work, "sign_ins_ended", account)
    return len(found)
