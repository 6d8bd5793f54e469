"""What several of these tests share: an installation that holds the register of 2019-20."""

from collections.abc import Iterator

import pytest
from flask import Flask

from portal.app import create_app
from portal.commands.demo_data import command
from portal.db import db
from tests.conftest import settings_for


@pytest.fixture(scope="session")
def year_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An installation with the invented register of 2019-20 and nothing else. Nobody may change
    it, and whoever reads it opens a context of the application."""
    made = create_app(settings_for(tmp_path_factory.mktemp("register")))
    with made.app_context():
        db.create_all()
        result = made.test_cli_runner().invoke(command, ["--year", "2019-20"])
        assert result.exit_code == 0, result.output
        db.session.remove()
    yield made
    with made.app_context():
        db.engine.dispose()
