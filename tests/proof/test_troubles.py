"""Everything around the worker fails in turn: no message is lost, doubled or blamed for it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from intake import collecting
from intake.collecting import collect
from intake.counts import Counts
from intake.mailbox import ImapMailbox
from intake.mailbox_errors import MailboxError, MailboxUnreachable
from intake.mailbox_url import MailboxAddress
from intake.taking_turns import IntakePaused
from portal import clock
from portal import db as databases
from portal.attachments import file_store
from portal.correspondence import sender
from portal.db import db
from portal.records.mail import Mail, MailState
from portal.records.outbox_letter import LetterState, OutboxLetter
from tests.conftest import app_for, settings_for
from tests.integration.mailing import look, mail
from tests.proof import post
from tests.proof.databases import migrate
from tests.services.dovecot import Dovecot, dovecot
from tests.services.postgres import postgres
from tests.services.smtp_sink import SmtpSink

pytestmark = pytest.mark.service


@pytest.fixture
def installation(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An application on each database."""
    app = app_for(settings_for(tmp_path, DATABASE_URL=database_url))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two messages an act, so that there is a before and an after."""
    monkeypatch.setattr(collecting, "AT_A_TIME", 2)
    monkeypatch.setattr(collecting, "MOVED_AT_A_TIME", 2)


def after(number: int, happens: Callable[[], object]) -> Callable[..., object]:
    """A fetch during which something happens once, after some messages."""
    real, left = ImapMailbox.fetch, [number]

    def fetch(self: ImapMailbox, uids: list[int]) -> Iterator[object]:
        for message in real(self, uids):
            left[0] -= 1
            if left[0] == -1:
                happens()
            yield message

    return fetch


def tried(app: Flask) -> set[int]:
    with app.app_context():
        return set(db.session.scalars(select(Mail.tries)))


def test_the_mail_server_stops_in_the_middle(
    installation: Flask, few: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with dovecot() as server:
        post.deliver(server)
        monkeypatch.setattr(ImapMailbox, "fetch", after(3, server.stop))
        with pytest.raises(MailboxUnreachable):
            look(installation, server)
        server.start()
        look(installation, server)
        post.check(installation, server)


def test_the_connection_is_cut_in_the_middle(
    installation: Flask, mail_server: Dovecot, few: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    post.deliver(mail_server)
    mailbox = ImapMailbox(MailboxAddress.parse(mail_server.url), ca_file=mail_server.ca_file)
    with monkeypatch.context() as broken:
        broken.setattr(ImapMailbox, "fetch", after(2, mailbox.cut))
        mailbox.connect()
        with pytest.raises(MailboxError):
            collect(installation, mailbox)
        mailbox.close()
    look(installation, mail_server)
    post.check(installation, mail_server)


def test_a_full_disk_pauses_and_blames_no_message(
    installation: Flask, mail_server: Dovecot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    post.deliver(mail_server)
    real, room = file_store.obstore.put, [1]

    def full(*args: object, **more: object) -> object:
        if room[0] == 0:
            raise OSError(28, "No space left on device")
        room[0] -= 1
        return real(*args, **more)

    for _ in range(3):
        # Each look finds room for one file of the two, and leaves no half message behind.
        room[0] = 1
        with monkeypatch.context() as broken:
            broken.setattr(file_store.obstore, "put", full)
            with pytest.raises(IntakePaused, match="disk full"):
                look(installation, mail_server)
        with installation.app_context():
            names = list(file_store.names(installation.extensions["heard"].settings.files_url))
            assert names == []
            states = db.session.scalars(select(Mail.state)).all()
            assert MailState.QUARANTINED not in states
        assert tried(installation) <= {0, 1}
    look(installation, mail_server)
    post.check(installation, mail_server)


def test_postgresql_goes_away_for_a_while(
    tmp_path: Path, mail_server: Dovecot, few: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with postgres() as cluster:
        url = cluster.make_template("heard", lambda url: migrate(tmp_path, url)) and cluster.url(
            "heard"
        )
        app = app_for(settings_for(tmp_path, DATABASE_URL=url))
        post.deliver(mail_server)
        with monkeypatch.context() as broken:
            broken.setattr(ImapMailbox, "fetch", after(4, cluster.stop))
            with pytest.raises(OperationalError):
                look(app, mail_server)
        with pytest.raises(OperationalError):
            look(app, mail_server)
        assert mail_server.kept() != []
        cluster.start()
        look(app, mail_server)
        post.check(app, mail_server)


def test_sqlite_locked_by_another_counts_no_try(
    tmp_path: Path, mail_server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = tuple(s for s in databases.SQLITE_SETTINGS if "busy" not in s)
    monkeypatch.setattr(databases, "SQLITE_SETTINGS", (*quick, "busy_timeout=100"))
    url = f"sqlite:///{tmp_path / 'heard.db'}"
    migrate(tmp_path, url)
    app = app_for(settings_for(tmp_path, DATABASE_URL=url))
    post.deliver(mail_server)
    with app.app_context():
        locked = db.engine.raw_connection()
        locked.execute("BEGIN IMMEDIATE")  # type: ignore[attr-defined]
    with pytest.raises(OperationalError):
        look(app, mail_server)
    locked.execute("ROLLBACK")  # type: ignore[attr-defined]
    locked.close()
    look(app, mail_server)
    assert tried(app) == {1}
    post.check(app, mail_server)


def test_receipts_leave_once_when_the_mail_server_takes_letters_again(
    tmp_path: Path, mail_server: Dovecot, sink: SmtpSink, database_url: str
) -> None:
    sink.clear()
    url = sink.url.replace("smtp:", "smtp+insecure:")
    app = app_for(settings_for(tmp_path, DATABASE_URL=database_url, SMTP_URL=url))
    post.deliver(mail_server)
    look(app, mail_server)
    sink.refuse_with = "451 4.3.0 Try again later"
    with app.app_context():
        assert sender.send_waiting().sent == 0
    sink.refuse_with = None
    with time_machine.travel(clock.now() + timedelta(hours=1)), app.app_context():
        assert sender.send_waiting().sent == 3
        assert sender.send_waiting().sent == 0
        assert set(db.session.scalars(select(OutboxLetter.state))) == {LetterState.SENT}
    assert len(sink.wait_for(3)) == 3
    assert {letter.sender for letter in sink.letters} == {""}
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(days=400), timedelta(hours=-1)])
def test_a_clock_that_jumps_between_two_looks(
    installation: Flask, mail_server: Dovecot, jump: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Crash(BaseException):
        pass

    def crash(*_args: object) -> None:
        raise Crash

    post.deliver(mail_server)
    with monkeypatch.context() as broken:
        broken.setattr(collecting, "take_in_together", crash)
        with time_machine.travel(clock.now() + jump), pytest.raises(Crash):
            look(installation, mail_server)
    # Somebody else empties the mailbox: what is left is our own copy.
    moved = mail_server.kept()
    mail_server.empty()
    assert look(installation, mail_server) == Counts()
    with installation.app_context():
        states = db.session.scalars(select(Mail.state)).all()
        assert sorted(states) == sorted(
            state for state, number in post.CLASSES.items() for _ in range(number)
        )
        assert db.session.scalar(select(func.count(OutboxLetter.id))) == 3
    assert len(moved) == 6


def test_two_workers_on_one_mailbox_double_nothing(
    installation: Flask, mail_server: Dovecot, few: None
) -> None:
    from threading import Thread

    post.deliver(mail_server)
    for number in range(12):
        mail_server.deliver(mail(f"More {number}", message_id=f"<more{number}@example.org>"))
    found: list[Counts] = []
    threads = [
        Thread(target=lambda: found.append(look(installation, mail_server))) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # What one left to the other is finished by the next look at the latest.
    found.append(look(installation, mail_server))
    assert sum(counts.new for counts in found) == 15
    assert all(counts.holds() for counts in found)
    with installation.app_context():
        assert db.session.scalar(select(func.count(Mail.id))) == 18
        assert db.session.scalar(select(func.count(OutboxLetter.id))) == 15
    assert mail_server.kept() == []
