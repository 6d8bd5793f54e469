"""The learnt part in plain numpy: from features and scores to calibrated probabilities.

Two readers answer each question: a linear model on words and cues, and the fine-tuned encoder.
They err differently, so their probabilities are mixed. Nothing here needs scikit-learn.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from classifier.cues import CUES_HASH
from classifier.encoder import encoder_hash
from classifier.errors import ModelMissing
from classifier.features import Row, Vocabulary
from classifier.labels import HEADS

Floats = npt.NDArray[np.float32]
FORMAT = 2
_FIRSTS = np.cumsum([0, *(len(codes) for codes in HEADS.values())])
COLUMNS: dict[str, slice] = {
    head: slice(int(_FIRSTS[n]), int(_FIRSTS[n + 1])) for n, head in enumerate(HEADS)
}
"""Where each head's codes stand among the columns of the weights and of the encoder's scores."""
WIDTH = int(_FIRSTS[-1])
# A text in another language, or of no words at all, is answered with doubt.
_STRANGE = 5.0
SHORT = 12
# The corpus has no nonsense, and what may come in has: a short text must be this much surer.
SHORT_SURER = 0.1
"""A text of fewer words is short: it says little, and its confidence is calibrated apart."""


def softmax(scores: npt.NDArray[Any]) -> Floats:
    """Return probabilities; a code that was never seen in training has the score -inf."""
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum(), dtype=np.float32)


def tempered(chances: Floats, temperature: float) -> Floats:
    """Return the probabilities made less sure (temperature over 1) or surer (under 1)."""
    return softmax(np.log(np.maximum(chances, 1e-9)) / temperature)


def mixed(by_words: Floats, by_encoder: Floats, words_share: float) -> Floats:
    """Return what both readers say together: a code that one of them rules out stays unlikely.

    Args:
        by_words: one head's probabilities by words.
        by_encoder: the same by the encoder.
        words_share: how much the words count, from 0 to 1.
    """
    logs = words_share * np.log(np.maximum(by_words, 1e-5))
    return softmax(logs + (1 - words_share) * np.log(np.maximum(by_encoder, 1e-5)))


@dataclass
class Settings:
    """What calibration chose for each head, and the name of the model."""

    name: str = ""
    words_share: dict[str, float] = field(default_factory=dict)
    temperature: dict[str, float] = field(default_factory=dict)
    short_temperature: dict[str, float] = field(default_factory=dict)
    """By how much more a short text's answers are doubted than others'."""
    unsure_below: dict[str, float] = field(default_factory=dict)
    learnt_share: float = 0.5
    risk_from: dict[str, float] = field(default_factory=dict)
    alarm_weight: float = 1.0
    """How much likelier, in logits, an alarming wording makes danger."""
    familiar_from: float = 0.0
    """Which share of a text's words must be known before its answers are believed."""

    def temperature_of(self, head: str, short: bool) -> float:
        """Return by how much a head's answers are made less sure."""
        more = self.short_temperature.get(head, 1.0) if short else 1.0
        return self.temperature.get(head, 1.0) * more

    def doubts(self, head: str, chance: float, short: bool) -> bool:
        """Say whether an answer is not sure enough to stand without the other choices.

        Args:
            head: the question.
            chance: of the answer.
            short: whether the text has fewer than `SHORT` words.
        """
        return chance < self.unsure_below.get(head, 1.0) + SHORT_SURER * short


@dataclass
class Heads:
    """The weights with their vocabulary and settings."""

    vocabulary: Vocabulary
    word_weights: Floats
    word_start: Floats
    procedures: Floats
    """How often each procedure followed, for each category and team of the training texts."""
    settings: Settings

    def by_words(self, row: Row) -> Floats:
        """Return the scores of all codes by words and cues alone."""
        return np.asarray(
            row.values @ self.word_weights[row.numbers] + self.word_start, dtype=np.float32
        )

    def chances(self, row: Row, encoded: Floats) -> dict[str, Floats]:
        """Return each head's probabilities, calibrated where calibration was learnt.

        Args:
            row: the text as features.
            encoded: the encoder's scores of the text.
        """
        by_words, settings, found = self.by_words(row), self.settings, {}
        for head, columns in COLUMNS.items():
            both = mixed(
                softmax(by_words[columns]),
                softmax(encoded[columns]),
                settings.words_share.get(head, 0.5),
            )
            found[head] = tempered(both, settings.temperature_of(head, row.words < SHORT))
        if row.familiar < settings.familiar_from or not row.words:
            return {head: tempered(chances, _STRANGE) for head, chances in found.items()}
        return found

    def save(self, folder: Path) -> None:
        """Write three files that hold no code: arrays, words and settings."""
        folder.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(
            folder / "weights.npz",
            rarity=self.vocabulary.rarity,
            word_weights=self.word_weights.astype(np.float16),
            word_start=self.word_start,
            procedures=self.procedures,
        )
        words = {"words": self.vocabulary.words, "pieces": self.vocabulary.pieces}
        _write_json(folder / "vocabulary.json", words)
        about = {
            "format": FORMAT,
            "encoder": encoder_hash(),
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
        if about.get("cues") != CUES_HASH or about.get("encoder") != encoder_hash():
            raise ModelMissing(
                "The classifier's model fits other cues or another encoder; train it again."
            )
        if self.word_weights.shape != (self.vocabulary.size, WIDTH):
            raise ModelMissing("The classifier's model is damaged: its parts do not fit together.")


def _write_json(path: Path, value: object, indent: int | None = None) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=indent) + "\n", encoding="utf-8")
