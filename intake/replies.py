"""What the sender wrote this time: the text without the quoted mail and the signature.

The whole text is always kept beside it, so a wrong cut hides something and loses nothing.
"""

from __future__ import annotations

import re

from intake.quotations import Introduction, introduction, is_quoted, marker
from intake.signatures import unsigned

MAX_CHARS, MAX_LINES = 1_000_000, 50_000

_EMPTY_LINES = re.compile(r"\n{3,}")


def reply_of(text: str) -> str:
    """Return what the sender wrote in this message.

    Args:
        text: the whole readable text.

    Returns:
        The text above the reply marker, without quoted mail and signature; answers written
        between quoted lines stay with the lines they answer. The whole text where nothing would
        be left, and for a forwarded message, whose content is what the sender means.
    """
    if len(text) > MAX_CHARS:
        return _reply_of_a_long_text(text)
    lines = _without_armour(text.split("\n"))
    cut = marker(lines)
    if cut is not None and any(one.strip() for one in lines[:cut]):
        lines = lines[:cut]
    found = introduction(lines)
    if found is not None and found.forward:
        return "\n".join(lines).strip()
    kept = _own(lines, found)
    reply = _EMPTY_LINES.sub("\n\n", "\n".join(line.rstrip() for line in kept)).strip()
    return reply or "\n".join(lines).strip() or text.strip()


def _reply_of_a_long_text(text: str) -> str:
    """Look for a quotation near the top only: nobody writes more than that above one."""
    lines = text[:MAX_CHARS].split("\n", MAX_LINES)[:MAX_LINES]
    cut, found = marker(lines), introduction(lines)
    if cut is None and (found is None or found.forward):
        return text.strip()
    end = min(one for one in (cut, found.first if found else None) if one is not None)
    return "\n".join(unsigned(lines[:end])).strip() or text.strip()


def _own(lines: list[str], found: Introduction | None) -> list[str]:
    if found is None:
        return _answers(unsigned(lines))
    above, below = lines[: found.first], lines[found.after :]
    if any(is_quoted(line) for line in below):
        return [*unsigned(above), "", *_answers(unsigned(below))]
    if not any(line.strip() for line in above):
        # Nothing stands above it: the words are below, or the header is the letter's own.
        return unsigned(below)
    return unsigned(above)


def _without_armour(lines: list[str]) -> list[str]:
    """Take off what PGP puts around a text signed in the clear."""
    opening = "-----BEGIN PGP SIGNED MESSAGE-----"
    if not any(line.strip() == opening for line in lines):
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


def _answers(lines: list[str]) -> list[str]:
    """Return own lines; quoted ones only where they alternate with answers."""
    blocks: list[tuple[bool, list[str]]] = []
    start = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    for line in lines[start:]:
        quoted = is_quoted(line) or (not line.strip() and bool(blocks) and blocks[-1][0])
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
