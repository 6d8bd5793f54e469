"""Where somebody lives: a number with a street, a named house, a street alone."""

import re
from collections.abc import Iterator

from classifier.redacting.kinds import Because, Kind, Span
from classifier.redacting.lists import lists
from classifier.redacting.words import EVERYDAY

_STREET = (
    r"(?:street|str|st|road|rd|lane|ln|close|cl|avenue|ave|drive|dr|way|court|ct|place|pl|gardens|gdns"
    r"|crescent|cres|terrace|row|grove|walk|rise|hill|mews|square|parade|green|view|park|croft|bank"
    r"|mead|meadows?|drove|gate|wharf|fold|ridge|maltings|works)"
)
_HOUSE = (
    r"(?:house|cottage|farm|lodge|court|forge|gables|maltings|works|mill|barn|villa|flats|towers?)"
)
_WORD = r"[^\W\d_][\w'’-]*"
_UNIT = r"(?:(?:flat|apartment|apt|unit|room|house|no|number|plot|caravan)\.?\s+(?:no\.?\s+)?)"
_PATTERNS = (
    # "27 Elmhurst Crescent", "flat 3, 22 queens road", "Flat 12B Victoria House".
    re.compile(
        rf"\b(?:{_UNIT}\d{{1,4}}[a-z]?,?\s+)?(?:(?:{_WORD}\s+){{0,2}}{_HOUSE},\s*)?{_UNIT}?\d{{1,4}}[a-z]?,?\s+"
        rf"(?:{_WORD}\s+){{1,3}}?{_STREET}\b(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b{_UNIT}\d{{1,4}}[a-z]?,?\s+(?:the\s+)?(?:{_WORD}\s+){{0,2}}(?:{_HOUSE}|{_STREET})\b",
        re.IGNORECASE,
    ),
    # "The Old Forge, Church Lane", "Rose Cottage, 4 Back Lane", "Hall Lane".
    re.compile(
        rf"\b(?:(?:The\s+)?(?:[A-Z]\w+\s+){{0,2}}(?i:{_HOUSE}|gables),?\s+(?:\d{{1,4}}[a-z]?\s+)?)?"
        r"(?:[A-Z][\w'’-]+\s+){1,2}"
        r"(?:Street|Road|Lane|Close|Avenue|Drive|Crescent|Terrace|Grove|Gardens|Walk|Way|Mews)\b"
    ),
)
_SMALL = re.compile(
    rf"\b(?:on|in|at|down|up|of)\s+(?P<it>(?P<name>{_WORD})\s+"
    r"(?:street|road|rd|lane|avenue|ave|drive|crescent|close|grove|terrace))\b",
    re.IGNORECASE,
)
_NUMBER_OF_WHAT = re.compile(
    r"\d+\s+(?:years?|yrs?|months?|weeks?|wks?|days?|hours?|hrs?|mins?|minutes|miles?|times|am|pm|of|people|"
    r"children|kids|and|to|or|in|at|on|January|February|March|April|May|June|July|August|September|"
    r"October|November|December)\b",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[Span]:
    """Yield the addresses of a text."""
    for form in _PATTERNS:
        for match in form.finditer(text):
            if "\n" not in match.group().strip() and not _NUMBER_OF_WHAT.search(match.group()):
                if _is_ours(match.group()):
                    continue
                yield Span(*match.span(), Kind.ADDRESS, Because.PATTERN)
    for match in _SMALL.finditer(text):
        name = match.group("name").lower()
        if name not in EVERYDAY and (name[0] != match.group("name")[0] or not _common(name)):
            yield Span(*match.span("it"), Kind.ADDRESS, Because.PATTERN)


def _common(name: str) -> bool:
    return name in {
        "main",
        "busy",
        "same",
        "cross",
        "side",
        "back",
        "country",
        "wrong",
        "long",
    } or (lists().knows(name) and name not in lists().surnames)


def _is_ours(found: str) -> bool:
    """Whether every word before the street's kind is a small ordinary one: "5 minutes this way"."""
    words = re.findall(r"[^\W\d_]+", found)
    return all(word.islower() and word in EVERYDAY for word in words[:-1])
