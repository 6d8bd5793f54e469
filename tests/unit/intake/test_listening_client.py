"""The start of IDLE against a server that says everything at an awkward moment."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from intake import idling
from intake.connection import open_connection
from intake.mailbox_url import MailboxAddress

GO_AHEAD = b"+ idling\r\n"
ARRIVED = b"* 1 EXISTS\r\n"


@contextmanager
def server(*turns: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """A server that answers the nth IDLE with the nth of these, in one packet."""
    heard: list[bytes] = []
    left = list(turns)
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]

    def serve() -> None:
        connection, _ = listening.accept()
        tag = b""
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"* OK ready\r\n")
            for line in lines:
                words = line.upper().split()
                heard.append(words[-1] if words == [b"DONE"] else words[1])
                tag = tag if words == [b"DONE"] else words[0]
                answer = tag + b" OK done\r\n"
                if heard[-1] == b"IDLE":
                    answer = left.pop(0).replace(b"TAG", tag)
                elif heard[-1] == b"CAPABILITY":
                    answer = b"* CAPABILITY IMAP4rev1 IDLE\r\n" + answer
                connection.sendall(answer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"imap+insecure://feedback:secret@127.0.0.1:{port}/INBOX", heard
    finally:
        listening.close()


def wait(url: str, seconds: float) -> tuple[bool, float]:
    connection = open_connection(MailboxAddress.parse(url), None, ca_file=None, timeout=5)
    try:
        assert connection.offers("IDLE")
        began = time.monotonic()
        could = connection.idle(threading.Event(), seconds=seconds, turn=seconds)
        return could, time.monotonic() - began
    finally:
        connection.close()


@pytest.mark.parametrize("said", [GO_AHEAD + ARRIVED, ARRIVED + GO_AHEAD])
@pytest.mark.parametrize("quiet_turns", [0, 1])
def test_mail_told_with_or_before_the_go_ahead_is_heard_at_once(
    said: bytes, quiet_turns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idling, "FIRST_TURN_SECONDS", 0.2 if quiet_turns else 20)
    with server(*[GO_AHEAD] * quiet_turns, said) as (url, heard):
        could, took = wait(url, 20)
    assert could
    assert took < 5
    assert heard.count(b"IDLE") == quiet_turns + 1


@pytest.mark.parametrize("answer", [b"NO not now", b"BAD what", b"OK done already"])
def test_a_server_that_does_not_let_us_wait_is_told_apart(answer: bytes) -> None:
    with server(ARRIVED + b"TAG " + answer + b"\r\n") as (url, _):
        could, took = wait(url, 20)
    assert not could
    assert took < 5
