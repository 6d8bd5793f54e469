"""How many years of school a text asks for, by Flesch and Kincaid's formula for English."""

import re

_SENTENCE = re.compile(r"[.!?:]+(?:\s|$)|\n{2,}")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
_VOWELS = re.compile(r"[aeiouy]+")


def grade(text: str) -> float:
    """Give the grade of a text, an estimate to one decimal.

    Args:
        text: as it is read; numbers and signs are no words.

    Source:
        Kincaid and others 1975: 0.39 words a sentence + 11.8 syllables a word - 15.59.
    """
    sentences = [part for part in _SENTENCE.split(text) if _WORD.search(part)]
    words = _WORD.findall(text)
    if not words:
        return 0.0
    syllables = sum(_syllables(word.lower()) for word in words)
    value = 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
    return round(max(0.0, value), 1)


def _syllables(word: str) -> int:
    found = len(_VOWELS.findall(word))
    # A last e is silent ("time"), unless it is the word's only one or carries "le" ("table").
    if word.endswith("e") and not word.endswith("le") and found > 1:
        found -= 1
    if word.endswith("ed") and not word.endswith(("ted", "ded")) and found > 1:
        found -= 1
    return max(1, found)
