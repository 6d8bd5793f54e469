"""Reading in a process of its own: whatever a message does to it, the next one is read."""

import time
from collections.abc import Iterator

import pytest

from intake.parsing import parse
from intake.read_mail import RefusedFile
from intake.reading_apart import Readers, ReadersUnusable, ReadFailed
from portal.attachments.checking import CheckedFile
from portal.attachments.refusals import LARGEST, TOO_LARGE
from tests.integration.mailing import mail

ODD = "tests.unit.intake.odd_reader"


@pytest.fixture(scope="module")
def odd() -> Iterator[Readers]:
    """One process that obeys what stands in its messages, with a second for each."""
    readers = Readers(1, module=ODD, memory=1024**3, seconds=1)
    yield readers
    readers.close()


@pytest.fixture(scope="module")
def plain() -> Iterator[Readers]:
    """The reader that production has."""
    readers = Readers(1)
    yield readers
    readers.close()


def test_what_is_read_apart_is_what_is_read_here(plain: Readers) -> None:
    raw = mail("Größe", "The bus.\n")
    assert plain.submit(raw).result(60).incoming == parse(raw)


@pytest.mark.parametrize(
    ("word", "kind", "told"),
    [
        ("CRASH", "Signal11", "Segmentation fault"),
        ("HANG", "TimeLimit", "hang_here"),
        ("GREEDY", "MemoryError", "MemoryError"),
        ("RAISE", "ValueError", "the word of a child"),
        ("LEAVE", "Ended", ""),
        ("OPEN", "OddAnswer", "system"),
        ("FUNCTION", "OddAnswer", "pack"),
    ],
)
def test_a_message_that_breaks_it_fails_alone(
    odd: Readers, word: str, kind: str, told: str
) -> None:
    bad, good = odd.submit(word.encode()), odd.submit(mail())
    with pytest.raises(ReadFailed) as failed:
        bad.result(60)
    assert failed.value.kind == kind
    assert told in failed.value.traceback
    # The code goes to logs and pages; only the traceback may hold what the message said.
    assert "child" not in str(failed.value)
    assert good.result(60).incoming.subject == "My son's bus"


def test_a_hang_ends_in_time(odd: Readers) -> None:
    odd.submit(mail()).result(60)
    before = time.monotonic()
    with pytest.raises(ReadFailed):
        odd.submit(b"HANG").result(60)
    assert time.monotonic() - before < 4


def test_it_is_given_no_secret(odd: Readers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORDS_KEY", "secret")
    monkeypatch.setenv("DATABASE_URL", "secret")
    with pytest.raises(ReadFailed):
        odd.submit(b"LEAVE").result(60)
    text = odd.submit(b"ENVIRONMENT").result(60).incoming.text
    assert "PATH" in text
    assert "KEY" not in text
    assert "URL" not in text


def test_a_process_that_cannot_start_blames_no_message() -> None:
    readers = Readers(1, module="intake.there_is_no_such_module")
    with pytest.raises(ReadersUnusable, match="there_is_no_such_module"):
        readers.submit(mail()).result(60)
    readers.close()


def test_files_come_back_checked_and_too_large_ones_named(plain: Readers) -> None:
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"] = "jo@example.org"
    message.set_content("See the files.")
    message.add_attachment(b"The note.", "text", "plain", filename="note.txt")
    message.add_attachment(b"%PDF" + b"x" * LARGEST, "application", "pdf", filename="big.pdf")
    note, big = plain.submit(message.as_bytes()).result(120).files
    assert isinstance(note, CheckedFile)
    assert note.data == b"The note."
    assert isinstance(big, RefusedFile)
    assert (big.reason, big.too_large) == (TOO_LARGE, True)


def test_many_messages_come_back_in_their_order(plain: Readers) -> None:
    asked = [plain.submit(mail(f"number {one}")) for one in range(40)]
    assert [one.result(60).incoming.subject for one in asked] == [f"number {n}" for n in range(40)]
