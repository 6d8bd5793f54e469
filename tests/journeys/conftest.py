"""What the journeys share: a running portal, its classifier, and people with browsers."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import flask_migrate
import pytest
from playwright.sync_api import Browser

from portal.commands.background import Suggest
from portal.commands.work import _load
from portal.db import db
from tests.conftest import app_for, settings_for
from tests.journeys import live
from tests.journeys.live import Portal
from tests.journeys.tour.opening import Open, opened
from tests.journeys.visitor import Visitor
from tests.services.dovecot import Dovecot
from tests.services.smtp_sink import SmtpSink

TOUR_CASES = 12
NewVisitor = Callable[..., Visitor]


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database, made by the migrations once and copied for each journey."""
    folder = tmp_path_factory.mktemp("migrated")
    made = app_for(settings_for(folder))
    with made.app_context():
        flask_migrate.upgrade()
        db.engine.dispose()
    return folder / "heard.db"


@pytest.fixture(scope="session")
def suggest() -> Suggest:
    """The packaged classifier, loaded as the background process loads it."""
    loaded = _load()
    assert loaded is not None, "The packaged model does not load."
    return loaded


@pytest.fixture
def web_portal(migrated: Path, tmp_path: Path, sink: SmtpSink) -> Iterator[Portal]:
    """A portal of web pages and letters."""
    sink.clear()
    shutil.copy(migrated, tmp_path / "heard.db")
    with live.portal(tmp_path, sink) as running:
        yield running
    assert sorted(set(running.faults)) == []


@pytest.fixture
def whole_portal(
    migrated: Path, tmp_path: Path, sink: SmtpSink, mail_server: Dovecot, suggest: Suggest
) -> Iterator[Portal]:
    """A portal with its mailbox and its classifier too."""
    sink.clear()
    shutil.copy(migrated, tmp_path / "heard.db")
    with live.portal(tmp_path, sink, mail_server, suggest) as running:
        yield running
    assert sorted(set(running.faults)) == []


@pytest.fixture
def visitor(browser: Browser) -> Iterator[NewVisitor]:
    """Make people with browsers of their own: `visitor(portal, width=390, scripts=False)`."""
    made: list[Visitor] = []

    def make(portal: Portal, *, width: int = 390, scripts: bool = True) -> Visitor:
        made.append(Visitor.of(browser, portal.url, width=width, scripts=scripts))
        return made[-1]

    yield make
    for one in made:
        one.context.close()
    for one in made:
        assert one.complaints == []


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """One world for all walks of a file: what one changes in it, the next meets as it is."""
    with opened(tmp_path_factory.mktemp("tour"), TOUR_CASES) as found:
        yield found
    assert sorted(set(found.faults)) == []
