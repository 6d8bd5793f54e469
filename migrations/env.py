"""How migrations run: in one transaction, on both databases, with keys checked before commit."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection, inspect

from portal.columns import Instant, PrivateBytes, PrivateText
from portal.db import WRITES, db
from portal.records import find_triggers


class BrokenKeys(Exception):
    """A migration left rows that point at nothing; it was rolled back."""


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """Write our column types as what they are in the database, so that a migration of today does
    not change when the code does."""
    if kind != "type":
        return False
    if isinstance(item, PrivateText | PrivateBytes):
        return "sa.LargeBinary()"
    if isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if type(item).__name__ == "Enum":
        return "sa.String(length=64)"
    return False


def same_type(_context: object, _inspected: object, _column: object, _db: object, ours: object):
    """Our enums are plain text of one length: a new kind is no migration."""
    return False if type(ours).__name__ in ("Enum", "PrivateText", "PrivateBytes") else None


def run(connection: Connection) -> None:
    """Run on an open connection."""
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        # Off before the transaction begins: SQLite changes a table by copying and dropping it,
        # and dropping a parent with keys on silently deletes its children.
        driver = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            # A table that is changed is copied and dropped, and its triggers with it.
            if sqlite:
                _execute(connection, find_triggers.taken_away("sqlite"))
            # Told of the open transaction, Alembic leaves it to us: what follows belongs to it.
            context.configure(
                connection=connection,
                target_metadata=db.metadata,
                render_as_batch=True,
                compare_type=same_type,
                render_item=render_item,
                include_name=lambda name, _kind, _parents: not find_triggers.is_ours(name),
                transaction_per_migration=False,
            )
            context.run_migrations()
            there = inspect(connection).get_table_names()
            if sqlite and "find_entry" in there:
                _execute(connection, find_triggers.put_on("sqlite", there))
            if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise BrokenKeys("A migration would leave rows that point at nothing.")
    finally:
        if sqlite:
            driver.execute("PRAGMA foreign_keys=ON")


def _execute(connection: Connection, statements: list[str]) -> None:
    for statement in statements:
        connection.exec_driver_sql(statement)


engine = current_app.extensions["migrate"].db.engine
with engine.connect().execution_options(**{WRITES: True}) as open_connection:
    run(open_connection)
