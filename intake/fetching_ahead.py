"""Fetching ahead: a thread brings the next messages while the last ones are being read."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

from intake.fetched import Batch

_T = TypeVar("_T")

# At most so many batches, and so many bytes, wait to be read. One large message may wait alone.
AHEAD_BATCHES = 2
AHEAD_BYTES = 16 * 1024 * 1024


class FetchAhead(Generic[_T]):
    """Batches fetched in the background, given one message at a time, in order."""

    def __init__(
        self,
        batches: Callable[[], Iterable[Batch]],
        fetch: Callable[[list[int]], list[_T]],
        *,
        ahead_bytes: int = AHEAD_BYTES,
    ) -> None:
        """Remember how; `messages` begins.

        Args:
            batches: cuts the work up; it may ask the server too, and runs in the thread.
            fetch: fetches one batch, in the thread.
            ahead_bytes: how many bytes may wait to be read.
        """
        self._batches = batches
        self._fetch = fetch
        self._ahead_bytes = ahead_bytes
        self._changed = threading.Condition()
        self._waiting: deque[tuple[list[_T], int]] = deque()
        self._bytes = 0
        self._over = False
        self._abandoned = False
        self._failure: BaseException | None = None

    def messages(self) -> Iterator[_T]:
        """Give every message; ending early ends the thread too.

        Raises:
            Whatever fetching raised, after what was fetched before it.
        """
        thread = threading.Thread(target=self._run, name="fetch-ahead", daemon=True)
        thread.start()
        try:
            while (batch := self._next()) is not None:
                # What has been given is let go at once: memory does not hold a whole batch twice.
                batch.reverse()
                while batch:
                    yield batch.pop()
        finally:
            with self._changed:
                self._abandoned = True
                self._waiting.clear()
                self._changed.notify_all()
            thread.join()

    def _next(self) -> list[_T] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._over)
            if self._waiting:
                batch, size = self._waiting.popleft()
                self._bytes -= size
                self._changed.notify_all()
                return batch
            if self._failure is not None:
                raise self._failure
            return None

    def _run(self) -> None:
        try:
            for batch in self._batches():
                if not self._wait_for_room(batch.size):
                    return
                fetched = self._fetch(batch.uids)
                with self._changed:
                    self._waiting.append((fetched, batch.size))
                    self._changed.notify_all()
        except BaseException as failure:
            # It is raised where the messages are read, not lost in a thread.
            self._failure = failure
        finally:
            with self._changed:
                self._over = True
                self._changed.notify_all()

    def _wait_for_room(self, size: int) -> bool:
        """Wait until a batch may be fetched; False when nobody wants it any more."""

        def room() -> bool:
            fits = self._bytes + size <= self._ahead_bytes and len(self._waiting) < AHEAD_BATCHES
            return self._abandoned or fits or not self._waiting

        with self._changed:
            self._changed.wait_for(room)
            self._bytes += size
            return not self._abandoned
