"""Where models are: the packaged one, and those that a council trained and promoted."""

import logging
import os
from pathlib import Path

PACKAGED = Path(__file__).parent / "model"
_log = logging.getLogger(__name__)


def promoted(home: Path | None = None) -> Path | None:
    """Return the folder of the council's promoted model, or None where there is none.

    Args:
        home: where promoted models live; `MODEL_DIR` where none is given. Its `current` is
            either the model's folder (or a link to it) or a file with that folder's name in it.
    """
    home = home or _model_dir()
    if home is None or not (home / "current").exists():
        return None
    current = home / "current"
    if current.is_dir():
        return current
    name = current.read_text(encoding="utf-8").strip()
    folder = home / name
    if not name or Path(name).name != name or not folder.is_dir():
        _log.warning("MODEL_DIR/current names no folder; the packaged model is used")
        return None
    return folder


def candidates() -> Path:
    """Return the folder in which candidates are made: `MODEL_DIR`, or `instance/models`."""
    return _model_dir() or Path("instance") / "models"


def _model_dir() -> Path | None:
    named = os.environ.get("MODEL_DIR", "")
    return Path(named) if named else None
