"""The encoder reads both ends of a text, and a missing or foreign one is said in a sentence."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from classifier import encoder
from classifier.encoder import Encoder, packaged_encoder, shortened
from classifier.errors import ModelMissing
from classifier.heads import WIDTH


def test_every_code_gets_a_score_and_the_same_one_each_time() -> None:
    one = packaged_encoder().scores("The taxi has not come for three days.")
    assert one.shape == (WIDTH,)
    packaged_encoder().scores("Something else in between.")
    np.testing.assert_array_equal(
        one, packaged_encoder().scores("The taxi has not come for three days.")
    )


def test_a_long_text_is_cut_in_its_middle() -> None:
    numbers = list(range(1000))
    kept = shortened(numbers)
    assert kept[: encoder.FIRST] == numbers[: encoder.FIRST]
    assert kept[-encoder.LAST :] == numbers[-encoder.LAST :]
    assert len(kept) == encoder.FIRST + encoder.LAST
    assert shortened(numbers[:90]) == numbers[:90]


def test_the_file_is_the_one_whose_checksum_is_written_beside_it() -> None:
    about = json.loads((encoder.FOLDER / "about.json").read_text(encoding="utf-8"))
    assert about["model_sha256"].startswith(encoder.encoder_hash())
    assert (about["first"], about["last"]) == (encoder.FIRST, encoder.LAST)


def test_a_missing_or_foreign_encoder_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"not there or is damaged\.$"):
        Encoder(tmp_path)
    for name in ("model.onnx", "tokenizer.json"):
        shutil.copy(encoder.FOLDER / name, tmp_path)
    (tmp_path / "about.json").write_text('{"codes": {"category": 2}}')
    with pytest.raises(ModelMissing, match="other labels"):
        Encoder(tmp_path)
