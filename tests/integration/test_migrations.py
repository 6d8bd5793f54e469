"""Migrations on both databases: every table filled, down and up again, nothing lost."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import flask_migrate
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from portal.db import db
from tests.conftest import app_for, settings_for


def sample(column: sa.Column[Any]) -> Any:
    """A value that a column takes: the same key everywhere, so that foreign keys hold."""
    kind = column.type
    if column.primary_key or column.foreign_keys:
        return 1 if isinstance(kind, sa.Integer) else "x"
    if isinstance(kind, sa.Integer):
        return 1
    if isinstance(kind, sa.Boolean):
        return True
    if isinstance(kind, sa.DateTime):
        return datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    if isinstance(kind, sa.Date):
        return date(2026, 7, 1)
    if isinstance(kind, sa.LargeBinary):
        return b"\x00words"
    if isinstance(kind, sa.JSON):
        return ["kept"]
    return "x"


def reflected() -> sa.MetaData:
    found = sa.MetaData()
    found.reflect(db.engine)
    return found


def fill_every_table() -> dict[str, int]:
    tables = reflected()
    with db.engine.begin() as connection:
        for table in tables.sorted_tables:
            if table.name != "alembic_version":
                connection.execute(table.insert(), {c.name: sample(c) for c in table.columns})
    return counts()


def counts() -> dict[str, int]:
    with db.engine.connect() as connection:
        return {
            table.name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in reflected().sorted_tables
        }


def test_the_migrations_make_what_the_records_say(database_url: str, tmp_path: Path) -> None:
    app = app_for(settings_for(tmp_path, DATABASE_URL=database_url))
    with app.app_context(), db.engine.connect() as connection:
        ours = {"Enum", "PrivateText", "PrivateBytes", "Instant"}
        compared = MigrationContext.configure(
            connection,
            opts={"compare_type": lambda *of: False if type(of[4]).__name__ in ours else None},
        )
        assert compare_metadata(compared, db.metadata) == []
    with app.app_context():
        db.engine.dispose()


def test_every_table_filled_goes_down_and_up(database_url: str, tmp_path: Path) -> None:
    app = app_for(settings_for(tmp_path, DATABASE_URL=database_url))
    with app.app_context():
        filled = fill_every_table()
        assert len(filled) > 15
        assert all(count == 1 for count in filled.values())
        flask_migrate.downgrade(revision="base")
        assert set(reflected().tables) == {"alembic_version"}
        flask_migrate.upgrade()
        assert set(fill_every_table()) == set(filled)
        db.engine.dispose()
