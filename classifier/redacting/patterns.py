"""What its form gives away: addresses of the net, numbers, dates of birth, car plates."""

import re
from collections.abc import Iterator

from classifier.redacting.kinds import Because, Kind, Span

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = (
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH},?\s+\d{{2,4}}"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}})"
)
_BORN = r"(?:d\.?\s?o\.?\s?b\.?|dates?\s+of\s+birth|birth\s*dates?|birthday|born|\bb\.)"
_CODE = r"(?=[A-Z0-9/-]*\d)[A-Z0-9]{1,}(?:[/-][A-Z0-9]+)*"

# In this order: the first to claim a stretch keeps it.
_PATTERNS: tuple[tuple[Kind, str], ...] = (
    (Kind.EMAIL, r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+"),
    (Kind.WEB, r"\b(?:https?://|www\.)[^\s<>\"\])]+[^\s<>\"\]).,;:!?]"),
    (Kind.WEB, r"\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:co\.uk|org\.uk|gov\.uk|com|org|net)\b(?:/\S*)?"),
    (Kind.SOCIAL, r"(?<![\w@.])@\w[\w.]{1,29}\b"),
    (
        Kind.SOCIAL,
        r"\b(?:insta(?:gram)?|snap(?:chat)?|tiktok|facebook|fb|twitter|discord|xbox|psn)"
        r"(?:\s+(?:is|name|as|under|user|at|id|tag|handle))*[\s:]+(?P<it>(?=[\w.]*[._\d])[\w.]{4,30}\b)",
    ),
    (Kind.BORN, rf"{_BORN}\W{{0,3}}(?:(?:is|was|its|it's|on|the|in|of)\W+){{0,3}}(?P<it>{_DATE})"),
    # "born" or "dob" may stand a few words before: "you have put the wrong dob on his plan its …".
    (Kind.BORN, rf"{_BORN}[^.\n\d]{{0,40}}?(?P<it>{_DATE})"),
    # A date behind a name in brackets is a birthday: "Jayden Marsh (12/03/2014)".
    (Kind.BORN, rf"[^\W\d_]{{2,}}\s*\((?P<it>{_DATE})\)"),
    (Kind.POSTCODE, r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-BD-HJLNP-UW-Z]{2}\b"),
    (Kind.NUMBER, r"\b[A-CEGHJ-PRQS-TW-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b"),
    (Kind.NUMBER, r"\b[A-HJ-NP-RT-Z]\d{11}[A-Z0-9]\b"),
    # A prisoner's number.
    (Kind.NUMBER, r"\b[A-Z]\d{4}[A-Z]{2}\b"),
    # The reference of feedback: two fours.
    (Kind.NUMBER, r"(?-i:\b(?=[A-Z]*\d|[A-Z\d]*-[A-Z]*\d)[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b)"),
    (Kind.PHONE, r"(?<![\w/])(?:\+44|0044|\(?0)[\d\s().-]{7,14}\d(?!\w)"),
    (
        Kind.NUMBER,
        r"\b(?:ref(?:erence)?|case|log|file|claim|record|nhs|ni|insurance|upn|urn|uln|lcs|account|order)\b"
        r"\.?(?:\s+(?:no|num|number|ref|reference|id))?\.?(?:\s+(?:is|given|by|him|her))*"
        rf"[\s:#.]+(?P<it>(?:\d{{2,3}}\s\d{{3}}\s\d{{3,4}}|{_CODE}))(?![\w/])",
    ),
    (Kind.NUMBER, r"\b\d{3}\s\d{3}\s\d{4}\b"),
    # Codes such as CS/2026/04471 and LCS-220981.
    (Kind.NUMBER, r"\b[A-Z]{1,4}(?:[/-][A-Z]{1,4})*[/-]\d{2,}(?:[/-]\d+)*\b"),
    (Kind.PLATE, r"\b[A-HJ-PR-Y][A-Z]\d{2}\s?[A-HJ-PR-Z]{3}\b"),
    (
        Kind.PLATE,
        r"\b(?:reg(?:istration)?|plate|car|van|taxi)\b[^.\n\d]{0,15}?"
        r"(?P<it>(?-i:[A-Z]\d{1,3}\s?[A-Z]{3}|[A-Z]{3}\s?\d{1,3}[A-Z]))\b",
    ),
    # Six digits or more in a row count nothing; a year and a time have fewer.
    (Kind.NUMBER, r"(?<![\w£.,/-])\d{6,}(?![\w/]|[.,]\d)"),
)
_COMPILED = tuple((kind, re.compile(form, re.IGNORECASE)) for kind, form in _PATTERNS)


def find(text: str) -> Iterator[Span]:
    """Yield the stretches whose form gives them away; the earlier pattern has the better claim."""
    for kind, form in _COMPILED:
        for match in form.finditer(text):
            start, end = match.span("it") if "it" in form.groupindex else match.span()
            yield Span(start, end, kind, Because.PATTERN)
