"""Fixtures that every kind of test may use."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.app import create_app
from portal.db import db
from portal.settings import Settings
from portal.work import WORKER, Work, begin_work
from tests.keys import TEST_KEYS


def settings_for(folder: Path, **more: str) -> Settings:
    """Settings of a throw-away installation in a folder."""
    return Settings.from_environment({**TEST_KEYS, "DATA_FOLDER": str(folder), **more})


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """An application on an empty SQLite database, with a data key set."""
    made = create_app(settings_for(tmp_path))
    made.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    with made.app_context():
        db.create_all()
        yield made
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without scripts."""
    return app.test_client()


@pytest.fixture
def work(app: Flask) -> Iterator[Work]:
    """One open act on the empty database."""
    with begin_work(WORKER) as opened:
        yield opened
