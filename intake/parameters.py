"""The parameters of a header field (`; name=value`), in all the forms that senders write.

The standard library reads them too, but anew for each name that is asked for and in time that
grows with the square of their length.
"""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from intake.charsets import decode

MAX_PARAMETERS = 200
MAX_BYTES = 32 * 1024

# RFC 2231: name, number of the piece, and whether the piece is percent-encoded.
_NAME = re.compile(r"([^\s=*]{1,80})(?:\*(\d{1,4}))?(\*)?")
_ESCAPED = re.compile(r"\\([\"\\])")


def parameters(value: bytes) -> dict[str, str]:
    """Read all parameters of a field.

    Args:
        value: the unfolded bytes of the field, its main value first.

    Returns:
        Text by lower-case name. Raw 8-bit bytes stay as Latin-1 letters, one a byte; what RFC 2231
        encodes is decoded, its pieces put together in their order.
    """
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for name, text in _pairs(value[:MAX_BYTES].decode("latin-1")):
        found = _NAME.fullmatch(name)
        if found is None:
            continue
        number = int(found.group(2)) if found.group(2) else -1
        entry = (number, bool(found.group(3)), text)
        pieces.setdefault(found.group(1).lower(), []).append(entry)
    return {name: _whole(several) for name, several in pieces.items()}


def _pairs(text: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    here = text.find(";")
    while 0 <= here < len(text) and len(pairs) < MAX_PARAMETERS:
        equals = text.find("=", here + 1)
        semicolon = text.find(";", here + 1)
        if equals < 0:
            break
        if 0 <= semicolon < equals:  # a word without a value
            here = semicolon
            continue
        name = text[here + 1 : equals].strip()
        after = equals + 1
        while after < len(text) and text[after] in " \t":
            after += 1
        value, here = _value(text, after)
        pairs.append((name, value))
    return pairs


def _value(text: str, start: int) -> tuple[str, int]:
    """Return the value that begins here and the offset of the semicolon after it."""
    if text[start : start + 1] == '"':
        end = start + 1
        while (end := text.find('"', end)) >= 0 and _is_escaped(text, end, start):
            end += 1
        # A backslash before the last quotation mark is a Windows path and escapes nothing.
        if end < 0:
            end = text.rfind('"', start + 1)
        if end > start:
            semicolon = text.find(";", end)
            value = _ESCAPED.sub(r"\1", text[start + 1 : end])
            return value, semicolon if semicolon >= 0 else len(text)
        start += 1
    semicolon = text.find(";", start)
    end = semicolon if semicolon >= 0 else len(text)
    return text[start:end].strip(), end


def _is_escaped(text: str, quote: int, start: int) -> bool:
    slashes = quote - 1
    while slashes > start and text[slashes] == "\\":
        slashes -= 1
    return (quote - 1 - slashes) % 2 == 1


def _whole(several: list[tuple[int, bool, str]]) -> str:
    """Put one parameter together: the encoded form wins over the plain one beside it."""
    plain = [text for number, encoded, text in several if number < 0 and not encoded]
    encoded = [one for one in several if one[0] >= 0 or one[1]]
    if not encoded:
        return plain[0]
    # Stable: a number given twice keeps the order it came in.
    ordered = sorted(encoded, key=lambda one: one[0])
    charset, content, was_encoded = "", [], False
    for place, (_, is_encoded, text) in enumerate(ordered):
        if place == 0 and is_encoded and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        was_encoded = was_encoded or is_encoded
        raw = text.encode("latin-1")
        content.append(unquote_to_bytes(raw) if is_encoded else raw)
    joined = b"".join(content)
    if not was_encoded:
        return joined.decode("latin-1")
    decoded = decode(joined, charset or None)[0].replace("\n", " ")
    # A charset that yields nothing was a lie; the plain form may still say something.
    return decoded or (plain[0] if plain else "")
