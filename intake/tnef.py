"""winmail.dat: the body and the files that Outlook packs for its own kind (TNEF, MS-OXTNEF).

The kept libraries loop four thousand million times over a count that the sender chooses, and hand
out embedded files with their padding; this reads by offsets and stops at the end of the bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from intake.charsets import clean, decode

SIGNATURE = b"\x78\x9f\x3e\x22"
MAX_ATTRIBUTES = 20_000
MAX_DEPTH = 5

# Attributes of the stream (2.1.3.2 of the specification).
_SUBJECT, _BODY, _CLASS, _CODEPAGE = 0x8004, 0x800C, 0x8008, 0x9007
_NEW_FILE, _TITLE, _FILE_DATA, _FILE_PROPERTIES, _PROPERTIES = (
    0x9002,
    0x8010,
    0x800F,
    0x9005,
    0x9003,
)
# Properties of a message or a file.
_P_BODY, _P_HTML, _P_RTF, _P_SUBJECT, _P_CODEPAGE = 0x1000, 0x1013, 0x1009, 0x0037, 0x3FDE
_P_LONG_NAME, _P_NAME, _P_SHOWN_NAME, _P_TYPE, _P_CONTENT_ID, _P_DATA, _P_METHOD = (
    0x3707, 0x3704, 0x3001, 0x370E, 0x3712, 0x3701, 0x3705,
)  # fmt: skip
_EMBEDDED_MESSAGE = 5
_STRING8, _UNICODE, _OBJECT, _BINARY = 0x1E, 0x1F, 0x0D, 0x102
_FIXED = {0x01: 0, 0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4,
          0x14: 8, 0x40: 8, 0x48: 16}  # fmt: skip
_MANY = 0x1000


@dataclass(slots=True)
class PackedFile:
    """A file of the pack; `message` where it is a whole message of Outlook's."""

    filename: str = ""
    content_type: str = ""
    content: bytes = b""
    inline: bool = False
    message: Packed | None = None


@dataclass(slots=True)
class Packed:
    """What a pack holds; a body may come in any of three forms, or in none."""

    subject: str = ""
    plain: str = ""
    html: str = ""
    rtf: bytes = b""
    files: list[PackedFile] = field(default_factory=list)
    damaged: bool = False


def unpack(content: bytes, depth: int = 0) -> Packed | None:
    """Read a TNEF stream.

    Args:
        content: the bytes of the part.
        depth: how many packs this one lies in.

    Returns:
        What could be read, `damaged` where the stream breaks off; None where it is no TNEF at all.
    """
    if not content.startswith(SIGNATURE):
        return None
    packed, codepage = Packed(), "cp1252"
    for attribute, value in _attributes(content, packed):
        try:
            if attribute == _CODEPAGE:
                codepage = _codepage(value)
            elif attribute == _SUBJECT:
                packed.subject = packed.subject or _text(value, codepage)
            elif attribute == _BODY:
                packed.plain = packed.plain or _text(value, codepage)
            elif attribute == _PROPERTIES:
                _read_message(packed, value, codepage)
            elif attribute == _NEW_FILE:
                packed.files.append(PackedFile())
            elif attribute in {_TITLE, _FILE_DATA, _FILE_PROPERTIES}:
                if not packed.files:
                    packed.files.append(PackedFile())
                _read_file(packed.files[-1], attribute, value, codepage, depth)
        except struct.error:
            packed.damaged = True
    packed.files = [one for one in packed.files if one.content or one.filename]
    return packed


def _attributes(content: bytes, packed: Packed) -> Iterator[tuple[int, bytes]]:
    here = 6
    for _ in range(MAX_ATTRIBUTES):
        if here + 9 > len(content):
            packed.damaged = packed.damaged or here < len(content)
            return
        _, attribute, _, length = struct.unpack_from("<BHHI", content, here)
        here += 9
        if here + length > len(content):
            packed.damaged = True  # cut short: what is there is still handed on
        yield attribute, content[here : here + length]
        here += length + 2
    packed.damaged = True


def _properties(value: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield type, name and first value of each property; names given by text are left out."""
    (count,) = struct.unpack_from("<I", value)
    here = 4
    for _ in range(min(count, MAX_ATTRIBUTES)):
        kind, name = struct.unpack_from("<HH", value, here)
        here += 4
        if name >= 0x8000:
            (by_text,) = struct.unpack_from("<I", value, here + 16)
            (number,) = struct.unpack_from("<I", value, here + 20)
            here += 24 + (_padded(number) if by_text else 0)
        many, kind = bool(kind & _MANY), kind & ~_MANY
        if kind in _FIXED and not many:
            yield kind, name, value[here : here + _FIXED[kind]]
            here += _FIXED[kind]
            continue
        (number,) = struct.unpack_from("<I", value, here)
        here += 4
        if kind in _FIXED:
            here += _padded(number * (2 if kind in {0x02, 0x0B} else _FIXED[kind]))
        elif kind in {_STRING8, _UNICODE, _OBJECT, _BINARY}:
            for place in range(min(number, MAX_ATTRIBUTES)):
                (length,) = struct.unpack_from("<I", value, here)
                if place == 0:
                    yield kind, name, value[here + 4 : here + 4 + length]
                here += 4 + _padded(length)
        else:
            return  # its length cannot be known, so nothing after it can be found


def _padded(length: int) -> int:
    return (length + 3) & ~3


def _read_message(packed: Packed, value: bytes, codepage: str) -> None:
    html: tuple[int, bytes] | None = None
    internet = codepage
    for kind, name, content in _properties(value):
        if name == _P_CODEPAGE:
            internet = _codepage(content)
        elif name == _P_BODY:
            packed.plain = _string(kind, content, codepage) or packed.plain
        elif name == _P_HTML:
            html = (kind, content)
        elif name == _P_RTF:
            packed.rtf = content
        elif name == _P_SUBJECT:
            packed.subject = _string(kind, content, codepage)
    if html is not None:
        kind, content = html
        # Without its zeros a page in two bytes a letter is readable too.
        packed.html = (
            _string(kind, content, codepage)
            if kind == _UNICODE
            else decode(content.replace(b"\0", b""), internet)[0]
        )


def _read_file(file: PackedFile, attribute: int, value: bytes, codepage: str, depth: int) -> None:
    if attribute == _TITLE:
        file.filename = file.filename or _text(value, codepage)
        return
    if attribute == _FILE_DATA:
        file.content = value
        return
    names, method, data = {}, 0, b""
    for kind, name, content in _properties(value):
        if name in {_P_LONG_NAME, _P_NAME, _P_SHOWN_NAME}:
            names[name] = _string(kind, content, codepage)
        elif name == _P_TYPE:
            file.content_type = _string(kind, content, codepage).strip().lower()
        elif name == _P_CONTENT_ID:
            file.inline = bool(content.strip(b"\0"))
        elif name == _P_METHOD and len(content) >= 4:
            (method,) = struct.unpack_from("<I", content)
        elif name == _P_DATA:
            # An object stands behind the 16 bytes that name its interface.
            data = content[16:] if kind == _OBJECT else content
    named = (names.get(_P_LONG_NAME), names.get(_P_NAME), file.filename, names.get(_P_SHOWN_NAME))
    file.filename = next((one for one in named if one), "")
    if not file.content:
        file.content = data
    if (method == _EMBEDDED_MESSAGE or data.startswith(SIGNATURE)) and depth < MAX_DEPTH:
        file.message = unpack(data, depth + 1)
    if file.message is not None:
        file.content, file.content_type = data, "application/ms-tnef"


def _string(kind: int, content: bytes, codepage: str) -> str:
    if kind == _UNICODE:
        return _text(content, "utf-16-le")
    return _text(content, codepage)


def _text(content: bytes, charset: str) -> str:
    if charset == "utf-16-le":
        return clean(content.decode(charset, "replace").split("\0")[0])
    return decode(content.split(b"\0")[0], charset)[0]


def _codepage(value: bytes) -> str:
    (number,) = struct.unpack_from("<I", value)
    return "utf-8" if number == 65001 else f"cp{number}"
