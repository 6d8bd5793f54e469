"""Where the worker is killed: every step between the mailbox's listing and the move.

Nothing in the worker knows of this. The steps are found from outside: at the calls of the IMAP
client and of the file store, and at the statements and commits that reach the database.
"""

import os
import re
import signal
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.engine.default import DefaultDialect


class Point(StrEnum):
    """A step at which the process ends, at once and without a word."""

    LOOK_BEGUN = "look_begun"
    LISTED = "listed"
    FETCHED = "fetched"
    RAW_WRITTEN = "raw_written"
    RAW_BEFORE_COMMIT = "raw_before_commit"
    RAW_COMMITTED = "raw_committed"
    BEING_READ = "being_read"
    FEEDBACK_WRITTEN = "feedback_written"
    FILE_PUT = "file_put"
    LETTER_WRITTEN = "letter_written"
    MAIL_CLASSED = "mail_classed"
    CLASSED_BEFORE_COMMIT = "classed_before_commit"
    CLASSED_COMMITTED = "classed_committed"
    BEFORE_MOVE = "before_move"
    MOVED = "moved"
    LOOK_ENDED = "look_ended"


_WRITES = re.compile(r"\s*(INSERT INTO|UPDATE) \"?(\w+)")
_WRITTEN = {
    ("INSERT INTO", "raw_mail"): Point.RAW_WRITTEN,
    ("INSERT INTO", "feedback"): Point.FEEDBACK_WRITTEN,
    ("INSERT INTO", "outbox_letter"): Point.LETTER_WRITTEN,
    ("UPDATE", "mail"): Point.MAIL_CLASSED,
}
# Which commit it is, by what was written before it.
_COMMITS = {
    "raw_mail": (Point.RAW_BEFORE_COMMIT, Point.RAW_COMMITTED),
    "mail": (Point.CLASSED_BEFORE_COMMIT, Point.CLASSED_COMMITTED),
}


class Arming:
    """Counts the steps as they are reached and kills at the one that was chosen."""

    def __init__(self, point: Point | None, number: int) -> None:
        """Choose. With no point, nothing happens but counting.

        Args:
            point: at which step.
            number: at which time that it is reached, from 1.
        """
        self.point, self.number = point, number
        self.reached: dict[Point, int] = {}
        self._written: set[str] = set()

    def at(self, point: Point) -> None:
        """A step is reached."""
        self.reached[point] = self.reached.get(point, 0) + 1
        if point is self.point and self.reached[point] == self.number:
            os.kill(os.getpid(), signal.SIGKILL)

    def arm(self) -> None:
        """Watch the database, the mailbox, the readers and the file store of this process."""
        event.listen(Engine, "after_cursor_execute", self._on_statement)
        self._around_commit()
        # Imported late: the process that arms itself has chosen its settings by then.
        from intake import collecting, mailbox
        from intake.reading_apart import Readers
        from portal.attachments import file_store

        self._after(collecting, "begin_poll", Point.LOOK_BEGUN)
        self._after(collecting, "end_poll", Point.LOOK_ENDED)
        self._after(mailbox.ImapMailbox, "uids", Point.LISTED)
        self._after(Readers, "submit", Point.BEING_READ)
        self._after(file_store, "put", Point.FILE_PUT)
        self._before(mailbox.ImapMailbox, "file_as_done", Point.BEFORE_MOVE)
        self._after(mailbox.ImapMailbox, "file_as_done", Point.MOVED)
        self._each(mailbox.ImapMailbox, "fetch", Point.FETCHED)

    def _on_statement(self, _connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        found = _WRITES.match(statement)
        if found is None:
            return
        self._written.add(found[2])
        if (found[1], found[2]) in _WRITTEN:
            self.at(_WRITTEN[found[1], found[2]])

    def _around_commit(self) -> None:
        commit = DefaultDialect.do_commit

        def watched(dialect: DefaultDialect, connection: Any) -> None:
            written, self._written = self._written, set()
            # The raw commit writes the ledger's rows as well, so it is asked for first.
            before, after = next((_COMMITS[t] for t in _COMMITS if t in written), (None, None))
            if before is not None:
                self.at(before)
            commit(dialect, connection)
            if after is not None:
                self.at(after)

        DefaultDialect.do_commit = watched  # type: ignore[method-assign]

    def _before(self, place: Any, name: str, point: Point) -> None:
        real = getattr(place, name)

        def watched(*args: Any, **more: Any) -> Any:
            self.at(point)
            return real(*args, **more)

        setattr(place, name, watched)

    def _after(self, place: Any, name: str, point: Point) -> None:
        real: Callable[..., Any] = getattr(place, name)

        def watched(*args: Any, **more: Any) -> Any:
            given = real(*args, **more)
            self.at(point)
            return given

        setattr(place, name, watched)

    def _each(self, place: Any, name: str, point: Point) -> None:
        real: Callable[..., Any] = getattr(place, name)

        def watched(*args: Any, **more: Any) -> Any:
            for one in real(*args, **more):
                self.at(point)
                yield one

        setattr(place, name, watched)
