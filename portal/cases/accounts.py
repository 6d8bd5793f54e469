"""Accounts: who may sign in, how they are invited, and the one way in with a password."""

from datetime import timedelta

from sqlalchemy import select

from portal import audit
from portal.cases import council_identities, sign_in_notices, sign_ins, throttling
from portal.cases.addresses import email_key, plain_email
from portal.cases.passwords import (
    check_strength,
    hash_password,
    needs_new_hash,
    password_matches,
)
from portal.cases.throttling import Bucket, TooManyTries
from portal.cases.tokens import make_public_id, make_token, token_key
from portal.errors import Refused
from portal.marking import marked
from portal.records.account import Account
from portal.records.organisation import Organisation
from portal.wording import say
from portal.work import PUBLIC, Who, Work, begin_work

INVITATION_LIVES = timedelta(days=7)
# A whole office can share one address: its people's slips in strange browsers are few and far
# between, and whoever guesses there still meets the count of the account that is guessed at.
OFFICE_FREE = 30
OFFICE_FORGETS = timedelta(minutes=10)


class NotAnAddress(Refused):
    """An account needs an address that mail can reach."""

    message = "Enter an e-mail address in the form name@example.org."


class EmailTaken(Refused):
    """One person, one account."""

    message = "There is an account with this e-mail address already."
    status = 409


class WrongSignIn(Refused):
    """Unknown account, wrong password or an account that has ended: one answer for all of them."""

    message = marked(
        "That e-mail address and password do not go together. Check both and try again. "
        "If you have forgotten your password, choose a new one with the link below."
    )


class SignInThere(Refused):
    """Somebody's own password, where their account is the council's."""

    message = marked(
        "You sign in here with your council’s account. Use the button “Sign in with your …” on "
        "this page."
    )


class WrongPassword(Refused):
    """Somebody who is signed in did not give their own password."""

    message = marked("That is not your present password. Check it and try again.")


class InvitationEnded(Refused):
    """An invitation that was used, is too old or never was."""

    message = marked(
        "This invitation has been used or has ended. Ask the complaints team for a new one. "
        "If you have set your password already, sign in."
    )
    status = 410


def create(
    work: Work,
    name: str,
    email: str,
    *,
    job_title: str | None = None,
    organisation: Organisation | None = None,
    reports_to: Account | None = None,
) -> Account:
    """Put a person on the list. Without roles they may do nothing, and nobody can sign in yet.

    Args:
        work: the open act.
        name: the person's own name. There are no shared accounts.
        email: where the invitation goes, and what they sign in with.
        job_title: what colleagues know them as.
        organisation: the one outside the council that they work for; None for the council's staff.
        reports_to: their manager, for the council's staff.

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
        name=name.strip(),
        email=address,
        email_key=email_key(address),
        job_title=(job_title or "").strip() or None,
        organisation_id=organisation.id if organisation is not None else None,
        reports_to_id=reports_to.id if reports_to is not None else None,
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
    return account


def set_password(
    work: Work, account: Account, password: str, *, but_sign_in: int | None = None
) -> None:
    """Give an account a password. Sign-ins, invitations and reset links from before it end.

    Args:
        work: the open act.
        account: whose.
        password: as typed.
        but_sign_in: the key of the one sign-in that stays: where the change is made.

    Raises:
        WeakPassword: it is easy to guess.
        SignInThere: they come in with the council's own account, and not by any password.
    """
    if council_identities.must_sign_in_there(work, account):
        raise SignInThere
    council = work.council
    about = (account.name, account.email, account.job_title or "", council.name)
    check_strength(password, (*about, council.service_name))
    account.password_hash = hash_password(password)
    account.invitation_key = None
    account.invitation_ends_at = None
    account.reset_key = None
    account.reset_ends_at = None
    sign_ins.end_all(work, account, but_sign_in)
    audit.note(work, "password_set", account)


def change_password(account_id: int, present: str, new: str, sign_in_id: int) -> None:
    """Let somebody who is signed in choose another password; their other sign-ins end.

    Opens its own acts, because a wrong try must be counted although it is refused.

    Args:
        account_id: whose.
        present, new: as typed.
        sign_in_id: the sign-in in which it is done, which stays.

    Raises:
        WrongPassword: `present` is not theirs.
        TooManyTries: somebody at this desk has tried too often.
        WeakPassword: the new one is easy to guess.
    """
    who, bucket = Who("account", account_id), Bucket(f"own password {account_id}")
    with begin_work(who) as work:
        throttling.take_a_try(work, bucket)
        kept = work.session.get_one(Account, account_id).password_hash
    if not password_matches(kept, present):
        with begin_work(who) as work:
            audit.note(work, "own_password_failed", work.session.get(Account, account_id))
        raise WrongPassword
    with begin_work(who) as work:
        throttling.succeeded(work, bucket.key)
    with begin_work(who) as work:
        account = work.session.get_one(Account, account_id)
        set_password(work, account, new, but_sign_in=sign_in_id)
        sign_in_notices.tell(work, account, sign_in_notices.NEW_PASSWORD)


def deactivate(work: Work, account: Account) -> None:
    """End an account: its sessions and invitation end with it, what it did stays on record."""
    account.active = False
    account.invitation_key = None
    account.reset_key = None
    sign_ins.end_all(work, account)
    audit.note(work, "account_ended", account)


def check_password(email: str, password: str, address: str, browser: str | None = None) -> Account:
    """Find the account that an address and a password open together: the first of two factors.

    Opens its own acts, because a wrong try must be counted although it is refused.

    Args:
        email, password: as typed.
        address: where the try comes from, for counting.
        browser: the id of a browser in which this very account was signed in before. It is counted
            by itself, so that whoever guesses elsewhere does not close the door to the person.

    Raises:
        WrongSignIn: they do not go together, or there is no such active account.
        TooManyTries: too many wrong tries for this account or from this address.
        SignInThere: right, and they come in with the council's own account.
    """
    own, office = _buckets(email, address, browser)
    with begin_work(PUBLIC) as work:
        _take_a_try(work, own, *office)
        account = _by_email(work, email)
        account_id = account.id if account else 0
        kept = account.password_hash if account is not None and account.active else None
    # An unknown account takes as long as a wrong password, so that time tells nothing.
    if not password_matches(kept, password):
        with begin_work(PUBLIC) as work:
            audit.note(work, "sign_in_failed", work.session.get(Account, account_id))
        raise WrongSignIn
    with begin_work(Who("account", account_id)) as work:
        throttling.succeeded(work, own.key)
        for bucket in office:
            throttling.give_back(work, bucket)
        account = work.session.get_one(Account, account_id)
        if not account.active or account.password_hash != kept:
            raise WrongSignIn
        if council_identities.must_sign_in_there(work, account):
            raise SignInThere
        if needs_new_hash(account.password_hash or ""):
            account.password_hash = hash_password(password)
    return account


def _buckets(email: str, address: str, browser: str | None) -> tuple[Bucket, list[Bucket]]:
    typed = plain_email(email) or email[:100]
    if browser is not None:
        return Bucket(f"sign-in {typed} at {browser}"), []
    office = Bucket(f"sign-in from {address}", OFFICE_FREE, OFFICE_FORGETS)
    return Bucket(f"sign-in {typed}"), [office]


def _take_a_try(work: Work, *buckets: Bucket) -> None:
    try:
        throttling.take_a_try(work, *buckets)
    except TooManyTries as closed:
        # Whoever owns the account is not kept waiting by whoever guesses at it.
        more = say("If this is your account, you need not wait: choose a new password instead.")
        raise TooManyTries(f"{closed.message} {more}") from None


def _by_email(work: Work, email: str) -> Account | None:
    return work.session.scalar(select(Account).where(Account.email_key == email_key(email)))
