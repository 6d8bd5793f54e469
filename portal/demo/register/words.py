"""The sentences of the invented register, read once from their file."""

import random
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "words.toml"


@dataclass(frozen=True)
class Asked:
    """One thing that the Ombudsman asked for."""

    kind: str
    text: str
    payee: str | None = None
    pence: int | None = None


@lru_cache(maxsize=1)
def _content() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def sentence(name: str) -> str:
    """One sentence by its name."""
    return str(_content()[name])


def some(list_name: str, kind: str, chance: random.Random) -> str:
    """One of the sentences of a list."""
    return str(chance.choice(_content()[list_name][kind]))


def kinds(list_name: str) -> tuple[tuple[str, str], ...]:
    """Every sentence of a list with its kind, in the order of the file."""
    return tuple((kind, text) for kind, texts in _content()[list_name].items() for text in texts)


def asked_by_ombudsman(name: str) -> tuple[Asked, ...]:
    """What the Ombudsman asked for in one decision."""
    return tuple(Asked(**one) for one in _content()["by_ombudsman"][name])


def quotes(leadership: str) -> tuple[str, ...]:
    """The compliments to publish of one leadership, with {x}, {y} and {z} for people."""
    return tuple(_content()["quotes"][leadership])
