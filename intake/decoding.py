"""Transfer encodings, read forgivingly: what can be decoded is, and nothing raises."""

from __future__ import annotations

import binascii
import mimetypes
import quopri
import re
from dataclasses import dataclass

_NOT_BASE64 = bytes(
    set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")
)
# How senders misspell them: "7-bit", "8bits", "quoted -printable".
_SPELT = re.compile(r"[^a-z0-9]")
_PLAIN = {"", "7bit", "8bit", "7bits", "8bits", "binary", "plain", "ascii", "text", "none", "utf8",
          "textplain", "texthtml", "7bitascii", "8bitmime", "usascii"}  # fmt: skip
_WHITESPACE = b" \t\r\n"
_UU_BEGIN = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} ([^\r\n]{1,255})\r*\n", re.MULTILINE)
_UU_END = re.compile(rb"^(?:end|====)[ \t]*\r*$", re.MULTILINE)
_Y_BEGIN = re.compile(rb"^=ybegin [^\r\n]{0,200}?name=([^\r\n]{1,255})\r*\n", re.MULTILINE)
_Y_END = re.compile(rb"^=yend[^\r\n]*", re.MULTILINE)
_Y_PIECE = 65_536
_UNYENC = bytes((byte - 42) % 256 for byte in range(256))
_UNYENC_ESCAPED = [bytes([(byte - 106) % 256]) for byte in range(256)]


@dataclass(frozen=True, slots=True)
class Embedded:
    """A file that stood encoded inside a text body."""

    filename: bytes
    content_type: str
    content: bytes


def decode_transfer(body: bytes, encoding: str, is_text: bool) -> tuple[bytes, str | None]:
    """Undo a content transfer encoding.

    Args:
        body: the bytes of the part as sent.
        encoding: the declared name, lower case; empty where none is declared.
        is_text: text keeps lines that are plainly not encoded.

    Returns:
        The content, and a sentence where the encoding was broken.
    """
    name = _SPELT.sub("", encoding)
    if name in _PLAIN:
        return body, None
    if name in {"quotedprintable", "qp", "quoted"}:
        return quopri.decodestring(body), None
    if name in {"base64", "b64"}:
        return _base64_text(body) if is_text else _base64(body)
    if name in {"xuuencode", "uuencode", "xuue", "uue", "xyencode"}:
        # The part is the file, so it may end without saying so.
        _, files = take_embedded(body + b"\n" + (b"=yend\n" if name == "xyencode" else b"end\n"))
        return (files[0].content, None) if files else (body, "A part is not encoded as it says.")
    return body, "A transfer encoding is unknown; the part was read as it is."


def _base64(body: bytes) -> tuple[bytes, str | None]:
    plain = body.translate(None, _WHITESPACE)
    try:
        return binascii.a2b_base64(plain, strict_mode=True), None
    except binascii.Error:
        pass
    letters = plain.translate(None, _NOT_BASE64)
    defect = None
    if len(plain) != len(letters):
        defect = "A part encoded in base64 holds other characters."
    pieces = []
    # Several runs, each with its own filling, one after the other: some programs join files so.
    for run in letters.split(b"="):
        if len(run) % 4 == 1:
            run = run[:-1]
            defect = "A part encoded in base64 is cut short."
        pieces.append(binascii.a2b_base64(run + b"=" * (-len(run) % 4)) if run else b"")
    return b"".join(pieces), defect


def _base64_text(body: bytes) -> tuple[bytes, str | None]:
    """Decode text; a footer that a list server added in the clear stays readable."""
    content, defect = _base64(body)
    if defect is None:
        return content, None
    pieces: list[bytes] = []
    run: list[bytes] = []
    for line in body.splitlines():
        strange = len(line.strip()) - len(line.translate(None, _NOT_BASE64))
        if strange <= 2 and b" " not in line.strip():
            run.append(line)
            continue
        pieces += [_base64(b"\n".join(run))[0], b"\n" + line + b"\n"]
        run = []
    pieces.append(_base64(b"\n".join(run))[0])
    return b"".join(pieces), defect


def take_embedded(body: bytes) -> tuple[bytes, list[Embedded]]:
    """Take uuencoded and yEnc files out of a text body.

    Returns:
        The body without them, and the files; a block without its end line is left in the text.
    """
    files: list[Embedded] = []
    for begin, end, undo in ((_UU_BEGIN, _UU_END, _uudecode), (_Y_BEGIN, _Y_END, _ydecode)):
        kept, here = [], 0
        while len(files) < 100 and (opening := begin.search(body, here)):
            closing = end.search(body, opening.end())
            if closing is None:
                break
            name = opening.group(1).strip()
            based = opening.group().startswith(b"begin-base64")
            block = body[opening.end() : closing.start()]
            content = _base64(block)[0] if based else undo(block)
            kept.append(body[here : opening.start()])
            files.append(Embedded(name, _type_of(name), content))
            here = closing.end()
        body = b"".join([*kept, body[here:]])
    return body, files


def _type_of(name: bytes) -> str:
    return mimetypes.guess_type(name.decode("latin-1"))[0] or "application/octet-stream"


def _uudecode(block: bytes) -> bytes:
    pieces = []
    for line in block.splitlines():
        if not line.strip():
            continue
        try:
            pieces.append(binascii.a2b_uu(line))
        except binascii.Error:
            # Old encoders counted wrongly; read as many bytes as the first letter promises.
            wanted = (((line[0] - 32) & 63) * 4 + 5) // 3
            try:
                pieces.append(binascii.a2b_uu(line[:wanted]))
            except binascii.Error:
                continue
    return b"".join(pieces)


def _ydecode(block: bytes) -> bytes:
    # In pieces, because a block of nothing but escapes would fall into as many objects as bytes.
    out, here = bytearray(), 0
    while here < len(block):
        end = here + _Y_PIECE
        while end < len(block) and block[end - 1 : end] == b"=":
            end += 1  # an escape and its letter stay together
        lines = [
            line
            for line in re.split(rb"[\r\n]+", block[here:end])
            if not line.startswith(b"=ypart")
        ]
        pieces = b"".join(lines).split(b"=")
        out += pieces[0].translate(_UNYENC)
        for piece in pieces[1:]:
            if piece:
                out += _UNYENC_ESCAPED[piece[0]] + piece[1:].translate(_UNYENC)
        here = end
    return bytes(out)
