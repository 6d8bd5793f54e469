"""The door to an IMAP mailbox: the only file that knows the IMAP client.

It reads without marking anything as read, and moves away only what it is told has been kept.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol, TypeVar

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from intake.mailbox_url import MailboxAddress

DONE_FOLDER = "Processed"
BATCH_MESSAGES = 50
# The memory one batch may take; a larger message comes alone.
BATCH_BYTES = 8 * 1024 * 1024
TIMEOUT_SECONDS = 30.0

_T = TypeVar("_T")


class MailboxError(Exception):
    """Something about a mailbox, as a sentence that holds no password and nobody's mail."""


class MailboxRefused(MailboxError):
    """The server does not let us in, or not do what we ask: a person must change something."""


class MailboxUnreachable(MailboxError):
    """The server cannot be reached or went away: trying again later may help."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A message as the server has it; `internal_date` is when the server received it, in UTC."""

    uid: int
    raw: bytes
    internal_date: datetime
    size: int


class Mailbox(Protocol):
    """What collecting needs of a mailbox; the same checks run on the fake and on a server."""

    @property
    def name(self) -> str:
        """What tells this mailbox from others, without its password."""
        ...

    @property
    def uid_validity(self) -> int:
        """The number under which the folder's UIDs hold."""
        ...

    def connect(self) -> None:
        """Enter the mailbox, again if need be."""
        ...

    def uids(self) -> list[int]:
        """Return the UIDs of what is there and not marked as deleted, oldest first."""
        ...

    def fetch(self, uids: Sequence[int]) -> Iterator[Fetched]:
        """Give the messages in that order; what has gone meanwhile is left out."""
        ...

    def file_as_done(self, uids: Sequence[int]) -> None:
        """Move messages that have been kept to the folder of what is done."""
        ...

    def close(self) -> None:
        """Leave; never raises."""
        ...


class ImapMailbox:
    """A mailbox on an IMAP server."""

    def __init__(
        self,
        address: MailboxAddress,
        *,
        ca_file: str | None = None,
        timeout: float = TIMEOUT_SECONDS,
        done_folder: str = DONE_FOLDER,
    ) -> None:
        """Remember where the mailbox is; nothing is opened before `connect`.

        Args:
            address: where it is and how to enter it.
            ca_file: a file of certificates to trust in place of the system's.
            timeout: seconds that any one answer of the server may take.
            done_folder: where `file_as_done` moves to.
        """
        self._address = address
        self._ca_file = ca_file
        self._timeout = timeout
        self._done_folder = done_folder
        self._client: IMAPClient | None = None
        self._uid_validity = 0
        self._done_ready = False

    @property
    def name(self) -> str:
        """What tells this mailbox from others, without its password."""
        return self._address.name

    @property
    def uid_validity(self) -> int:
        """The number under which the folder's UIDs hold, as of the last `connect`."""
        return self._uid_validity

    def connect(self) -> None:
        """Open the connection, sign in and select the folder; an open connection is left first.

        Raises:
            MailboxRefused: wrong user or password, or no such folder.
            MailboxUnreachable: no server, no trusted certificate, or no answer in time.
        """
        self.close()
        where = f"{self._address.host}:{self._address.port}"
        try:
            context = ssl.create_default_context(cafile=self._ca_file)
            client = IMAPClient(
                self._address.host,
                self._address.port,
                ssl=self._address.tls,
                ssl_context=context if self._address.tls else None,
                timeout=self._timeout,
            )
        except ssl.SSLCertVerificationError:
            raise MailboxUnreachable(
                f"The mail server {where} shows a certificate that is not trusted."
            ) from None
        except (OSError, IMAPClientError) as error:
            raise MailboxUnreachable(
                f"The mail server {where} cannot be reached ({type(error).__name__})."
            ) from None
        # The server's own zone, not this machine's: dates are turned into UTC below.
        client.normalise_times = False
        self._client = client
        self._enter(client, where)

    def _enter(self, client: IMAPClient, where: str) -> None:
        try:
            client.login(self._address.user, self._address.password)
        except LoginError:
            self.close()
            # "from None": the client's own error may repeat what was sent.
            raise MailboxRefused(
                f"The mail server {where} refuses the user name or password of the mailbox."
            ) from None
        except (OSError, IMAPClientError, UnicodeError) as error:
            self.close()
            raise MailboxUnreachable(
                f"Signing in to the mail server {where} failed ({type(error).__name__})."
            ) from None
        selected = self._ask(lambda: client.select_folder(self._address.folder))
        self._uid_validity = int(selected.get(b"UIDVALIDITY", 0))

    def uids(self) -> list[int]:
        """Return the UIDs of what is there and not marked as deleted, oldest first."""
        client = self._open_client()
        # NOOP first: some servers show what is new only to a command that may do so.
        self._ask(client.noop)
        found = self._ask(lambda: client.search(["UID", "1:*", "NOT", "DELETED"]))
        return sorted(int(uid) for uid in found)

    def fetch(self, uids: Sequence[int]) -> Iterator[Fetched]:
        """Give the messages in that order, a batch at a time, and mark nothing as read.

        Args:
            uids: which; what has gone meanwhile is left out.

        Raises:
            MailboxUnreachable: the connection went away; what was given before is good.
        """
        for batch in self._batches(uids):
            yield from self._fetch_batch(batch)

    def _batches(self, uids: Sequence[int]) -> Iterator[list[int]]:
        """Cut the list by number and by size, so that memory does not follow the mailbox."""
        client = self._open_client()
        for start in range(0, len(uids), BATCH_MESSAGES):
            some = list(uids[start : start + BATCH_MESSAGES])
            sizes = self._ask(lambda some=some: client.fetch(some, ["RFC822.SIZE"]))  # type: ignore[misc]
            batch: list[int] = []
            total = 0
            for uid in some:
                size = int(sizes.get(uid, {}).get(b"RFC822.SIZE", 0))
                if batch and total + size > BATCH_BYTES:
                    yield batch
                    batch, total = [], 0
                batch.append(uid)
                total += size
            if batch:
                yield batch

    def _fetch_batch(self, batch: list[int]) -> Iterator[Fetched]:
        client = self._open_client()
        answers: dict[int, dict[bytes, Any]] = self._ask(
            lambda: client.fetch(batch, ["BODY.PEEK[]", "INTERNALDATE"])
        )
        for uid in batch:
            answer = answers.get(uid, {})
            raw = answer.get(b"BODY[]")
            if raw is not None:
                yield Fetched(uid, raw, _utc(answer.get(b"INTERNALDATE")), len(raw))

    def file_as_done(self, uids: Sequence[int]) -> None:
        """Move messages to the folder of what is done; it is made where it is missing.

        Args:
            uids: which; what has gone meanwhile is no error.

        Raises:
            MailboxRefused: the server does not allow it.
            MailboxUnreachable: the connection went away; the same call may be made again.
        """
        client = self._open_client()
        if uids:
            self._make_done_folder(client)
        for start in range(0, len(uids), BATCH_MESSAGES):
            some = list(uids[start : start + BATCH_MESSAGES])
            self._ask(lambda some=some: self._move(client, some))  # type: ignore[misc]

    def _move(self, client: IMAPClient, uids: list[int]) -> None:
        if client.has_capability("MOVE"):
            client.move(uids, self._done_folder)
            return
        client.copy(uids, self._done_folder)
        client.delete_messages(uids, silent=True)
        if client.has_capability("UIDPLUS"):
            # By UID only: a plain EXPUNGE would remove what somebody else marked.
            client.uid_expunge(uids)

    def _make_done_folder(self, client: IMAPClient) -> None:
        if self._done_ready:
            return
        if not self._ask(lambda: client.folder_exists(self._done_folder)):
            try:
                client.create_folder(self._done_folder)
            except IMAPClientAbortError:
                raise self._gone(IMAPClientAbortError.__name__) from None
            except IMAPClientError:
                # Another worker may have made it just now; if not, the move will say so.
                pass
        self._done_ready = True

    def close(self) -> None:
        """Leave; never raises. The folder is not closed by CLOSE, which would expunge it."""
        client, self._client, self._done_ready = self._client, None, False
        if client is None:
            return
        try:
            client.logout()
        except (OSError, IMAPClientError):
            try:
                client.shutdown()
            except (OSError, IMAPClientError):
                return

    def _open_client(self) -> IMAPClient:
        if self._client is None:
            raise MailboxUnreachable(f"The mailbox on {self._address.host} is not connected.")
        return self._client

    def _gone(self, kind: str) -> MailboxUnreachable:
        self.close()
        return MailboxUnreachable(
            f"The connection to the mail server {self._address.host}:{self._address.port} "
            f"was lost ({kind})."
        )

    def _ask(self, question: Callable[[], _T]) -> _T:
        """Ask the server; its troubles become ours, in sentences."""
        try:
            return question()
        except (OSError, IMAPClientAbortError) as error:
            raise self._gone(type(error).__name__) from None
        except IMAPClientError:
            raise MailboxRefused(
                f"The mail server {self._address.host}:{self._address.port} refuses what was "
                f"asked of the folder {self._address.folder}."
            ) from None


def _utc(when: datetime | None) -> datetime:
    """Return when the server received it; a server that says nothing is taken to mean now."""
    return when.astimezone(UTC) if when is not None else datetime.now(UTC)
