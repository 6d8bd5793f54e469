"""How many years of school a text asks for, by Flesch and Kincaid's formula for English."""

import re

_SENTENCE = re.compile(r"[^.!?]+[.!?]*")
# A number or a name that stands alone is no sentence.
SHORTEST_SENTENCE = 3
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
_VOWELS = re.compile(r"[aeiouy]+")


def grade(text: str) -> float:
    """Give the grade of a text, an estimate to one decimal.

    Args:
        text: as it is read.

    Source:
        Kincaid and others 1975: 0.39 words a sentence + 11.8 syllables a word - 15.59.
    """
    spaced = _spaced(text)
    pieces = _SENTENCE.findall(spaced)
    sentences = sum(len(_WORD.findall(piece)) >= SHORTEST_SENTENCE for piece in pieces)
    words, read = spaced.split(), _WORD.findall(spaced)
    if not read:
        return 0.0
    syllables = sum(_syllables(word.lower()) for word in read)
    value = 0.39 * len(words) / max(1, sentences) + 11.8 * syllables / len(words) - 15.59
    return round(max(0.0, value), 1)


def longest(text: str, most: int) -> tuple[str, ...]:
    """Give the longest sentences of a text, the one with the most words first.

    Args:
        text: as it is read.
        most: so many at most; names and numbers that stand alone are no sentences.
    """
    pieces = [" ".join(piece.split()) for piece in _SENTENCE.findall(_spaced(text))]
    counted = [(len(_WORD.findall(piece)), piece) for piece in pieces]
    found = [one for one in counted if one[0] >= SHORTEST_SENTENCE]
    found.sort(key=lambda one: -one[0])
    return tuple(piece for _, piece in found[:most])


def _spaced(text: str) -> str:
    return "\n".join(_ended(line) for line in text.splitlines() if line.strip())


def _ended(line: str) -> str:
    """A heading or an item of a list ends where its line does."""
    return line if line.rstrip().endswith((".", "!", "?", ":")) else f"{line}."


def _syllables(word: str) -> int:
    found = len(_VOWELS.findall(word))
    # A last e is silent ("time"), unless it is the word's only one or carries "le" ("table").
    if word.endswith("e") and not word.endswith("le") and found > 1:
        found -= 1
    if word.endswith("ed") and not word.endswith(("ted", "ded")) and found > 1:
        found -= 1
    return max(1, found)
