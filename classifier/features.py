"""What the model sees of a text: words, pairs of words, pieces of words, and cues.

Every feature remembers the characters it came from, so that a suggestion can show its reasons.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from classifier.cues import CUES, cues_in

Floats = npt.NDArray[np.float32]
Token = tuple[str, int, int]
"""A token in lower case with its first and one-past-last character."""

SHORTEST_PIECE, LONGEST_PIECE = 3, 5
# Cues are few and chosen by hand: this weight puts one cue on a par with one telling word.
CUE_WEIGHT = 0.35
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*\.?")


@dataclass
class Reading:
    """One text as features: each with its count and the places where it stands."""

    words: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    pieces: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    cues: dict[str, list[tuple[int, int]]] = field(default_factory=dict)


@lru_cache(maxsize=20_000)
def pieces_of(word: str) -> tuple[str, ...]:
    """Return the runs of three to five characters of a word with its edges marked."""
    edged = f" {word[:40]} "
    return tuple(
        edged[at : at + size]
        for size in range(SHORTEST_PIECE, LONGEST_PIECE + 1)
        for at in range(max(1, len(edged) - size + 1))
    )


def read(text: str, tokens: Iterable[Token]) -> Reading:
    """Return the features of one text.

    Args:
        text: the text, for the cues.
        tokens: its tokens, already in lower case and without white space.
    """
    reading = Reading(cues=cues_in(text))
    before: Token | None = None
    for raw, start, end in tokens:
        # A number says "a date" or "an amount"; which one does not matter and does not repeat.
        word = _DIGITS.sub("#", raw)
        reading.words.setdefault(word, []).append((start, end))
        if before is not None:
            pair = f"{before[0]} {word}"
            reading.words.setdefault(pair, []).append((before[1], end))
        for piece in pieces_of(word):
            reading.pieces.setdefault(piece, []).append((start, end))
        before = (word, start, end)
    return reading


@dataclass(frozen=True)
class Row:
    """One text as a sparse row: feature numbers, values, and the places of each feature."""

    numbers: npt.NDArray[np.int64]
    values: Floats
    places: list[list[tuple[int, int]]]
    words: int
    """How many words the text has; stops and numbers are none."""
    familiar: float
    """Which share of its different words stood in training texts."""


class Vocabulary:
    """The numbered features of the training texts, with their rarity."""

    def __init__(self, words: Sequence[str], pieces: Sequence[str], rarity: Floats) -> None:
        """Number the words first, then the pieces, then the cues.

        Args:
            words: words and pairs, in the order of their numbers.
            pieces: runs of characters, in the order of their numbers.
            rarity: the inverse document frequency of words, then pieces.
        """
        self.words, self.pieces, self.rarity = list(words), list(pieces), rarity
        self.word_number = {word: number for number, word in enumerate(self.words)}
        self.piece_number = {
            piece: number for number, piece in enumerate(self.pieces, len(self.words))
        }
        first = len(self.words) + len(self.pieces)
        self.cue_number = {name: number for number, name in enumerate(CUES, first)}
        self.size = first + len(self.cue_number)

    @classmethod
    def of(cls, readings: Sequence[Reading], at_least: int = 2) -> "Vocabulary":
        """Return the vocabulary of the features that stand in at least so many texts."""
        words, word_counts = _common((reading.words for reading in readings), at_least)
        pieces, piece_counts = _common((reading.pieces for reading in readings), at_least)
        counts = np.array(word_counts + piece_counts, dtype=np.float32)
        rarity = np.log((1 + len(readings)) / (1 + counts)) + 1
        return cls(words, pieces, rarity.astype(np.float32))

    def row(self, reading: Reading) -> Row:
        """Return the text as a sparse row; words and pieces are each of length one."""
        blocks = (
            self._block(reading.words, self.word_number),
            self._block(reading.pieces, self.piece_number),
        )
        numbers = [number for block in blocks for number in block[0]]
        values = [value for block in blocks for value in block[1]]
        places = [place for block in blocks for place in block[2]]
        for name, found in reading.cues.items():
            numbers.append(self.cue_number[name])
            values.append(CUE_WEIGHT)
            places.append(found)
        own = [word for word in reading.words if _WORD.fullmatch(word)]
        familiar = sum(word in self.word_number for word in own) / max(len(own), 1)
        count = sum(len(reading.words[word]) for word in own)
        return Row(
            np.array(numbers, np.int64), np.array(values, np.float32), places, count, familiar
        )

    def _block(
        self, found: dict[str, list[tuple[int, int]]], known: dict[str, int]
    ) -> tuple[list[int], list[float], list[list[tuple[int, int]]]]:
        kept = [(known[name], spans) for name, spans in found.items() if name in known]
        if not kept:
            return [], [], []
        numbers = [number for number, _ in kept]
        counts = np.array([len(spans) for _, spans in kept], dtype=np.float32)
        values = (1 + np.log(counts)) * self.rarity[numbers]
        values /= np.linalg.norm(values)
        return numbers, values.tolist(), [spans for _, spans in kept]


def _common(
    found: Iterable[dict[str, list[tuple[int, int]]]], at_least: int
) -> tuple[list[str], list[int]]:
    counts: dict[str, int] = {}
    for names in found:
        for name in names:
            counts[name] = counts.get(name, 0) + 1
    kept = sorted(name for name, count in counts.items() if count >= at_least)
    return kept, [counts[name] for name in kept]
