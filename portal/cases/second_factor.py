"""The second factor: six digits from an app that shares a secret, or a recovery code, once each."""

import base64
import secrets
from datetime import datetime

import pyotp
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases import passkeys, sign_in_notices, sign_ins, throttling
from portal.cases.throttling import Bucket
from portal.columns import keyed_hash
from portal.errors import Refused
from portal.marking import marked
from portal.records.account import Account
from portal.records.sign_in import RecoveryCode
from portal.work import Who, Work, begin_work

STEP_SECONDS = 30
# A phone's clock may be half a minute off in either direction.
STEPS_EITHER_WAY = 1
SECRET_BYTES = 20
RECOVERY_CODES = 10
# From so few on, the person is told how many are left.
FEW_CODES = 3
CODE_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_PARTS, PART_LENGTH = 3, 4


class WrongCode(Refused):
    """Not the code of this moment, or one that was used already."""

    message = marked(
        "That code is not right. Codes change every 30 seconds and each works once: wait for the "
        "next one and enter it. If your phone is lost, use a recovery code."
    )


WRONG_FIRST_CODE = marked(
    "That code is not right. Codes change every 30 seconds: enter the one that your app shows now. "
    "If it is refused again, check that your phone sets its clock by itself."
)


def propose(account: Account, nonce: str) -> str:
    """A new secret to be shared with somebody's app. It is kept nowhere: a random nonce in the
    person's own session gives it again on each page until a code of it was shown. So a present
    app works until then, and no other browser can learn the secret.

    Args:
        account: whose.
        nonce: the session's.

    Returns:
        The secret, as apps read it (base 32).
    """
    made = bytes.fromhex(keyed_hash(f"{account.public_id} {nonce}", "second factor"))
    return base64.b32encode(made[:SECRET_BYTES]).decode()


def address(account: Account, secret: str, issuer: str) -> str:
    """The otpauth address that the QR code holds."""
    return pyotp.TOTP(secret).provisioning_uri(name=account.email, issuer_name=issuer)


def is_set_up(account: Account) -> bool:
    """Whether the account has a second factor that was confirmed."""
    return account.totp_secret is not None and account.totp_confirmed_at is not None


def confirm(account_id: int, secret: str, typed: str) -> list[str]:
    """Take the first code of a new secret: from now on its codes are asked for.

    Opens its own acts, because a wrong try must be counted although it is refused.

    Args:
        account_id: whose.
        secret: what was proposed.
        typed: as typed.

    Returns:
        New recovery codes, to be shown once; earlier ones end.

    Raises:
        WrongCode: the proposal stays, for another try.
        TooManyTries: too many wrong codes; says how long to wait.
    """
    who, bucket = Who("account", account_id), Bucket(f"new second factor {account_id}")
    with begin_work(who) as work:
        throttling.take_a_try(work, bucket)
    with begin_work(who) as work:
        account = work.session.get_one(Account, account_id, with_for_update=True)
        step = _step_of(secret, typed, work.now)
        if step is None:
            raise WrongCode(WRONG_FIRST_CODE)
        throttling.succeeded(work, bucket.key)
        _tell(work, account)
        account.totp_secret = secret
        account.totp_confirmed_at = work.now
        account.totp_last_step = step
        audit.note(work, "second_factor_confirmed", account)
        return new_recovery_codes(work, account)


def _tell(work: Work, account: Account) -> None:
    if is_set_up(account):
        sign_in_notices.tell(work, account, sign_in_notices.FACTOR_REPLACED)
    elif account.last_signed_in_at is not None:
        # Whoever has never been here sees for themself that it is they who set it up.
        sign_in_notices.tell(work, account, sign_in_notices.FACTOR_SET_UP)


def new_recovery_codes(work: Work, account: Account) -> list[str]:
    """Make new recovery codes; only their keyed hashes are kept, and earlier ones end."""
    work.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes = [_make_code() for _ in range(RECOVERY_CODES)]
    for code in codes:
        work.session.add(RecoveryCode(account_id=account.id, code_key=_code_key(account, code)))
    audit.note(work, "recovery_codes_made", account)
    return codes


def codes_left(session: Session, account_id: int) -> int:
    """How many recovery codes somebody has not used yet."""
    wanted = select(func.count()).where(
        RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None)
    )
    return session.scalar(wanted) or 0


def renew_recovery_codes(account_id: int) -> list[str]:
    """New recovery codes for somebody who asks for them on their own page, and a letter about it.

    Returns:
        The codes, to be shown once; earlier ones end.
    """
    with begin_work(Who("account", account_id)) as work:
        account = work.session.get_one(Account, account_id)
        sign_in_notices.tell(work, account, sign_in_notices.CODES_MADE)
        return new_recovery_codes(work, account)


def show(account_id: int, typed: str, browser: str | None = None) -> int | None:
    """Show the second factor: a code of the app, or a recovery code, which is then used up.

    Opens its own acts, because a wrong try must be counted although it is refused.

    Args:
        account_id: of somebody whose password was right a moment ago: a stranger cannot close this
            door to them.
        typed: as typed, spaces and capitals as they come.
        browser: the id of a browser in which this account was signed in before. It is counted by
            itself, so that a stolen password does not close this door to its owner either.

    Returns:
        None for a code of the app; how many recovery codes are left when one was used up.

    Raises:
        WrongCode: with the advice to wait for the next one.
        TooManyTries: too many wrong codes; says how long to wait.
    """
    who = Who("account", account_id)
    bucket = Bucket(f"second factor {account_id}" + (f" at {browser}" if browser else ""))
    with begin_work(who) as work:
        throttling.take_a_try(work, bucket)
    with begin_work(who) as work:
        account = work.session.get_one(Account, account_id, with_for_update=True)
        by_app = is_set_up(account) and _use_code(account, typed, work.now)
        if by_app or (is_set_up(account) and _use_recovery_code(work, account, typed)):
            throttling.succeeded(work, bucket.key)
            audit.note(work, "second_factor_shown", account)
            return None if by_app else codes_left(work.session, account_id)
    with begin_work(who) as work:
        audit.note(work, "second_factor_failed", work.session.get_one(Account, account_id))
    raise WrongCode


def reset(work: Work, account: Account) -> None:
    """Take somebody's second factor and passkeys away: they set up a new one when they next sign
    in. Who is signed in with the old one is signed out."""
    account.totp_secret = None
    account.totp_confirmed_at = None
    account.totp_last_step = None
    passkeys.remove_all(work, account)
    work.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    sign_ins.end_all(work, account)
    audit.note(work, "second_factor_reset", account)


def _use_code(account: Account, typed: str, now: datetime) -> bool:
    step = _step_of(account.totp_secret or "", typed, now)
    last = account.totp_last_step
    if step is None or (last is not None and step <= last):
        return False
    account.totp_last_step = step
    return True


def _step_of(secret: str, typed: str, now: datetime) -> int | None:
    """The half-minute that a code belongs to; None when it is no code of these minutes."""
    digits = "".join(char for char in typed if char.isascii() and char.isdigit())
    if not secret or len(digits) != 6 or any(char.isalpha() for char in typed):
        return None
    totp = pyotp.TOTP(secret)
    present = int(now.timestamp()) // STEP_SECONDS
    steps = range(present - STEPS_EITHER_WAY, present + STEPS_EITHER_WAY + 1)
    # All of them are asked, so that the time does not tell which.
    found = [step for step in steps if secrets.compare_digest(totp.at(step * STEP_SECONDS), digits)]
    return max(found, default=None)


def _use_recovery_code(work: Work, account: Account, typed: str) -> bool:
    found = work.session.scalar(
        select(RecoveryCode)
        .where(
            RecoveryCode.account_id == account.id,
            RecoveryCode.code_key == _code_key(account, typed),
            RecoveryCode.used_at.is_(None),
        )
        .with_for_update()
    )
    if found is None:
        return False
    found.used_at = work.now
    audit.note(work, "recovery_code_used", account)
    sign_in_notices.tell(work, account, sign_in_notices.CODE_USED)
    return True


def _make_code() -> str:
    letters = [secrets.choice(CODE_ALPHABET) for _ in range(CODE_PARTS * PART_LENGTH)]
    starts = range(0, len(letters), PART_LENGTH)
    return "-".join("".join(letters[start : start + PART_LENGTH]) for start in starts)


def _code_key(account: Account, code: str) -> str:
    # Twelve random characters are 59 bits: a keyed hash is enough, and quick.
    plain = "".join(char for char in code.casefold() if char.isalnum())
    return keyed_hash(f"{account.public_id} {plain}", "recovery code")
