"""Connections to PostgreSQL that keep what was prepared on them.

A page's questions are long, and PostgreSQL takes longer to plan most of them than to answer them.
The driver prepares what is asked often, so that it is planned once; but it forgets all of it at
each ROLLBACK, and a page that only reads ends with one. Where nothing was written, COMMIT and
ROLLBACK leave the same behind, and after COMMIT what was prepared stays.
"""

from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

# More than the questions of all pages that are opened often; each takes some kilobytes there.
KEPT = 400
_READS = "SELECT"


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
    event.listen(engine, "do_connect", _connect)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "before_cursor_execute", _note)


def _connect(_dialect: Any, _record: Any, given: Any, named: dict[str, Any]) -> Prepared:
    connection = Prepared.connect(*given, **named)
    connection.prepared_max = KEPT
    return connection


def _begin(connection: Connection) -> None:
    driver = connection.connection.driver_connection
    if isinstance(driver, Prepared):
        driver.only_read = True


def _note(_connection: Connection, cursor: Any, statement: str, *_rest: Any) -> None:
    # What merely looks like a write is undone as before: that costs time and harms nothing.
    if not statement.startswith(_READS):
        cursor.connection.only_read = False
