"""The database: one declarative base, one session per request or act, both engines set up alike."""

import enum
import sqlite3
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.orm import DeclarativeBase, registry

from portal.columns import Instant
from portal.prepared import ask_what_lay, keep_prepared

# Names that stay the same on both databases, so that a migration can drop what another made.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
SQLITE_SETTINGS = (
    "journal_mode=WAL",
    # FULL: an e-mail is moved away once its commit is done, and a power cut must not undo that.
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=15000",
)
POSTGRESQL_SETTINGS = (
    # What is fetched by and by is fetched to its end. PostgreSQL plans a cursor for its first
    # tenth, and reads a year of cases by loops within loops: hours, where it should be seconds.
    "cursor_tuple_fraction=1",
    # The questions of pages take milliseconds; compiling one to machine code takes a second.
    "jit=off",
    # What is asked for lies in memory or on a disk without heads, where a page out of order costs
    # what the next one costs. By its own guess PostgreSQL reads through all there is in order.
    "random_page_cost=1.1",
    # Beside eight officers another process of one question only takes the turn of a page.
    "max_parallel_workers_per_gather=0",
)
WRITES = "heard_writes"


def _values(kinds: type[enum.Enum]) -> list[str]:
    return [str(kind.value) for kind in kinds]


_registry = registry(
    metadata=sa.MetaData(naming_convention=NAMES),
    type_annotation_map={
        datetime: Instant,
        date: sa.Date,
        # A new kind is one more line of code and no migration.
        enum.StrEnum: sa.Enum(
            enum.StrEnum,
            native_enum=False,
            create_constraint=False,
            length=64,
            values_callable=_values,
        ),
        dict[str, Any]: sa.JSON,
        list[str]: sa.JSON,
    },
)


class Record(DeclarativeBase):
    """A row. Records hold typed columns and nothing that loads, sends or renders."""

    # Given whole, because Flask-SQLAlchemy copies this class's body into a base of its own.
    registry = _registry


db = SQLAlchemy(model_class=Record, disable_autonaming=True)


def init_database(app: Flask, url: str) -> None:
    """Give the application its database and make each connection of it alike.

    Args:
        app: the application.
        url: an SQLAlchemy URL for SQLite or PostgreSQL.
    """
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    options: dict[str, Any] = {}
    if url.startswith("sqlite"):
        options["connect_args"] = {"timeout": 15}
    else:
        options["connect_args"] = {"connect_timeout": 5, "options": _settings_beside(url)}
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _prepare_sqlite(db.engine)
        else:
            keep_prepared(db.engine)
            ask_what_lay(db.engine)


def _settings_beside(url: str) -> str:
    """Our settings, then what the address itself says, which wins."""
    ours = " ".join(f"-c {setting}" for setting in POSTGRESQL_SETTINGS)
    theirs = make_url(url).query.get("options", ())
    return " ".join([ours, *([theirs] if isinstance(theirs, str) else theirs)])


def _prepare_sqlite(engine: Engine) -> None:
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)


def _on_connect(connection: sqlite3.Connection, _record: object) -> None:
    # SQLAlchemy, not sqlite3, says BEGIN: the driver's own begins too late to be IMMEDIATE.
    connection.isolation_level = None
    for setting in SQLITE_SETTINGS:
        connection.execute(f"PRAGMA {setting}").close()


def _on_begin(connection: Connection) -> None:
    # A plain BEGIN that later writes fails at once with "database is locked", whatever the
    # timeout; a reader that said IMMEDIATE would queue behind writers. So each says which it is.
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
