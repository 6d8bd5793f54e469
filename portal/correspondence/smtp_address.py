"""SMTP_URL: where letters are handed over, and how the line is protected."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from portal.loopback import is_this_machine
from portal.settings import SettingsError

EXAMPLE = "smtps://name:password@mail.example:465"


class Protection(StrEnum):
    """How the line is protected. There is no fallback from one to a weaker one."""

    TLS = "smtps"
    STARTTLS = "smtp"
    NONE = "smtp+insecure"


PORTS = {Protection.TLS: 465, Protection.STARTTLS: 587, Protection.NONE: 25}


@dataclass(frozen=True)
class SmtpAddress:
    """One mail server and how to sign in to it."""

    protection: Protection
    host: str
    port: int
    user: str | None
    password: str | None


def read_smtp_url(url: str) -> SmtpAddress:
    """Read SMTP_URL.

    Args:
        url: `smtps://` (TLS), `smtp://` (STARTTLS, demanded) or `smtp+insecure://` (loopback
            only); a user and password in it are percent-encoded.

    Raises:
        SettingsError: with a sentence that repeats no password.
    """
    try:
        parts = urlsplit(url)
        protection, host, port = Protection(parts.scheme), parts.hostname, parts.port
    except ValueError:
        raise SettingsError(f"SMTP_URL cannot be read. Write it like {EXAMPLE}") from None
    if not host:
        raise SettingsError(f"SMTP_URL names no mail server. Write it like {EXAMPLE}")
    if protection is Protection.NONE and not is_this_machine(host):
        raise SettingsError(
            "SMTP_URL: smtp+insecure:// is for a mail server on this machine only (127.0.0.1). "
            "Use smtps:// or smtp:// for any other."
        )
    user, password = parts.username, parts.password
    if (user is None) != (password is None):
        raise SettingsError("SMTP_URL needs both a user and a password, or neither.")
    return SmtpAddress(
        protection,
        host,
        port or PORTS[protection],
        unquote(user) if user is not None else None,
        unquote(password) if password is not None else None,
    )
