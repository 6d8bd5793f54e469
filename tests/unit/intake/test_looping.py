"""One mailbox's loop: what it does with trouble, and what it notes for `flask check`."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from structlog.testing import capture_logs

from intake import polling, pulse
from intake.counts import Counts
from intake.looping import REFUSED_WAITS, UNREACHABLE_WAITS, Looking
from intake.mailbox_errors import MailboxUnreachable
from portal import clock
from portal.db import db
from portal.records.heartbeat import Heartbeat
from portal.work import INTAKE, begin_work
from tests.services.fake_mailbox import FakeMailbox


class Stopping(threading.Event):
    """Remembers the waits that it was asked for, waits none of them, and is set after some."""

    def __init__(self, after: int, then: Callable[[int], None] = lambda _many: None) -> None:
        super().__init__()
        self.waits: list[float] = []
        self._after = after
        self._then = then

    def wait(self, timeout: float | None = None) -> bool:
        self.waits.append(timeout or 0)
        self._then(len(self.waits))
        if len(self.waits) >= self._after:
            self.set()
        return self.is_set()


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> FakeMailbox:
    """A mailbox whose looks find nothing."""
    monkeypatch.setattr(polling, "collect", lambda *_: Counts())
    return FakeMailbox()


def beat_of(mailbox: FakeMailbox) -> Heartbeat:
    # What was read before is no longer true: a new transaction sees what others wrote.
    db.session.rollback()
    found = db.session.get(Heartbeat, pulse.PREFIX + mailbox.name)
    assert found is not None
    return found


def run(app: Flask, mailbox: FakeMailbox, stopping: Stopping) -> None:
    Looking(app, mailbox, stopping, 0.01).run()


def test_an_unreachable_server_is_asked_less_and_less_often(
    app: Flask, mailbox: FakeMailbox
) -> None:
    mailbox.unreachable = True
    stopping = Stopping(12)
    run(app, mailbox, stopping)
    shortest, longest = UNREACHABLE_WAITS
    assert stopping.waits[0] <= shortest
    assert stopping.waits[3] > stopping.waits[0] * 2
    assert longest / 2 < stopping.waits[-1] <= longest


def test_a_wrong_password_is_not_tried_in_quick_succession(
    app: Flask, mailbox: FakeMailbox
) -> None:
    mailbox.refuses = True
    stopping = Stopping(3)
    run(app, mailbox, stopping)
    assert min(stopping.waits) >= REFUSED_WAITS[0] / 2
    assert "refuses the user name" in (beat_of(mailbox).error or "")


def test_a_success_begins_the_waits_again_and_clears_the_trouble(
    app: Flask, mailbox: FakeMailbox
) -> None:
    def repair(many: int) -> None:
        # Good after five failures, for one look; the wait for mail then finds it lost.
        mailbox.unreachable = many != 5

    def lost(*_: object) -> None:
        assert beat_of(mailbox).error is None
        raise MailboxUnreachable("lost while waiting")

    mailbox.unreachable = True
    mailbox.wait = lost  # type: ignore[method-assign]
    stopping = Stopping(6, repair)
    run(app, mailbox, stopping)
    assert stopping.waits[4] > UNREACHABLE_WAITS[0]
    assert stopping.waits[5] <= UNREACHABLE_WAITS[0]


def test_the_unforeseen_ends_no_loop_and_tells_nobodys_words(
    app: Flask, mailbox: FakeMailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = []

    def collect(*_: object) -> Counts:
        looks.append(1)
        raise RuntimeError("words of a child")

    monkeypatch.setattr(polling, "collect", collect)
    with capture_logs() as logged:
        run(app, mailbox, Stopping(3))
    assert len(looks) == 3
    assert "child" not in str(logged)
    assert logged[0]["kind"] == "RuntimeError"
    assert "RuntimeError" in (beat_of(mailbox).error or "")


def test_trouble_leaves_the_time_of_the_last_good_look(app: Flask, mailbox: FakeMailbox) -> None:
    pulse.worked(app, mailbox.name)
    before = clock.now() - timedelta(hours=10)
    with begin_work(INTAKE) as work:
        work.session.get_one(Heartbeat, pulse.PREFIX + mailbox.name).at = before
    pulse.in_trouble(app, mailbox.name, "It is refused.")
    assert (beat_of(mailbox).at, beat_of(mailbox).error) == (before, "It is refused.")
    pulse.worked(app, mailbox.name)
    assert beat_of(mailbox).error is None
    assert beat_of(mailbox).at > before


def test_mailboxes_that_are_read_no_longer_are_forgotten(app: Flask) -> None:
    for name in ("one", "two"):
        pulse.worked(app, name)
    with begin_work(INTAKE) as work:
        work.session.add(Heartbeat(process="intake", at=work.now))
    pulse.keep_only(app, ["two"])
    left = set(db.session.scalars(db.select(Heartbeat.process)))
    assert left == {pulse.PREFIX + "two", "intake"}
