"""Fixtures that every kind of test may use."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest
from argon2 import PasswordHasher
from flask import Flask, g
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser

from portal.app import create_app
from portal.cases import secret_words
from portal.db import db
from portal.settings import Settings
from portal.work import WORKER, Work, begin_work
from tests import made_once, signing_in
from tests.keys import TEST_KEYS
from tests.services.chromium import chromium
from tests.services.dovecot import Dovecot, dovecot
from tests.services.postgres import Postgres, postgres
from tests.services.smtp_sink import SmtpSink, smtp_sink

TEMPLATE = "heard_template"
SQLITE = "heard.db"
# How fast a busy machine makes examples is no finding; speed is measured in bench/.
hypothesis_settings.register_profile(
    "heard", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("heard")
made_once.keep()


def settings_for(folder: Path, **more: str) -> Settings:
    """Settings of a throw-away installation in a folder."""
    return Settings.from_environment({**TEST_KEYS, "DATA_FOLDER": str(folder), **more})


def app_for(settings: Settings) -> Flask:
    """An application that takes forms without a token, as the Flask test client sends them."""
    made = create_app(settings)
    made.config.update(
        TESTING=True,
        WTF_CSRF_ENABLED=False,
        PROPAGATE_EXCEPTIONS=False,
        # argon2 at full cost makes a suite of sign-ins slow; its cost is not what is tested.
        PASSWORD_COSTS={"time_cost": 1, "memory_cost": 8, "parallelism": 1},
    )
    # The context of the `app` fixture outlives the requests of a test, and with it whoever
    # flask-login found signed in during the last one.
    made.before_request_funcs.setdefault(None, []).insert(0, g_forgotten)
    return made


def g_forgotten() -> None:
    """Empty `g` before each request."""
    for name in list(g):
        g.pop(name)


@pytest.fixture(scope="session", autouse=True)
def light_hashing() -> None:
    """Secret words hashed with little memory: their strength is not what most tests test."""
    secret_words.HASHER = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


@pytest.fixture(autouse=True)
def unused_codes() -> None:
    """Codes of a second factor that an earlier test used are new to this one's database."""
    signing_in.forget_codes()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database as the models say, to be copied: making it takes longer than a test."""
    folder = tmp_path_factory.mktemp("empty")
    with app_for(settings_for(folder)).app_context():
        db.create_all()
        db.session.remove()
        db.engine.dispose()
    return folder / SQLITE


@pytest.fixture(scope="session")
def migrated_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as the migrations make it."""
    folder = tmp_path_factory.mktemp("migrated")
    with app_for(settings_for(folder)).app_context():
        flask_migrate.upgrade()
        db.engine.dispose()
    return folder / SQLITE


@pytest.fixture
def app(tmp_path: Path, empty_database: Path) -> Iterator[Flask]:
    """An application on an empty SQLite database, with a data key set."""
    shutil.copy(empty_database, tmp_path / SQLITE)
    made = app_for(settings_for(tmp_path))
    with made.app_context():
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


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """A real PostgreSQL with a migrated template, so that each test's database is a quick copy."""
    with postgres() as server:

        def migrate(url: str) -> None:
            folder = tmp_path_factory.mktemp("template")
            made = app_for(settings_for(folder, DATABASE_URL=url))
            with made.app_context():
                flask_migrate.upgrade()
                db.engine.dispose()

        server.make_template(TEMPLATE, migrate)
        yield server


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.service)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of each kind, made by the migrations."""
    if request.param == "postgresql":
        server: Postgres = request.getfixturevalue("postgres_server")
        url = server.fresh_database(TEMPLATE)
        yield url
        server.drop(url)
        return
    migrated: Path = request.getfixturevalue("migrated_database")
    yield f"sqlite:///{shutil.copy(migrated, tmp_path / SQLITE)}"


@pytest.fixture(scope="session")
def sink() -> Iterator[SmtpSink]:
    """A real SMTP server that keeps what it is given."""
    with smtp_sink() as server:
        yield server


@pytest.fixture(scope="session")
def dovecot_server() -> Iterator[Dovecot]:
    """A real IMAP server with one mailbox."""
    with dovecot() as server:
        yield server


@pytest.fixture
def mail_server(dovecot_server: Dovecot) -> Dovecot:
    """The IMAP server with its mailbox empty."""
    dovecot_server.empty()
    return dovecot_server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with chromium() as opened:
        yield opened
