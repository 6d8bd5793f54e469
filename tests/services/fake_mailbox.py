"""A mailbox in memory; the checks of `tests/verification` hold it equal to a real server."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from intake.mailbox import Fetched
from intake.mailbox_errors import MailboxRefused, MailboxRenumbered, MailboxUnreachable


class FakeMailbox:
    """Keeps messages by UID; can refuse, be unreachable, or go away after some messages."""

    def __init__(self, name: str = "feedback@fake:993/INBOX") -> None:
        """Make an empty mailbox that lets us in."""
        self.name = name
        self.uid_validity = 1
        self.inbox: dict[int, Fetched] = {}
        self.done: dict[int, Fetched] = {}
        self.refuses = False
        self.unreachable = False
        self.lost_after: int | None = None
        self.connections = 0
        # As the server has it now, and under which the caller listed.
        self._validity_there = 1
        self._listed_under: int | None = None
        self._arrived = threading.Event()
        self._next_uid = 1
        self._open = False

    def deliver(self, raw: bytes, *, received: datetime | None = None) -> int:
        """Put a message into the mailbox; returns its UID."""
        uid, self._next_uid = self._next_uid, self._next_uid + 1
        self.inbox[uid] = Fetched(uid, raw, received or datetime.now(UTC), len(raw))
        self._arrived.set()
        return uid

    def renumber(self) -> None:
        """Give all messages new UIDs under a new UIDVALIDITY, as a rebuilt server does."""
        messages = list(self.inbox.values())
        self.inbox.clear()
        self._validity_there += 1
        self._next_uid = 1
        for one in messages:
            self.deliver(one.raw, received=one.internal_date)

    def connect(self) -> None:
        """Enter, unless told to refuse or to be unreachable."""
        if self.unreachable:
            raise MailboxUnreachable("The mail server fake:993 cannot be reached (fake).")
        if self.refuses:
            raise MailboxRefused(
                "The mail server fake:993 refuses the user name or password of the mailbox."
            )
        self.connections += 1
        self.uid_validity = self._validity_there
        self._open = True

    def uids(self) -> list[int]:
        """Return the UIDs, oldest first."""
        self._check()
        self._listed_under = self.uid_validity
        self._arrived.clear()
        return sorted(self.inbox)

    def fetch(self, uids: Sequence[int]) -> Iterator[Fetched]:
        """Give the messages in that order; what has gone is left out."""
        self._check()
        self._check_numbering(self.uid_validity)
        return self._fetch(uids)

    def _fetch(self, uids: Sequence[int]) -> Iterator[Fetched]:
        for uid in uids:
            if self.lost_after is not None:
                if self.lost_after == 0:
                    self.lost_after, self._open = None, False
                    self._check()
                else:
                    self.lost_after -= 1
            if uid in self.inbox:
                yield self.inbox[uid]

    def file_as_done(self, uids: Sequence[int]) -> None:
        """Move messages to what is done."""
        self._check()
        self._check_numbering(self.uid_validity)
        if not uids:
            return
        if self._validity_there != self.uid_validity:
            self._open = False
        self._check_numbering(self._validity_there)
        for uid in uids:
            if uid in self.inbox:
                self.done[uid] = self.inbox.pop(uid)

    def wait(self, stopping: threading.Event, seconds: float) -> None:
        """Wait for the next delivery, at most so long; a stop is seen when the wait ends."""
        if not stopping.is_set():
            self._arrived.wait(seconds)

    def cut(self) -> None:
        """End a wait."""
        self._open = False
        self._arrived.set()

    def close(self) -> None:
        """Leave."""
        self._open = False

    def _check(self) -> None:
        if self.unreachable or not self._open:
            self._open = False
            raise MailboxUnreachable("The connection to the mail server fake:993 was lost (fake).")

    def _check_numbering(self, validity: int) -> None:
        if self._listed_under not in (None, validity):
            raise MailboxRenumbered("INBOX", "fake")
