"""The address of a mailbox, as `MAILBOX_URL` gives it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from intake.mailbox_errors import MailboxUrlError
from intake.secret_place import SecretPlace
from intake.token_settings import PROVIDERS, TokenSettings
from portal.loopback import is_this_machine

_ALLOWED = frozenset(
    "auth client_id client_secret mechanism password refresh_token scope tenant token_url".split()
)


class Security(StrEnum):
    """How the connection is kept private, by the scheme that asks for it."""

    TLS = "imaps"
    STARTTLS = "imap+starttls"
    # In the clear: on this machine only.
    NONE = "imap+insecure"


@dataclass(frozen=True, slots=True)
class MailboxAddress:
    """Where a mailbox is and how to enter it; secrets stay out of its representation."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    security: Security = Security.TLS
    tokens: TokenSettings | None = None

    @property
    def name(self) -> str:
        """What tells this mailbox from others, without the password: for ledger and logs."""
        return f"{self.user}@{self.host}:{self.port}/{self.folder}"

    @property
    def where(self) -> str:
        """The server, for sentences."""
        return f"{self.host}:{self.port}"

    @classmethod
    def parse(cls, url: str) -> MailboxAddress:
        """Read `imaps://user:password@host:port/FOLDER?settings`.

        `imap+starttls://` asks for STARTTLS; `imap+insecure://` is for loopback. The query may
        name where the password is (`password=file:/path`) or say how to get OAuth tokens.

        Args:
            url: the setting; user, password and folder may be percent-encoded.

        Returns:
            The address; port 993 (143 without immediate TLS) and INBOX where they are not given.

        Raises:
            MailboxUrlError: with a sentence for whoever wrote the setting.
        """
        try:
            parts = urlsplit(url.strip())
            host, port = parts.hostname or "", parts.port
        except ValueError:
            raise MailboxUrlError("A mailbox address holds a host or port that is none.") from None
        security = _security(parts, host)
        query = _query(parts, host)
        auth = query.get("auth", "password")
        if auth not in {"password", *PROVIDERS}:
            raise MailboxUrlError(f"auth is one of password, {', '.join(PROVIDERS)}.")
        tokens = None if auth == "password" else TokenSettings.from_query(auth, query)
        user = unquote(parts.username or "")
        password = "" if tokens else _password(parts, query)
        if not user or not (tokens or password):
            raise MailboxUrlError(
                f"The address of the mailbox on {host} needs a user and a password."
            )
        folder = unquote(parts.path.strip("/")) or "INBOX"
        if not (user + password + folder).isprintable():
            raise MailboxUrlError(
                f"The address of the mailbox on {host} holds a control character."
            )
        default = 993 if security is Security.TLS else 143
        return cls(host, port or default, user, password, folder, security, tokens)


def _security(parts: SplitResult, host: str) -> Security:
    try:
        security = Security(parts.scheme)
    except ValueError:
        raise MailboxUrlError(
            "A mailbox address begins with imaps:// or imap+starttls://, or with "
            "imap+insecure:// on this machine."
        ) from None
    if not host:
        raise MailboxUrlError("A mailbox address names no host.")
    if security is Security.NONE and not is_this_machine(host):
        raise MailboxUrlError(
            f"The mailbox on {host} is not on this machine: imap+insecure:// would send its "
            "password and everybody's mail in the clear. Use imaps://."
        )
    return security


def _query(parts: SplitResult, host: str) -> Mapping[str, str]:
    try:
        pairs = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError:
        pairs = [("", "")]
    query = dict(pairs)
    if len(query) != len(pairs) or not query.keys() <= _ALLOWED or parts.fragment:
        raise MailboxUrlError(
            f"After the ? the address of the mailbox on {host} may hold, once each: "
            f"{', '.join(sorted(_ALLOWED))}. A ? or # that belongs to a name or password is "
            "written %3F or %23."
        )
    return query


def _password(parts: SplitResult, query: Mapping[str, str]) -> str:
    if "password" in query:
        return SecretPlace.parse(query["password"], "password").read()
    return unquote(parts.password or "")
