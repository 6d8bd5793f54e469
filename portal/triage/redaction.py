"""Redaction for learning: it takes out more than it must, because nobody reads it again."""

import re

GAP = "[…]"
# Words that begin with a capital inside a sentence and name nobody.
KEPT_CAPITALS = frozenset(
    """
    I I'm I've I'd I'll EHC EHCP SEN SEND SENCO IRO LADO MP Ombudsman Council County Councillor
    Cllr Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April
    May June July August September October November December Christmas Easter English Section
    Act Stage SGO PA CAMHS GP A&E NHS OT Year Mr Mrs Ms Miss Dr Parliament Team Service
    """.split()
)
PATTERNS = (
    re.compile(r"\S+@\S+\.\S+"),
    re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE),
    re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE),
    re.compile(r"\b[A-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b", re.IGNORECASE),
    re.compile(r"\+?\d[\d\s()-]{6,}\d"),
    re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b"),
    re.compile(r"\b\d{5,}\b"),
    re.compile(
        r"\b\d{1,4}[a-z]?\s+(?:[A-Z]\w+\s+){1,3}"
        r"(?:Street|Road|Lane|Close|Avenue|Drive|Way|Court|Place|Gardens|Crescent|Terrace|Row)\b"
    ),
    re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Cllr|Councillor)\.?\s+[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?"),
)
CAPITAL_INSIDE = re.compile(r"(?<=[a-z,;:)’'\"] )[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]+)*")


def redact(text: str, names: tuple[str, ...] = ()) -> str:
    """Take out what could say who somebody is.

    Args:
        text: a person's words.
        names: the names known from the feedback's parties.

    Returns:
        The text with each name, address, number, date and unknown capitalised word as a gap.
    """
    for pattern in PATTERNS:
        text = pattern.sub(GAP, text)
    for part in sorted({part for name in names for part in name.split()}, key=len, reverse=True):
        if len(part) > 1:
            text = re.sub(rf"\b{re.escape(part)}(?:'s|’s)?\b", GAP, text, flags=re.IGNORECASE)
    text = CAPITAL_INSIDE.sub(_unless_kept, text)
    return re.sub(rf"(?:{re.escape(GAP)}[\s,]*){{2,}}", f"{GAP} ", text)


def _unless_kept(found: re.Match[str]) -> str:
    words = found.group().split()
    return found.group() if all(word.strip("'’") in KEPT_CAPITALS for word in words) else GAP
