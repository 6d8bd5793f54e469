"""Empty databases for trials, made by the migrations once and copied for each."""

import sqlite3
from pathlib import Path

import flask_migrate

from portal.db import db
from tests.conftest import app_for, settings_for


def migrate(folder: Path, url: str) -> None:
    """Make the tables.

    Args:
        folder: for whatever the installation keeps beside its database.
        url: the database.
    """
    made = app_for(settings_for(folder, DATABASE_URL=url))
    with made.app_context():
        flask_migrate.upgrade()
        db.engine.dispose()


def migrated_sqlite(folder: Path) -> Path:
    """A migrated SQLite file that may be copied: one file, with nothing in a log beside it."""
    path = folder / "template.db"
    migrate(folder, f"sqlite:///{path}")
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path
