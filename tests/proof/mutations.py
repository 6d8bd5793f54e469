"""Damaged mail for the fuzz: the corpus cut, spliced, repeated, and changed under its encodings."""

from __future__ import annotations

import base64
import quopri
import random
import re
from collections.abc import Callable
from pathlib import Path

SAMPLES = [path.read_bytes() for path in sorted((Path(__file__).parents[1] / "mail").glob("*.eml"))]
LARGEST = 10_000_000
SCRAPS = [
    b"\n", b"\r\n", b"\r", b"\0", b"--cut\n", b"--cut--\n", b"\n\n", b" ", b"\t", b'"', b"(", b"<",
    b">", b";", b":", b",", b"=", b"\\", b"\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b$B", b"+AGA-",
    b"Content-Type: message/rfc822\n\n", b"Content-Type: multipart/mixed; boundary=cut\n\n",
    b"Content-Type: multipart/alternative; boundary=\"\"\n", b"Content-Type: text/html\n\n",
    b"Content-Type: application/ms-tnef\n", b"Content-Type: text/calendar\n\n",
    b"Content-Type: text/vcard\n\n", b"Content-Type: application/pkcs7-mime\n",
    b"Content-Type: message/delivery-status\n\n", b"Content-Transfer-Encoding: base64\n",
    b"Content-Transfer-Encoding: quoted-printable\n", b"Content-Transfer-Encoding: x-uuencode\n",
    b"Content-Disposition: attachment; filename*0*=utf-16''%00; filename*999999999=x\n",
    b"=?utf-8?q?", b"=?x?b?", b"?=", b"=?utf-8?b?w6k=?=", b"begin 644 x\n", b"end\n",
    b"=ybegin name=x\n", b"=yend\n", b"<table><tr><td>", b"<!--", b"-->", b"<style>", b"<a href=",
    b"<blockquote type=cite>", b"<pre>", b"&#x110000;", b"</div>", b"> ", b">> ", b"-- \n",
    b"On Monday at 10:00 a@b.c wrote:\n", b"From: a@b.c\nSent: 1\nTo: x\nSubject: y\n",
    b"-----Original Message-----\n", b"BEGIN:VEVENT\n", b"BEGIN:VCARD\n", b"RRULE:FREQ=DAILY\n",
    b"DTSTART:99991231T235959Z\n", b"DURATION:P9999W\n",
    b"\x78\x9f\x3e\x22", b"\xff\xff\xff\xff", b"\x00\x00\x00\x80", b"\x30\x80", b"\x24\x80",
    b"{\\rtf1", b"{\\*\\htmltag", b"\\'e9", b"\\u-9999 ?", b"charset=utf-7", b"charset=idna",
    b"charset=\"hz\"", b"boundary=cut", b"format=flowed; delsp=yes",
]  # fmt: skip
_BASE64 = re.compile(rb"base64[^\n]*\n(?:[^\n]+\n)*\n((?:[A-Za-z0-9+/=]{4,76}\n)+)")


def _place(raw: bytes, dice: random.Random) -> tuple[int, int]:
    start = dice.randrange(len(raw) + 1)
    return start, min(len(raw), start + dice.choice((0, 1, 2, 4, 8, 30, 200, 2_000)))


def _cut(raw: bytes, dice: random.Random) -> bytes:
    start, end = _place(raw, dice)
    return raw[:start] + raw[end:]


def _cut_short(raw: bytes, dice: random.Random) -> bytes:
    return raw[: dice.randrange(len(raw) + 1)]


def _insert(raw: bytes, dice: random.Random) -> bytes:
    start, end = _place(raw, dice)
    return raw[:start] + dice.choice(SCRAPS) + raw[start if dice.random() < 0.7 else end :]


def _flip(raw: bytes, dice: random.Random) -> bytes:
    damaged = bytearray(raw)
    for _ in range(dice.randrange(1, 6)):
        if damaged:
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
    return bytes(damaged)


def _repeat(raw: bytes, dice: random.Random) -> bytes:
    start, end = _place(raw, dice)
    piece = raw[start:end] or dice.choice(SCRAPS)
    times = min(dice.choice((2, 5, 50, 1_000, 50_000)), LARGEST // (len(piece) + 1))
    return raw[:start] + piece * times + raw[end:]


def _splice(raw: bytes, dice: random.Random) -> bytes:
    other = dice.choice(SAMPLES)
    start, end = _place(other, dice)
    here = dice.randrange(len(raw) + 1)
    return raw[:here] + (other[start:end] if dice.random() < 0.5 else other[start:]) + raw[here:]


def _swap_lines(raw: bytes, dice: random.Random) -> bytes:
    lines = raw.split(b"\n")
    first, second = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return b"\n".join(lines)


def _wrap(raw: bytes, dice: random.Random) -> bytes:
    head = b"From: pat@example.net\nSubject: wrapped\n"
    for _ in range(dice.choice((1, 1, 2, 12))):
        kind = dice.choice((b"message/rfc822", b"multipart/mixed; boundary=w", b"multipart/report"))
        if b"boundary" in kind:
            raw = head + b"Content-Type: " + kind + b"\n\n--w\n" + raw + b"\n--w--\n"
        else:
            raw = head + b"Content-Type: " + kind + b"\n\n" + raw
    return raw


def _encode(raw: bytes, dice: random.Random) -> bytes:
    head, _, body = raw.partition(b"\n\n")
    if dice.random() < 0.5:
        return head + b"\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(body)
    coded = quopri.encodestring(body[:200_000])
    return head + b"\nContent-Transfer-Encoding: quoted-printable\n\n" + coded


def _inside(raw: bytes, dice: random.Random) -> bytes:
    """Damage what stands under base64: packs, seals, files."""
    found = list(_BASE64.finditer(raw[:300_000]))
    if not found:
        return _insert(raw, dice)
    block = dice.choice(found)
    try:
        content = base64.b64decode(block[1])
    except ValueError:
        return _flip(raw, dice)
    for _ in range(dice.randrange(1, 4)):
        content = dice.choice((_cut, _cut_short, _insert, _flip, _flip, _repeat))(content, dice)
    return raw[: block.start(1)] + base64.encodebytes(content) + raw[block.end(1) :]


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _cut, _cut_short, _insert, _insert, _flip, _repeat, _splice, _swap_lines, _wrap, _encode,
    _inside, _inside, _inside,
)  # fmt: skip


def damaged(dice: random.Random) -> bytes:
    """Return a message of the corpus, damaged a few times over; at most 10 MB."""
    raw = dice.choice(SAMPLES)
    for _ in range(dice.choice((1, 1, 2, 3, 6))):
        raw = dice.choice(MUTATIONS)(raw, dice)[:LARGEST]
    return raw
