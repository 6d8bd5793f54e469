"""Labelled texts: the corpus of this package, and officers' decisions.

The corpus is JSON lines in `classifier/corpus/`; each file was written by one hand. Decisions
come from `flask export examples` in the same shape, with labels missing where none was decided.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from classifier.errors import BadExample
from classifier.labels import HEADS

CORPUS = Path(__file__).parent / "corpus"
HELD_OUT = CORPUS / "heldout"
"""Written by hands that never saw the corpus; for measuring alone."""
# The hands are parted once and for all: what the encoder's folds said of one part was learnt from
# the other, and the words must be judged in the same way. Decisions go by their checksum.
FIRST_PART = frozenset({"c1", "c3", "c6", "c8", "c10", "c13"})
SECOND_PART = frozenset({"c2", "c4", "c5", "c7", "c9", "c11", "c12"})
# The later hands are parts of several: the encoder that had read those before them was taken on
# from there, and what it says of them before it learnt from them is kept.
LATER = (
    frozenset({"c14", "c16", "c18"}),
    frozenset({"c15", "c17", "c19"}),
    frozenset({"c20", "c22", "c24", "c26", "c28", "c30", "c32"}),
    frozenset({"c21", "c23", "c25", "c27", "c29", "c31", "c33"}),
)
# Hands that were asked for danger, and for what only sounds like it. How often post as it comes
# is called dangerous for nothing is not told by them.
ON_DANGER = frozenset({"c14", "c18", "c19", "c25", "c31"})
PARTS = (FIRST_PART, SECOND_PART, *LATER)
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
    also: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Other labels that an officer could defend; only the held-out sets say."""


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
        also={head: tuple(codes) for head, codes in (kept.get("also") or {}).items()},
    )


def corpus_hash(examples: Sequence[Example]) -> str:
    """Return a short checksum of the texts and labels, for a model's name."""
    total = hashlib.sha256()
    for example in examples:
        kept = [example.id, example.subject, example.text, sorted(example.labels.items())]
        total.update(json.dumps(kept, ensure_ascii=False).encode())
    return total.hexdigest()[:12]


def parts_by_hand(examples: Sequence[Example]) -> list[list[int]]:
    """Return the numbers of the texts in parts, no hand of the corpus in two of them."""
    found: list[list[int]] = [[] for _ in PARTS]
    for number, example in enumerate(examples):
        found[_part_of(example)].append(number)
    return [part for part in found if part]


def _part_of(example: Example) -> int:
    for number, part in enumerate(PARTS):
        if example.hand in part:
            return number
    return hashlib.sha256(example.text.encode()).digest()[0] % 2


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
