"""The fine-tuned MiniLM at run time: a text in, the scores of every question's codes out.

Fine-tuned and rounded to 8 bits by `classifier.scripts`; run by onnxruntime, without torch. The
only file that imports onnxruntime.
"""

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from classifier.errors import ModelMissing
from classifier.labels import HEADS

FOLDER = Path(__file__).parent / "encoder"
FIRST, LAST = 140, 50
"""How many word pieces are read of each end of a longer text: the time of reading grows with
them, and the point stands at the start or at the end."""
_KEY = 16
Floats = npt.NDArray[np.float32]


def text_key(text: str) -> str:
    """Return a short checksum of a text, by which kept scores are found again."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_KEY]


class Encoder:
    """The model and the tokenizer that cuts texts into its pieces."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load both.

        Raises:
            ModelMissing: a file is absent, damaged or made for other labels.
        """
        import onnxruntime  # type: ignore[import-untyped,unused-ignore]
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        # One core: suggesting runs beside the portal. Without arenas memory stays flat.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        try:
            about: Any = json.loads((folder / "about.json").read_text(encoding="utf-8"))
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except Exception as fault:
            raise ModelMissing("The classifier's encoder is not there or is damaged.") from fault
        if about["codes"] != {head: len(codes) for head, codes in HEADS.items()}:
            raise ModelMissing("The classifier's encoder was made for other labels.")
        self._folder = folder

    def scores(self, text: str) -> Floats:
        """Return the scores of all codes, in the order of `classifier.heads.COLUMNS`."""
        numbers = shortened(self._tokenizer.encode(text).ids)
        (found,) = self._session.run(None, {"pieces": np.array([numbers], np.int64)})
        return np.asarray(found[0], dtype=np.float32)

    def unseen(self, texts: Sequence[str]) -> dict[int, Floats]:
        """Return the scores of those texts that are judged by an encoder that had not seen them.

        A text of the corpus has scores kept from a fold's encoder, or none; any other text was
        never learnt from, so the encoder itself may judge it.

        Args:
            texts: subject and text of each example, joined.
        """
        with np.load(self._folder / "unseen.npz", allow_pickle=False) as kept:
            known = dict(zip(kept["keys"].tolist(), kept["scores"].astype(np.float32), strict=True))
        learnt = set((self._folder / "learnt.txt").read_text(encoding="utf-8").split())
        found: dict[int, Floats] = {}
        for number, text in enumerate(texts):
            key = text_key(text)
            if key in known:
                found[number] = known[key]
            elif key not in learnt:
                found[number] = self.scores(text)
        return found


def shortened(numbers: list[int]) -> list[int]:
    """Return the pieces of both ends of a long text, all of a short one."""
    return numbers if len(numbers) <= FIRST + LAST else numbers[:FIRST] + numbers[-LAST:]


@cache
def packaged_encoder() -> Encoder:
    """Return the packaged encoder, loaded once a process."""
    return Encoder()


@cache
def encoder_hash() -> str:
    """Return a short checksum of the encoder: a model fits only the one that it learnt beside.

    Raises:
        ModelMissing: the encoder is absent.
    """
    try:
        return hashlib.sha256((FOLDER / "model.onnx").read_bytes()).hexdigest()[:12]
    except OSError as fault:
        raise ModelMissing("The classifier's encoder is not there.") from fault
