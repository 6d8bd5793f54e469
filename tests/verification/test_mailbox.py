"""The same checks on the fake mailbox and on a real Dovecot: the fake may not flatter us."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

import pytest

from intake.mailbox import ImapMailbox, Mailbox
from intake.mailbox_errors import MailboxRefused, MailboxRenumbered, MailboxUnreachable
from intake.mailbox_url import MailboxAddress
from tests.services.dovecot import Dovecot, dovecot
from tests.services.fake_mailbox import FakeMailbox

RECEIVED = datetime(2026, 7, 14, 22, 30, 5, tzinfo=UTC)
URLS = {
    "dovecot-tls": lambda server: server.url,
    "dovecot-starttls": lambda server: server.starttls_url,
    "dovecot-loopback": lambda server: server.insecure_url,
}


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
    renumber: Callable[[], None]


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with dovecot() as running:
        yield running


@pytest.fixture(params=["fake", *URLS])
def room(request: pytest.FixtureRequest) -> Iterator[Room]:
    if request.param == "fake":
        yield _fake_room()
        return
    server: Dovecot = request.getfixturevalue("server")
    server.empty()
    address = MailboxAddress.parse(URLS[request.param](server))
    mailbox = ImapMailbox(address, ca_file=server.ca_file, timeout=5)
    wrong = replace(address, password="not-the-password")
    yield Room(
        mailbox,
        server.deliver,
        lambda: server.kept("Processed"),
        lambda: ImapMailbox(wrong, ca_file=server.ca_file, timeout=5),
        server.stop,
        server.start,
        server.renumber,
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
        fake.renumber,
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


def test_what_is_done_may_be_moved_while_more_is_fetched(room: Room) -> None:
    for number in range(120):
        room.deliver(letter(number))
    room.mailbox.connect()
    uids = room.mailbox.uids()
    for one in room.mailbox.fetch(uids):
        room.mailbox.file_as_done([one.uid])
    assert room.mailbox.uids() == []
    assert sorted(room.done()) == sorted(letter(number) for number in range(120))


def test_fetching_may_be_given_up_and_begun_again(room: Room) -> None:
    for number in range(120):
        room.deliver(letter(number))
    room.mailbox.connect()
    uids = room.mailbox.uids()
    for one in room.mailbox.fetch(uids):
        assert one.uid == uids[0]
        break
    assert [one.uid for one in room.mailbox.fetch(uids)] == uids


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


def test_a_lost_connection_is_noticed_on_entering(room: Room) -> None:
    room.mailbox.connect()
    room.break_connection()
    room.repair()
    room.mailbox.connect()
    assert room.mailbox.uids() == []


def test_an_unopened_mailbox_says_so(room: Room) -> None:
    room.mailbox.close()
    with pytest.raises(MailboxUnreachable):
        room.mailbox.uids()
    with pytest.raises(MailboxUnreachable):
        room.mailbox.fetch([1])
    with pytest.raises(MailboxUnreachable):
        room.mailbox.file_as_done([1])


def test_nothing_is_moved_under_another_numbering(room: Room) -> None:
    for number in range(3):
        room.deliver(letter(number))
    room.mailbox.connect()
    old = room.mailbox.uids()
    before = room.mailbox.uid_validity
    room.renumber()
    # The server may notice first and end the connection: then, too, nothing is moved.
    with pytest.raises(MailboxUnreachable):
        room.mailbox.file_as_done(old[:1])
    assert room.done() == []
    room.mailbox.connect()
    assert room.mailbox.uid_validity != before
    # What was listed under the old numbers is still not believed.
    with pytest.raises(MailboxRenumbered):
        room.mailbox.file_as_done(old[:1])
    with pytest.raises(MailboxRenumbered):
        room.mailbox.fetch(old)
    assert room.done() == []
    assert len(list(room.mailbox.fetch(room.mailbox.uids()))) == 3


def test_waiting_ends_when_a_message_comes(room: Room) -> None:
    room.mailbox.connect()
    assert room.mailbox.uids() == []
    threading.Timer(0.5, room.deliver, args=(letter(1),)).start()
    began = time.monotonic()
    room.mailbox.wait(threading.Event(), 60)
    assert time.monotonic() - began < 10
    room.mailbox.connect()
    assert len(room.mailbox.uids()) == 1


def test_what_came_before_the_wait_ends_it_at_once(room: Room) -> None:
    room.mailbox.connect()
    assert room.mailbox.uids() == []
    room.deliver(letter(1))
    began = time.monotonic()
    room.mailbox.wait(threading.Event(), 60)
    assert time.monotonic() - began < 1


def test_a_stop_ends_the_wait(room: Room) -> None:
    room.mailbox.connect()
    stopping = threading.Event()
    stopping.set()
    began = time.monotonic()
    room.mailbox.wait(stopping, 60)
    assert time.monotonic() - began < 2


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
    monkeypatch.setattr("intake.fetched.BATCH_MESSAGES", 4)
    monkeypatch.setattr("intake.fetched.BATCH_BYTES", 20_000)
    monkeypatch.setattr("intake.fetched.SIZES", 7)
    server.empty()
    sent = [letter(number) + b"x" * 9_000 * (number % 4) + b"\r\n" for number in range(23)]
    for raw in sent:
        server.deliver(raw)
    mailbox = ImapMailbox(MailboxAddress.parse(server.url), ca_file=server.ca_file)
    mailbox.connect()
    uids = mailbox.uids()
    assert [one.raw for one in mailbox.fetch(uids)] == sent
    mailbox.file_as_done(uids)
    assert mailbox.uids() == []
    mailbox.close()
    assert len(server.kept("Processed")) == 23
