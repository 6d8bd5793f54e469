"""A council's folder of its own, in which a language can be put."""

import shutil
from pathlib import Path

import pytest

from portal import council as councils


def offer(language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let Staffordshire's file, in a folder of its own, offer a language.

    Args:
        language: its code; its catalogue is the test's to write, into `translations`.
        tmp_path, monkeypatch: the test's.

    Returns:
        The council's folder.
    """
    own = tmp_path / "councils"
    shutil.copytree(councils.COUNCILS, own)
    file = own / "staffordshire" / "council.toml"
    said = file.read_text(encoding="utf-8")
    offered = said.replace("\nlanguages = []\n", f'\nlanguages = ["{language}"]\n')
    assert offered != said
    file.write_text(offered, encoding="utf-8")
    monkeypatch.setattr(councils, "COUNCILS", own)
    return own / "staffordshire"


def catalogue(folder: Path, language: str, said: dict[str, str]) -> None:
    """Write a catalogue by hand, as a translator leaves it.

    Args:
        folder: the council's.
        language: the code, or that of a plain voice.
        said: each English sentence with its translation.
    """
    path = folder / "translations" / language / "messages.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    pairs = (f'\nmsgid "{one}"\nmsgstr "{other}"\n' for one, other in said.items())
    path.write_text(head + "".join(pairs), encoding="utf-8")
