"""Where models are: the packaged one, and those that a council trained and promoted."""

import logging
import os
from pathlib import Path

PACKAGED = Path(__file__).parent / "model"
_log = logging.getLogger(__name__)


def promoted() -> Path | None:
    """Return the folder of the council's promoted model, or None where there is none.

    `MODEL_DIR/current` is either that folder (or a link to it) or a file with its name in it.
    """
    home = os.environ.get("MODEL_DIR", "")
    current = Path(home) / "current"
    if not home or not current.exists():
        return None
    if current.is_dir():
        return current
    name = current.read_text(encoding="utf-8").strip()
    folder = Path(home) / name
    if not name or Path(name).name != name or not folder.is_dir():
        _log.warning("MODEL_DIR/current names no folder; the packaged model is used")
        return None
    return folder


def candidates() -> Path:
    """Return the folder in which candidates are made: `MODEL_DIR`, or `instance/models`."""
    return Path(os.environ.get("MODEL_DIR") or Path("instance") / "models")
