"""winmail.dat and Rich Text: read by offsets, ending with the bytes whatever they promise."""

from __future__ import annotations

import struct
import time
from email import message_from_bytes
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.openings import MAX_FILES
from intake.parsing import parse
from intake.rtf import text_of_compressed_rtf, text_of_rtf
from intake.tnef import SIGNATURE, unpack

MAIL = Path(__file__).parents[2] / "mail"


def _pack(name: str) -> bytes:
    message = message_from_bytes((MAIL / f"{name}.eml").read_bytes())
    return next(
        bytes(part.get_payload(decode=True))
        for part in message.walk()
        if part.get_content_type() == "application/ms-tnef"
    )


FULL = _pack("tnef-html-and-files")


def _attribute(number: int, data: bytes) -> bytes:
    return struct.pack("<BHHI", 1, number, 6, len(data)) + data + b"\0\0"


def test_a_pack_gives_its_page_and_its_files() -> None:
    packed = unpack(FULL)
    assert packed is not None
    assert not packed.damaged
    assert packed.subject == "Minutes"
    assert packed.html.startswith("<html>")
    assert [(one.filename, one.content[:4]) for one in packed.files] == [
        ("Minutes of 3 May – Zoë.docx", b"PK\x03\x04"),
        ("stairs.jpg", b"\xff\xd8\xff\xe0"),
    ]


@pytest.mark.parametrize("length", range(6, len(FULL), 7))
def test_a_pack_cut_anywhere_is_read_as_far_as_it_goes(length: int) -> None:
    packed = unpack(FULL[:length])
    assert packed is not None
    assert len(packed.files) <= 2


def test_files_of_many_packs_are_counted_together_and_none_is_lost() -> None:
    raw = (MAIL / "tnef-html-and-files.eml").read_bytes()
    head, part, _ = raw.split(b"--cut")
    packs = MAX_FILES // 2 + 3
    mail = parse(head + (b"--cut" + part) * packs + b"--cut--\n")
    whole = [one for one in mail.attachments if one.filename == "winmail.dat"]
    assert len(whole) == packs
    assert len(mail.attachments) == packs + MAX_FILES
    # A pack is "opened" only where each of its files stands beside it.
    assert [one.opened for one in whole] == [True] * (MAX_FILES // 2) + [False] * 3
    assert any("kept as a file" in defect for defect in mail.defects)


def test_other_bytes_are_no_pack() -> None:
    assert unpack(b"%PDF-1.4") is None
    assert unpack(b"") is None


@pytest.mark.parametrize("kind", [0x0002, 0x1002, 0x001F, 0x101F, 0x0000, 0x1000])
def test_counts_are_promises_that_are_not_believed(kind: int) -> None:
    properties = struct.pack("<IHHI", 0xFFFFFFFF, kind, 0x1000, 0xFFFFFFFF) + b"\0" * 64
    started = time.process_time()
    assert unpack(SIGNATURE + b"\0\0" + _attribute(0x9003, properties)) is not None
    assert time.process_time() - started < 1


@given(st.binary(max_size=300))
def test_any_rtf_ends(content: bytes) -> None:
    # Whatever it says, it ends, and gives no more than a text that can be kept.
    for text in (
        text_of_rtf(content),
        text_of_rtf(b"{\\rtf1\\fromhtml1 " + content),
        text_of_compressed_rtf(b"\0\0\0\0\xff\xff\xff\x7fLZFu\0\0\0\0" + content),
    ):
        assert text.encode("utf-8").decode("utf-8") == text


def test_rich_text_is_told_plainly() -> None:
    rtf = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\uc1 Caf\'e9\par \u8364?5 \{kept\}\tab x}"
    assert text_of_rtf(rtf) == "Café\n€5 {kept}\tx"
    assert text_of_rtf(rb"{\rtf1\ansi\u-10179?\u-8704?}") == "😀"
    assert text_of_rtf(rb"{\rtf1{\*\unheard of}{\pict 00ff}seen}") == "seen"
