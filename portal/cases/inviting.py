"""Inviting somebody to sign in: a link for one use, sent to their own address."""

from portal.cases import accounts
from portal.correspondence import outbox
from portal.errors import Refused
from portal.records.account import Account
from portal.records.outbox_letter import LetterKind
from portal.work import Work


class CannotInvite(Refused):
    """An invitation would open nothing, or not to them; the message says why."""

    title = "They cannot be invited"


def send(work: Work, account: Account) -> None:
    """Write an invitation; an earlier one ends.

    Raises:
        CannotInvite: they have left, or have a password already.
        AddressUnusable: no letter can go to their address.
    """
    if not account.active or account.left_on is not None:
        raise CannotInvite("This person has left.")
    if account.password_hash is not None:
        raise CannotInvite(
            "This person has chosen a password already. If they have forgotten it, they can ask "
            "for a new one on the sign-in page."
        )
    token = accounts.invite(work, account)
    facts = {"link": f"{work.settings.public_url}/invitation/{token}", "name": account.name}
    outbox.post_to(work, LetterKind.INVITATION, account.email, facts)
