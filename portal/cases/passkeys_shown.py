"""A passkey is shown: for a whole sign-in, beside a password, or again before something grave."""

import webauthn
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    parse_authentication_credential_json,
)
from webauthn.helpers.structs import UserVerificationRequirement

from portal import audit
from portal.cases import passkeys, sign_in_challenges
from portal.cases.passkey_place import PasskeyRefused, here
from portal.cases.passkeys import Question
from portal.records.account import Account
from portal.records.passkey import Asked, Passkey
from portal.work import Who, Work, begin_work


def ask_to_show(who: Who, asked: Asked, account_id: int | None = None) -> Question:
    """Ask a browser for a passkey.

    Args:
        who: who acts.
        asked: for a whole sign-in the owner must show the device that it is them, by a finger, a
            face or a number; beside a password their touch is enough.
        account_id: whose passkey; None where the passkey says.

    Raises:
        PasskeyRefused: there are none at this address.
    """
    with begin_work(who) as work:
        whole = asked is Asked.WHOLE_SIGN_IN
        options = webauthn.generate_authentication_options(
            rp_id=here(work).host,
            challenge=passkeys.new_challenge(),
            allow_credentials=passkeys.named(passkeys.of(work.session, account_id))
            if account_id
            else None,
            user_verification=UserVerificationRequirement.REQUIRED
            if whole
            else UserVerificationRequirement.PREFERRED,
        )
        kept = bytes_to_base64url(options.challenge)
        token = sign_in_challenges.ask(work, asked, kept, account_id)
    return Question(webauthn.options_to_json(options), token)


def show(who: Who, token: str, asked: Asked, answer: str, account_id: int | None = None) -> int:
    """Judge what a browser answered. Opens its own acts, because a wrong answer is noted too.

    Args:
        who, asked, account_id: as when it was asked.
        token: of the question.
        answer: what the browser said, as JSON.

    Returns:
        The key of the account that the passkey belongs to.

    Raises:
        ChallengeEnded: nothing was asked, or too long ago.
        PasskeyRefused: the answer does not hold.
    """
    with begin_work(who) as work:
        challenge = sign_in_challenges.take(work, token, asked, account_id)
    try:
        with begin_work(who) as work:
            return _use(work, challenge, asked, answer, account_id)
    except PasskeyRefused:
        with begin_work(who) as work:
            known = work.session.get(Account, account_id) if account_id else None
            audit.note(work, "passkey_failed", known)
        raise


def _use(work: Work, challenge: str, asked: Asked, answer: str, account_id: int | None) -> int:
    try:
        said = parse_authentication_credential_json(answer)
    except Exception as wrong:
        # A stranger's bytes can break the parser in ways of its own: all of them mean no.
        raise PasskeyRefused from wrong
    passkey = passkeys.by_credential(work, said.id)
    if passkey is None or account_id not in (None, passkey.account_id):
        raise PasskeyRefused
    account = work.session.get_one(Account, passkey.account_id)
    handle = said.response.user_handle
    if not account.active or handle not in (None, account.public_id.encode()):
        raise PasskeyRefused
    shown = _verified(work, passkey, challenge, answer, whole=asked is Asked.WHOLE_SIGN_IN)
    passkey.sign_count = shown.new_sign_count
    passkey.last_used_at = work.now
    audit.note(work, "passkey_shown", account)
    return account.id


def _verified(
    work: Work, passkey: Passkey, challenge: str, answer: str, *, whole: bool
) -> VerifiedAuthentication:
    at = here(work)
    try:
        return webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=at.host,
            expected_origin=at.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=whole,
        )
    except Exception as wrong:
        raise PasskeyRefused from wrong
