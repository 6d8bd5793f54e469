"""Which characters of the text moved a label: the linear model's own sums, word by word.

A word's weight is what it adds to the score of the label by words. Nothing is estimated: without
the word, that score would be lower by that amount (before lengths are evened), and the answer
with it, since the words' share of it is fixed. What the encoder saw beside them is not shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.lang.en.stop_words import STOP_WORDS

from classifier.heads import COLUMNS, Heads
from classifier.labels import HEADS
from classifier.pipeline import Seen
from classifier.segments import Segments
from classifier.suggestion import Span

Floats = npt.NDArray[np.float64]
_SPANS_A_HEAD = 4
_LEAST_SHARE = 0.1
# Words that only join others explain nothing to a reader, whatever their weight.
_LEAST_LETTERS = 3
_SMALL_WORDS = frozenset(STOP_WORDS) | {"sorry", "please", "hello", "dear", "regards"}


@dataclass(frozen=True)
class _Places:
    """Where a document's features stand, as arrays: one entry a place."""

    feature: npt.NDArray[np.int64]
    start: npt.NDArray[np.int64]
    end: npt.NDArray[np.int64]
    share: Floats

    @classmethod
    def of(cls, features: Sequence[Sequence[tuple[int, int]]]) -> "_Places":
        """Spread each feature evenly over the characters of its places."""
        numbers, starts, ends, shares = [], [], [], []
        for number, places in enumerate(features):
            characters = sum(end - start for start, end in places)
            for start, end in places if characters else ():
                numbers.append(number)
                starts.append(start)
                ends.append(end)
                shares.append(1 / characters)
        at = np.array([numbers, starts, ends], np.int64)
        return cls(at[0], at[1], at[2], np.array(shares, np.float64))

    def by_character(self, weights: npt.NDArray[Any], length: int) -> Floats:
        """Return each character's sum of its features' weights."""
        steps = weights[self.feature] * self.share
        up = np.bincount(self.start, steps, length + 1)
        return np.cumsum(up - np.bincount(self.end, steps, length + 1))[:-1]


def _tells(word: str) -> bool:
    return len(word) >= _LEAST_LETTERS and word.lower() not in _SMALL_WORDS


class Explainer:
    """Finds the words that moved the labels of one document."""

    def __init__(
        self, heads: Heads, seen: Seen, words: Sequence[tuple[int, int]], segments: Segments
    ) -> None:
        """Lay out the document's features once for all labels.

        Args:
            heads: the weights.
            seen: the features of the document.
            words: the first and one-past-last character of each word of the document.
            segments: how the document was made of subject and text.
        """
        self._heads, self._seen, self._segments = heads, seen, segments
        self._words = [word for word in words if _tells(segments.joined[word[0] : word[1]])]
        self._places = _Places.of(seen.row.places)

    def spans(self, label: str) -> list[Span]:
        """Return the words that moved one label most, in the text's own places.

        Args:
            label: a head and code, as "team:send".
        """
        head, _, code = label.partition(":")
        column = COLUMNS[head].start + HEADS[head].index(code)
        sums = np.concatenate([[0.0], np.cumsum(self._weights(head, column))])
        by_word = [(float(sums[end] - sums[start]), start, end) for start, end in self._words]
        moved = sorted((word for word in by_word if word[0] > 0), reverse=True)
        found = []
        for weight, start, end in moved[:_SPANS_A_HEAD]:
            place = self._segments.place(start, end)
            if place and weight >= _LEAST_SHARE * moved[0][0]:
                found.append(Span(place[0], place[1], label, weight))
        return found

    def _weights(self, head: str, column: int) -> Floats:
        row, share = self._seen.row, self._heads.settings.words_share.get(head, 0.5)
        by_words = self._heads.word_weights[row.numbers, column] * row.values * share
        return self._places.by_character(by_words, len(self._segments.joined))
