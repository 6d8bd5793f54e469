"""What the sender wrote this time: the text without the quoted mail and the signature.

The whole text is always kept beside it, so a wrong cut hides something and loses nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailparser_reply.parser import EmailMessage

# The library's patterns cost more than the length of what they read: they see a few short lines.
_WINDOW_LINES = 8
_WINDOW_CHARS = 300
_MAX_CANDIDATES = 200
_MAX_SIGNATURE_LINES = 20
# Nobody writes more than this above a quotation; beyond it the text is given whole.
_MAX_LINES = 5_000
_MAX_CHARS = 500_000

_LIBRARY = EmailMessage(text="", languages=["en", "de"]).HEADER_REGEX
_CANDIDATE = re.compile(r"(?i)[> *]*(on\s|am\s|from:|von:|sent:|gesendet:|date:|-{3,} ?original)")
# Programs in languages that the library does not know or reads too widely, Welsh first.
_WROTE = re.compile(
    r"(?i)^[> ]*\S.{5,250}(?:ysgrifennodd|a écrit|escribió|napisał(?:\(?a\)?)?|ha scritto|schreef"
    r"|a scris|написал\(?а?\)?|wrote|schrieb)\b.{0,120}:\s*$"
)
_MARKER = re.compile(
    r"(?i)^[\s>*#_=-]*(?:please )?(?:type|write|enter)?\s*(?:your )?(?:reply|replies|answer)s? "
    r"(?:is )?above this line[\s*#_=.-]*$"
)
_FORWARD = re.compile(
    r"(?i)^[> ]*-{2,}\s*(?:forwarded (?:message|by)|begin forwarded)|^[> ]*begin forwarded message"
)
_SEPARATOR = re.compile(r"^\s*(?:_{10,}|-{10,}|\*{10,})\s*$")
_DEVICE = re.compile(
    r"(?i)^\s*(?:sent from (?:my|outlook|mail for|yahoo|the)\b|sent via\b|get outlook for\b"
    r"|anfonwyd o fy|gesendet von\b|envoyé de mon).{0,120}$"
)
_CLOSING = re.compile(
    r"(?i)^(?:(?:with )?(?:kind|best|warm|many)? ?(?:regards|wishes|thanks)|yours (?:sincerely|"
    r"faithfully|truly)|many thanks|cofion(?: cynnes| gorau)?|yn gywir)[,.!]?$"
)
_CONTACT = re.compile(r"(?i)@|https?:|www\.|\btel\b|\bmob(?:ile)?\b|\+?\d[\d ()-]{8,}")


@dataclass(frozen=True, slots=True)
class _Header:
    first: int
    after: int
    forward: bool


def reply_of(text: str) -> str:
    """Return what the sender wrote in this message.

    Args:
        text: the whole readable text.

    Returns:
        The text above the reply marker, without quoted mail and signature; answers written
        between quoted lines stay with the lines they answer. The whole text where nothing would
        be left, and for a forwarded message, whose content is what the sender means.
    """
    if len(text) > _MAX_CHARS or text.count("\n") > _MAX_LINES:
        return _reply_of_a_long_text(text)
    lines = _above_marker(_without_armour(text.split("\n")))
    header = _quote_header(lines)
    if header is not None and header.forward:
        header = None if not any(one.lstrip().startswith(">") for one in lines) else header
        if header is None or header.forward:
            return "\n".join(lines).strip()
    above = lines if header is None else lines[: header.first]
    below = [] if header is None else lines[header.after :]
    if any(_is_quoted(line) for line in below):
        kept = [*_unsigned(above), "", *_answers(_unsigned(below))]
    elif header is None:
        kept = _answers(_unsigned(lines))
    else:
        kept = _unsigned(above)
    reply = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    return reply or "\n".join(lines).strip() or text.strip()


def _reply_of_a_long_text(text: str) -> str:
    """Cut at a quote header near the top, else give the whole text."""
    start = text[:_MAX_CHARS].split("\n")[:_MAX_LINES]
    lines = _above_marker(start)
    header = _quote_header(lines)
    if header is not None and not header.forward:
        lines = lines[: header.first]
    own = "\n".join(_unsigned(lines)).strip()
    return own if len(lines) < len(start) and own else text.strip()


def _without_armour(lines: list[str]) -> list[str]:
    """Take off what PGP puts around a text signed in the clear."""
    opening = "-----BEGIN PGP SIGNED MESSAGE-----"
    if opening not in (line.strip() for line in lines):
        return lines
    start = next(number for number, line in enumerate(lines) if line.strip() == opening)
    body = start + 1
    while body < len(lines) and lines[body].strip():
        body += 1  # the armour's own headers end at an empty line
    end = next(
        (number for number, line in enumerate(lines)
         if number > body and line.startswith("-----BEGIN PGP SIGNATURE-----")),
        len(lines),
    )  # fmt: skip
    signed = [line.removeprefix("- ") for line in lines[body:end]]
    return [*lines[:start], *signed]


def _above_marker(lines: list[str]) -> list[str]:
    for number, line in enumerate(lines):
        if len(line) < 200 and _MARKER.match(line):
            return lines[:number] if any(one.strip() for one in lines[:number]) else lines
    return lines


def _is_quoted(line: str) -> bool:
    return line.lstrip().startswith(">")


def _quote_header(lines: list[str]) -> _Header | None:
    """Find where the quoted mail is introduced, or None."""
    candidates = 0
    for number, line in enumerate(lines):
        head = line[:_WINDOW_CHARS]
        if _FORWARD.match(head):
            return _Header(number, number + 1, forward=True)
        if _is_quoted(line) and number and not _CANDIDATE.match(head):
            continue
        pair = (
            f"{head} {lines[number + 1][:_WINDOW_CHARS].strip()}" if number + 1 < len(lines) else ""
        )
        for length, joined in ((1, head), (2, pair)):
            if _WROTE.match(joined[:_WINDOW_CHARS]) and re.search(r"\d|@", joined):
                return _Header(number, number + length, forward=False)
        if _CANDIDATE.match(head) and candidates < _MAX_CANDIDATES:
            candidates += 1
            length = _library_header(lines, number)
            if length:
                return _Header(_separator_above(lines, number), number + length, forward=False)
    return None


def _library_header(lines: list[str], number: int) -> int:
    """Return how many lines the library takes for a quote header at this line, or 0."""
    window = [line[:_WINDOW_CHARS].strip() for line in lines[number : number + _WINDOW_LINES]]
    found = _LIBRARY.match("\n".join(window))
    if found is None:
        return 0
    header = str(found.group()).rstrip()
    fields = re.findall(
        r"(?im)^[> *]*(from|von|sent|gesendet|date|datum|to|an|subject|betreff)\s*:", header
    )
    if fields and not ({"from", "von"} & {one.lower() for one in fields} and len(set(fields)) > 1):
        return 0
    return header.count("\n") + 1


def _separator_above(lines: list[str], number: int) -> int:
    """Outlook draws a line above its header; it belongs to what is cut."""
    above = number - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    return above if above >= 0 and _SEPARATOR.match(lines[above]) else number


def _answers(lines: list[str]) -> list[str]:
    """Return own lines; quoted ones only where they alternate with answers."""
    blocks: list[tuple[bool, list[str]]] = []
    for line in lines:
        quoted = _is_quoted(line) or (not line.strip() and bool(blocks) and blocks[-1][0])
        if not blocks or blocks[-1][0] != quoted:
            blocks.append((quoted, []))
        blocks[-1][1].append(line)
    while blocks and blocks[-1][0]:
        blocks.pop()
    quotations = sum(quoted for quoted, _ in blocks)
    alternating = quotations > 1 or (quotations == 1 and not blocks[0][0])
    kept: list[str] = []
    for quoted, block in blocks:
        kept += block if alternating or not quoted else []
    return kept


def _unsigned(lines: list[str]) -> list[str]:
    """Return the lines without the signature at their end."""
    end = _last_written(lines, len(lines))
    # A phone's line may stand below a signature: look again above what was found, but not for ever.
    for _ in range(3):
        cut = _signature(lines, end)
        if cut is None or cut == 0:
            break
        end = _last_written(lines, cut)
    return lines[:end]


def _last_written(lines: list[str], end: int) -> int:
    while end and not lines[end - 1].strip():
        end -= 1
    return end


def _signature(lines: list[str], end: int) -> int | None:
    """Return where a signature begins among the last lines before `end`, or None."""
    contact = False
    for number in range(end - 1, max(end - 1 - _MAX_SIGNATURE_LINES, -1), -1):
        line = lines[number][:_WINDOW_CHARS]
        if line.strip() in {"--", "__", "—"} or _DEVICE.match(line):
            return number
        if contact and (_CLOSING.match(line.strip()[:60]) or _SEPARATOR.match(line)):
            return number
        contact = contact or bool(_CONTACT.search(line))
    return None
