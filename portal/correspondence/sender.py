"""The sender: letters that are due go to the mail server, one connection a round.

The only file that knows SMTP. It opens its own acts, because nothing slow may stand inside one.
"""

import smtplib
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app

from portal import clock
from portal.correspondence import delivery
from portal.correspondence.delivery import Claimed
from portal.correspondence.mail_message import as_mail, return_path
from portal.correspondence.smtp_address import Protection, SmtpAddress, read_smtp_url
from portal.db import db
from portal.settings import Settings, SettingsError
from portal.work import WORKER, begin_work, council, settings

SECONDS = 30
NO_SERVER = "SMTP_URL is not set, so letters wait. Set it to send them."
SERVER_DOWN = "The mail server could not be reached, so letters wait. They are tried again."
NOT_SIGNED_IN = "The mail server did not accept the user and password of SMTP_URL. Letters wait."
NOT_PROTECTED = "The mail server offers no STARTTLS or its certificate is wrong. Letters wait."


@dataclass(frozen=True)
class SendResult:
    """One round: letters sent, letters that failed, letters left, and what stood in the way."""

    sent: int
    failed: int
    left: int
    note: str = ""


@dataclass(frozen=True)
class _Answer:
    """What became of one letter. `error` is a code; `go_on` says whether the line still holds."""

    error: str | None = None
    permanent: bool = False
    go_on: bool = True


class _Unreachable(Exception):
    """The round cannot begin; its text is the sentence for the result."""


def send_waiting(limit: int = 100) -> SendResult:
    """Send the letters that are due.

    Args:
        limit: how many at most, so that the loop's other work has its turn.

    Returns:
        What was done. A server that is down is no error: one connection is tried, all letters
        stay as they were, and the result says so.
    """
    url = settings().smtp_url
    if not url:
        return _result(0, 0, NO_SERVER)
    with current_app.app_context():
        if not delivery.is_any_due(db.session(), clock.now()):
            return _result(0, 0)
    try:
        server = _connect(read_smtp_url(url), settings())
    except (_Unreachable, SettingsError) as error:
        return _result(0, 0, str(error))
    try:
        sent, failed = _send_all(server, limit)
    finally:
        _leave(server)
    return _result(sent, failed)


def _send_all(server: smtplib.SMTP, limit: int) -> tuple[int, int]:
    sent, failed = 0, 0
    while sent + failed < limit and (letter := _claim()) is not None:
        answer = _send(server, letter)
        _mark(letter, answer)
        sent, failed = sent + (answer.error is None), failed + (answer.error is not None)
        if not answer.go_on:
            break
    return sent, failed


def _send(server: smtplib.SMTP, letter: Claimed) -> _Answer:
    try:
        message = as_mail(letter, council(), settings().mail_from)
        # The envelope is said outright, so that nothing in a header can add to it.
        path = return_path(letter, settings().mail_from)
        server.send_message(message, path, [letter.to_email])
    except smtplib.SMTPRecipientsRefused as error:
        return _answer(next(iter(error.recipients.values()))[0], "recipient")
    except smtplib.SMTPSenderRefused as error:
        # The fault is MAIL_FROM, which is ours: no letter may be given up for it.
        return _Answer(f"sender_{error.smtp_code}", go_on=False)
    except smtplib.SMTPResponseException as error:
        return _answer(error.smtp_code, "message")
    except smtplib.SMTPNotSupportedError:
        return _Answer("address_needs_smtputf8", permanent=True)
    except (smtplib.SMTPException, OSError):
        return _Answer("connection_lost", go_on=False)
    except ValueError:
        # One letter that cannot be written as mail must not stop those behind it.
        return _Answer("not_writable", permanent=True)
    return _Answer()


def _answer(code: int, about: str) -> _Answer:
    # 421 and what is no code at all mean that the server has hung up.
    return _Answer(
        f"{about}_{code}", permanent=500 <= code < 600, go_on=code >= 400 and code != 421
    )


def _connect(address: SmtpAddress, ours: Settings) -> smtplib.SMTP:
    name = urlsplit(ours.public_url).hostname or "localhost"
    trusted = ssl.create_default_context()
    try:
        if address.protection is Protection.TLS:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                address.host, address.port, name, timeout=SECONDS, context=trusted
            )
        else:
            server = smtplib.SMTP(address.host, address.port, name, timeout=SECONDS)
    except ssl.SSLError:
        raise _Unreachable(NOT_PROTECTED) from None
    except (OSError, smtplib.SMTPException):
        raise _Unreachable(SERVER_DOWN) from None
    try:
        _protect_and_sign_in(server, address, trusted)
    except _Unreachable:
        _leave(server)
        raise
    return server


def _protect_and_sign_in(
    server: smtplib.SMTP, address: SmtpAddress, trusted: ssl.SSLContext
) -> None:
    try:
        if address.protection is Protection.STARTTLS:
            server.starttls(context=trusted)
    except (ssl.SSLError, smtplib.SMTPNotSupportedError, smtplib.SMTPResponseException):
        raise _Unreachable(NOT_PROTECTED) from None
    except (OSError, smtplib.SMTPException):
        raise _Unreachable(SERVER_DOWN) from None
    try:
        if address.user is not None:
            server.login(address.user, address.password or "")
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError):
        raise _Unreachable(NOT_SIGNED_IN) from None
    except (OSError, smtplib.SMTPException):
        raise _Unreachable(SERVER_DOWN) from None


def _leave(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()


def _claim() -> Claimed | None:
    # A context of its own for each act: no row of one letter stays loaded for the next.
    with current_app.app_context(), begin_work(WORKER) as work:
        return delivery.claim_next(work)


def _mark(letter: Claimed, answer: _Answer) -> None:
    with current_app.app_context(), begin_work(WORKER) as work:
        if answer.error is None:
            delivery.mark_sent(work, letter.id)
        elif answer.permanent:
            delivery.mark_refused(work, letter.id, answer.error)
        else:
            delivery.mark_waiting(work, letter.id, answer.error)


def _result(sent: int, failed: int, note: str = "") -> SendResult:
    with current_app.app_context():
        return SendResult(sent, failed, delivery.count_left(db.session()), note)
