"""Passkeys (WebAuthn): added, named and removed by their owner, shown at a sign-in.

A passkey belongs to one address of the portal, which the browser checks; so it cannot be given away
on a page that only looks like ours. It stands beside the authenticator app and never in its place:
a browser without scripts, or a lost phone, still has the other way.
"""

import secrets
from dataclasses import dataclass

import webauthn
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from portal import audit
from portal.cases import sign_in_challenges, sign_in_notices
from portal.cases.passkey_place import PasskeyRefused, here
from portal.cases.tokens import make_public_id
from portal.errors import Refused
from portal.marking import marked
from portal.records.account import Account
from portal.records.passkey import Asked, Passkey
from portal.work import Who, Work, begin_work

MOST_OF_ONE_PERSON = 10
LONGEST_NAME = 60
CHALLENGE_BYTES = 32


class TooManyPasskeys(Refused):
    """A list that nobody can look over is no safeguard."""

    message = marked("You have as many passkeys as we keep. Remove one before you add another.")
    status = 409


@dataclass(frozen=True)
class Question:
    """What a browser is asked, and the token by which its answer is judged."""

    options: str
    token: str


def of(session: Session, account_id: int) -> list[Passkey]:
    """Somebody's passkeys, oldest first."""
    wanted = select(Passkey).where(Passkey.account_id == account_id)
    return list(session.scalars(wanted.order_by(Passkey.id)))


def ask_for_new(account_id: int) -> Question:
    """Ask a browser to make a passkey for somebody who is signed in.

    Raises:
        TooManyPasskeys: they have as many as anybody may have.
        PasskeyRefused: there are none at this address.
    """
    with begin_work(Who("account", account_id)) as work:
        account = work.session.get_one(Account, account_id)
        present = of(work.session, account_id)
        if len(present) >= MOST_OF_ONE_PERSON:
            raise TooManyPasskeys
        options = webauthn.generate_registration_options(
            rp_id=here(work).host,
            rp_name=work.council.service_name,
            user_id=account.public_id.encode(),
            user_name=account.email,
            user_display_name=account.name,
            challenge=new_challenge(),
            exclude_credentials=named(present),
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.PREFERRED,
                user_verification=UserVerificationRequirement.PREFERRED,
            ),
        )
        kept = bytes_to_base64url(options.challenge)
        token = sign_in_challenges.ask(work, Asked.NEW_PASSKEY, kept, account_id)
    return Question(webauthn.options_to_json(options), token)


def add(account_id: int, token: str, answer: str, name: str) -> None:
    """Take a new passkey, and write to its owner.

    Args:
        account_id: whose.
        token: of the question that the browser answers.
        answer: what the browser said, as JSON.
        name: what its owner calls it.

    Raises:
        ChallengeEnded: nothing was asked, or too long ago.
        PasskeyRefused: the answer does not hold.
    """
    who = Who("account", account_id)
    with begin_work(who) as work:
        asked = sign_in_challenges.take(work, token, Asked.NEW_PASSKEY, account_id)
    with begin_work(who) as work:
        made = _checked(work, asked, answer)
        credential_id = bytes_to_base64url(made.credential_id)
        if by_credential(work, credential_id) is not None:
            raise PasskeyRefused
        passkey = Passkey(
            public_id=make_public_id(),
            account_id=account_id,
            credential_id=credential_id,
            public_key=made.credential_public_key,
            name=name.strip()[:LONGEST_NAME],
            sign_count=made.sign_count,
            added_at=work.now,
        )
        work.session.add(passkey)
        account = work.session.get_one(Account, account_id)
        audit.note(work, "passkey_added", account)
        sign_in_notices.tell(work, account, sign_in_notices.PASSKEY_ADDED)


def remove(work: Work, account_id: int, public_id: str) -> bool:
    """Remove one of somebody's own passkeys, and write to them.

    Returns:
        False when they have no such passkey any more.
    """
    wanted = select(Passkey).where(Passkey.public_id == public_id, Passkey.account_id == account_id)
    found = work.session.scalar(wanted)
    if found is None:
        return False
    work.session.delete(found)
    account = work.session.get_one(Account, account_id)
    audit.note(work, "passkey_removed", account)
    sign_in_notices.tell(work, account, sign_in_notices.PASSKEY_REMOVED)
    return True


def remove_all(work: Work, account: Account) -> None:
    """Remove all of somebody's passkeys: their second factor is taken away."""
    work.session.execute(delete(Passkey).where(Passkey.account_id == account.id))


def _checked(work: Work, challenge: str, answer: str) -> VerifiedRegistration:
    at = here(work)
    try:
        return webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=at.host,
            expected_origin=at.origin,
        )
    except Exception as wrong:
        # A stranger's bytes can break the parser in ways of its own: all of them mean no.
        raise PasskeyRefused from wrong


def by_credential(work: Work, credential_id: str) -> Passkey | None:
    """The passkey of a browser's name for it."""
    # Held until the act ends: of two uses at one moment the second sees the count of the first.
    wanted = select(Passkey).where(Passkey.credential_id == credential_id).with_for_update()
    return work.session.scalar(wanted)


def named(passkeys: list[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    """Passkeys as a browser is told which ones are meant."""
    return [
        PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.credential_id)) for one in passkeys
    ]


def new_challenge() -> bytes:
    """A random question, never asked before."""
    return secrets.token_bytes(CHALLENGE_BYTES)
