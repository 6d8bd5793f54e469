"""The learnt part in plain numpy: from features to calibrated probabilities.

Two linear models answer each question, one on words and cues, one on the static vector and cues.
They err differently, so their probabilities are averaged. Nothing here needs scikit-learn.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from classifier.cues import CUES, CUES_HASH
from classifier.errors import ModelMissing
from classifier.features import Reading, Row, Vocabulary
from classifier.labels import HEADS
from classifier.vectors import Embedded, vectors_hash

Floats = npt.NDArray[np.float32]
FORMAT = 1
# The vector has length one; this brings it to the scale of the word features.
VECTOR_WEIGHT = 6.0
_FIRSTS = np.cumsum([0, *(len(codes) for codes in HEADS.values())])
COLUMNS: dict[str, slice] = {
    head: slice(int(_FIRSTS[n]), int(_FIRSTS[n + 1])) for n, head in enumerate(HEADS)
}
"""Where each head's codes stand among the columns of the weights."""
WIDTH = int(_FIRSTS[-1])
CUE_NAMES = tuple(CUES)


def dense_features(reading: Reading, embedded: Embedded) -> Floats:
    """Return the vector and the cues of one text side by side."""
    cues = [1.0 if name in reading.cues else 0.0 for name in CUE_NAMES]
    return np.concatenate([embedded.vector * VECTOR_WEIGHT, np.array(cues, np.float32)])


def softmax(scores: npt.NDArray[Any]) -> Floats:
    """Return probabilities; a code that was never seen in training has the score -inf."""
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum(), dtype=np.float32)


def tempered(chances: Floats, temperature: float) -> Floats:
    """Return the probabilities made less sure (temperature over 1) or surer (under 1)."""
    return softmax(np.log(np.maximum(chances, 1e-9)) / temperature)


@dataclass
class Settings:
    """What calibration chose for each head, and the name of the model."""

    name: str = ""
    words_share: dict[str, float] = field(default_factory=dict)
    temperature: dict[str, float] = field(default_factory=dict)
    unsure_below: dict[str, float] = field(default_factory=dict)
    learnt_share: float = 0.5
    risk_from: dict[str, float] = field(default_factory=dict)
    alarm_precision: float = 0.5


@dataclass
class Heads:
    """The weights with their vocabulary and settings."""

    vocabulary: Vocabulary
    word_weights: Floats
    word_start: Floats
    dense_weights: Floats
    dense_start: Floats
    procedures: Floats
    """How often each procedure followed, for each category and team of the training texts."""
    settings: Settings

    def chances(self, row: Row, dense: Floats) -> dict[str, Floats]:
        """Return the probabilities of each head, calibrated where calibration was learnt."""
        by_words = row.values @ self.word_weights[row.numbers] + self.word_start
        by_vector = dense @ self.dense_weights + self.dense_start
        found = {}
        for head, columns in COLUMNS.items():
            share = self.settings.words_share.get(head, 0.5)
            mixed = share * softmax(by_words[columns]) + (1 - share) * softmax(by_vector[columns])
            found[head] = tempered(mixed, self.settings.temperature.get(head, 1.0))
        return found

    def save(self, folder: Path) -> None:
        """Write three files that hold no code: arrays, words and settings."""
        folder.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(
            folder / "weights.npz",
            rarity=self.vocabulary.rarity,
            word_weights=self.word_weights.astype(np.float16),
            word_start=self.word_start,
            dense_weights=self.dense_weights,
            dense_start=self.dense_start,
            procedures=self.procedures,
        )
        words = {"words": self.vocabulary.words, "pieces": self.vocabulary.pieces}
        _write_json(folder / "vocabulary.json", words)
        about = {
            "format": FORMAT,
            "vectors": vectors_hash(),
            "heads": {head: list(codes) for head, codes in HEADS.items()},
            "cues": CUES_HASH,
            "settings": vars(self.settings),
        }
        _write_json(folder / "about.json", about, indent=2)

    @classmethod
    def load(cls, folder: Path) -> "Heads":
        """Read what `save` wrote.

        Raises:
            ModelMissing: a file is absent, damaged, or made for other labels, cues or vectors.
        """
        try:
            about: Any = json.loads((folder / "about.json").read_text(encoding="utf-8"))
            words: Any = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
            with np.load(folder / "weights.npz", allow_pickle=False) as kept:
                arrays = {name: kept[name].astype(np.float32) for name in kept.files}
            vocabulary = Vocabulary(words["words"], words["pieces"], arrays.pop("rarity"))
            heads = cls(vocabulary=vocabulary, settings=Settings(**about["settings"]), **arrays)
        except Exception as fault:
            raise ModelMissing("The classifier's model is not there or is damaged.") from fault
        heads._check(about)
        return heads

    def _check(self, about: Any) -> None:
        expected = {head: list(codes) for head, codes in HEADS.items()}
        if about.get("format") != FORMAT or about.get("heads") != expected:
            raise ModelMissing("The classifier's model was made for other labels; train it again.")
        if about.get("cues") != CUES_HASH or about.get("vectors") != vectors_hash():
            raise ModelMissing(
                "The classifier's model was made with other cues or vectors; train it again."
            )
        if self.word_weights.shape != (self.vocabulary.size, WIDTH):
            raise ModelMissing("The classifier's model is damaged: its parts do not fit together.")


def _write_json(path: Path, value: object, indent: int | None = None) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=indent) + "\n", encoding="utf-8")
