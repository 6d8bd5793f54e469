"""The IMAP client, listening as it must: what a server says around the start of IDLE is heard.

The library begins IDLE by reading one line, and then waits for the socket. What came in the same
packet is in a buffer by then, and the socket stays still: a message that arrived in that moment
waited a whole turn. What came before the go-ahead was taken for a refusal.
"""

from __future__ import annotations

from typing import Any

from imapclient import IMAPClient  # noqa: TID251 - the client of intake/connection.py
from imapclient.imapclient import _parse_untagged_response  # noqa: TID251


class ListeningClient(IMAPClient):  # type: ignore[misc]  # the library has no types
    """A client whose `idle` and first `idle_check` miss nothing."""

    _may_hold_lines = False

    def idle(self) -> list[Any]:
        """Begin IDLE.

        Returns:
            What the server told before its go-ahead, as `idle_check` does.

        Raises:
            IMAPClientError: the server does not let us begin.
        """
        self._idle_tag = self._imap._command("IDLE")
        told: list[Any] = []
        while (line := self._imap._get_response()) is not None:
            if self._imap.tagged_commands[self._idle_tag]:
                # An answer in place of a go-ahead: NO or BAD with the reason, or an end at once.
                self._checkok("IDLE", *self._imap.tagged_commands.pop(self._idle_tag))
                raise self.Error("IDLE ended before it began")
            told.append(_parse_untagged_response(line))
        self._may_hold_lines = True
        return told

    def _poll_socket(self, sock: Any, timeout: float | None = None) -> Any:
        # Asked by `idle_check` before it reads. After a start it reads without being asked to:
        # the socket does not know what the buffer holds.
        if self._may_hold_lines:
            self._may_hold_lines = False
            return True
        return super()._poll_socket(sock, timeout)
