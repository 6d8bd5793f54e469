"""Which characters of the text moved a label: the linear models' own sums, word by word.

A word's weight is what it adds to the score of the label against the other labels. Nothing is
estimated: without the word, the score would be lower by that amount (before lengths are evened).
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from classifier.heads import COLUMNS, CUE_NAMES, VECTOR_WEIGHT, Heads
from classifier.labels import HEADS
from classifier.pipeline import Seen
from classifier.segments import Segments
from classifier.suggestion import Span

Floats = npt.NDArray[np.float64]
_SPANS_A_HEAD = 4
_LEAST_SHARE = 0.1
# Words that only join others explain nothing to a reader, whatever their weight.
_LEAST_LETTERS = 3


class _Ledger:
    """Adds weights to characters, each spread evenly over the places of its feature."""

    def __init__(self, length: int) -> None:
        self._steps = np.zeros(length + 1)

    def add(self, places: Sequence[tuple[int, int]], weight: float) -> None:
        characters = sum(end - start for start, end in places)
        for start, end in places if characters else ():
            self._steps[start] += weight / characters
            self._steps[end] -= weight / characters

    def by_character(self) -> Floats:
        return np.cumsum(self._steps)[:-1]


def spans(
    heads: Heads, seen: Seen, words: Sequence[tuple[int, int]], segments: Segments, label: str
) -> list[Span]:
    """Return the words that moved one label most, in the text's own places.

    Args:
        heads: the weights.
        seen: the features of the document.
        words: the first and one-past-last character of each word of the document.
        segments: how the document was made of subject and text.
        label: a head and code, as "team:send".
    """
    head, _, code = label.partition(":")
    column = COLUMNS[head].start + HEADS[head].index(code)
    characters = _weights(heads, seen, head, column, len(segments.joined))
    sums = np.concatenate([[0.0], np.cumsum(characters)])
    by_word = [
        (float(sums[end] - sums[start]), start, end)
        for start, end in words
        if end - start >= _LEAST_LETTERS
    ]
    moved = sorted((word for word in by_word if word[0] > 0), reverse=True)
    if not moved:
        return []
    found = []
    for weight, start, end in moved[:_SPANS_A_HEAD]:
        place = segments.place(start, end)
        if place and weight >= _LEAST_SHARE * moved[0][0]:
            found.append(Span(place[0], place[1], label, weight))
    return found


def _weights(heads: Heads, seen: Seen, head: str, column: int, length: int) -> Floats:
    ledger, share = _Ledger(length), heads.settings.words_share.get(head, 0.5)
    slopes = heads.word_weights[seen.row.numbers, column] * seen.row.values * share
    for slope, places in zip(slopes.tolist(), seen.row.places, strict=True):
        ledger.add(places, slope)
    slopes = heads.dense_weights[:, column] * (1 - share)
    width = len(slopes) - len(CUE_NAMES)
    by_piece = seen.embedded.shares @ slopes[:width] * VECTOR_WEIGHT
    for slope, place in zip(by_piece.tolist(), seen.embedded.places, strict=True):
        ledger.add([place], slope)
    for name, slope in zip(CUE_NAMES, slopes[width:].tolist(), strict=True):
        ledger.add(seen.reading.cues.get(name, []), slope)
    return ledger.by_character()
