"""What several of these tests share: the register of 2019-20, and a provider of sign-ins."""

from collections.abc import Iterator

import pytest
from flask import Flask

from portal.app import create_app
from portal.commands.demo_data import command
from portal.db import db
from tests.conftest import settings_for
from tests.services.openid_server import OpenIdServer, openid_server


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


@pytest.fixture(scope="module")
def provider_of_all() -> Iterator[OpenIdServer]:
    with openid_server() as server:
        yield server


@pytest.fixture
def provider(provider_of_all: OpenIdServer) -> OpenIdServer:
    fresh = OpenIdServer(port=provider_of_all.port, key=provider_of_all.key)
    for name, value in vars(fresh).items():
        setattr(provider_of_all, name, value)
    return provider_of_all
