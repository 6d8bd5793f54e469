"""Header fields of a message: subject, people, dates and identifiers from any bytes."""

from __future__ import annotations

import binascii
import quopri
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from intake.charsets import clean, decode

MAX_REFERENCES = 200

_WORD = re.compile(rb"=\?([!-<>@-~]{1,60}?)\?([bBqQ])\?([^?\s]{0,10000}|[^?\r\n]{0,10000})\?=")
_IDENTIFIER = re.compile(r"<[^<>]{1,2000}>")


def header_text(value: bytes) -> tuple[str, bool]:
    """Decode a header value with encoded words (RFC 2047) and raw 8-bit bytes.

    Args:
        value: the unfolded bytes of the field.

    Returns:
        The text on one line, and whether a charset had to be guessed.
    """
    pieces: list[str] = []
    guessed, here = False, 0
    joined: list[bytes] = []
    joined_charset = ""

    def flush() -> None:
        nonlocal guessed
        if joined:
            text, unsure = decode(b"".join(joined), joined_charset)
            pieces.append(text)
            guessed = guessed or unsure
            joined.clear()

    for found in _WORD.finditer(value):
        between = value[here : found.start()]
        charset = found.group(1).decode("ascii").lower()
        # Words that touch are one text: a character may be cut in two between them.
        if between.strip() or not joined or charset != joined_charset:
            flush()
        if between.strip() or here == 0:
            text, unsure = _raw(between)
            pieces.append(text)
            guessed = guessed or unsure
        joined_charset = charset
        joined.append(_word_bytes(found.group(2), found.group(3)))
        here = found.end()
    flush()
    text, unsure = _raw(value[here:])
    return " ".join("".join([*pieces, text]).split()), guessed or unsure


def _raw(value: bytes) -> tuple[str, bool]:
    """Decode what stands outside encoded words: UTF-8 (RFC 6532), else by what it looks like."""
    return decode(value, None if b"\x1b" in value else "utf-8")


def _word_bytes(encoding: bytes, content: bytes) -> bytes:
    if encoding in b"qQ":
        return quopri.decodestring(content, header=True)
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", content)
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def date(value: bytes | None) -> datetime | None:
    """Return the Date header with its zone, or None where it is missing or no date."""
    if not value:
        return None
    try:
        when = parsedate_to_datetime(value[:200].decode("latin-1"))
        # "-0000" says that the zone is not known; the moment is UTC.
        return when if when.tzinfo else when.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None


def identifier(value: bytes | None) -> str | None:
    """Return a Message-ID with its brackets, as it stands where it is malformed, else None."""
    if not value:
        return None
    text = " ".join(clean(value[:4_000].decode("utf-8", "replace")).split())
    found = _IDENTIFIER.search(text)
    return (found.group() if found else text[:2_000]) or None


def identifiers(values: list[bytes]) -> tuple[str, ...]:
    """Return the distinct Message-IDs of References fields, in order, the newest kept."""
    text = " ".join(clean(value.decode("utf-8", "replace")) for value in values)
    found = dict.fromkeys(_IDENTIFIER.findall(text))
    return tuple(found)[-MAX_REFERENCES:]
