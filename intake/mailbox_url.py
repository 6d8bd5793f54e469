"""The address of a mailbox, as `MAILBOX_URL` gives it."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urlsplit

from portal.loopback import is_this_machine


class MailboxUrlError(ValueError):
    """A wrong mailbox address; the sentence never holds the password."""


@dataclass(frozen=True, slots=True)
class MailboxAddress:
    """Where a mailbox is and how to enter it; the password stays out of its representation."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    tls: bool = True

    @property
    def name(self) -> str:
        """What tells this mailbox from others, without the password: for ledger and logs."""
        return f"{self.user}@{self.host}:{self.port}/{self.folder}"

    @classmethod
    def parse(cls, url: str) -> MailboxAddress:
        """Read `imaps://user:password@host:port/FOLDER` or, on loopback, `imap+insecure://`.

        Args:
            url: the setting; user, password and folder may be percent-encoded.

        Returns:
            The address; port 993 (143 without TLS) and INBOX where they are not given.

        Raises:
            MailboxUrlError: with a sentence for whoever wrote the setting.
        """
        try:
            parts = urlsplit(url.strip())
            host, port = parts.hostname or "", parts.port
        except ValueError:
            raise MailboxUrlError("A mailbox address holds a host or port that is none.") from None
        _check(parts, host)
        tls = parts.scheme == "imaps"
        return cls(
            host=host,
            port=port or (993 if tls else 143),
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            folder=unquote(parts.path.strip("/")) or "INBOX",
            tls=tls,
        )


def _check(parts: SplitResult, host: str) -> None:
    if parts.scheme not in {"imaps", "imap+insecure"}:
        raise MailboxUrlError(
            "A mailbox address begins with imaps://, or with imap+insecure:// on this machine."
        )
    if not host:
        raise MailboxUrlError("A mailbox address names no host.")
    if not parts.username or not parts.password:
        raise MailboxUrlError(f"The address of the mailbox on {host} needs a user and a password.")
    if parts.scheme == "imap+insecure" and not is_this_machine(host):
        raise MailboxUrlError(
            f"The mailbox on {host} is not on this machine: imap+insecure:// would send its "
            "password and everybody's mail in the clear. Use imaps://."
        )
