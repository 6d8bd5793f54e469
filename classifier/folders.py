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
    home = home or model_dir()
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


def in_use() -> tuple[str, int]:
    """Return something that changes when another model is promoted, however `current` is kept."""
    home = model_dir()
    if home is None:
        return "", 0
    current = home / "current"
    try:
        return str(current.resolve()), current.stat().st_mtime_ns
    except OSError:
        return "", 0


def candidates() -> Path:
    """Return the folder in which candidates are made: `MODEL_DIR`, or `instance/models`."""
    return model_dir() or Path("instance") / "models"


def model_dir() -> Path | None:
    """Return `MODEL_DIR`, or None where it is not set."""
    named = os.environ.get("MODEL_DIR", "")
    return Path(named) if named else None
