"""Connections to PostgreSQL that begin a transaction with the first write, and keep what was
prepared on them.

Each statement sees what was committed before it (READ COMMITTED), inside a transaction or out of
it. So what only reads needs none: BEGIN and its end are two more ways to the server each time a
page takes its connection. And the driver, which prepares what is asked often so that it is planned
once, forgets all of it at a ROLLBACK, with which each page that only reads would end.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from time import monotonic
from typing import Any

import psycopg
from psycopg import _queries
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from sqlalchemy import event, exc
from sqlalchemy.engine import Connection, Engine

# More than the questions of all pages that are opened often; each takes some kilobytes there.
KEPT = 400
# A connection that was used so many seconds ago is there still. One that lay longer is asked: the
# server may have ended it. A page takes its connection three times within milliseconds.
TAKEN_AS_THERE = 1.0
_USED_AT = "heard_used_at"
# For a question that is planned once for all values, whatever they are: it looks up by keys.
PLANNED_ONCE = {"heard_planned_once": True}
_PLANNED_ONCE = b"SET LOCAL plan_cache_mode = force_generic_plan"
# Questions that leave something behind until the transaction ends: locks, and settings.
_HOLDS = re.compile(r"\bFOR (?:NO KEY |KEY )?(?:UPDATE|SHARE)\b|\bpg_\w*advisory|\bset_config\b")
# The driver keeps how it has read a question only up to this many bytes. It means to spare those
# that are put together anew each time; ours are longer and stay the same.
LONGEST_READ_ONCE = 16_384
# And only up to this many values; those of a sent form are 130.
MOST_VALUES = 400


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


def keep_prepared(engine: Engine) -> None:
    """Let an engine open such connections, and begin a transaction on them where one is needed.

    Args:
        engine: one for PostgreSQL with psycopg.
    """
    # Nothing public sets them. Where a driver no longer asks for them, they harm nothing.
    _queries.MAX_CACHED_STATEMENT_LENGTH = LONGEST_READ_ONCE
    _queries.MAX_CACHED_STATEMENT_PARAMS = MOST_VALUES
    event.listen(engine, "do_connect", _connect)
    event.listen(engine, "before_cursor_execute", _begin)
    event.listen(engine, "after_cursor_execute", _end_reading)


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


def _connect(
    _dialect: Any, _record: Any, given: Any, named: dict[str, Any]
) -> psycopg.Connection[Any]:
    connection = psycopg.Connection.connect(*given, autocommit=True, **named)
    connection.prepared_max = KEPT
    connection.cursor_factory = Cursor
    return connection


def _begin(
    connection: Connection, cursor: Any, statement: str, _values: Any, context: Any, _many: bool
) -> None:
    server = cursor.connection.pgconn
    if context is not None and PLANNED_ONCE.items() <= context.execution_options.items():
        alone = server.transaction_status == TransactionStatus.IDLE
        context.heard_read_alone = alone
        _say(server, b"BEGIN; " + _PLANNED_ONCE if alone else _PLANNED_ONCE)
    elif (
        server.transaction_status == TransactionStatus.IDLE
        and cursor.connection.autocommit
        # Whoever asked for none (VACUUM) gets none.
        and connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT"
        # What is fetched by and by is fetched within one transaction.
        and (isinstance(cursor, psycopg.ServerCursor) or not _reads(statement))
    ):
        _say(server, b"BEGIN")


def _end_reading(
    _connection: Connection, cursor: Any, _statement: str, _values: Any, context: Any, _many: bool
) -> None:
    if getattr(context, "heard_read_alone", False):
        _say(cursor.connection.pgconn, b"COMMIT")


@lru_cache(maxsize=1_024)
def _reads(statement: str) -> bool:
    # What merely looks like a write begins a transaction, too: that costs time and harms nothing.
    return statement.startswith("SELECT") and not _HOLDS.search(statement)


def _say(server: Any, words: bytes) -> None:
    """Past the driver's cursor, which would take them for a question."""
    answer = server.exec_(words)
    # Where the server has gone the question itself fails next, and SQLAlchemy sees why.
    if answer.status != ExecStatus.COMMAND_OK and server.status != ConnStatus.BAD:
        raise psycopg.OperationalError(answer.error_message())
