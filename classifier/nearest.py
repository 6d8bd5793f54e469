"""Which texts read alike: each text as the encoder's scores, and the search among many of them.

The scores say what a text is about, as far as the labels go: 49 numbers, of which nobody can make
its words again. Rounded to 8 bits they still find the same neighbours
(`docs/decisions/0017-learning-from-decisions.md` has the measurement).
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from classifier.encoder import encoder_hash, packaged_encoder
from classifier.heads import COLUMNS, WIDTH
from classifier.segments import Segments

Floats = npt.NDArray[np.float32]
_LARGEST = 127
_AT_ONCE = 64


def fingerprint_of(subject: str | None, text: str) -> bytes:
    """Return one text as a byte for each score.

    Args:
        subject: its subject line, if it has one.
        text: the person's words.
    """
    return rounded(packaged_encoder().scores(Segments.of(subject, text).joined))


def rounded(scores: Floats) -> bytes:
    """Return scores as bytes: each question's around its own mean, the largest at 127.

    Only the differences between a question's codes mean anything; the length is not needed,
    because the search compares directions.
    """
    exact = scores.astype(np.float64)
    parts = [exact[columns] - exact[columns].mean() for columns in COLUMNS.values()]
    centred = np.concatenate(parts)
    largest = float(np.abs(centred).max()) or 1.0
    # A half goes one way whatever was lost in its last digits: three codes give halves often.
    halves = np.round(centred * (_LARGEST / largest), 6)
    return np.round(halves).astype(np.int8).tobytes()


class Nearest:
    """Fingerprints of decided matters in memory, under the keys of their feedback."""

    encoder = property(lambda self: encoder_hash())

    def __init__(self) -> None:
        """Begin with none."""
        self._keys: npt.NDArray[np.int64] = np.zeros(0, np.int64)
        self._rows: Floats = np.zeros((0, WIDTH), np.float32)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._keys)

    def keys(self) -> set[int]:
        """The keys that are in it."""
        return set(self._keys.tolist())

    def add(self, keys: Sequence[int], fingerprints: Sequence[bytes]) -> None:
        """Take matters in that are not in it yet."""
        if keys:
            self._keys = np.concatenate([self._keys, np.array(keys, np.int64)])
            self._rows = np.concatenate([self._rows, _unit(fingerprints)])

    def drop(self, keys: set[int]) -> None:
        """Forget matters: those that were erased."""
        if keys:
            kept = ~np.isin(self._keys, list(keys))
            self._keys, self._rows = self._keys[kept], self._rows[kept]

    def search(self, fingerprints: Sequence[bytes], many: int) -> list[list[tuple[int, float]]]:
        """Return, for each fingerprint, the keys nearest to it with how alike they are.

        Args:
            fingerprints: those to look from.
            many: how many neighbours at most.

        Returns:
            The nearest first; 1 means the same direction, 0 nothing in common.
        """
        many = min(many, len(self._keys))
        if not many:
            return [[] for _ in fingerprints]
        found: list[list[tuple[int, float]]] = []
        for start in range(0, len(fingerprints), _AT_ONCE):
            alike = _unit(fingerprints[start : start + _AT_ONCE]) @ self._rows.T
            for row in alike:
                best = np.argpartition(-row, many - 1)[:many]
                best = best[np.argsort(-row[best], kind="stable")]
                found.append([(int(self._keys[at]), float(row[at])) for at in best])
        return found


def _unit(fingerprints: Sequence[bytes]) -> Floats:
    rows = np.frombuffer(b"".join(fingerprints), np.int8).reshape(-1, WIDTH).astype(np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-9), dtype=np.float32)
