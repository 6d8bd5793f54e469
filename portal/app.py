"""The application: put together from its settings and its council's file, nothing heavy."""

from dataclasses import dataclass, replace

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from portal import council as councils
from portal.application import PortalApp
from portal.attachments.scanning import scanner_at
from portal.cases import alarming_words, group_roles
from portal.cases.queue_places import init_queue_places
from portal.catalogues import CatalogueError, Catalogues, read_catalogues
from portal.correspondence import letters
from portal.correspondence.smtp_address import read_smtp_url
from portal.council import Council, CouncilFileError, LearningEntry, load_council
from portal.db import init_database
from portal.logs import init_logs
from portal.records import every
from portal.reports.annual import printed_checks
from portal.settings import ROOT, Settings, SettingsError
from portal.wording import init_wording

RECORDS = every.MODULES
# Above the longest story and five of the largest files, so that too much of either gets its own
# sentence with the form still filled, and only nonsense gets a bare 413.
LARGEST_REQUEST = 140 * 1024 * 1024
LARGEST_FORM = 8 * 1024 * 1024


@dataclass(frozen=True)
class Heard:
    """What every part of the running application may ask for."""

    settings: Settings
    council: Council


def create_app(settings: Settings | None = None, *, pages: bool = True) -> Flask:
    """Make the application.

    Args:
        settings: the deployment's settings; read from the environment when None.
        pages: False for a process that serves no pages and has no commands. It starts sooner.

    Returns:
        A Flask application with pages, commands and database set up. No connection is made
        here: a database that is down shows as a page or a sentence when it is asked.

    Raises:
        SettingsError, CouncilFileError: with a sentence that says what to mend.
    """
    init_logs()
    settings = settings or Settings.from_environment()
    council = load_council(settings.council)
    if settings.demo:
        # Its people are invented, and whoever looks at the demo should see what learning is.
        council = replace(council, learning=(_since_ever(council),))
    app = PortalApp(__name__, static_folder=None, template_folder="web/templates")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        SESSION_COOKIE_NAME="heard",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.public_url.startswith("https://"),
        MIGRATIONS_FOLDER=str(ROOT / "migrations"),
        # Pages send no referrer (it would carry references), so it cannot be asked for either.
        WTF_CSRF_SSL_STRICT=False,
        # A form left open overnight must still be sendable; the session bounds it.
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.extensions["heard"] = Heard(settings, council)
    app.extensions[alarming_words.LIST] = _alarming
    init_wording(app, _catalogues(council))
    if settings.trusted_proxies:
        # Throttling counts by address: behind a proxy that must be the person's, not the proxy's.
        trusted = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=trusted, x_proto=trusted)  # type: ignore[method-assign]
    init_database(app, settings.database_url)
    init_queue_places()
    _check(app, settings, council)
    if pages:
        _put_on_pages(app)
    return app


def _put_on_pages(app: Flask) -> None:
    # Imported here, so that a process that serves no pages can import the rest without them.
    from portal.commands import init_commands
    from portal.web import init_pages

    init_pages(app)
    init_commands(app)


def _catalogues(council: Council) -> Catalogues:
    own = councils.COUNCILS / council.slug / "translations"
    try:
        return read_catalogues(council.languages, own)
    except CatalogueError as error:
        raise CouncilFileError(f"councils/{council.slug}/council.toml", (str(error),)) from None


def _alarming(text: str) -> bool:
    # Imported when it is first asked: plain expressions, but nothing that a page loads to start.
    from portal.commands.dangers import load_alarming

    return load_alarming()(text)


def _since_ever(council: Council) -> LearningEntry:
    return LearningEntry(first_day=council.records_from, agreed_by="nobody: this is a demo")


def _check(app: Flask, settings: Settings, council: Council) -> None:
    """Find now what would otherwise be found when the first letter, file or report is due."""
    printed_checks.check(council)
    if settings.smtp_url:
        read_smtp_url(settings.smtp_url)
    if settings.clamd_url:
        scanner_at(settings.clamd_url)
    with app.app_context():
        for sentence in (
            *letters.faults_in(council),
            *group_roles.faults_in(council, settings),
        ):
            raise SettingsError(sentence)
