"""Connections to PostgreSQL that keep what was prepared on them.

A page's questions are long, and PostgreSQL takes longer to plan most of them than to answer them.
The driver prepares what is asked often, so that it is planned once; but it forgets all of it at
each ROLLBACK, and a page that only reads ends with one. Where nothing was written, COMMIT and
ROLLBACK leave the same behind, and after COMMIT what was prepared stays.
"""

from collections.abc import Iterator, Sequence
from time import monotonic
from typing import Any

import psycopg
from psycopg import _queries
from psycopg.pq import TransactionStatus
from sqlalchemy import event, exc
from sqlalchemy.engine import Connection, Engine

# More than the questions of all pages that are opened often; each takes some kilobytes there.
KEPT = 400
# A connection that was used so many seconds ago is there still. One that lay longer is asked: the
# server may have ended it. A page takes its connection three times within milliseconds.
TAKEN_AS_THERE = 1.0
_USED_AT = "heard_used_at"
_READS = "SELECT"
# The driver keeps how it has read a question only up to this many bytes. It means to spare those
# that are put together anew each time; ours are longer and stay the same.
LONGEST_READ_ONCE = 16_384


class Columns(Sequence[psycopg.Column]):
    """What a cursor says of the columns of its answer, made when it is asked for. SQLAlchemy asks
    once for each statement that it keeps; the driver makes it for each answer."""

    def __init__(self, cursor: psycopg.Cursor[Any], number: int) -> None:
        self._cursor, self._number = cursor, number

    def __len__(self) -> int:
        return self._number

    def __getitem__(self, at: Any) -> Any:
        return [psycopg.Column(self._cursor, each) for each in range(self._number)][at]

    def __iter__(self) -> Iterator[psycopg.Column]:
        return iter(self[:])


class Cursor(psycopg.Cursor[Any]):
    """The driver's cursor, which says of its columns only what is asked."""

    @property
    def description(self) -> Any:
        """The columns of the answer; None where there is none."""
        answer = self.pgresult
        if answer is None or not answer.nfields:
            return super().description
        return Columns(self, answer.nfields)


class Prepared(psycopg.Connection[Any]):
    """A connection that ends a transaction in which nothing was written by COMMIT."""

    only_read = False

    def rollback(self) -> None:
        """End the transaction: undo it, unless there is nothing to undo."""
        if self.only_read and self.info.transaction_status == TransactionStatus.INTRANS:
            self.commit()
        else:
            super().rollback()


def keep_prepared(engine: Engine) -> None:
    """Let an engine open such connections, and tell each what is done on it.

    Args:
        engine: one for PostgreSQL with psycopg.
    """
    # Nothing public sets it. Where a driver no longer asks for it, it harms nothing.
    _queries.MAX_CACHED_STATEMENT_LENGTH = LONGEST_READ_ONCE
    event.listen(engine, "do_connect", _connect)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "before_cursor_execute", _note)


def ask_what_lay(engine: Engine) -> None:
    """Replace connections that the server has ended, before anything is asked on them.

    Args:
        engine: one whose pool does not ask at each checkout.
    """

    def taken(connection: Any, record: Any, _proxy: Any) -> None:
        if monotonic() - record.info.get(_USED_AT, -TAKEN_AS_THERE) < TAKEN_AS_THERE:
            return
        try:
            engine.dialect.do_ping(connection)
        except psycopg.Error as gone:
            # Those of the same age have gone with it.
            raise exc.InvalidatePoolError("The server has ended this connection.") from gone

    def given_back(_connection: Any, record: Any) -> None:
        record.info[_USED_AT] = monotonic()

    event.listen(engine, "checkout", taken)
    event.listen(engine, "checkin", given_back)


def _connect(_dialect: Any, _record: Any, given: Any, named: dict[str, Any]) -> Prepared:
    connection = Prepared.connect(*given, **named)
    connection.prepared_max = KEPT
    connection.cursor_factory = Cursor
    return connection


def _begin(connection: Connection) -> None:
    driver = connection.connection.driver_connection
    if isinstance(driver, Prepared):
        driver.only_read = True


def _note(_connection: Connection, cursor: Any, statement: str, *_rest: Any) -> None:
    # What merely looks like a write is undone as before: that costs time and harms nothing.
    if not statement.startswith(_READS):
        cursor.connection.only_read = False
