"""Cut a message into its parts, in time that grows with its size and not with its nesting.

The standard library's feed parser walks every line through one generator per level and keeps the
whole message several times; a part bomb costs it minutes. This reads offsets in the raw bytes and
copies a part only when its content is asked for. A test holds it equal to the standard parser on
ordinary mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from intake.parameters import parameters

MAX_PARTS = 1_000
MAX_DEPTH = 70
MAX_FIELDS = 2_000
MAX_FIELD_BYTES = 64 * 1024
# How many lines that are no headers may stand between two that are.
MAX_STRANGE = 3

_FIELD = re.compile(rb"([\x21-\x39\x3b-\x7e]+)[ \t]*:(.*)", re.DOTALL)
_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,80}/[a-z0-9!#$&^_.+-]{1,120}")
# What a header line is known by after one that is none: the names without which little is known.
_NEEDED = re.compile(
    rb"(?i)(subject|from|to|date|message-id|mime-version|content-(?:type|transfer-encoding"
    rb"|disposition))[ \t]*:"
)
_FOLDS = re.compile(rb"(?:[ \t][^\n]*\n)+")
_BLANK_LINE = re.compile(rb"\n\r*\n")
_SNIFFED = re.compile(
    rb"(?:\A|\n)--([^\r\n]{1,120}?)[ \t]*\r*\n(?=content-[a-z-]+:)", re.IGNORECASE
)


@dataclass(slots=True)
class Part:
    """One entity: its header fields, where its body lies, and the parts inside it."""

    fields: list[tuple[str, bytes]] = field(default_factory=list)
    start: int = 0
    end: int = 0
    content_type: str = "text/plain"
    type_declared: bool = False
    children: list[Part] = field(default_factory=list)
    _parameters: dict[str, dict[str, str]] = field(default_factory=dict)

    def first(self, name: str) -> bytes | None:
        """Return the first field of that lower-case name, unfolded, or None."""
        return next((value for key, value in self.fields if key == name), None)

    def every(self, name: str) -> list[bytes]:
        """Return all fields of that lower-case name in order."""
        return [value for key, value in self.fields if key == name]

    def parameter(self, name: str, header: str = "content-type") -> str | None:
        """Return a parameter, RFC 2231 forms put together; raw 8-bit bytes stay as Latin-1."""
        if header not in self._parameters:
            self._parameters[header] = parameters(self.first(header) or b"")
        return self._parameters[header].get(name)

    def disposition(self) -> str:
        """Return `attachment`, `inline` or an empty string."""
        value = (self.first("content-disposition") or b"").split(b";")[0].strip().lower()
        return value.decode("ascii", "replace")


@dataclass(slots=True)
class Tree:
    """A message cut into parts, with what was wrong about it."""

    raw: bytes
    root: Part
    defects: list[str]
    count: int = 1

    def body(self, part: Part) -> bytes:
        """Return the part's body as it was sent, before any decoding."""
        return self.raw[part.start : part.end]


def cut(raw: bytes) -> Tree:
    """Cut a message into its parts.

    Args:
        raw: the message as the server gave it; any bytes at all.

    Returns:
        The tree; parts beyond the limits stay unread inside their parent and are a defect.
    """
    if b"\n" not in raw and b"\r" in raw:
        raw = raw.replace(b"\r", b"\n")
    tree = Tree(raw, Part(), [])
    lead = re.match(rb"(?:\xef\xbb\xbf)?[\r\n \t]*(?=[!-~]+:)", raw[:MAX_FIELD_BYTES])
    _read_entity(tree, tree.root, lead.end() if lead else 0, len(raw), "text/plain")
    # A list and not recursion: the sender chooses the depth.
    waiting = [(tree.root, 0)]
    while waiting:
        part, depth = waiting.pop()
        if part.content_type.startswith("multipart/"):
            if depth >= MAX_DEPTH:
                _note(tree, "Parts are nested too deeply; the innermost were not read.")
                continue
            _cut_multipart(tree, part)
            waiting.extend((child, depth + 1) for child in part.children)
    return tree


def is_content_type(name: str) -> bool:
    """Whether a lower-case name has the form of a content type."""
    return bool(_TYPE.fullmatch(name))


def _note(tree: Tree, sentence: str) -> None:
    if sentence not in tree.defects:
        tree.defects.append(sentence)


def _read_entity(tree: Tree, part: Part, start: int, end: int, usual_type: str) -> None:
    """Fill a part from the bytes between two offsets: fields first, then where its body lies."""
    part.start, part.end = _read_fields(tree, part, start, end), end
    declared = part.first("content-type")
    if declared is None:
        part.content_type = usual_type
        return
    name = declared.split(b";")[0].strip().lower().decode("latin-1")
    part.type_declared = True
    part.content_type = name if is_content_type(name) else _understood(part, name)
    if part.content_type != name:
        _note(tree, "A content type could not be understood.")


def _understood(part: Part, name: str) -> str:
    """Return what a content type without form may mean."""
    if name.startswith("multipart") and part.parameter("boundary"):
        return "multipart/mixed"
    called = part.parameter("name") or part.parameter("filename", "content-disposition")
    if called and not name.startswith(("text", "html")):
        return "application/octet-stream"
    # RFC 2045 5.2: what cannot be understood is plain text.
    return "text/plain"


def _read_fields(tree: Tree, part: Part, start: int, end: int) -> int:
    """Read header lines; returns the offset where the body begins."""
    raw, here = tree.raw, start
    lines: list[list[bytes]] = []
    while here < end:
        stop = raw.find(b"\n", here, end)
        stop = end if stop < 0 else stop
        line = raw[here : min(stop, here + MAX_FIELD_BYTES)].rstrip(b"\r")
        if not line:
            _keep_fields(tree, part, lines)
            return min(stop + 1, end)
        if line[:1] in b" \t" and lines:
            lines[-1].append(line)
            if len(lines[-1]) > MAX_FIELDS and (rest := _FOLDS.match(raw, stop + 1, end)):
                stop = rest.end() - 1
        elif _FIELD.match(line):
            lines.append([line])
        elif not (here == start and line.startswith((b"From ", b">From "))):
            if not lines or not _goes_on(raw, stop + 1, end, lines):
                _note(tree, "The headers end without an empty line.")
                _keep_fields(tree, part, lines)
                return here
            _note(tree, "A line among the headers is none.")
            if lines[-1][-1].endswith((b";", b",")):
                lines[-1].append(b" " + line)  # a fold whose space was lost
        here = stop + 1
        if len(lines) > MAX_FIELDS:
            _note(tree, "There are too many header fields; the last were not read.")
            blank = _BLANK_LINE.search(raw, here - 1, end)
            here = blank.end() if blank else end
            break
    _keep_fields(tree, part, lines)
    return min(here, end)


def _goes_on(raw: bytes, here: int, end: int, lines: list[list[bytes]]) -> bool:
    """Whether headers that we lack follow a line that is none: then it is not the body's first."""
    known = {folded[0].partition(b":")[0].strip().lower() for folded in lines}
    for _ in range(MAX_STRANGE):
        stop = raw.find(b"\n", here, end)
        if stop < 0:
            return False
        found = _NEEDED.match(raw, here, min(stop, here + MAX_FIELD_BYTES))
        if found is not None:
            return found[1].lower() not in known
        if not raw[here:stop].strip():
            return False
        here = stop + 1
    return False


def _keep_fields(tree: Tree, part: Part, lines: list[list[bytes]]) -> None:
    for folded in lines:
        found = _FIELD.match(folded[0])
        if found is None:
            continue
        folded[0] = found.group(2)
        value = b"".join(folded)
        if len(value) > MAX_FIELD_BYTES:
            _note(tree, "A header field is too long; its end was not read.")
            value = value[:MAX_FIELD_BYTES]
        part.fields.append((found.group(1).decode("ascii").lower(), value.strip()))


def _boundary(tree: Tree, part: Part) -> bytes:
    """Return the part's boundary, or one that the body plainly uses, or nothing."""
    declared = (part.parameter("boundary") or "").rstrip()
    if declared:
        return declared.encode("latin-1", "replace")
    _note(tree, "A multipart message names no boundary.")
    sniffed = _SNIFFED.search(tree.raw, max(part.start - 1, 0), part.end)
    return sniffed.group(1) if sniffed else b""


def _cut_multipart(tree: Tree, part: Part) -> None:
    """Find the parts between boundary lines; a missing last line closes at the end."""
    boundary = _boundary(tree, part)
    usual = "message/rfc822" if part.content_type == "multipart/digest" else "text/plain"
    opened, closed = -1, False
    for line_start, line_end, last in _boundary_lines(tree.raw, boundary, part.start, part.end):
        if opened >= 0:
            _add_child(tree, part, opened, line_start, usual)
        opened, closed = (-1 if last else line_end), last
        if tree.count > MAX_PARTS:
            _note(tree, f"There are more than {MAX_PARTS} parts; the rest were not read.")
            return
    if opened >= 0:
        _add_child(tree, part, opened, part.end, usual)
    if boundary and not closed:
        _note(tree, "The last boundary of a multipart message is missing.")


def _boundary_lines(
    raw: bytes, boundary: bytes, start: int, end: int
) -> Iterator[tuple[int, int, bool]]:
    """Yield where boundary lines begin (with the break before them) and end, and which close."""
    marker = b"--" + boundary
    # A plain search, not a pattern: every level of nesting passes over the same bytes.
    here = raw.find(marker, start, end) if boundary else -1
    while here >= 0:
        after = here + len(marker)
        stop = raw.find(b"\n", after, end)
        stop = end if stop < 0 else stop
        rest = raw[after : min(stop, after + 200)].rstrip(b" \t\r")
        # What cannot be more of a boundary's name may follow the last one by mistake.
        last = rest == b"--" or (rest[:2] == b"--" and rest[2:3] in b"<>;#*|")
        if (here == 0 or raw[here - 1 : here] == b"\n") and (last or not rest):
            yield max(here - 1, start), min(stop + 1, end), last
        here = raw.find(marker, after, end)


def _add_child(tree: Tree, part: Part, start: int, end: int, usual_type: str) -> None:
    # The line break before a boundary line belongs to the boundary.
    if end > start and tree.raw[end - 1 : end] == b"\r":
        end -= 1
    child = Part()
    _read_entity(tree, child, start, max(start, end), usual_type)
    part.children.append(child)
    tree.count += 1
