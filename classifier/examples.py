"""Labelled texts: the corpus of this package, and officers' decisions.

The corpus is JSON lines in `classifier/corpus/`; each file was written by one hand. Decisions
come from `flask export examples` in the same shape, with labels missing where none was decided.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from classifier.errors import BadExample
from classifier.labels import HEADS

CORPUS = Path(__file__).parent / "corpus"
# Two texts that share this many words in a row tell the same story: they must not be parted
# between training and test.
SHARED_WORDS = 8


@dataclass(frozen=True)
class Example:
    """One labelled text; a head without a label is absent from `labels`."""

    id: str
    text: str
    subject: str | None
    labels: dict[str, str]
    voice: str
    hand: str


def read_corpus(folder: Path = CORPUS) -> list[Example]:
    """Return the corpus in the order of its files.

    Raises:
        BadExample: a line is not a labelled text.
    """
    return [
        example
        for path in sorted(folder.glob("*.jsonl"))
        for example in read_examples(path.read_text(encoding="utf-8").splitlines(), path.stem)
    ]


def read_examples(lines: Iterable[str], hand: str) -> list[Example]:
    """Return the examples of JSON lines, passing over empty lines.

    Args:
        lines: one JSON object a line.
        hand: who wrote them, for figures by hand.

    Raises:
        BadExample: a line is not a labelled text; the sentence gives its number.
    """
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            found.append(_example(line, number, hand))
    return found


def _example(line: str, number: int, hand: str) -> Example:
    try:
        kept: Any = json.loads(line)
    except ValueError as fault:
        raise BadExample(f"Line {number} of {hand} is not JSON.") from fault
    if not isinstance(kept, dict) or not isinstance(kept.get("text"), str):
        raise BadExample(f"Line {number} of {hand} has no text.")
    labels = {head: kept[head] for head in HEADS if kept.get(head) is not None}
    for head, code in labels.items():
        if code not in HEADS[head]:
            raise BadExample(f"Line {number} of {hand} has an unknown {head}.")
    if labels.get("category", "complaint") != "complaint":
        labels.pop("nature", None)
    return Example(
        id=str(kept.get("id", f"{hand}-{number}")),
        text=kept["text"],
        subject=kept.get("subject") or None,
        labels=labels,
        voice=str(kept.get("voice") or ""),
        hand=hand,
    )


def corpus_hash(examples: Sequence[Example]) -> str:
    """Return a short checksum of the texts and labels, for a model's name."""
    total = hashlib.sha256()
    for example in examples:
        kept = [example.id, example.subject, example.text, sorted(example.labels.items())]
        total.update(json.dumps(kept, ensure_ascii=False).encode())
    return total.hexdigest()[:12]


def groups(examples: Sequence[Example]) -> list[int]:
    """Return a group number for each text: those that share a run of words share a group."""
    leader = list(range(len(examples)))

    def first(of: int) -> int:
        while leader[of] != of:
            leader[of] = leader[leader[of]]
            of = leader[of]
        return of

    seen: dict[tuple[str, ...], int] = {}
    for number, example in enumerate(examples):
        words = example.text.lower().split()
        for at in range(len(words) - SHARED_WORDS + 1):
            other = seen.setdefault(tuple(words[at : at + SHARED_WORDS]), number)
            leader[first(number)] = first(other)
    return [first(number) for number in range(len(examples))]
