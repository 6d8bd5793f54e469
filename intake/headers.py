"""Header fields of a message: subject, people, dates and identifiers from any bytes."""

from __future__ import annotations

import binascii
import quopri
import re
from datetime import UTC, datetime
from email.utils import getaddresses, parsedate_to_datetime

from intake.charsets import clean, decode
from intake.incoming import Address

# Beyond this a list of recipients is an attack or a newsletter; the parser is slow on both.
MAX_ADDRESS_BYTES = 16 * 1024
MAX_ADDRESSES = 200
MAX_REFERENCES = 200

_WORD = re.compile(rb"=\?([!-<>@-~]{1,60}?)\?([bBqQ])\?([^?\s]{0,10000}|[^?\r\n]{0,10000})\?=")
_IDENTIFIER = re.compile(r"<[^<>]{1,2000}>")
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,120}@[^\s@<>()\[\],;:\"\\]{1,255}")


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
            text, unsure = decode(between, None)
            pieces.append(text)
            guessed = guessed or unsure
        joined_charset = charset
        joined.append(_word_bytes(found.group(2), found.group(3)))
        here = found.end()
    flush()
    text, unsure = decode(value[here:], None)
    return " ".join("".join([*pieces, text]).split()), guessed or unsure


def _word_bytes(encoding: bytes, content: bytes) -> bytes:
    if encoding in b"qQ":
        return quopri.decodestring(content, header=True)
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", content)
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def addresses(values: list[bytes]) -> tuple[Address, ...]:
    """Return the people of address fields; what is no address keeps its words as a name."""
    raw = b", ".join(values)[:MAX_ADDRESS_BYTES]
    if not raw.strip():
        return ()
    # Names are decoded after the list is cut: an encoded name may hold a comma.
    try:
        pairs = getaddresses([raw.decode("latin-1")])
    except (RecursionError, ValueError, IndexError):
        pairs = []
    found: list[Address] = []
    waiting: list[str] = []
    for name, address in pairs[: MAX_ADDRESSES * 2]:
        if "@" not in address:
            # "Smith, Jo <jo@…>" without quotation marks arrives in two pieces.
            waiting.append(" ".join(one for one in (name, address) if one))
            continue
        parts = [one for one in [*waiting, name] if one]
        waiting = []
        found.append(Address(_name(", ".join(parts)), _name(address)))
    if not found or not all(_ADDRESS.fullmatch(one.address) for one in found):
        found = _by_pattern(raw) or found
    return tuple(found[:MAX_ADDRESSES])


def _name(text: str) -> str:
    return header_text(text.encode("latin-1", "replace"))[0].strip("\"' ")


def _by_pattern(raw: bytes) -> list[Address]:
    """Read addresses from a field the standard parser cannot: the angle brackets, else any."""
    text = raw.decode("latin-1")
    angled = re.findall(r"<([^<>]{3,400})>", text)
    within = " ".join(angled) if any("@" in one for one in angled) else text
    named = header_text(text.partition("<")[0].encode("latin-1"))[0].strip("\"' ,;")
    plain = [one.strip(".'") for one in _ADDRESS.findall(within)]
    if len(plain) == 1 and angled and "@" not in named:
        return [Address(named, plain[0])]
    return [Address("", one) for one in plain]


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
