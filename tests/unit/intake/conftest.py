"""A mailbox in memory and a reader in this process, for the tests of what happens to mail."""

import pytest

from intake import reading_apart
from tests.services.fake_mailbox import FakeMailbox
from tests.unit.intake.mailroom import ReaderHere


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> ReaderHere:
    """What reads, in place of the reading process."""
    here = ReaderHere()
    monkeypatch.setattr(reading_apart, "readers", lambda: here)
    return here


@pytest.fixture
def box(reader: ReaderHere) -> FakeMailbox:
    """An empty mailbox."""
    return FakeMailbox()
