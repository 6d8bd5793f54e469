"""Signing in to a mail server: by password or by token, never with more than it may hear."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from intake.mailbox_errors import MailboxRefused, MailboxUnreachable, SignInRefused
from intake.mailbox_url import MailboxAddress, Security
from intake.token_settings import MECHANISMS

# Codes of RFC 5530 that blame the server and not the password.
_PASSING_TROUBLES = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]")

Answer = Callable[[bytes], bytes]


class Client(Protocol):
    """What signing in needs of the IMAP client."""

    def has_capability(self, capability: str) -> bool:
        """Whether the server offers it."""
        ...

    def login(self, username: str, password: str) -> object:
        """Sign in by LOGIN."""
        ...

    def sasl_login(self, mech_name: str, mech_callable: Answer) -> object:
        """Sign in by AUTHENTICATE."""
        ...


def sign_in(client: Client, address: MailboxAddress, token: str | None) -> None:
    """Sign in on a connection that is as private as its address asks for.

    Args:
        client: the open connection.
        address: the user, and the password where there is no token.
        token: an OAuth token.

    Raises:
        MailboxRefused: the server offers no way of signing in that may be used; nothing secret
            was sent.
        The client's own errors otherwise; `refusal` makes sentences of them.
    """
    if token is not None:
        mechanism = _mechanism(client, address)
        client.sasl_login(mechanism, _bearer(mechanism, address, token))
        return
    no_login = client.has_capability("LOGINDISABLED")
    plain = client.has_capability("AUTH=PLAIN") and not (
        no_login and address.security is Security.NONE
    )
    # LOGIN knows ASCII alone; AUTHENTICATE PLAIN carries any password.
    if not no_login and (address.user + address.password).isascii():
        client.login(address.user, address.password)
    elif plain:
        answer = f"\0{address.user}\0{address.password}".encode()
        client.sasl_login("PLAIN", lambda _challenge: answer)
    else:
        raise MailboxRefused(
            f"The mail server {address.where} takes no password on this connection; it was not "
            "sent. Use imaps:// or imap+starttls://, or OAuth."
        )


def refusal(address: MailboxAddress, said: str) -> MailboxRefused | MailboxUnreachable:
    """Make a sentence of a refused sign-in.

    Args:
        address: where it was tried.
        said: what the server said; it may repeat what was sent, so it is looked at and not told.
    """
    if any(code in said for code in _PASSING_TROUBLES):
        return MailboxUnreachable(f"The mail server {address.where} cannot check who we are now.")
    if address.tokens is not None:
        return SignInRefused(
            f"The mail server {address.where} refuses the token of the mailbox {address.user}: "
            f"may the client {address.tokens.client_id} read it?"
        )
    return SignInRefused(
        f"The mail server {address.where} refuses the user name or password of the mailbox."
    )


def _mechanism(client: Client, address: MailboxAddress) -> str:
    wanted = address.tokens.mechanism if address.tokens else None
    for mechanism in [wanted] if wanted else MECHANISMS:
        if client.has_capability(f"AUTH={mechanism}"):
            return mechanism
    raise MailboxRefused(
        f"The mail server {address.where} takes no OAuth token on this connection "
        f"({wanted or ' or '.join(MECHANISMS)}); none was sent."
    )


def _bearer(mechanism: str, address: MailboxAddress, token: str) -> Answer:
    """Say the token once; whatever the server asks then is its error, which wants a dummy answer.

    The forms are those of RFC 7628 and of Google's and Microsoft's XOAUTH2.
    """
    if mechanism == "XOAUTH2":
        first, then = f"user={address.user}\1auth=Bearer {token}\1\1", b""
    else:
        user = address.user.replace("=", "=3D").replace(",", "=2C")
        first, then = (
            f"n,a={user},\1host={address.host}\1port={address.port}\1auth=Bearer {token}\1\1",
            b"\1",
        )
    answers = iter([first.encode()])
    return lambda _challenge: next(answers, then)
