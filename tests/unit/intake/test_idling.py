"""IDLE as a server may behave in it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from intake import idling
from intake.mailbox_errors import MailboxUnreachable

ARRIVED = (3, b"EXISTS")


@dataclass
class Server:
    """Tells things before a turn, at set times of it, or only when it ends."""

    before: list[list[Any]] = field(default_factory=list)
    at_once: list[Any] = field(default_factory=list)
    when_done: list[list[Any]] = field(default_factory=list)
    dead: bool = False
    turns: int = 0

    def idle(self) -> list[Any]:
        self.turns += 1
        return self.before.pop(0) if self.before else []

    def idle_check(self, timeout: float) -> list[Any]:
        if self.at_once and timeout:
            return [self.at_once.pop(0)]
        if not self.dead:
            time.sleep(timeout)
        return []

    def idle_done(self) -> tuple[bytes, list[Any]]:
        if self.dead:
            raise MailboxUnreachable("gone")
        return b"", self.when_done.pop(0) if self.when_done else []


def ask(question: Callable[[], Any]) -> Any:
    return question()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idling, "TICK_SECONDS", 0.01)
    monkeypatch.setattr(idling, "FIRST_TURN_SECONDS", 0.05)


def wait(server: Server, *, seconds: float = 5, turn: float = 0.1) -> float:
    began = time.monotonic()
    idling.idle(server, ask, threading.Event(), seconds=seconds, turn=turn)
    return time.monotonic() - began


def test_an_arrival_ends_it() -> None:
    server = Server(at_once=[ARRIVED])
    assert wait(server) < 1
    assert server.turns == 1


def test_what_is_told_before_a_turn_begins_is_heard() -> None:
    server = Server(before=[[], [ARRIVED]])
    assert wait(server, turn=0.05) < 1
    assert server.turns == 2


def test_a_greeting_at_every_start_is_not_asked_for_in_a_circle() -> None:
    server = Server(before=[[(b"OK", b"Still here")] for _ in range(1000)])
    assert 0.3 <= wait(server, seconds=0.3, turn=0.1) < 2
    assert server.turns <= 5


def test_a_sign_of_life_does_not() -> None:
    server = Server(at_once=[(b"OK", b"Still here"), (2, b"FETCH", (b"FLAGS", ())), ARRIVED])
    assert wait(server) < 1
    assert server.turns == 3


def test_what_is_told_only_at_the_end_of_a_turn_is_heard() -> None:
    server = Server(when_done=[[], [], [(1, b"RECENT")]])
    assert wait(server) < 1
    assert server.turns == 3


def test_the_end_of_the_time_ends_it() -> None:
    server = Server()
    assert 0.2 <= wait(server, seconds=0.2, turn=60) < 2


def test_a_connection_that_ended_is_noticed_and_not_asked_in_a_circle() -> None:
    server = Server(dead=True)
    with pytest.raises(MailboxUnreachable):
        wait(server)
    assert server.turns == 1


def test_a_stop_ends_it() -> None:
    stopping = threading.Event()
    threading.Timer(0.1, stopping.set).start()
    began = time.monotonic()
    idling.idle(Server(), ask, stopping, seconds=60, turn=60)
    assert time.monotonic() - began < 2
