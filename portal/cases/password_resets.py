"""A new password for somebody who forgot theirs, without telling anybody who has an account.

Asking writes a row, for every address alike. The work process answers: only there is it looked up
whether there is such an account, and only its own mailbox learns of it.
"""

from datetime import timedelta

from sqlalchemy import delete, select

from portal import audit
from portal.cases import accounts, sign_in_notices, throttling
from portal.cases.addresses import email_key, plain_email
from portal.cases.throttling import Bucket, TooManyTries
from portal.cases.tokens import make_token, token_key
from portal.correspondence import outbox
from portal.errors import Refused
from portal.marking import marked
from portal.records.account import Account
from portal.records.outbox_letter import LetterKind
from portal.records.sign_in import PasswordResetRequest
from portal.work import PUBLIC, Work, begin_work

LINK_LIVES = timedelta(hours=1)
# One letter in so long a while: nobody's mailbox is flooded, and nobody who asks again and again
# in another's name can take away the link that the person is about to use.
ONE_LETTER_IN = timedelta(minutes=15)
# Everybody of an office asks from the same address.
OFFICE_FREE = 20
OFFICE_FORGETS = timedelta(minutes=10)
KEPT = timedelta(hours=24)
A_ROUND = 100
PURPOSE = "password reset"


class ResetEnded(Refused):
    """A reset link that was used, is too old or never was."""

    title = marked("This link has ended")
    message = marked(
        "This link has been used or has ended: it works once, for one hour. Ask for a new one on "
        "the sign-in page."
    )
    status = 410


def ask(email: str, address: str) -> None:
    """Ask for a new password. Nothing is told, not even that somebody has asked too often.

    Opens its own act.

    Args:
        email: as typed; whose account it is, if anybody's, is not looked up.
        address: where it comes from, for counting.
    """
    key, plain = email_key(email), plain_email(email)
    try:
        with begin_work(PUBLIC) as work:
            office = Bucket(f"reset from {address}", OFFICE_FREE, OFFICE_FORGETS)
            throttling.take_a_try(work, office)
            lately = select(PasswordResetRequest.id).where(
                PasswordResetRequest.email_key == key,
                PasswordResetRequest.asked_at > work.now - ONE_LETTER_IN,
            )
            if work.session.scalar(lately.limit(1)) is None:
                row = PasswordResetRequest(email=plain, email_key=key, asked_at=work.now)
                work.session.add(row)
            audit.note(work, "password_reset_asked")
    except TooManyTries:
        return


def answer_waiting(work: Work) -> int:
    """Answer what was asked: an active account that has a password gets a letter with a link.

    Args:
        work: the work process's act.

    Returns:
        How many letters were written.
    """
    old = delete(PasswordResetRequest).where(PasswordResetRequest.asked_at < work.now - KEPT)
    work.session.execute(old)
    waiting = work.session.scalars(
        select(PasswordResetRequest)
        .where(PasswordResetRequest.handled_at.is_(None))
        .order_by(PasswordResetRequest.asked_at.desc())
        .limit(A_ROUND)
        .with_for_update(skip_locked=True)
    ).all()
    answered: set[str] = set()
    written = 0
    for request in waiting:
        request.handled_at = work.now
        if request.email_key not in answered:
            written += _answer(work, request)
        answered.add(request.email_key)
        # The hash is enough to know that somebody has asked a moment ago.
        request.email = ""
    return written


def asked_for(work: Work, token: str) -> Account:
    """Whose link it is. Looking uses nothing up: mail scanners look too.

    Raises:
        ResetEnded: it was used, has ended or never was.
    """
    account = work.session.scalar(
        select(Account).where(
            Account.reset_key == token_key(token, PURPOSE),
            Account.reset_ends_at > work.now,
            Account.active,
        )
    )
    if account is None:
        raise ResetEnded
    return account


def use(work: Work, token: str, password: str) -> Account:
    """Set the new password; the link is used up, and every sign-in ends.

    Raises:
        ResetEnded: it was used, has ended or never was.
        WeakPassword: the link stays good for another try.
    """
    account = asked_for(work, token)
    accounts.set_password(work, account, password)
    sign_in_notices.tell(work, account, sign_in_notices.NEW_PASSWORD_BY_LINK)
    return account


def _answer(work: Work, request: PasswordResetRequest) -> bool:
    account = work.session.scalar(
        select(Account).where(
            Account.email_key == request.email_key,
            Account.active,
            Account.password_hash.is_not(None),
        )
    )
    if account is None:
        return False
    token = make_token()
    account.reset_key = token_key(token, PURPOSE)
    account.reset_ends_at = work.now + LINK_LIVES
    link = f"{work.settings.public_url}/sign-in/new-password/{token}"
    facts = {"link": link, "name": account.name}
    try:
        outbox.post_to(work, LetterKind.PASSWORD_RESET, account.email, facts)
    except outbox.AddressUnusable:
        # One address that no letter can go to must not keep the others waiting.
        return False
    audit.note(work, "password_reset_sent", account)
    return True
