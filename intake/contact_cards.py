"""Contact cards (vCard 2.1 to 4.0) as readable lines."""

from __future__ import annotations

import re

from intake.content_lines import ContentLine, content_lines

MAX_CARDS = 20
_LABELS = {"ORG": "Organisation", "TITLE": "Role", "TEL": "Telephone", "EMAIL": "E-mail",
           "ADR": "Address", "URL": "Web", "NOTE": "Note"}  # fmt: skip


def text_of_card(content: bytes, charset: str | None) -> str:
    """Return the cards of a file as readable lines; empty where it holds none.

    Args:
        content: the decoded body of the part.
        charset: as the part declares it.
    """
    cards: list[list[ContentLine]] = []
    for line in content_lines(content, charset):
        if line.name == "BEGIN" and line.value.strip().upper() == "VCARD":
            if len(cards) >= MAX_CARDS:
                break
            cards.append([])
        elif cards:
            cards[-1].append(line)
    return "\n\n".join(told for card in cards if (told := _told(card)))


def _told(card: list[ContentLine]) -> str:
    name = next((line.text for line in card if line.name == "FN" and line.text), "")
    if not name:
        # N is family name, given name, further names, title.
        parts = next((line.fields() for line in card if line.name == "N"), [])
        name = " ".join([*parts[1:2], *parts[:1]])
    lines = [f"Name: {name}"] if name else []
    for line in card:
        label = _LABELS.get(line.name)
        if label is None:
            continue
        said = ", ".join(line.fields()) if line.name in {"ORG", "ADR"} else line.text
        said = re.sub(r"(?i)^(?:tel|mailto):", "", " ".join(said.split()))
        if said:
            lines.append(f"{label}: {said}")
    return "\n".join(["---------- Contact card ----------", *lines]) if lines else ""
