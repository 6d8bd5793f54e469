"""Taking turns at filing, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from intake import filing_turns
from intake.filing_turns import filing_turn
from portal.db import db
from tests.conftest import app_for, settings_for

pytestmark = pytest.mark.service
BOX = "feedback@mail.example:993/INBOX"


@pytest.fixture
def pair(database_url: str, tmp_path: Path) -> Iterator[list[Flask]]:
    """Two workers' applications on one database."""
    apps = [app_for(settings_for(tmp_path, DATABASE_URL=database_url)) for _ in range(2)]
    yield apps
    for app in apps:
        with app.app_context():
            db.engine.dispose()


def test_one_at_a_time_has_the_turn(pair: list[Flask]) -> None:
    inside: list[int] = []
    most: list[int] = []

    def work(app: Flask) -> None:
        for _ in range(5):
            with filing_turn(app, BOX):
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=work, args=(pair[n % 2],)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 20


def test_another_mailbox_does_not_wait(pair: list[Flask]) -> None:
    with filing_turn(pair[0], BOX), filing_turn(pair[1], BOX + "/Other"):
        pass


def test_whoever_keeps_the_turn_too_long_is_not_waited_for(
    pair: list[Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing_turns, "LONGEST_WAIT_SECONDS", 0.3)
    with filing_turn(pair[0], BOX), filing_turn(pair[1], BOX):
        pass
    # Giving up has not taken the first one's turn away, and both have ended.
    with filing_turn(pair[1], BOX):
        pass


def test_a_failure_inside_ends_the_turn(pair: list[Flask]) -> None:
    with pytest.raises(ConnectionError), filing_turn(pair[0], BOX):
        raise ConnectionError
    with filing_turn(pair[1], BOX):
        pass
