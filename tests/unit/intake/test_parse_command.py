"""`python -m intake parse` prints the contract's JSON, a line a message."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from intake import parse_command

KEYS = ["message_id", "date", "subject", "from", "to", "cc", "in_reply_to", "references",
        "text", "reply_text", "attachments", "automatic", "bounce", "charset_guessed",
        "defects"]  # fmt: skip
RAW = (
    b"From: Pat <pat@example.net>\nTo: a@council.example\nSubject: Hello\n"
    b"Content-Type: application/pdf; name=a.pdf\n\n%PDF"
)


def test_files_come_out_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("b", "a"):
        (tmp_path / name).write_bytes(RAW.replace(b"Hello", name.encode()))
    assert parse_command.run([str(tmp_path / "b"), str(tmp_path / "a")]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["subject"] for line in lines] == ["b", "a"]
    assert list(lines[0]) == KEYS
    assert lines[0]["from"] == [{"name": "Pat", "address": "pat@example.net"}]
    assert list(lines[0]["attachments"][0]) == [
        "filename", "content_type", "size", "sha256", "inline",
    ]  # fmt: skip


def test_standard_input_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(RAW)))
    assert parse_command.run([]) == 0
    assert json.loads(capsys.readouterr().out)["subject"] == "Hello"


def test_a_missing_file_is_a_sentence_and_the_others_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a").write_bytes(RAW)
    assert parse_command.run([str(tmp_path / "gone"), str(tmp_path / "a")]) == 2
    captured = capsys.readouterr()
    assert "gone could not be read: No such file or directory." in captured.err
    assert len(captured.out.splitlines()) == 1
