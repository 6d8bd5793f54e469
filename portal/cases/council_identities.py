"""Accounts of the council's own sign-in, tied to accounts here."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal import audit
from portal.account_rows import IDENTITIES
from portal.cases import group_roles
from portal.cases.addresses import email_key
from portal.cases.council_claims import Claims
from portal.columns import keyed_hash
from portal.council_sign_in import CouncilSignInEntry, LinkBy
from portal.errors import Refused
from portal.marking import marked
from portal.records.account import Account
from portal.records.council_identity import CouncilIdentity
from portal.wording import worded
from portal.work import Work


class NotLinked(Refused):
    """Somebody the council knows, and we do not."""

    title = marked("You have no account here yet")
    message = marked(
        "Your council’s sign-in knows you, but nobody has said yet who you are here. Ask an "
        "administrator of this service, and tell them this number of yours: {subject}"
    )
    status = 403


class LinkRefused(Refused):
    """An account that cannot be tied to one there; the message says why."""

    title = "These cannot be linked"
    status = 409


def of(session: Session, account_id: int) -> CouncilIdentity | None:
    """Which account there is somebody's."""
    return IDENTITIES.first(session, account_id)


def must_sign_in_there(work: Work, account: Account) -> bool:
    """Whether somebody comes in through the council alone: otherwise a role that has gone with its
    group would stay for as long as they had a password here."""
    return work.settings.openid is not None and of(work.session, account.id) is not None


def sign_in(work: Work, claims: Claims, entry: CouncilSignInEntry) -> Account:
    """Find whose account it is, and give it the roles of its groups, no more and no less.

    Raises:
        NotLinked: nobody's, or of somebody who has left.
    """
    account = _linked(work, claims)
    if account is None and entry.link_by is LinkBy.EMAIL:
        account = _by_address(work, claims)
    if account is None or not account.active:
        raise NotLinked(worded(NotLinked.message).format(subject=claims.subject[:100]))
    group_roles.follow(work, account, entry.roles_of(claims.groups))
    audit.note(work, "council_sign_in", account)
    return account


def whose(work: Work, claims: Claims) -> int | None:
    """The key of the account that claims are tied to; None when they are nobody's."""
    found = _linked(work, claims)
    return found.id if found is not None else None


def link(work: Work, account: Account, subject: str) -> None:
    """Tie somebody's account to theirs there, as an administrator says.

    Args:
        work: the open act.
        account: whose.
        subject: what the provider calls them.

    Raises:
        LinkRefused: they are of another organisation, have left, or one of the two is tied already.
    """
    if work.settings.openid is None or work.council.council_sign_in is None:
        raise LinkRefused("This portal is not connected to the council’s sign-in.")
    if account.organisation_id is not None:
        raise LinkRefused("Only the council’s own people have an account there.")
    if not account.active:
        raise LinkRefused("This person has left.")
    if of(work.session, account.id) is not None:
        raise LinkRefused("They are linked already. End that link first.")
    key = _subject_key(work.settings.openid.issuer, subject)
    if work.session.scalar(select(CouncilIdentity.id).where(CouncilIdentity.subject_key == key)):
        raise LinkRefused("That number belongs to somebody else here. Check it with them.")
    _tie(work, account, key, work.who.account_id)


def unlink(work: Work, account: Account) -> bool:
    """End the tie, and every role that a group had given.

    Returns:
        Whether there was one.
    """
    if of(work.session, account.id) is None:
        return False
    work.session.execute(delete(CouncilIdentity).where(CouncilIdentity.account_id == account.id))
    group_roles.follow(work, account, frozenset())
    audit.note(work, "council_identity_unlinked", account)
    return True


def _linked(work: Work, claims: Claims) -> Account | None:
    key = _subject_key(claims.issuer, claims.subject)
    wanted = (
        select(Account)
        .join(CouncilIdentity, CouncilIdentity.account_id == Account.id)
        .where(CouncilIdentity.subject_key == key)
    )
    return work.session.scalar(wanted)


def _by_address(work: Work, claims: Claims) -> Account | None:
    """By an address that the provider has verified: of the council's own people, once."""
    if claims.email is None:
        return None
    wanted = select(Account).where(
        Account.email_key == email_key(claims.email),
        Account.organisation_id.is_(None),
        Account.active,
    )
    found = work.session.scalar(wanted)
    # Somebody else may have the address by now: a tie that stands is never taken over by it.
    if found is None or of(work.session, found.id) is not None:
        return None
    _tie(work, found, _subject_key(claims.issuer, claims.subject), None)
    return found


def _tie(work: Work, account: Account, key: str, by: int | None) -> None:
    work.session.add(
        CouncilIdentity(account_id=account.id, subject_key=key, linked_at=work.now, linked_by_id=by)
    )
    audit.note(work, "council_identity_linked", account)


def _subject_key(issuer: str, subject: str) -> str:
    return keyed_hash(f"{issuer} {subject}", "council identity")
