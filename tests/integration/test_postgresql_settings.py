"""What each connection to PostgreSQL is set to, asked of the server."""

from pathlib import Path

import pytest
from sqlalchemy import text

from portal.db import db
from tests.conftest import TEMPLATE, app_for, settings_for
from tests.services.postgres import Postgres

pytestmark = pytest.mark.service


@pytest.mark.parametrize(
    ("asked", "cursors", "compiling"),
    [("", "1", "off"), ("&options=-c%20jit%3Don", "1", "on")],
    ids=["as we set it", "what the address says wins"],
)
def test_cursors_are_planned_to_their_end_and_nothing_is_compiled(
    postgres_server: Postgres, tmp_path: Path, asked: str, cursors: str, compiling: str
) -> None:
    url = postgres_server.fresh_database(TEMPLATE)
    with app_for(settings_for(tmp_path, DATABASE_URL=url + asked)).app_context():
        assert db.session.scalar(text("SHOW cursor_tuple_fraction")) == cursors
        assert db.session.scalar(text("SHOW jit")) == compiling
        db.session.remove()
        db.engine.dispose()
    postgres_server.drop(url)
