"""What a mail server and the way to it can do to us, each done by a real Dovecot."""

from __future__ import annotations

import imaplib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from intake.mailbox import ImapMailbox
from intake.mailbox_errors import MailboxRefused, MailboxUnreachable
from intake.mailbox_url import MailboxAddress
from tests.services.dovecot import Dovecot, dovecot
from tests.services.dovecot_settings import DovecotSettings
from tests.services.tcp_proxy import TcpProxy, tcp_proxy
from tests.verification.test_mailbox import letter

pytestmark = pytest.mark.service
SECRET = "secret-of-the-test"


@contextmanager
def opened(server: Dovecot, url: str = "", *, timeout: float = 10) -> Iterator[ImapMailbox]:
    """A mailbox of a server, closed in the end."""
    address = MailboxAddress.parse(url or server.url)
    mailbox = ImapMailbox(address, ca_file=server.ca_file, timeout=timeout)
    try:
        yield mailbox
    finally:
        mailbox.close()


@contextmanager
def other_program(server: Dovecot) -> Iterator[imaplib.IMAP4]:
    """Somebody else at the same mailbox."""
    with imaplib.IMAP4("127.0.0.1", server.plain_port) as other:
        other.login(server.user, server.password)
        other.select("INBOX")
        yield other


def through(proxy: TcpProxy, scheme: str) -> str:
    return f"{scheme}://feedback:{SECRET}@127.0.0.1:{proxy.port}/INBOX"


def test_a_cut_in_the_middle_keeps_what_came_and_the_rest_comes_next_time(
    mail_server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.fetched.BATCH_MESSAGES", 5)
    sent = [letter(number) + b"x" * 2_000 + b"\r\n" for number in range(40)]
    for raw in sent:
        mail_server.deliver(raw)
    with (
        tcp_proxy(mail_server.plain_port) as proxy,
        opened(mail_server, through(proxy, "imap+insecure")) as mailbox,
    ):
        proxy.cut_after = 50_000
        mailbox.connect()
        uids = mailbox.uids()
        came: list[bytes] = []
        with pytest.raises(MailboxUnreachable, match="was lost"):
            came.extend(one.raw for one in mailbox.fetch(uids))
        assert 0 < len(came) < 40
        assert came == sent[: len(came)]
        proxy.cut_after = None
        mailbox.connect()
        assert [one.raw for one in mailbox.fetch(mailbox.uids())] == sent


def test_a_server_stopped_in_the_middle_of_fetching_is_told(
    mail_server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.fetched.BATCH_MESSAGES", 2)
    for number in range(30):
        mail_server.deliver(letter(number))
    with opened(mail_server) as mailbox:
        mailbox.connect()
        fetching = mailbox.fetch(mailbox.uids())
        assert next(fetching).raw == letter(0)
        mail_server.stop()
        try:
            with pytest.raises(MailboxUnreachable):
                list(fetching)
        finally:
            mail_server.start()
        mailbox.connect()
        assert len(list(mailbox.fetch(mailbox.uids()))) == 30


def test_a_server_that_says_nothing_is_given_up(mail_server: Dovecot) -> None:
    mail_server.deliver(letter(1))
    with (
        tcp_proxy(mail_server.plain_port) as proxy,
        opened(mail_server, through(proxy, "imap+insecure"), timeout=1) as mailbox,
    ):
        mailbox.connect()
        uids = mailbox.uids()
        proxy.hang()
        began = time.monotonic()
        with pytest.raises(MailboxUnreachable, match="was lost"):
            list(mailbox.fetch(uids))
        with pytest.raises(MailboxUnreachable, match="cannot be reached"):
            mailbox.connect()
        assert time.monotonic() - began < 8


def test_a_silent_server_is_left_at_once_when_we_are_told_to(mail_server: Dovecot) -> None:
    mail_server.deliver(letter(1))
    with (
        tcp_proxy(mail_server.plain_port) as proxy,
        opened(mail_server, through(proxy, "imap+insecure"), timeout=60) as mailbox,
    ):
        mailbox.connect()
        uids = mailbox.uids()
        proxy.hang()
        threading.Timer(0.3, mailbox.cut).start()
        began = time.monotonic()
        with pytest.raises(MailboxUnreachable):
            list(mailbox.fetch(uids))
        mailbox.close()
        assert time.monotonic() - began < 3


def test_a_connection_that_ends_inside_idle_is_told(mail_server: Dovecot) -> None:
    with (
        tcp_proxy(mail_server.plain_port) as proxy,
        opened(mail_server, through(proxy, "imap+insecure")) as mailbox,
    ):
        mailbox.connect()
        mailbox.uids()
        threading.Timer(0.5, proxy.cut).start()
        began = time.monotonic()
        with pytest.raises(MailboxUnreachable, match="was lost"):
            mailbox.wait(threading.Event(), 60)
        assert time.monotonic() - began < 5


@pytest.mark.parametrize("capability", ["IMAP4rev1 UIDPLUS", "IMAP4rev1"])
def test_without_move_our_own_are_copied_and_nobody_elses_are_removed(capability: str) -> None:
    with dovecot(DovecotSettings(capability=capability)) as server:
        for number in range(3):
            server.deliver(letter(number))
        with opened(server) as mailbox, other_program(server) as other:
            mailbox.connect()
            uids = mailbox.uids()
            other.uid("STORE", str(uids[2]), "+FLAGS", "(\\Deleted)")
            mailbox.file_as_done(uids[:1])
            mailbox.file_as_done(uids[:1])
            assert mailbox.uids() == [uids[1]]
            other.unselect()
        assert set(server.kept("Processed")) == {letter(0)}
        # What somebody else marked is still there: nothing was expunged but our own.
        assert letter(2) in server.kept()
        assert (letter(0) in server.kept()) == ("UIDPLUS" not in capability)


def test_what_another_program_moved_meanwhile_is_left_out(mail_server: Dovecot) -> None:
    for number in range(4):
        mail_server.deliver(letter(number))
    with opened(mail_server) as mailbox, other_program(mail_server) as other:
        mailbox.connect()
        uids = mailbox.uids()
        other.create("Elsewhere")
        other.uid("MOVE", str(uids[1]), "Elsewhere")
        assert [one.raw for one in mailbox.fetch(uids)] == [letter(0), letter(2), letter(3)]
        other.uid("MOVE", str(uids[2]), "Elsewhere")
        mailbox.file_as_done(uids)
        assert mailbox.uids() == []
    assert sorted(mail_server.kept("Processed")) == [letter(0), letter(3)]
    assert sorted(mail_server.kept("Elsewhere")) == [letter(1), letter(2)]


def test_the_folder_of_what_is_done_is_made_again_where_somebody_removed_it(
    mail_server: Dovecot,
) -> None:
    for number in range(2):
        mail_server.deliver(letter(number))
    with opened(mail_server) as mailbox, other_program(mail_server) as other:
        mailbox.connect()
        uids = mailbox.uids()
        mailbox.file_as_done(uids[:1])
        other.delete("Processed")
        mailbox.file_as_done(uids[1:])
        assert mailbox.uids() == []
    assert mail_server.kept("Processed") == [letter(1)]


def test_a_full_mailbox_is_a_sentence_and_moves_nothing() -> None:
    settings = DovecotSettings(capability="IMAP4rev1 UIDPLUS", most_messages=4)
    with dovecot(settings) as server, opened(server) as mailbox:
        for number in range(4):
            server.deliver(letter(number))
        mailbox.connect()
        uids = mailbox.uids()
        with pytest.raises(MailboxRefused, match=r"is full.*not taken in twice"):
            mailbox.file_as_done(uids)
        # It can still be read.
        assert [one.raw for one in mailbox.fetch(mailbox.uids())] == [
            letter(number) for number in range(4)
        ]
        assert server.kept("Processed") == []


def test_folders_below_the_inbox_are_found_by_their_full_name() -> None:
    with dovecot(DovecotSettings(prefix="INBOX.")) as server, opened(server) as mailbox:
        server.deliver(letter(1))
        mailbox.connect()
        mailbox.file_as_done(mailbox.uids())
        assert server.kept("Processed") == [letter(1)]


def test_a_folder_that_is_not_there_is_refused(mail_server: Dovecot) -> None:
    url = mail_server.url.replace("/INBOX", "/Nowhere")
    with opened(mail_server, url) as mailbox, pytest.raises(MailboxRefused, match="Nowhere"):
        mailbox.connect()


def test_a_folder_removed_under_us_is_told_and_can_be_entered_again(mail_server: Dovecot) -> None:
    mail_server.deliver(letter(1))
    with opened(mail_server) as mailbox:
        mailbox.connect()
        uids = mailbox.uids()
        for stale in mail_server.maildir.glob("dovecot*"):
            stale.unlink()
        with pytest.raises(MailboxUnreachable):
            mailbox.file_as_done(uids)
        mailbox.connect()
        assert len(mailbox.uids()) == 1
