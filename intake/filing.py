"""Filing: messages that have been kept are moved to the folder of what is done, and no others."""

from __future__ import annotations

from collections.abc import Sequence

from intake.connection import Connection
from intake.fetched import BATCH_MESSAGES
from intake.mailbox_errors import MailboxRefused, MailboxRenumbered
from intake.mailbox_url import MailboxAddress


class Filing:
    """The folder of what is done, as one connection sees it."""

    def __init__(self, connection: Connection, address: MailboxAddress, name: str) -> None:
        """Remember where to; the folder is looked for when the first message is filed.

        Args:
            connection: a folder of it is entered.
            address: which folder.
            name: what the folder of what is done is called, beside or below the others.
        """
        self._connection = connection
        self._address = address
        self._name = name
        self._folder: str | None = None

    def file(self, uids: Sequence[int], validity: int) -> None:
        """Move messages; what is no longer there is passed over.

        Args:
            uids: which.
            validity: the numbering under which these are their UIDs.

        Raises:
            MailboxRefused: the server does not allow it.
            MailboxRenumbered: the UIDs mean other messages by now; nothing more was moved.
            MailboxUnreachable: the connection went away.
        """
        left = self._left(uids, validity)
        if left and self._folder is None:
            self._folder = self._connection.folder_beside(self._name)
            self._connection.make_folder(self._folder)
        for start in range(0, len(left), BATCH_MESSAGES):
            self._move(left[start : start + BATCH_MESSAGES], self._folder or self._name, validity)

    def _left(self, uids: Sequence[int], validity: int) -> list[int]:
        """Make sure of the numbers, and see which messages somebody has not moved already.

        The folder is entered anew: from here on the server must keep its numbers or end the
        session. A server would copy a message once more that another session is just moving.
        """
        try:
            now, _ = self._connection.select()
        except MailboxRefused:
            # A folder that is being rebuilt: it was there when we came.
            now = 0
        if now != validity:
            raise self._renumbered()
        there = set(self._connection.uids())
        return [uid for uid in uids if uid in there]

    def _move(self, uids: list[int], folder: str, validity: int) -> None:
        try:
            self._connection.move(uids, folder)
        except MailboxRefused as refused:
            if refused.code == "OVERQUOTA":
                raise MailboxRefused(
                    f"The mailbox {self._address.name} is full: what has been taken in cannot be "
                    f"moved to {folder}. It stays where it is and is not taken in twice. Make "
                    "room.",
                    refused.code,
                ) from None
            # Some servers refuse all when one has gone, or when the folder has.
            left = self._left(uids, validity)
            if refused.code == "TRYCREATE":
                self._connection.make_folder(folder)
            if left:
                self._move_again(left, folder)

    def _move_again(self, uids: list[int], folder: str) -> None:
        try:
            self._connection.move(uids, folder)
        except MailboxRefused as refused:
            if refused.code != "EXPUNGEISSUED":
                raise
            # The server shows messages that it says are gone: a new session will know better.
            raise self._renumbered() from None

    def _renumbered(self) -> MailboxRenumbered:
        return MailboxRenumbered(self._address.folder, self._address.host)
