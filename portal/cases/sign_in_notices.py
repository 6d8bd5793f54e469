"""Letters that tell somebody what changed about their sign-in: who did it was perhaps not they."""

from contextlib import suppress

from portal.correspondence import outbox
from portal.records.account import Account
from portal.records.outbox_letter import LetterKind
from portal.work import Work

NEW_PASSWORD = "Your password was changed."  # noqa: S105 - a sentence
NEW_PASSWORD_BY_LINK = "Your password was changed with a link that we had sent to this address."  # noqa: S105 - a sentence
FACTOR_SET_UP = "An authenticator app was set up for your sign-in."
FACTOR_REPLACED = "Your authenticator app was replaced by another one. The old one no longer works."
CODES_MADE = "New recovery codes were made for you. The old ones no longer work."
CODE_USED = "One of your recovery codes was used in place of a code from your app."
PASSKEY_ADDED = "A passkey was added to your sign-in."
PASSKEY_REMOVED = "A passkey was removed from your sign-in. It no longer works."
ONE_ENDED = "One of your sign-ins was ended on your own page."
OTHERS_ENDED = "All your sign-ins but one were ended on your own page."


def tell(work: Work, account: Account, what: str) -> None:
    """Write the letter.

    Args:
        work: the open act, with which the change stands or falls.
        account: whose sign-in changed.
        what: one of the sentences of this file.
    """
    facts = {"name": account.name, "what": what}
    # Somebody whose address cannot be written to must still be able to change a password.
    with suppress(outbox.AddressUnusable):
        outbox.post_to(work, LetterKind.SIGN_IN_CHANGED, account.email, facts)
