"""The lines that invitations and contact cards are made of: `NAME;PARAMETER=x:value`.

The kept libraries refuse a file for one wrong line, or take a tenth of a second to load; an officer
wants to read what is there.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass

from intake.charsets import decode

MAX_LINES = 5_000
MAX_CHARS = 1_000_000

_LINE = re.compile(
    r"(?:[A-Za-z0-9-]{1,40}\.)?(?P<name>[A-Za-z0-9-]{1,60})"
    r"(?P<parameters>(?:;[^:;\"]{0,500}(?:\"[^\"]{0,500}\"[^:;\"]{0,500})*)*):(?P<value>.*)",
    re.DOTALL,
)
_PARAMETER = re.compile(r";([^=;:\"]{1,60})(?:=(\"[^\"]*\"|[^;\"]*))?")
_ESCAPED = re.compile(r"\\([nN,;:\\])")


@dataclass(frozen=True, slots=True)
class ContentLine:
    """One property: its name in capitals, its parameters, its value as it stands."""

    name: str
    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value for people: escapes undone, on one line where it has but one."""
        said = _ESCAPED.sub(lambda one: "\n" if one[1] in "nN" else one[1], self.value)
        return said.strip()

    def fields(self) -> list[str]:
        """Return the value's parts (a name, an address), empty ones left out."""
        parts = re.split(r"(?<!\\);", self.value)
        return [
            said for part in parts if (said := ContentLine(self.name, {}, part).text.strip(" ,"))
        ]


def content_lines(content: bytes, charset: str | None) -> Iterator[ContentLine]:
    """Yield the lines of an invitation or a contact card; lines that are none are left out.

    Args:
        content: the decoded body of the part.
        charset: as the part declares it; without it these files are UTF-8.
    """
    text = decode(content[:MAX_CHARS], charset or "utf-8")[0]
    for line in _unfolded(text):
        found = _LINE.fullmatch(line)
        if found is None:
            continue
        parameters = {
            one[1].strip().upper(): (one[2] or "").strip('"')
            for one in _PARAMETER.finditer(found["parameters"])
        }
        value = found["value"]
        if parameters.get("ENCODING", "").upper() == "QUOTED-PRINTABLE" or (
            "QUOTED-PRINTABLE" in parameters
        ):
            raw = quopri.decodestring(value.encode("utf-8", "replace"))
            value = decode(raw, parameters.get("CHARSET"))[0]
        yield ContentLine(found["name"].upper(), parameters, value)


def _unfolded(text: str) -> Iterator[str]:
    """Yield whole lines: RFC 5545 folds by a space, vCard 2.1 by quoted-printable's `=`."""
    pieces: list[str] = []
    for line in text.split("\n", MAX_LINES)[:MAX_LINES]:
        soft = bool(pieces) and pieces[-1].endswith("=") and "QUOTED-PRINTABLE" in pieces[0].upper()
        if pieces and (soft or line[:1] in {" ", "\t"}):
            if soft:
                pieces[-1] = pieces[-1][:-1]
            pieces.append(line if soft else line[1:])
            continue
        if pieces:
            yield "".join(pieces)
        pieces = [line]
    if pieces:
        yield "".join(pieces)
