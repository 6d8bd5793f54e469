"""One connection to a mail server: with its `listening_client`, all that knows the IMAP client.

What goes wrong becomes ours, in sentences. Commands may come from two threads, one at a time.
"""

from __future__ import annotations

import re
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TypeVar

from imapclient import IMAPClient  # noqa: TID251 - this is the one door
from imapclient.exceptions import (  # noqa: TID251
    IMAPClientAbortError,
    IMAPClientError,
    LoginError,
    ProtocolError,
)

from intake.idling import idle
from intake.listening_client import ListeningClient
from intake.mailbox_errors import MailboxError, MailboxRefused, MailboxUnreachable
from intake.mailbox_url import MailboxAddress, Security
from intake.signing_in import refusal, sign_in

# A server that has gone silent is not waited for long when we leave.
GOODBYE_SECONDS = 5.0

_CODE = re.compile(r"\[([A-Z-]{3,40})[\] ]")
_T = TypeVar("_T")


class Connection:
    """An open connection that has signed in."""

    def __init__(self, client: IMAPClient, address: MailboxAddress) -> None:
        """Take over an open client; use `open_connection`."""
        self._client = client
        self._address = address
        self._lock = threading.RLock()
        self._is_open = True

    @property
    def is_open(self) -> bool:
        """Whether nothing has ended it yet, as far as we know."""
        return self._is_open

    def offers(self, capability: str) -> bool:
        """Whether the server can do something, such as MOVE."""
        return bool(self._ask(lambda: self._client.has_capability(capability)))

    def select(self) -> tuple[int, int]:
        """Enter the folder, anew if need be.

        Returns:
            UIDVALIDITY, and the UID that the next message will have (0: the server does not say).

        Raises:
            MailboxRefused: no such folder, or a server whose numbers do not last.
        """
        folder = self._address.folder
        answer = self._ask(lambda: self._client.select_folder(folder))
        validity = int(answer.get(b"UIDVALIDITY", 0))
        if not validity:
            raise MailboxRefused(
                f"The mail server {self._address.where} gives the messages of {folder} no lasting "
                "numbers (UIDVALIDITY): it cannot be read safely."
            )
        return validity, int(answer.get(b"UIDNEXT", 0))

    def uids(self) -> list[int]:
        """Return the UIDs of what is there and not marked as deleted, oldest first."""
        # NOOP first: some servers show what is new only to a command that may do so.
        self._ask(self._client.noop)
        found = self._ask(lambda: self._client.search(["UID", "1:*", "NOT", "DELETED"]))
        return sorted(int(uid) for uid in found)

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """Return the sizes in bytes of what is still there."""
        answers = self._ask(lambda: self._client.fetch(uids, ["RFC822.SIZE"]))
        return {int(uid): int(one.get(b"RFC822.SIZE", 0)) for uid, one in answers.items()}

    def bodies(self, uids: Sequence[int]) -> dict[int, tuple[bytes, datetime | None]]:
        """Return bytes and time of arrival of what is still there; marks nothing as read."""
        answers = self._ask(lambda: self._client.fetch(uids, ["BODY.PEEK[]", "INTERNALDATE"]))
        return {
            int(uid): (one[b"BODY[]"], one.get(b"INTERNALDATE"))
            for uid, one in answers.items()
            if one.get(b"BODY[]") is not None
        }

    def move(self, uids: Sequence[int], folder: str) -> None:
        """Move messages; without MOVE they are copied, marked and, by UID alone, expunged.

        A plain EXPUNGE is never sent: it would remove what somebody else marked.
        """
        client = self._client
        if self.offers("MOVE"):
            self._ask(lambda: client.move(uids, folder))
            return
        self._ask(lambda: client.copy(uids, folder))
        self._ask(lambda: client.delete_messages(uids, silent=True))
        if self.offers("UIDPLUS"):
            self._ask(lambda: client.uid_expunge(uids))

    def folder_beside(self, name: str) -> str:
        """Return the full name of one of our own folders, on servers that keep them below one."""
        if not self.offers("NAMESPACE"):
            return name
        personal = self._ask(lambda: self._client.namespace()).personal
        prefix = personal[0][0] if personal else ""
        return f"{prefix}{name}"

    def make_folder(self, folder: str) -> None:
        """Make a folder where it is missing."""
        if self._ask(lambda: self._client.folder_exists(folder)):
            return
        # Another worker may have made it just now; if not, the move will say so.
        with suppress(MailboxRefused):
            self._ask(lambda: self._client.create_folder(folder))

    def idle(self, stopping: threading.Event, *, seconds: float, turn: float) -> bool:
        """Wait until the server tells of mail, a stop, or the end of the time; see `idling`.

        Returns:
            Whether IDLE could be used. Where the server did not let us begin, the connection is
            closed: what it says next would be taken for an answer.
        """
        try:
            idle(self._client, self._ask, stopping, seconds=seconds, turn=turn)
        except MailboxRefused:
            self.close()
            return False
        return True

    def cut(self) -> None:
        """End the connection from another thread, even while a command waits for its answer."""
        self._is_open = False
        with suppress(OSError):
            # The plain socket's own: the TLS layer would want to say good-bye first.
            socket.socket.shutdown(self._client.socket(), socket.SHUT_RDWR)

    def close(self) -> None:
        """Leave; never raises. The folder is not closed by CLOSE, which would expunge it."""
        with self._lock:
            if not self._is_open:
                with suppress(OSError, IMAPClientError):
                    self._client.shutdown()
                return
            self._is_open = False
            try:
                self._client.socket().settimeout(GOODBYE_SECONDS)
                self._client.logout()
            except (OSError, IMAPClientError):
                with suppress(OSError, IMAPClientError):
                    self._client.shutdown()

    def _ask(self, question: Callable[[], _T]) -> _T:
        with self._lock:
            if not self._is_open:
                raise self._gone("closed")
            try:
                return question()
            except (OSError, IMAPClientAbortError, ProtocolError) as error:
                # No LOGOUT: a server that went silent would be waited for once more.
                self._is_open = False
                self.close()
                raise self._gone(type(error).__name__) from None
            except IMAPClientError as error:
                raise self._refused(str(error)) from None

    def _gone(self, kind: str) -> MailboxUnreachable:
        return MailboxUnreachable(
            f"The connection to the mail server {self._address.where} was lost ({kind})."
        )

    def _refused(self, said: str) -> MailboxRefused:
        found = _CODE.search(said)
        code = found.group(1) if found else ""
        return MailboxRefused(
            f"The mail server {self._address.where} refuses what was asked of the folder "
            f"{self._address.folder}{f' ({code})' if code else ''}.",
            code,
        )


def open_connection(
    address: MailboxAddress, token: str | None, *, ca_file: str | None, timeout: float
) -> Connection:
    """Open a connection, privately as the address asks, and sign in.

    Args:
        address: where.
        token: an OAuth token, where the address has no password.
        ca_file: a file of certificates to trust in place of the system's.
        timeout: seconds that the server may be silent.

    Raises:
        MailboxRefused: wrong password or token, or no way to sign in that may be used.
        MailboxUnreachable: no server, no trusted certificate, or no answer in time.
    """
    client = _open_client(address, ca_file, timeout)
    try:
        sign_in(client, address, token)
    except LoginError as error:
        _drop(client)
        # "from None": the client's own error may repeat what was sent.
        raise refusal(address, str(error)) from None
    except MailboxError:
        _drop(client)
        raise
    except (OSError, IMAPClientError) as error:
        _drop(client)
        raise MailboxUnreachable(
            f"Signing in to the mail server {address.where} failed ({type(error).__name__})."
        ) from None
    return Connection(client, address)


def _open_client(address: MailboxAddress, ca_file: str | None, timeout: float) -> IMAPClient:
    client: IMAPClient | None = None
    try:
        context = ssl.create_default_context(cafile=ca_file)
        client = ListeningClient(
            address.host,
            address.port,
            ssl=address.security is Security.TLS,
            ssl_context=context if address.security is Security.TLS else None,
            timeout=timeout,
        )
        # The client's log would format every line it reads; people's words belong in no log.
        client._imap.debug = 0
        # The server's own zone, not this machine's: dates are turned into UTC later.
        client.normalise_times = False
        if address.security is Security.STARTTLS:
            _start_tls(client, address, context)
    except ssl.SSLCertVerificationError as error:
        _drop(client)
        raise MailboxUnreachable(
            f"The mail server {address.where} shows a certificate that is not trusted "
            f"({error.verify_message})."
        ) from None
    except MailboxError:
        _drop(client)
        raise
    except (OSError, UnicodeError, IMAPClientError) as error:
        _drop(client)
        raise MailboxUnreachable(
            f"The mail server {address.where} cannot be reached ({type(error).__name__})."
        ) from None
    with suppress(OSError):
        client.socket().setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    return client


def _start_tls(client: IMAPClient, address: MailboxAddress, context: ssl.SSLContext) -> None:
    # Somebody in between may have taken the offer away: then nothing at all is sent.
    if not client.has_capability("STARTTLS"):
        raise MailboxRefused(
            f"The mail server {address.where} offers no STARTTLS, or somebody in between took it "
            "away; no password was sent."
        )
    client.starttls(context)


def _drop(client: IMAPClient | None) -> None:
    if client is not None:
        with suppress(OSError, IMAPClientError):
            client.shutdown()
