"""`python -m intake` as it runs for weeks: several mailboxes, news at once, an end in seconds."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest
from sqlalchemy import func, select

from intake import pulse
from intake.counts import Counts
from portal.db import db
from portal.records.feedback import Feedback
from portal.records.mail import Mail, MailState
from portal.records.outbox_letter import OutboxLetter
from tests.conftest import app_for, settings_for
from tests.integration.intake_worker import Installation, until
from tests.integration.mailing import mail
from tests.services.dovecot import Dovecot, dovecot
from tests.services.dovecot_settings import DovecotSettings
from tests.services.missing import free_port
from tests.services.tcp_proxy import tcp_proxy

pytestmark = pytest.mark.service


@pytest.fixture
def each_database(database_url: str, tmp_path: Path) -> Iterator[Installation]:
    """An installation on each database, where what is tested may depend on it."""
    yield from _installed(database_url, tmp_path)


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """An installation on SQLite."""
    url = f"sqlite:///{tmp_path / 'heard.db'}"
    with app_for(settings_for(tmp_path, DATABASE_URL=url)).app_context():
        flask_migrate.upgrade()
        db.engine.dispose()
    yield from _installed(url, tmp_path)


def _installed(url: str, folder: Path) -> Iterator[Installation]:
    app = app_for(settings_for(folder, DATABASE_URL=url))
    yield Installation(folder, url, app)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def name_of(server: Dovecot, port: int | None = None, user: str = "feedback") -> str:
    return f"{user}@localhost:{port or server.tls_port}/INBOX"


def test_news_is_taken_at_once_and_the_worker_ends_at_once(
    installation: Installation, mail_server: Dovecot
) -> None:
    name = name_of(mail_server)
    with installation.running(mail_server.url, mail_server) as worker:
        until(lambda: installation.beats() == {name: None})
        took = []
        # The second within the first seconds of IDLE, the third after they are over.
        for number, pause in enumerate((0.0, 0.5, 3.0), 1):
            time.sleep(pause)
            mail_server.deliver(mail(f"number {number}", f"Words {number}.\n"))
            took.append(until(lambda number=number: mail_server.count("Processed") == number))
        assert min(took) < 2.5
        assert max(took) < 6
        code, seconds = worker.stop()
        assert (code, seconds < 5) == (0, True)
    assert installation.taken() == 3


def test_without_idle_it_looks_again_and_again(installation: Installation) -> None:
    settings = DovecotSettings(capability="IMAP4rev1 UIDPLUS MOVE")
    with (
        dovecot(settings) as server,
        installation.running(server.url, server, INTAKE_SECONDS="1") as worker,
    ):
        for number in range(2):
            server.deliver(mail(f"number {number}", f"Words {number}.\n"))
            until(lambda number=number: server.count("Processed") == number + 1)
        assert worker.stop()[1] < 5


def test_one_mailbox_in_trouble_delays_no_other(installation: Installation, pair: Dovecot) -> None:
    closed = free_port()
    with tcp_proxy(pair.tls_port) as silent:
        silent.hang()
        urls = [
            pair.url.replace(str(pair.tls_port), str(silent.port)),
            pair.url.replace(str(pair.tls_port), str(closed)),
            pair.url.replace(pair.password, "not-the-password"),
            pair.url.replace("feedback:", "second:"),
        ]
        with installation.running(" ".join(urls), pair) as worker:
            for number in range(3):
                pair.deliver(mail(f"number {number}", f"Words {number}.\n"), to="second")
                until(lambda number=number: installation.taken() == number + 1)
            until(lambda: len(installation.beats()) == 3)
            beats = installation.beats()
            assert beats[name_of(pair, user="second")] is None
            assert "cannot be reached" in (beats[name_of(pair, closed)] or "")
            refused = beats[name_of(pair)] or ""
            assert "refuses the user name or password" in refused
            assert "not-the-password" not in refused
            code, seconds = worker.stop()
            assert (code, seconds < 5) == (0, True)
            _, logged = worker.process.communicate()
            assert "not-the-password" not in logged


@pytest.fixture(scope="module")
def pair() -> Iterator[Dovecot]:
    """A server with two mailboxes."""
    with dovecot(DovecotSettings(users=("second",))) as server:
        yield server


def test_once_reads_what_it_can_and_says_what_it_cannot(
    installation: Installation, pair: Dovecot
) -> None:
    pair.empty()
    pair.deliver(mail(), to="second")
    good = pair.url.replace("feedback:", "second:")
    bad = pair.url.replace(pair.password, "not-the-password")
    worker = installation.start(f"{bad} {good}", pair, "--once")
    said, troubles = worker.process.communicate(timeout=60)
    assert worker.process.returncode == 1
    assert json.loads(said) == Counts(found=1, new=1).as_json()
    assert "refuses the user name or password" in troubles
    # A mailbox that is read no longer is no longer watched over.
    worker = installation.start(good, pair, "--once")
    worker.process.communicate(timeout=60)
    assert worker.process.returncode == 0
    assert installation.beats() == {name_of(pair, user="second"): None}


def test_the_same_mailbox_twice_stops_the_start(
    installation: Installation, mail_server: Dovecot
) -> None:
    worker = installation.start(f"{mail_server.url} {mail_server.url}", mail_server)
    _, said = worker.process.communicate(timeout=60)
    assert worker.process.returncode == 1
    assert "twice" in said


def test_a_server_that_comes_back_is_found_again(
    installation: Installation, mail_server: Dovecot
) -> None:
    name = name_of(mail_server)
    with installation.running(mail_server.url, mail_server) as worker:
        until(lambda: installation.beats() == {name: None})
        mail_server.stop()
        try:
            until(lambda: bool(installation.beats()[name]))
            mail_server.deliver(mail())
        finally:
            mail_server.start()
        until(lambda: installation.taken() == 1)
        until(lambda: installation.beats() == {name: None})
        assert worker.stop()[1] < 5


def test_a_silent_server_in_the_middle_does_not_hold_up_the_end(
    installation: Installation, mail_server: Dovecot
) -> None:
    for number in range(60):
        sender = f"Jo Marsh <jo{number}@example.org>"
        body = f"Words {number}.\n" + "x" * 70_000 + "\n"
        mail_server.deliver(mail(f"number {number}", body, sender=sender))
    with tcp_proxy(mail_server.plain_port) as proxy:
        # The answer to a fetch never ends.
        said = bytearray()

        def stall(data: bytes) -> bytes:
            said.extend(data)
            if len(said) > 1_000_000:
                proxy.hang()
            return data

        proxy.change = stall
        url = mail_server.insecure_url.replace(str(mail_server.plain_port), str(proxy.port))
        with installation.running(url, mail_server) as worker:
            until(lambda: len(said) > 1_000_000)
            time.sleep(0.5)
            code, seconds = worker.stop()
            assert (code, seconds < 5) == (0, True)
    _finish(installation, mail_server, 60)


def letters(first: int, after: int) -> list[bytes]:
    """Mail from different people: nobody is sent many receipts on one day."""
    return [
        mail(f"number {n}", f"Words {n}.\n", sender=f"Jo Marsh <jo{n}@example.org>")
        for n in range(first, after)
    ]


def test_a_stop_in_the_middle_of_much_mail_loses_and_doubles_nothing(
    each_database: Installation, mail_server: Dovecot
) -> None:
    for raw in letters(0, 150):
        mail_server.deliver(raw)
    with each_database.running(mail_server.url, mail_server) as worker:
        until(lambda: each_database.taken() > 5)
        code, seconds = worker.stop()
        assert (code, seconds < 5) == (0, True)
    assert each_database.taken() < 150
    _finish(each_database, mail_server, 150)


def _finish(installation: Installation, server: Dovecot, many: int) -> None:
    """Let a worker that is not disturbed do the rest, and count."""
    worker = installation.start(server.url, server, "--once")
    _, troubles = worker.process.communicate(timeout=120)
    assert worker.process.returncode == 0, troubles
    assert server.kept() == []
    assert len(set(server.kept("Processed"))) == len(server.kept("Processed")) == many
    with installation.app.app_context():
        assert db.session.scalar(select(func.count(Mail.id))) == many
        assert db.session.scalar(select(func.count(func.distinct(Mail.uid)))) == many
        assert set(db.session.scalars(select(Mail.state))) == {MailState.NEW}
        assert db.session.scalar(select(func.count(Feedback.id))) == many
        assert db.session.scalar(select(func.count(OutboxLetter.id))) == many
        answered = func.count(func.distinct(OutboxLetter.feedback_id))
        assert db.session.scalar(select(answered)) == many


def test_two_workers_on_one_mailbox_double_nothing(
    each_database: Installation, mail_server: Dovecot
) -> None:
    sent = letters(0, 200)
    for raw in sent[:100]:
        mail_server.deliver(raw)
    with (
        each_database.running(mail_server.url, mail_server) as one,
        each_database.running(mail_server.url, mail_server) as two,
    ):
        until(lambda: mail_server.count() == 0 and each_database.looks() >= 2)
        # Both wait now, and are told of each of these at the same moment.
        for raw in sent[100:]:
            mail_server.deliver(raw)
        until(lambda: mail_server.count() == 0 and each_database.taken() == 200)
        for worker in (one, two):
            assert worker.stop()[0] == 0
            assert "polled" in worker.process.communicate()[1]
    _finish(each_database, mail_server, 200)


def test_two_workers_may_write_the_first_heartbeat_at_the_same_moment(
    each_database: Installation,
) -> None:
    app = each_database.app
    begun = threading.Barrier(4)
    failures: list[Exception] = []

    def work() -> None:
        begun.wait()
        try:
            for number in range(10):
                pulse.worked(app, f"mailbox {number}")
        except Exception as failure:
            failures.append(failure)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert set(each_database.beats()) == {f"mailbox {number}" for number in range(10)}
