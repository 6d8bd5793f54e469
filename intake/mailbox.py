"""A mailbox: what collecting needs of one, and one on an IMAP server.

It reads without marking anything as read, and moves away only what it is told has been kept.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

from intake.connection import Connection, open_connection
from intake.fetched import Fetched, batches, fetch_batch
from intake.fetching_ahead import FetchAhead
from intake.filing import Filing
from intake.mailbox_errors import (
    MailboxError,
    MailboxRefused,
    MailboxRenumbered,
    MailboxUnreachable,
    SignInRefused,
)
from intake.mailbox_url import MailboxAddress
from intake.tokens import TokenSource

__all__ = ["Fetched", "ImapMailbox", "Mailbox"]

DONE_FOLDER = "Processed"
Turn = Callable[[], AbstractContextManager[None]]
TIMEOUT_SECONDS = 30.0
# A look is due this often even where the server says by IDLE that nothing has come.
FULL_LOOK_SECONDS = 300.0


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

    def wait(self, stopping: threading.Event, seconds: float) -> None:
        """Wait for the next look: for mail where the server tells of it, else so many seconds."""
        ...

    def cut(self) -> None:
        """End a command that waits for the server; called from another thread."""
        ...

    def close(self) -> None:
        """Leave; never raises."""
        ...


class ImapMailbox:
    """A mailbox on an IMAP server. One thread uses it; `cut` alone may come from another."""

    def __init__(
        self,
        address: MailboxAddress,
        *,
        ca_file: str | None = None,
        timeout: float = TIMEOUT_SECONDS,
        done_folder: str = DONE_FOLDER,
        turn: Turn = nullcontext,
    ) -> None:
        """Remember where the mailbox is; nothing is opened before `connect`.

        Args:
            address: where it is and how to enter it.
            ca_file: a file of certificates to trust in place of the system's.
            timeout: seconds that the server may be silent.
            done_folder: where `file_as_done` moves to.
            turn: entered around each filing, where several workers read this mailbox.
        """
        self._address = address
        self._ca_file = ca_file
        self._timeout = timeout
        self._done_folder = done_folder
        self._turn = turn
        self._tokens = (
            TokenSource(address.tokens, timeout=timeout) if address.tokens is not None else None
        )
        self._connection: Connection | None = None
        self._filing: Filing | None = None
        self._uid_validity = 0
        # Under which numbering the caller's UIDs were listed, and up to which UID.
        self._listed_under: int | None = None
        self._looked_up_to = 0

    @property
    def name(self) -> str:
        """What tells this mailbox from others, without its password."""
        return self._address.name

    @property
    def uid_validity(self) -> int:
        """The number under which the folder's UIDs hold, as of the last `connect`."""
        return self._uid_validity

    def connect(self) -> None:
        """Enter the folder, on the open connection where it still lives, else on a new one.

        Raises:
            MailboxRefused: wrong user, password or token, or no such folder.
            MailboxUnreachable: no server, no trusted certificate, or no answer in time.
        """
        if self._connection is not None and self._connection.is_open:
            try:
                self._select(self._connection)
                return
            except MailboxError:
                # Whatever it is, a new connection tells whether it lasts.
                self.close()
        self.close()
        self._connection = self._open()
        self._select(self._connection)

    def _open(self) -> Connection:
        if self._tokens is None:
            return self._open_with(None)
        kept = self._tokens.has_kept()
        try:
            return self._open_with(self._tokens.token())
        except SignInRefused:
            self._tokens.forget()
            if not kept:
                raise
        # A kept token may have been withdrawn early: one new one is tried, once.
        try:
            return self._open_with(self._tokens.token())
        except SignInRefused:
            self._tokens.forget()
            raise

    def _open_with(self, token: str | None) -> Connection:
        return open_connection(self._address, token, ca_file=self._ca_file, timeout=self._timeout)

    def _select(self, connection: Connection) -> None:
        self._uid_validity, next_uid = connection.select()
        self._looked_up_to = max(next_uid - 1, 0)

    def uids(self) -> list[int]:
        """Return the UIDs of what is there and not marked as deleted, oldest first."""
        found = self._connected().uids()
        self._listed_under = self._uid_validity
        self._looked_up_to = max([self._looked_up_to, *found])
        return found

    def fetch(self, uids: Sequence[int]) -> Iterator[Fetched]:
        """Give the messages in that order and mark nothing as read.

        The next messages are fetched in the background while the caller works on one; the caller
        may file what is done meanwhile.

        Args:
            uids: which; what has gone meanwhile is left out.

        Raises:
            MailboxUnreachable: the connection went away; what was given before is good.
        """
        connection = self._connected()
        self._check_numbering()
        if not uids:
            return iter(())
        return FetchAhead(
            lambda: batches(connection, uids), lambda batch: fetch_batch(connection, batch)
        ).messages()

    def file_as_done(self, uids: Sequence[int]) -> None:
        """Move messages to the folder of what is done; it is made where it is missing.

        Args:
            uids: which, as last listed; what has gone meanwhile is no error.

        Raises:
            MailboxRefused: the server does not allow it, for instance because the mailbox is full.
            MailboxRenumbered: the UIDs mean other messages by now; nothing was moved.
            MailboxUnreachable: the connection went away; the same call may be made again.
        """
        connection = self._connected()
        self._check_numbering()
        if not uids:
            return
        if self._filing is None:
            self._filing = Filing(connection, self._address, self._done_folder)
        try:
            with self._turn():
                self._filing.file(uids, self._uid_validity)
        except MailboxRenumbered:
            self.close()
            raise

    def wait(self, stopping: threading.Event, seconds: float) -> None:
        """Wait for the next look, after one that ended well.

        Args:
            stopping: ends the wait.
            seconds: how long where the server has no IDLE, or does not tell of mail by it.

        Raises:
            MailboxUnreachable: the connection went away meanwhile.
        """
        connection = self._connection
        if connection is None or not connection.is_open or not connection.offers("IDLE"):
            stopping.wait(seconds)
            return
        # Entered anew: IDLE tells only of what comes after this, and this shows what came before.
        try:
            validity, next_uid = connection.select()
        except MailboxRefused:
            return
        if validity != self._uid_validity or next_uid > self._looked_up_to + 1:
            return
        if not connection.idle(stopping, seconds=FULL_LOOK_SECONDS, turn=seconds):
            stopping.wait(seconds)

    def cut(self) -> None:
        """End a command that waits for the server; called from another thread."""
        if self._connection is not None:
            self._connection.cut()

    def close(self) -> None:
        """Leave; never raises."""
        connection, self._connection, self._filing = self._connection, None, None
        if connection is not None:
            connection.close()

    def _connected(self) -> Connection:
        if self._connection is None:
            raise MailboxUnreachable(f"The mailbox on {self._address.host} is not connected.")
        return self._connection

    def _check_numbering(self) -> None:
        if self._listed_under not in (None, self._uid_validity):
            raise MailboxRenumbered(self._address.folder, self._address.host)
