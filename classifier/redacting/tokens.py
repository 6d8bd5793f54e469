"""A text as words with what their capitals can tell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from classifier.redacting.kinds import FIXED

_GONE = "|".join(re.escape(fixed) for fixed in FIXED.values())
# What an earlier redaction left: "[phone]", "School A", "X", "Y2". It is never looked into.
PLACEHOLDER = re.compile(rf"{_GONE}|\b(?:School|Place) [A-Z]\d*(?!\w)|(?<!\w)[XYZ]\d*(?!\w)")
_TOKEN = re.compile(rf"({PLACEHOLDER.pattern})|[^\W\d_]+(?:['’`-][^\W\d_]+)*")
_ENDS = re.compile(r"[.!?]+['\"”’)]*\s|\n|[•*]\s|>\s")
_SHOUTED_WORDS = 3
# "jayden's", "the jones'", "jayden'll".
_ENDING = re.compile(r"(?:'s|(?<=s)'|'d|'ll|'ve|'re)$")


@dataclass(frozen=True)
class Token:
    """One word, or what an earlier redaction put in a word's place."""

    start: int
    end: int
    text: str
    low: str
    """In small letters, with a straight apostrophe."""
    base: str
    """Without the possessive: "jayden" of "Jayden's"."""
    gap: str
    """What stands between the word before and this."""
    cap: bool
    """Written with a capital that means something: not where everything is shouted."""
    opens: bool
    """Begins a sentence or a line, where a capital says little."""
    shouted: bool
    gone: bool

    @property
    def letter(self) -> bool:
        """Whether it is a single capital letter, as in "Mrs O"."""
        return len(self.text) == 1 and self.text.isupper() and not self.gone


def base_of(low: str) -> str:
    """Return a word in small letters without its possessive or shortened verb."""
    return _ENDING.sub("", low) or low


def tokenise(text: str) -> list[Token]:
    """Return the words of a text in order.

    Args:
        text: any text; what an earlier redaction put into it is one token each.
    """
    found = list(_TOKEN.finditer(text))
    shouted = _shouted([match.group() for match in found])
    return list(_tokens(text, found, shouted))


def _tokens(text: str, found: list[re.Match[str]], shouted: list[bool]) -> Iterator[Token]:
    end, before = 0, ""
    for at, match in enumerate(found):
        word = match.group()
        gap = text[end : match.start()]
        abbreviated = gap.startswith(".") and "\n" not in gap and _short(before)
        low = word.lower().replace("’", "'").replace("`", "'")
        yield Token(
            start=match.start(),
            end=match.end(),
            text=word,
            low=low,
            base=base_of(low),
            gap=gap,
            cap=word[0].isupper() and not shouted[at],
            opens=at == 0 or (bool(_ENDS.search(gap)) and not abbreviated),
            shouted=shouted[at],
            gone=match.group(1) is not None,
        )
        # Behind a placeholder's letter a full stop ends the sentence: "X. Please ring".
        end, before = match.end(), "" if match.group(1) else word


def _short(word: str) -> bool:
    return len(word) == 1 or word.lower() in {
        "mr", "mrs", "ms", "dr", "st", "prof", "rev", "col", "cllr", "no", "ref", "tel",
    }  # fmt: skip


def _shouted(words: list[str]) -> list[bool]:
    """Whether each word stands in a run of at least three in capitals, two of them long."""
    flags = [False] * len(words)
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and words[end].upper() == words[end]:
            end += 1
        run = words[at:end]
        if len(run) >= _SHOUTED_WORDS and sum(len(word) > 2 for word in run) > 1:
            flags[at:end] = [True] * len(run)
        at = end + 1
    return flags
