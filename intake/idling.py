"""IMAP IDLE: waiting until the server tells of mail, without asking it again and again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, Protocol

# IDLE is begun anew at least this often: long before a server's 29 minutes, and often enough to
# notice a connection that went away without a word.
TURN_SECONDS = 60.0
# The first turn is short: what arrived in the moment before it began is told when it ends.
FIRST_TURN_SECONDS = 2.0
# How long a stop may go unnoticed.
TICK_SECONDS = 0.5

Ask = Callable[[Callable[[], Any]], Any]


class Client(Protocol):
    """What idling needs of the IMAP client."""

    def idle(self) -> list[Any]:
        """Begin; return what was told before the go-ahead."""
        ...

    def idle_check(self, timeout: float) -> list[Any]:
        """Return what the server has told, after at most so many seconds.

        The first one after `idle` returns at once: it gives what came with the go-ahead.
        """
        ...

    def idle_done(self) -> tuple[bytes, list[Any]]:
        """End; return what was told meanwhile."""
        ...


def idle(
    client: Client, ask: Ask, stopping: threading.Event, *, seconds: float, turn: float
) -> None:
    """Wait until the server tells of an arrival, a stop is wanted, or the time is over.

    Args:
        client: a client with a folder selected.
        ask: puts a question to the client and makes sentences of its troubles.
        stopping: set when the process is to end.
        seconds: how long at most.
        turn: after how long IDLE is begun anew, if that is sooner than usual: some servers tell
            of mail only then.

    Raises:
        MailboxRefused: the server did not let us begin; the connection is of no more use.
        MailboxUnreachable: the connection went away.
    """
    end = time.monotonic() + seconds
    this_turn = min(FIRST_TURN_SECONDS, turn)
    while not stopping.is_set() and time.monotonic() < end:
        told = [*ask(client.idle), *ask(lambda: client.idle_check(timeout=0))]
        # Some servers greet at every start: ending the turn for it would ask in a circle.
        if not any(_is_arrival(one) for one in told):
            told = _listen(client, ask, stopping, min(time.monotonic() + this_turn, end))
        _, late = ask(client.idle_done)
        if any(_is_arrival(one) for one in [*told, *late]):
            return
        this_turn = min(TURN_SECONDS, turn)


def _listen(client: Client, ask: Ask, stopping: threading.Event, end: float) -> list[Any]:
    """Return what is told first; nothing when the turn is over."""
    while not stopping.is_set() and time.monotonic() < end:
        began = time.monotonic()
        told: list[Any] = ask(lambda: client.idle_check(timeout=TICK_SECONDS))
        # Woken by nothing is how the client shows a connection that ended; DONE will tell.
        if told or time.monotonic() - began < TICK_SECONDS / 2:
            return told
    return []


def _is_arrival(told: Any) -> bool:
    """Whether it asks for a look: a server also says that it is still there."""
    return isinstance(told, tuple) and len(told) > 1 and told[1] in (b"EXISTS", b"RECENT")
