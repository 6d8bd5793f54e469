"""Rich Text: what Outlook writes into winmail.dat, plain or with a page of HTML wrapped in it."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field

from intake.charsets import clean, known_codec
from intake.reading import text_of_html

MAX_UNPACKED = 4_000_000

# MS-OXRTFCP 2.1.2.1: both sides begin with this in their dictionary.
_KNOWN = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n" rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)  # fmt: skip
_RING = 4_096
_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    rb"|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<sign>[^a-zA-Z'])"
    rb"|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n]+)"
)
_UNREAD = frozenset(
    [b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"footer",
     b"headerf", b"footerf", b"themedata", b"datastore", b"generator", b"xmlnstbl", b"listtable",
     b"listoverridetable", b"mhtmltag", b"fldinst", b"pntext"]
)  # fmt: skip
_SAID = {
    b"par": "\n", b"line": "\n", b"sect": "\n\n", b"page": "\n\n", b"row": "\n", b"tab": "\t",
    b"cell": " ", b"emdash": "—", b"endash": "–", b"bullet": "•", b"lquote": "‘", b"rquote": "’",
    b"ldblquote": "“", b"rdblquote": "”", b"emspace": " ", b"enspace": " ",
}  # fmt: skip
_SIGNS = {b"~": "\xa0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\n", b"\r": "\n"}


def text_of_compressed_rtf(content: bytes) -> str:
    """Return the readable text of a compressed RTF body; empty where it is none.

    Args:
        content: the property as it stands in the pack, its header of 16 bytes first.
    """
    if len(content) < 16:
        return ""
    if content[8:12] == b"MELA":
        return text_of_rtf(content[16 : 16 + MAX_UNPACKED])
    return text_of_rtf(_unpacked(content)) if content[8:12] == b"LZFu" else ""


def _unpacked(content: bytes) -> bytes:
    (size,) = struct.unpack_from("<I", content, 4)
    size = min(size, MAX_UNPACKED)
    out = bytearray(_KNOWN)
    begin, here = len(_KNOWN), 16
    # Offsets name places in a ring; `out` keeps all, so the ring's place is its length.
    while here < len(content) and len(out) - begin < size:
        control = content[here]
        here += 1
        for bit in range(8):
            if not control >> bit & 1:
                out += content[here : here + 1]
                here += 1
                continue
            token = int.from_bytes(content[here : here + 2], "big")
            here += 2
            distance = (len(out) - (token >> 4)) % _RING
            if distance == 0 or here > len(content):
                return bytes(out[begin:])
            for _ in range((token & 15) + 2):
                # What lies before the beginning of the ring is blank.
                out.append(out[-distance] if distance <= len(out) else 32)
    return bytes(out[begin : begin + size])


@dataclass(slots=True)
class _State:
    unread: bool = False
    html_tag: bool = False
    html_rtf: bool = False
    skipped: int = 1
    fresh: bool = True
    starred: bool = False


@dataclass(slots=True)
class _Reader:
    """Walks the tokens once; groups are a stack, so their depth costs nothing."""

    of_html: bool
    codec: str = "cp1252"
    now: _State = field(default_factory=_State)
    stack: list[_State] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    raw: bytearray = field(default_factory=bytearray)
    skip: int = 0

    def say(self, text: str) -> None:
        if self.skip:
            self.skip -= 1
        elif self._heard():
            self.flush()
            self.pieces.append(text)

    def say_raw(self, content: bytes) -> None:
        if self.skip:
            gone = min(self.skip, len(content))
            self.skip, content = self.skip - gone, content[gone:]
        if self._heard():
            self.raw += content

    def flush(self) -> None:
        if self.raw:
            self.pieces.append(self.raw.decode(self.codec, "replace"))
            self.raw.clear()

    def _heard(self) -> bool:
        return not self.now.unread and not (self.of_html and self.now.html_rtf)

    def brace(self, mark: bytes) -> None:
        self.skip = 0
        if mark == b"{":
            now = self.now
            self.stack.append(now)
            self.now = _State(now.unread, now.html_tag, now.html_rtf, now.skipped)
        elif self.stack:
            self.now = self.stack.pop()

    def word(self, word: bytes, number: bytes | None) -> None:
        value = int(number) if number else None
        first = self.now.fresh
        if word == b"htmltag" and self.of_html and self.now.starred:
            self.now.unread, self.now.html_tag = False, True
        elif first and word in _UNREAD:
            self.now.unread = True
        elif word == b"htmlrtf":
            self.now.html_rtf = value != 0
        elif word == b"uc" and value is not None:
            self.now.skipped = min(max(value, 0), 8)
        elif word == b"u" and value is not None:
            self.flush()
            if self._heard():
                self.pieces.append(chr(value % 0x10000))
            self.skip = self.now.skipped
        elif word == b"ansicpg" and value is not None:
            self.codec = known_codec(f"cp{value}") or self.codec
        elif word in _SAID and not self.now.html_tag:
            self.say(_SAID[word])
        elif word in {b"par", b"line"}:
            self.say("\n")
        elif word == b"tab":
            self.say("\t")


def text_of_rtf(content: bytes) -> str:
    """Return the readable text of an RTF document, by way of HTML where it wraps a page.

    Args:
        content: the document; anything at all.
    """
    reader = _Reader(of_html=b"\\fromhtml1" in content[:1_000])
    for token in _TOKEN.finditer(content):
        kind = token.lastgroup
        if token["word"] is not None:
            reader.word(token["word"].lower(), token["number"])
            reader.now.fresh = False
        elif kind == "brace":
            reader.brace(token["brace"])
        elif kind == "hex":
            reader.say_raw(bytes([int(token["hex"], 16)]))
        elif kind == "text":
            reader.say_raw(token["text"])
            reader.now.fresh = False
        elif token["sign"] == b"*":
            # An optional destination: unread unless its first word is one we know.
            reader.now.unread = reader.now.starred = True
        else:
            reader.say(_SIGNS.get(token["sign"], ""))
    reader.flush()
    text = "".join(reader.pieces)
    # Two halves of a letter outside the first plane stand apart in RTF.
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text_of_html(text) if reader.of_html else clean(text).strip()
