"""Which model is in use: candidates are promoted into `MODEL_DIR/current`, and rolled back from it.

Each change is a line in `promotions.jsonl`, so that a rollback knows what was in use before. Old
versions stay where they are, with their figures; somebody who wants the room deletes their folders.
"""

import json
import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from classifier import folders, pipeline
from classifier.errors import ModelMissing, NotPromoted
from classifier.heads import Heads

CURRENT, LEDGER, ABOUT = "current", "promotions.jsonl", "version.json"
PACKAGED = "packaged"


def promote(name: str) -> dict[str, str]:
    """Put a candidate into use.

    Args:
        name: its folder in `MODEL_DIR`, which is the model's name.

    Returns:
        What is in use now and what was before.

    Raises:
        NotPromoted: there is no such candidate, it was found worse, it was compared with another
            model than the one in use, or it is in use already.
        ModelMissing: it cannot be read, or was made for another encoder or other labels.
    """
    home, before = _home(), _name_in_use()
    folder = home / name
    if Path(name).name != name or not (folder / "config.cfg").exists():
        raise NotPromoted(f"There is no candidate {name} in MODEL_DIR. See: classifier versions.")
    if name == before:
        raise NotPromoted(f"{name} is in use already.")
    about = _about(folder)
    if about.get("may_be_promoted") is not True:
        worse = ", ".join(about.get("worse", [])) or "nothing that was measured: it has no figures"
        raise NotPromoted(f"{name} is not promoted. Worse beyond noise: {worse}.")
    heads = Heads.load(folder / pipeline.COMPONENT)
    against = _model_in_use()
    if about.get("against") != against:
        raise NotPromoted(
            f"{name} was compared with {about.get('against')}, but {against} is in use. "
            "Make the candidate again."
        )
    return _change(home, "promoted", before, name, heads.settings.name)


def rollback() -> dict[str, str]:
    """Go back to the model that was in use before the present one.

    Raises:
        NotPromoted: the packaged model is in use: there is nothing before it.
    """
    home, now = _home(), _name_in_use()
    if now == PACKAGED:
        raise NotPromoted("The packaged model is in use: there is nothing to go back to.")
    before = next(
        (
            one["before"]
            for one in reversed(_ledger(home))
            if one["did"] == "promoted" and one["now"] == now
        ),
        PACKAGED,
    )
    if before != PACKAGED and not (home / before / "config.cfg").exists():
        # Somebody has deleted it since.
        before = PACKAGED
    return _change(home, "rolled_back", now, before, before)


def versions() -> Iterator[dict[str, Any]]:
    """Yield each model there is: the packaged one, then those of `MODEL_DIR` by age."""
    in_use = _name_in_use()
    yield {"name": PACKAGED, "model": _packaged(), "in_use": in_use == PACKAGED}
    home = folders.candidates()
    found = [path.parent for path in home.glob("*/config.cfg") if path.parent.name != CURRENT]
    kept = sorted(((_about(folder), folder.name) for folder in found), key=_by_age)
    for about, name in kept:
        yield {
            "name": name,
            "model": about.get("model", name),
            "in_use": in_use == name,
            **{key: about[key] for key in _SHOWN if key in about},
        }


_SHOWN = ("made_at", "decisions", "held_back", "against", "worse", "may_be_promoted")


def _by_age(one: tuple[dict[str, Any], str]) -> tuple[str, str]:
    return str(one[0].get("made_at", "")), one[1]


def _home() -> Path:
    home = folders.model_dir()
    if home is None:
        raise NotPromoted("Set MODEL_DIR, for this command and for the portal: models live there.")
    return home


def _name_in_use() -> str:
    folder = folders.promoted()
    return folder.resolve().name if folder is not None else PACKAGED


def _model_in_use() -> str:
    folder = folders.promoted()
    if folder is not None:
        try:
            return Heads.load(folder / pipeline.COMPONENT).settings.name
        except ModelMissing:
            # Then the portal uses the packaged one too.
            pass
    return _packaged()


def _packaged() -> str:
    return Heads.load(folders.PACKAGED / pipeline.COMPONENT).settings.name


def _about(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _ledger(home: Path) -> list[dict[str, str]]:
    try:
        lines = (home / LEDGER).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    return [json.loads(line) for line in lines if line.strip()]


def _change(home: Path, did: str, before: str, now: str, model: str) -> dict[str, str]:
    current = home / CURRENT
    if current.is_dir() and not current.is_symlink():
        raise NotPromoted("MODEL_DIR/current is itself a model's folder. Rename it to its name.")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    done = {"at": at, "did": did, "before": before, "now": now}
    # Written first: a ledger that knows of a change which did not happen leads a rollback nowhere
    # wrong, because it asks for the model that is in use.
    with (home / LEDGER).open("a", encoding="utf-8") as ledger:
        ledger.write(json.dumps(done, ensure_ascii=False) + "\n")
    if now == PACKAGED:
        current.unlink(missing_ok=True)
    else:
        _write_whole(current, now + "\n")
    return {**done, "model": model}


def _write_whole(path: Path, text: str) -> None:
    """Whoever reads it meanwhile finds the old name or the new one."""
    handle, fresh = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(fresh, 0o644)
    os.replace(fresh, path)
