"""One worker at a time files the messages of a mailbox: two at once would leave two copies.

Two sessions that move the same message at the same moment may both copy it before either removes
it. The workers of one installation share its database, so they take turns there.
"""

from __future__ import annotations

import fcntl
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import structlog
from flask import Flask
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import DBAPIError

from portal.db import db

log = structlog.get_logger()

# The first half of the locks' names in PostgreSQL: any number that nothing else of ours uses.
FILING = 6_402
# A worker whose server hangs keeps its turn; then a second copy is the lesser evil.
LONGEST_WAIT_SECONDS = 40.0
SECONDS_BETWEEN_TRIES = 0.1


@contextmanager
def filing_turn(app: Flask, mailbox: str) -> Iterator[None]:
    """Wait for this worker's turn to file; it ends with the block, or with the process.

    Args:
        app: the application.
        mailbox: its name.

    Raises:
        DBAPIError: the database is away; nothing was filed.
    """
    with app.app_context():
        engine = db.engine
    number = zlib.crc32(mailbox.encode())
    on_postgresql = engine.dialect.name == "postgresql"
    with _in_postgresql(engine, number) if on_postgresql else _beside_sqlite(engine, number):
        yield


@contextmanager
def _in_postgresql(engine: Engine, number: int) -> Iterator[None]:
    # The lock belongs to the connection, and outlives the statements that ask for it.
    names = (FILING, number - 2**31)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        taken = _wait(
            lambda: bool(connection.scalar(select(func.pg_try_advisory_lock(*names)))), number
        )
        try:
            yield
        finally:
            if taken:
                with suppress(DBAPIError):
                    connection.execute(select(func.pg_advisory_unlock(*names)))


@contextmanager
def _beside_sqlite(engine: Engine, number: int) -> Iterator[None]:
    database = engine.url.database
    if not database or database == ":memory:":
        # In memory there is no second worker.
        yield
        return
    place = Path(database).with_name(f"filing-{number:08x}.lock")
    with place.open("w") as file:

        def take() -> bool:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

        _wait(take, number)
        yield


def _wait(take: Callable[[], bool], number: int) -> bool:
    end = time.monotonic() + LONGEST_WAIT_SECONDS
    while not take():
        if time.monotonic() > end:
            log.warning("filing_out_of_turn", mailbox_number=number)
            return False
        time.sleep(SECONDS_BETWEEN_TRIES)
    return True
