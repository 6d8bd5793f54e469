"""Accounts: who may sign in, how they are invited, and the one way in with a password."""

from datetime import timedelta

from sqlalchemy import select

from portal import audit
from portal.cases import throttling
from portal.cases.addresses import email_key, plain_email
from portal.cases.passwords import (
    check_strength,
    hash_password,
    needs_new_hash,
    password_matches,
)
from portal.cases.tokens import make_public_id, make_token, token_key
from portal.errors import Refused
from portal.records.account import Account, Role
from portal.work import PUBLIC, Who, Work, begin_work

INVITATION_LIVES = timedelta(days=7)


class NotAnAddress(Refused):
    """An account needs an address that mail can reach."""

    message = "Enter an e-mail address in the form name@example.org."


class EmailTaken(Refused):
    """One person, one account."""

    message = "There is an account with this e-mail address already."
    status = 409


class WrongSignIn(Refused):
    """Unknown account, wrong password or an account that has ended: one answer for all of them."""

    message = (
        "That e-mail address and password do not go together. Check both and try again. "
        "If you have forgotten your password, ask the complaints team for a new invitation."
    )


class InvitationEnded(Refused):
    """An invitation that was used, is too old or never was."""

    message = (
        "This invitation has been used or has ended. Ask the complaints team for a new one. "
        "If you have set your password already, sign in."
    )
    status = 410


def create(
    work: Work, role: Role, name: str, email: str, organisation: str | None = None
) -> Account:
    """Make an account that nobody can sign in to yet.

    Args:
        work: the open act.
        role: what it may do.
        name: the person's own name. There are no shared accounts.
        email: where the invitation goes, and what they sign in with.
        organisation: an advocate's.

    Raises:
        NotAnAddress: it is no e-mail address.
        EmailTaken: somebody has it.
    """
    address = plain_email(email)
    if not address or not all(address.partition("@")[::2]):
        raise NotAnAddress
    if _by_email(work, address) is not None:
        raise EmailTaken
    account = Account(
        public_id=make_public_id(),
        role=role,
        name=name.strip(),
        email=address,
        email_key=email_key(address),
        organisation=(organisation or "").strip() or None,
        created_at=work.now,
    )
    work.session.add(account)
    audit.note(work, "account_created", account)
    return account


def invite(work: Work, account: Account) -> str:
    """A one-use token with which the person sets a password; an earlier invitation ends."""
    token = make_token()
    account.invitation_key = token_key(token, "invitation")
    account.invitation_ends_at = work.now + INVITATION_LIVES
    audit.note(work, "account_invited", account)
    return token


def invited(work: Work, token: str) -> Account:
    """Whose invitation it is. Looking uses nothing up: mail scanners look too.

    Raises:
        InvitationEnded: it was used, has ended or never was.
    """
    account = work.session.scalar(
        select(Account).where(
            Account.invitation_key == token_key(token, "invitation"),
            Account.invitation_ends_at > work.now,
            Account.active,
        )
    )
    if account is None:
        raise InvitationEnded
    return account


def accept_invitation(work: Work, token: str, password: str) -> Account:
    """Set the invited person's password; the invitation is used up.

    Raises:
        InvitationEnded: it was used, has ended or never was.
        WeakPassword: the invitation stays good for another try.
    """
    account = invited(work, token)
    set_password(work, account, password)
    account.last_signed_in_at = work.now
    return account


def set_password(work: Work, account: Account, password: str) -> None:
    """Give an account a password. Sessions and invitations from before it end.

    Raises:
        WeakPassword: it is easy to guess.
    """
    check_strength(password, account.email)
    account.password_hash = hash_password(password)
    account.session_number = (account.session_number or 0) + 1
    account.invitation_key = None
    account.invitation_ends_at = None
    audit.note(work, "password_set", account)


def deactivate(work: Work, account: Account) -> None:
    """End an account: its sessions and invitation end with it, what it did stays on record."""
    account.active = False
    account.session_number += 1
    account.invitation_key = None
    audit.note(work, "account_ended", account)


def sign_in(email: str, password: str, address: str) -> Account:
    """Find the account that an address and a password open together.

    Opens its own acts, because a wrong try must be counted although it is refused.

    Args:
        email, password: as typed.
        address: where the try comes from, for counting.

    Raises:
        WrongSignIn: they do not go together, or there is no such active account.
        TooManyTries: too many wrong tries for this account or from this address.
    """
    keys = (f"sign-in {plain_email(email) or email[:100]}", f"sign-in from {address}")
    with begin_work(PUBLIC) as work:
        throttling.check(work, *keys)
        account = _by_email(work, email)
        account_id = account.id if account else 0
        kept = account.password_hash if account is not None and account.active else None
    # An unknown account takes as long as a wrong password, so that time tells nothing.
    if not password_matches(kept, password):
        with begin_work(PUBLIC) as work:
            throttling.failed(work, *keys)
            audit.note(work, "sign_in_failed", work.session.get(Account, account_id))
        raise WrongSignIn
    return _signed_in(account_id, kept, password, keys)


def _signed_in(account_id: int, kept: str | None, password: str, keys: tuple[str, ...]) -> Account:
    with begin_work(Who("account", account_id)) as work:
        # Both counts: a whole office can share one address, and one slip of each of its people
        # must not close it. Guessing still meets the count of the account that is guessed at.
        throttling.succeeded(work, *keys)
        account = work.session.get_one(Account, account_id)
        if not account.active or account.password_hash != kept:
            raise WrongSignIn
        if needs_new_hash(account.password_hash or ""):
            account.password_hash = hash_password(password)
        account.last_signed_in_at = work.now
        audit.note(work, "signed_in", account)
    return account


def _by_email(work: Work, email: str) -> Account | None:
    return work.session.scalar(select(Account).where(Account.email_key == email_key(email)))
