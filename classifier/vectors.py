"""The static vectors: each word piece has one vector, and a text is their mean.

Distilled once from MiniLM (`classifier/scripts/distil_vectors.py`). They know that a bus and a
taxi are alike; they do not know thanks from a complaint, so word features stand beside them.
"""

import hashlib
import os
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from classifier.errors import ModelMissing

FOLDER = Path(__file__).parent / "vectors"
Floats = npt.NDArray[np.float32]

# The tokenizer would otherwise start threads that a forked web worker cannot end.
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


class Embedded(NamedTuple):
    """One text as a vector of length one, with each piece's share of it and its place."""

    vector: Floats
    shares: Floats
    places: list[tuple[int, int]]


class StaticVectors:
    """The table of vectors and the tokenizer that numbers word pieces."""

    def __init__(self, folder: Path) -> None:
        """Load the table.

        Raises:
            ModelMissing: a file is absent or cannot be read.
        """
        from tokenizers import Tokenizer

        try:
            with np.load(folder / "vectors.npz", allow_pickle=False) as kept:
                self._rows, self._scale = kept["rows"], kept["scale"]
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as fault:
            raise ModelMissing("The classifier's word vectors cannot be read.") from fault
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self.width = int(self._rows.shape[1])

    def embed(self, text: str) -> Embedded:
        """Return the text's vector; a text without a known piece has the zero vector."""
        encoded = self._tokenizer.encode(text, add_special_tokens=False)
        known = [n for n, number in enumerate(encoded.ids) if number < len(self._rows)]
        if not known:
            nothing = np.zeros((0, self.width), np.float32)
            return Embedded(np.zeros(self.width, np.float32), nothing, [])
        numbers = np.array([encoded.ids[n] for n in known])
        pieces = self._rows[numbers].astype(np.float32) * self._scale[numbers, None]
        total = pieces.sum(axis=0)
        length = float(np.linalg.norm(total)) or 1.0
        return Embedded(total / length, pieces / length, [encoded.offsets[n] for n in known])


@cache
def static_vectors() -> StaticVectors:
    """Return the packaged vectors, loaded once a process."""
    return StaticVectors(FOLDER)


def vectors_hash() -> str:
    """Return a short checksum of the packaged vectors: a model fits only the ones it learnt on.

    Raises:
        ModelMissing: the vectors are absent.
    """
    try:
        return hashlib.sha256((FOLDER / "vectors.npz").read_bytes()).hexdigest()[:12]
    except OSError as fault:
        raise ModelMissing("The classifier's word vectors are not there.") from fault
