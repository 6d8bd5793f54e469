"""Migrations on both databases: every table filled, down and up again, nothing lost."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import flask_migrate
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select

from portal.columns import PrivateText
from portal.db import db
from portal.records.account import Role
from portal.records.find_triggers import is_ours
from portal.records.organisation import Organisation
from portal.records.role_grant import RoleGrant
from tests.conftest import app_for, settings_for

# What triggers write, whatever else is filled.
NOTED = "find_change"


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
    if isinstance(kind, sa.Float):
        return 0.5
    if isinstance(kind, sa.Date):
        return date(2026, 7, 1)
    if isinstance(kind, sa.LargeBinary):
        return b"\x00words"
    if isinstance(kind, sa.JSON):
        return ["kept"]
    return "x"


def reflected() -> sa.MetaData:
    found = sa.MetaData()
    found.reflect(db.engine, only=lambda name, _: not is_ours(name))
    return found


def fill_every_table() -> dict[str, int]:
    tables = reflected()
    with db.engine.begin() as connection:
        for table in tables.sorted_tables:
            if table.name not in ("alembic_version", NOTED):
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
            opts={
                "compare_type": lambda *of: False if type(of[4]).__name__ in ours else None,
                "include_name": lambda name, *_: not is_ours(name),
            },
        )
        assert compare_metadata(compared, db.metadata) == []
    with app.app_context():
        db.engine.dispose()


def test_every_table_filled_goes_down_and_up(database_url: str, tmp_path: Path) -> None:
    app = app_for(settings_for(tmp_path, DATABASE_URL=database_url))
    with app.app_context():
        filled = fill_every_table()
        assert len(filled) > 15
        assert all(count == 1 for name, count in filled.items() if name != NOTED)
        assert filled[NOTED] > 1
        flask_migrate.downgrade(revision="base")
        assert set(reflected().tables) == {"alembic_version"}
        flask_migrate.upgrade()
        assert set(fill_every_table()) == set(filled)
        db.engine.dispose()


def test_people_of_before_keep_their_role_and_organisation(
    database_url: str, tmp_path: Path
) -> None:
    """An installation of first light: an officer, two advocates of one organisation, a case."""
    app = app_for(settings_for(tmp_path, DATABASE_URL=database_url))
    with app.app_context():
        flask_migrate.downgrade(revision="0001")
        before = reflected()
        fill_every_table()
        made = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
        with db.engine.begin() as connection:
            account = before.tables["account"]
            connection.execute(account.update().values(role="officer", organisation=None))
            for key, name in ((2, "Brightside  advocacy"), (3, "Brightside Advocacy")):
                sealed = PrivateText("account.organisation").process_bind_param(
                    name, db.engine.dialect
                )
                more = {c.name: sample(c) for c in account.columns}
                more |= {"id": key, "public_id": f"p{key}", "email_key": f"e{key}"}
                more |= {"invitation_key": f"i{key}", "role": "advocate", "organisation": sealed}
                connection.execute(account.insert(), more | {"created_at": made})
            connection.execute(before.tables["decision"].update().values(nature="staff_conduct"))
        flask_migrate.upgrade()
        grants = db.session.scalars(select(RoleGrant).order_by(RoleGrant.account_id)).all()
        assert [(one.role, one.first_day) for one in grants] == [
            (Role.OFFICER, date(2026, 7, 1)),
            (Role.ADVOCATE, date(2026, 7, 1)),
            (Role.ADVOCATE, date(2026, 7, 1)),
        ]
        organisation = db.session.scalars(select(Organisation)).one()
        assert organisation.name == "Brightside  advocacy"
        places = db.session.execute(sa.text("SELECT organisation_id FROM account ORDER BY id"))
        assert list(places.scalars()) == [None, organisation.id, organisation.id]
        # A complaint about somebody's conduct is closed until an officer says whose.
        closed = db.session.execute(sa.text("SELECT persons_unsettled FROM feedback")).scalar_one()
        assert bool(closed) is True
        officers = db.session.execute(sa.text('SELECT opened_by_id, officer_id FROM "case"')).one()
        assert officers[0] == officers[1]
        db.session.remove()
        db.engine.dispose()


def test_a_database_of_before_the_renderings_still_tells_its_search(
    database_url: str, tmp_path: Path
) -> None:
    """Triggers are put on anew after each run, on the tables that there are."""
    app = app_for(settings_for(tmp_path, DATABASE_URL=database_url))
    with app.app_context():
        flask_migrate.downgrade(revision="0035_found_by_more")
        assert "rendering" not in reflected().tables
        flask_migrate.upgrade()
        fill_every_table()
        with db.engine.begin() as connection:
            connection.execute(sa.text("DELETE FROM find_change"))
            connection.execute(sa.text("UPDATE rendering SET words = NULL"))
        assert counts()[NOTED] > 0
        db.engine.dispose()


def test_how_it_went_was_said_by_the_person_before_advocates_could(
    database_url: str, tmp_path: Path
) -> None:
    app = app_for(settings_for(tmp_path, DATABASE_URL=database_url))
    with app.app_context():
        flask_migrate.downgrade(revision="0036_in_english")
        fill_every_table()
        flask_migrate.upgrade()
        table = reflected().tables["experience"]
        said_by = sa.select(table.c.id, table.c.advocate_id).order_by(table.c.id)
        with db.engine.begin() as connection:
            assert [tuple(row) for row in connection.execute(said_by)] == [(1, None)]
            more = {c.name: sample(c) for c in table.columns}
            for key, advocate in ((2, 1), (3, None)):
                connection.execute(table.insert(), more | {"id": key, "advocate_id": advocate})
        # Going down, an advocate's answer does not become the person's.
        flask_migrate.downgrade(revision="0036_in_english")
        with db.engine.connect() as connection:
            left = connection.execute(sa.text("SELECT id FROM experience ORDER BY id"))
            assert list(left.scalars()) == [1, 3]
        db.session.remove()
        db.engine.dispose()
