"""The people of From, To and their like, from whatever senders put there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from intake.headers import header_text
from intake.incoming import Address

# Beyond this a list of recipients is an attack or a newsletter.
MAX_BYTES = 64 * 1024
MAX_ADDRESSES = 500

_TOKEN = re.compile(
    r"(?P<word>=\?[^?\s]{1,60}\?[bBqQ]\?[^?\r\n]{0,4000}\?=)"
    r"|(?P<mark>[\"(<,;:])"
    r"|(?P<text>[^\s\"(<,;:=]+|[=)>])"
    r"|(?P<space>\s+)"
)
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,120}@[^\s@<>()\[\],;:\"\\]{1,255}")
_COMMENT = re.compile(r"\([^()]{0,200}\)")
_LINKED = re.compile(r"(?i)^(?:mailto|smtp):")


@dataclass(slots=True)
class _Entry:
    """What stands between two commas."""

    words: list[str] = field(default_factory=list)
    # What stands behind the angle brackets: a name only where none stands before them.
    after: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    angled: str | None = None
    quoted: bool = False

    @property
    def bare(self) -> bool:
        return self.angled is None and not any("@" in word for word in self.words)


def addresses(values: list[bytes]) -> tuple[Address, ...]:
    """Return the people of address fields.

    Args:
        values: the unfolded bytes of the fields, in order.

    Returns:
        Names decoded, comments left out where there is a name beside them. What holds no address
        keeps its words: a single word as the address, several as a name. A group gives its
        members.
    """
    raw = b", ".join(values)[:MAX_BYTES]
    if not raw.strip():
        return ()
    found: list[Address] = []
    waiting: list[_Entry] = []
    for entry in _Cutter(raw.decode("latin-1")).cut():
        if entry.bare:
            waiting.append(entry)
            continue
        # "Amber, Pat <pat@…>" without quotation marks arrives in two pieces.
        if entry.angled is not None and len(waiting) <= 2 and not entry.quoted:
            for piece in reversed(waiting):
                entry.words[:0] = ["".join(piece.words).strip(), ", "]
        else:
            found.extend(_plain(piece) for piece in waiting)
        waiting = []
        found.extend(_people(entry))
        if len(found) >= MAX_ADDRESSES:
            break
    found.extend(_plain(piece) for piece in waiting)
    return tuple(one for one in found if one.name or one.address)[:MAX_ADDRESSES]


@dataclass(slots=True)
class _Cutter:
    """Cuts a list at its commas and semicolons; those in quotation marks and comments are none."""

    text: str
    here: int = 0
    entry: _Entry = field(default_factory=_Entry)
    entries: list[_Entry] = field(default_factory=list)
    # One that never closes is looked for once, not again from each of its kind.
    unclosed: set[str] = field(default_factory=set)

    def cut(self) -> list[_Entry]:
        while self.here < len(self.text) and len(self.entries) < 2 * MAX_ADDRESSES:
            token = _TOKEN.match(self.text, self.here)
            if token is None:
                self.here += 1
                continue
            self.here, mark = token.end(), token["mark"]
            if mark is None:
                self._said(" " if token["space"] else token.group())
            elif mark in ",;":
                self._next()
            elif mark == ":":
                self._colon()
            elif mark == "<":
                self._angled()
            else:
                self._enclosed(mark)
        self._next()
        return self.entries

    def _said(self, word: str) -> None:
        entry = self.entry
        (entry.words if entry.angled is None else entry.after).append(word)

    def _colon(self) -> None:
        words = self.entry.words
        if words and words[-1].lstrip("[").lower() == "mailto":
            words.pop()
        elif self.entry.angled is None:
            words.clear()  # the name of a group

    def _next(self) -> None:
        one = self.entry
        if one.words or one.comments or one.angled is not None:
            self.entries.append(one)
            self.entry = _Entry()

    def _angled(self) -> None:
        ends = (self.text.find(mark, self.here, self.here + 1_000) for mark in "><")
        end = min((one for one in ends if one >= 0), default=min(len(self.text), self.here + 1_000))
        inside = self.text[self.here : end]
        if self.entry.angled and "@" in self.entry.angled and "@" in inside:
            behind, self.entry.after = self.entry.after, []
            self._next()
            self.entry.words = behind
        if not self.entry.angled:
            self.entry.angled = inside
        self.here = end + (self.text[end : end + 1] == ">")

    def _enclosed(self, mark: str) -> None:
        end = -1 if mark in self.unclosed else _close(self.text, self.here, mark)
        if end < 0:
            self.unclosed.add(mark)
            return
        inside = re.sub(r"\\(.)", r"\1", self.text[self.here : end])
        if mark == "(":
            self.entry.comments.append(inside)
        else:
            self._said(inside)
            self.entry.quoted = True
        self.here = end + 1


def _close(text: str, here: int, mark: str) -> int:
    """Return where a quotation or a comment ends, comments inside comments counted; else -1."""
    depth = 1
    while here < len(text):
        letter = text[here]
        if letter == "\\":
            here += 1
        elif letter == "(" and mark == "(":
            depth += 1
        elif letter == (")" if mark == "(" else '"'):
            depth -= 1
            if depth == 0:
                return here
        here += 1
    return -1


def _people(entry: _Entry) -> list[Address]:
    """Return who stands between two commas: one, or several where the commas were forgotten."""
    said = "".join(entry.words).strip() or "".join(entry.after)
    comments = _name(" ".join(entry.comments))
    # Brackets left over from a second pair are no name; those within an encoded one are.
    words = _name(said if entry.quoted else said.strip(" <>"))
    if entry.angled is not None:
        inside = _inside(entry.angled)
        if "@" not in inside and (other := _ADDRESS.search(words)):
            return [Address(words.replace(other.group(), "").strip(" ,<>"), other.group())]
        if inside.endswith(";") and ":" in inside:  # a group in brackets: nobody's mailbox
            return [Address(words or inside.partition(":")[0], "")]
        return [Address(words or comments, inside)]
    # Spaces around the @ are a typing error; elsewhere they part words from the address.
    spelled = re.sub(r"(?<=\S)\s+\.\s+(?=\S)", ".", re.sub(r"\s*@\s*", "@", words))
    found = _ADDRESS.findall(spelled)
    if len(found) > 1:
        return [Address("", one.strip(".'")) for one in found]
    if not found:
        return [Address(comments, spelled.strip("<>()[] "))]
    rest = " ".join(spelled.replace(found[0], " ").split()).strip("<>()[]\"' ")
    return [Address(comments if not rest or rest[0] == "@" else rest, found[0].strip(".'"))]


def _inside(angled: str) -> str:
    """Return the address within angle brackets: no route, no comment, no `mailto:`, no spaces."""
    text = _COMMENT.sub("", header_text(angled.encode("latin-1"))[0])
    text = re.sub(r"\s*([@.])\s*", r"\1", text.strip())
    # A word before the address is somebody's mistake; it is not a part of it.
    text = next((one for one in reversed(text.split()) if "@" in one), "".join(text.split()))
    if text.startswith("@") and ":" in text:
        text = text.rpartition(":")[2]
    text = _LINKED.sub("", text).strip("'\"()[]")
    if text.count("@") > 1 and (found := _ADDRESS.search(text)):
        return found.group()
    return text


def _plain(entry: _Entry) -> Address:
    """Return what names nobody's mailbox: encoded words may hide one, one word may be local."""
    text = _name("".join(entry.words))
    if found := _ADDRESS.search(text):
        return Address(text.partition("<")[0].strip("\"' ") if "<" in text else "", found.group())
    if not text:
        return Address("", "")
    if " " not in text and not entry.quoted:
        return Address(_name(" ".join(entry.comments)), text)
    return Address(text, "")


def _name(text: str) -> str:
    decoded = header_text(text.encode("latin-1"))[0].strip()
    if len(decoded) > 1 and decoded[0] == decoded[-1] and decoded[0] in "\"'":
        decoded = decoded[1:-1].strip()
    return decoded
