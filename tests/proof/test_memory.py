"""Memory and time of reading large mail, each in a process of its own."""

from __future__ import annotations

import base64
import binascii
import json
import os
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.proof.fuzz import MEGABYTES, SECONDS

HEAD = b"From: pat@example.net\nSubject: large\nMIME-Version: 1.0\n"
ROOT = Path(__file__).parents[2]


def _text(size: int) -> bytes:
    return HEAD + b"\n" + b"The taxi did not come on Monday, and nobody told us.\n" * (size // 53)


def _wide(size: int) -> bytes:
    line = "学校の件です。 🚲\n".encode()
    return HEAD + b"Content-Type: text/plain; charset=utf-8\n\n" + line * (size // len(line))


def _newlines(size: int) -> bytes:
    return HEAD + b"\n" + b"\n" * size + b"end"


def _flowed(size: int) -> bytes:
    return HEAD + b"Content-Type: text/plain; format=flowed\n\n" + b"> a \n" * (size // 5)


def _html(size: int) -> bytes:
    return (
        HEAD + b"Content-Type: text/html\n\n" + b"<p>The <b>taxi</b> was late.</p>\n" * (size // 33)
    )


def _depth(size: int) -> bytes:
    return HEAD + b"Content-Type: text/html\n\n" + b"<div>x" * (size // 6)


def _quoted_printable(size: int) -> bytes:
    head = (
        b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
    )
    return HEAD + head + b"Caf=C3=A9 words.=\n" * (size // 18)


def _file(size: int) -> bytes:
    line = base64.b64encode(bytes(range(57))) + b"\n"
    head = b"Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n"
    return HEAD + head + line * (size // len(line))


def _damaged_file(size: int) -> bytes:
    return _file(size).replace(b"\nAAEC", b"\n*AEC", 1)


def _uuencoded(size: int) -> bytes:
    line = binascii.b2a_uu(bytes(range(45)))
    return HEAD + b"\nSee it.\nbegin 644 a.pdf\n" + line * (size // len(line)) + b"`\nend\n"


def _yenc(size: int) -> bytes:
    return HEAD + b"\n=ybegin line=128 size=1 name=a.pdf\n" + b"=J=J" * (size // 4) + b"\n=yend\n"


def _parts(size: int) -> bytes:
    head = b"Content-Type: multipart/mixed; boundary=b\n\n"
    return HEAD + head + b"--b\nContent-Type: image/png; name=a.png\n\nx\n" * (size // 44)


def _messages(size: int) -> bytes:
    raw = b"The innermost words.\n" * (size // 21)
    for _ in range(12):
        raw = HEAD + b"Content-Type: message/rfc822\n\n" + raw
    return raw


def _pack(size: int) -> bytes:
    content = b"\xff" * (size * 3 // 4)
    data = b"\x78\x9f\x3e\x22\x01\x00" + struct.pack("<BHHI", 2, 0x9002, 6, 0) + b"\0\0"
    data += struct.pack("<BHHI", 2, 0x800F, 6, len(content)) + content + b"\0\0"
    head = b"Content-Type: application/ms-tnef\nContent-Transfer-Encoding: base64\n\n"
    return HEAD + head + base64.encodebytes(data)


def _headers(size: int) -> bytes:
    return HEAD + b"X-Long: y\n" * (size // 10) + b"\nwords"


def _scattered(size: int) -> bytes:
    # Every second sign is one that no page can hold: a pattern finds millions of pieces.
    return HEAD + b"\n" + b"a\x01" * (size // 2)


def _many_packs(size: int) -> bytes:
    content = b"\x78\x9f\x3e\x22\x01\x00"
    for number in range(10):
        content += struct.pack("<BHHI", 2, 0x9002, 6, 0) + b"\0\0"
        content += struct.pack("<BHHI", 2, 0x800F, 6, 1) + bytes([number]) + b"\0\0"
    part = b"--b\nContent-Type: application/ms-tnef\nContent-Transfer-Encoding: base64\n\n"
    part += base64.encodebytes(content)
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + part * (size // len(part))


SHAPES: dict[str, Callable[[int], bytes]] = {
    "text": _text, "wide text": _wide, "newlines": _newlines, "flowed": _flowed, "html": _html,
    "deep html": _depth, "quoted-printable": _quoted_printable, "file": _file,
    "damaged file": _damaged_file, "uuencoded": _uuencoded, "yenc": _yenc, "parts": _parts,
    "messages in messages": _messages, "winmail.dat": _pack, "headers": _headers,
    "scattered signs": _scattered, "many packs": _many_packs,
}  # fmt: skip


# The costliest at 50 MB each time; all of them where FUZZ_SECONDS asks for a long run.
LONG_RUN = float(os.environ.get("FUZZ_SECONDS", "0")) >= 300
LARGE = list(SHAPES) if LONG_RUN else ["wide text", "html", "file", "messages in messages"]


@pytest.mark.parametrize(
    ("shape", "size"),
    [(shape, 10_000_000) for shape in SHAPES] + [(shape, 50_000_000) for shape in LARGE],
)
def test_large_mail_is_read_in_bounded_memory_and_time(
    shape: str, size: int, tmp_path: Path
) -> None:
    path = tmp_path / "large.eml"
    path.write_bytes(SHAPES[shape](size))
    done = subprocess.run(
        [sys.executable, "-m", "tests.proof.fuzz", "--one", str(path)],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    seen = json.loads(done.stdout)
    assert seen["megabytes"] < (MEGABYTES if size < 20_000_000 else 1_000), seen
    # Five seconds is the promise up to 10 MB; a message five times as large may take five times it.
    assert seen["seconds"] < SECONDS * max(1, size // 10_000_000), seen
