"""The same checks on the fake mailbox and on a real Dovecot: the fake may not flatter us."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

import pytest

from intake.mailbox import ImapMailbox, Mailbox, MailboxRefused, MailboxUnreachable
from intake.mailbox_url import MailboxAddress
from tests.services.dovecot import Dovecot, dovecot
from tests.services.fake_mailbox import FakeMailbox

RECEIVED = datetime(2026, 7, 14, 22, 30, 5, tzinfo=UTC)


def letter(number: int) -> bytes:
    """A small message with a number in it."""
    return f"From: pat@example.net\r\nSubject: Number {number}\r\n\r\nWords {number}\r\n".encode()


class Deliver(Protocol):
    """How a test puts a message into either mailbox."""

    def __call__(self, raw: bytes, *, received: datetime | None = None) -> object: ...


@dataclass
class Room:
    """A mailbox under test, with ways to look at it from the other side."""

    mailbox: Mailbox
    deliver: Deliver
    done: Callable[[], list[bytes]]
    refused: Callable[[], Mailbox]
    break_connection: Callable[[], None]
    repair: Callable[[], None]


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with dovecot() as running:
        yield running


@pytest.fixture(params=["fake", "dovecot-tls", "dovecot-loopback"])
def room(request: pytest.FixtureRequest) -> Iterator[Room]:
    if request.param == "fake":
        yield _fake_room()
        return
    server: Dovecot = request.getfixturevalue("server")
    server.empty()
    url = server.url if request.param == "dovecot-tls" else server.insecure_url
    address = MailboxAddress.parse(url)
    mailbox = ImapMailbox(address, ca_file=server.ca_file, timeout=5)
    wrong = replace(address, password="not-the-password")
    yield Room(
        mailbox,
        server.deliver,
        lambda: server.kept("Processed"),
        lambda: ImapMailbox(wrong, ca_file=server.ca_file, timeout=5),
        server.stop,
        server.start,
    )
    mailbox.close()


def _fake_room() -> Room:
    fake = FakeMailbox()

    def refused() -> Mailbox:
        other = FakeMailbox()
        other.refuses = True
        return other

    def set_unreachable(value: bool) -> None:
        fake.unreachable = value

    return Room(
        fake,
        fake.deliver,
        lambda: [one.raw for one in fake.done.values()],
        refused,
        lambda: set_unreachable(True),
        lambda: set_unreachable(False),
    )


def test_an_empty_mailbox_has_no_messages(room: Room) -> None:
    room.mailbox.connect()
    assert room.mailbox.uids() == []
    assert list(room.mailbox.fetch([])) == []
    room.mailbox.file_as_done([])
    assert room.mailbox.uid_validity > 0


def test_messages_come_whole_and_oldest_first(room: Room) -> None:
    room.mailbox.connect()
    for number in range(3):
        room.deliver(letter(number), received=RECEIVED)
    uids = room.mailbox.uids()
    fetched = list(room.mailbox.fetch(uids))
    assert [one.uid for one in fetched] == uids == sorted(uids)
    assert [one.raw for one in fetched] == [letter(number) for number in range(3)]
    assert all(one.internal_date == RECEIVED for one in fetched)
    assert all(one.internal_date.utcoffset() == RECEIVED.utcoffset() for one in fetched)
    assert all(one.size == len(one.raw) for one in fetched)


def test_fetching_leaves_messages_where_they_are(room: Room) -> None:
    room.deliver(letter(1))
    room.mailbox.connect()
    uids = room.mailbox.uids()
    assert list(room.mailbox.fetch(uids))
    assert room.mailbox.uids() == uids
    assert room.done() == []


def test_only_what_is_done_is_moved(room: Room) -> None:
    for number in range(4):
        room.deliver(letter(number))
    room.mailbox.connect()
    uids = room.mailbox.uids()
    room.mailbox.file_as_done(uids[1:3])
    assert room.mailbox.uids() == [uids[0], uids[3]]
    assert sorted(room.done()) == [letter(1), letter(2)]


def test_moving_what_has_gone_is_no_error(room: Room) -> None:
    room.deliver(letter(1))
    room.mailbox.connect()
    uids = room.mailbox.uids()
    room.mailbox.file_as_done(uids)
    room.mailbox.file_as_done(uids)
    assert list(room.mailbox.fetch(uids)) == []
    assert room.done() == [letter(1)]


def test_a_wrong_password_is_a_sentence_without_the_password(room: Room) -> None:
    with pytest.raises(MailboxRefused, match="refuses the user name or password") as caught:
        room.refused().connect()
    assert "not-the-password" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_lost_connection_is_told_and_can_be_made_again(room: Room) -> None:
    room.deliver(letter(1))
    room.mailbox.connect()
    uids = room.mailbox.uids()
    room.break_connection()
    try:
        with pytest.raises(MailboxUnreachable):
            list(room.mailbox.fetch(uids))
        with pytest.raises(MailboxUnreachable, match="cannot be reached"):
            room.mailbox.connect()
    finally:
        room.repair()
    room.mailbox.connect()
    assert [one.raw for one in room.mailbox.fetch(room.mailbox.uids())] == [letter(1)]


def test_an_unopened_mailbox_says_so(room: Room) -> None:
    room.mailbox.close()
    with pytest.raises(MailboxUnreachable):
        room.mailbox.uids()


def test_reading_marks_nothing_as_read(server: Dovecot) -> None:
    server.empty()
    server.deliver(letter(1))
    mailbox = ImapMailbox(MailboxAddress.parse(server.url), ca_file=server.ca_file)
    mailbox.connect()
    assert len(list(mailbox.fetch(mailbox.uids()))) == 1
    mailbox.close()
    assert server.seen() == 0
    assert server.kept() == [letter(1)]


def test_many_and_large_messages_come_in_batches(
    server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.mailbox.BATCH_MESSAGES", 4)
    monkeypatch.setattr("intake.mailbox.BATCH_BYTES", 20_000)
    server.empty()
    sent = [letter(number) + b"x" * 9_000 * (number % 3) + b"\r\n" for number in range(11)]
    for raw in sent:
        server.deliver(raw)
    mailbox = ImapMailbox(MailboxAddress.parse(server.url), ca_file=server.ca_file)
    mailbox.connect()
    uids = mailbox.uids()
    assert [one.raw for one in mailbox.fetch(uids)] == sent
    mailbox.file_as_done(uids)
    assert mailbox.uids() == []
    mailbox.close()
    assert len(server.kept("Processed")) == 11


def test_an_unknown_certificate_is_not_trusted(server: Dovecot) -> None:
    mailbox = ImapMailbox(MailboxAddress.parse(server.url), timeout=5)
    with pytest.raises(MailboxUnreachable, match="certificate that is not trusted"):
        mailbox.connect()


def test_a_folder_that_is_not_there_is_refused(server: Dovecot) -> None:
    address = replace(MailboxAddress.parse(server.url), folder="Nowhere")
    mailbox = ImapMailbox(address, ca_file=server.ca_file)
    with pytest.raises(MailboxRefused, match="Nowhere"):
        mailbox.connect()


@pytest.mark.parametrize("capability", ["IMAP4rev1 UIDPLUS", "IMAP4rev1"])
def test_a_server_without_move_copies_and_removes_only_its_own(capability: str) -> None:
    with dovecot(capability) as old_server:
        for number in range(3):
            old_server.deliver(letter(number))
        mailbox = ImapMailbox(
            MailboxAddress.parse(old_server.insecure_url), ca_file=old_server.ca_file
        )
        mailbox.connect()
        uids = mailbox.uids()
        _mark_deleted(old_server, uids[2])
        mailbox.file_as_done(uids[:1])
        assert mailbox.uids() == [uids[1]]
        mailbox.close()
        assert old_server.kept("Processed") == [letter(0)]
        # What somebody else marked is still there: nothing was expunged but our own.
        assert letter(2) in old_server.kept()
        assert (letter(0) in old_server.kept()) == ("UIDPLUS" not in capability)


def _mark_deleted(server: Dovecot, uid: int) -> None:
    """Mark a message as another program would."""
    import imaplib

    with imaplib.IMAP4("127.0.0.1", server.plain_port) as other:
        other.login(server.user, server.password)
        other.select("INBOX")
        other.uid("STORE", str(uid), "+FLAGS", "(\\Deleted)")
        other.unselect()
