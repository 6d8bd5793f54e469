"""The whole portal on a loopback port, with a real mailbox and a real mail server beside it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from intake.counts import Counts
from portal.app import create_app
from portal.commands.background import Round, Suggest, run_round
from portal.db import db
from portal.records.account import Role
from portal.settings import Settings
from portal.work import COMMAND, Work, begin_work
from tests import matters
from tests.conftest import settings_for
from tests.integration.mailing import look
from tests.journeys import validity
from tests.services.dovecot import Dovecot
from tests.services.missing import free_port
from tests.services.smtp_sink import SmtpSink

LOOPBACK = "127.0.0.1"
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Portal:
    """A running portal, as a browser sees it and as its operator does.

    `mail_server` and `suggest` may be None where a test needs neither. `faults` gathers what was
    wrong with the HTML of any page that was sent.
    """

    app: Flask
    url: str
    sink: SmtpSink
    mail_server: Dovecot | None = None
    suggest: Suggest | None = None
    faults: list[str] = field(default_factory=list)

    def take_mail_in(self) -> Counts:
        """Let the intake look into the mailbox once."""
        assert self.mail_server is not None
        return look(self.app, self.mail_server)

    def work_once(self) -> Round:
        """Do one round of the background process: suggestions, letters and the rest."""
        with self.app.app_context():
            return run_round(self.suggest)

    def act(self, deed: Callable[[Work], Answer]) -> Answer:
        """Do something in one act of its own, as a command would."""
        with self.app.app_context(), begin_work(COMMAND) as work:
            return deed(work)

    def ask(self, question: Callable[[], Answer]) -> Answer:
        """Read something from the database."""
        with self.app.app_context():
            return question()

    def account(self, role: Role, email: str, name: str = "Sam Sample") -> None:
        """Make an account that signs in with `matters.PASSWORD`."""
        self.act(lambda work: matters.make_account(work, role, email, name))


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing: the pages are what is looked at."""


@contextmanager
def serving(app: Flask, port: int) -> Iterator[str]:
    """Serve an application until the block ends; gives its address."""
    server = make_server(LOOPBACK, port, app, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{LOOPBACK}:{port}"
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()
        with app.app_context():
            db.engine.dispose()


def settings_of(folder: Path, port: int, sink: SmtpSink, **more: str) -> Settings:
    """Settings of a portal on a port, which sends to the sink."""
    return settings_for(
        folder,
        PUBLIC_URL=f"http://{LOOPBACK}:{port}",
        SMTP_URL=sink.url.replace("smtp:", "smtp+insecure:"),
        **more,
    )


@contextmanager
def portal(
    folder: Path,
    sink: SmtpSink,
    mail_server: Dovecot | None = None,
    suggest: Suggest | None = None,
) -> Iterator[Portal]:
    """Run a portal on a migrated SQLite database until the block ends.

    Args:
        folder: holds `heard.db`, made by the migrations, and gets the files.
        sink: where its letters go.
        mail_server: its mailbox.
        suggest: its classifier.

    Yields:
        The portal. Form tokens are checked as always; only the cost of a password is lowered.
    """
    port = free_port()
    mailbox: dict[str, str] = {}
    if mail_server is not None:
        mailbox = {"MAILBOX_URL": mail_server.url, "MAILBOX_CA": mail_server.ca_file}
    app = create_app(settings_of(folder, port, sink, **mailbox))
    app.config["PASSWORD_COSTS"] = matters.LOW_COSTS
    faults: list[str] = []
    app.after_request(validity.keep_faults(faults))
    with serving(app, port) as url:
        yield Portal(app, url, sink, mail_server, suggest, faults)
