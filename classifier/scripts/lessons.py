"""What a run of fine-tuning reads: which texts, in which order, and how rough each time."""

import math
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from classifier.encoder import FOLDER, shortened, text_key
from classifier.examples import FIRST_PART, SECOND_PART, Example
from classifier.labels import HEADS
from classifier.scripts.roughening import roughened
from classifier.segments import Segments

# A run from the packaged encoder reads its earlier texts this often, so that it forgets nothing.
KNOWN_SHARE = 1 / 6
# Hands kept together: what is said of a fold's texts was learnt from strangers alone.
FOLDS = (FIRST_PART, SECOND_PART)


class Texts:
    """Reads texts as piece numbers, cut to both ends as at run time."""

    def __init__(self, source: Path) -> None:
        """Read the tokenizer that came with the weights."""
        self._tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def numbers(self, text: str) -> list[int]:
        """Return the piece numbers of a text between its two marks."""
        return shortened(self._tokenizer.encode(text).ids)


def joined(example: Example) -> str:
    """Return subject and text as the portal's pipeline reads them."""
    return Segments.of(example.subject, example.text).joined


def padded(rows: Sequence[list[int]]) -> tuple[Tensor, Tensor]:
    """Return texts as one table and which of its places hold pieces."""
    length = max(len(row) for row in rows)
    table = torch.zeros(len(rows), length, dtype=torch.long)
    for number, row in enumerate(rows):
        table[number, : len(row)] = torch.tensor(row)
    real = torch.arange(length)[None] < torch.tensor([len(row) for row in rows])[:, None]
    return table, real


def batches(lengths: Sequence[int], size: int, chance: random.Random) -> Iterator[list[int]]:
    """Yield numbers of texts of like length, in random order, for one round."""
    order = list(range(len(lengths)))
    chance.shuffle(order)
    pools = [order[at : at + size * 20] for at in range(0, len(order), size * 20)]
    found = []
    for pool in pools:
        pool.sort(key=lambda number: lengths[number])
        found += [pool[at : at + size] for at in range(0, len(pool), size)]
    chance.shuffle(found)
    yield from found


class Lessons:
    """The examples in the order and the shape in which one run of training reads them."""

    def __init__(
        self,
        examples: Sequence[Example],
        source: Path,
        batch: int,
        seed: int,
        known: frozenset[str],
    ) -> None:
        """Read the answers once; texts are made rough anew at every reading.

        Args:
            examples: what is learnt from.
            source: the folder of the published weights, with their tokenizer.
            batch: how many texts are read at once.
            seed: of the order and the roughening.
            known: keys of texts that the start has learnt from; each is read in one round of six.
        """
        self._examples, self._batch = examples, batch
        self._known = [text_key(joined(example)) in known for example in examples]
        self._chance, self._texts = random.Random(seed), Texts(source)
        self._lengths = [len(self._texts.numbers(joined(example))) for example in examples]
        self._answers = {
            head: torch.tensor(
                [HEADS[head].index(e.labels[head]) if head in e.labels else -100 for e in examples]
            )
            for head in HEADS
        }

    def steps(self) -> int:
        """Return about how many batches one round has."""
        read = len(self._known) - sum(self._known) * (1 - KNOWN_SHARE)
        return math.ceil(read / self._batch)

    def __iter__(self) -> Iterator[tuple[Tensor, Tensor, dict[str, Tensor]]]:
        """Yield pieces, which of them are real, and the answers, for one round."""
        read = [
            n
            for n, known in enumerate(self._known)
            if not known or self._chance.random() < KNOWN_SHARE
        ]
        lengths = [self._lengths[n] for n in read]
        for places in batches(lengths, self._batch, self._chance):
            batch = [read[place] for place in places]
            rows = [self._texts.numbers(self._version(self._examples[n])) for n in batch]
            yield *padded(rows), {head: right[batch] for head, right in self._answers.items()}

    def _version(self, example: Example) -> str:
        text = joined(example)
        if self._chance.random() < 0.25:
            return text
        if example.subject and self._chance.random() < 0.3:
            text = example.text
        return roughened(text, self._chance, example.labels.get("risk") != "none")


def known_before() -> frozenset[str]:
    """Return the keys of the texts that the packaged encoder has learnt from."""
    return frozenset((FOLDER / "learnt.txt").read_text(encoding="utf-8").split())


def left_out(what: str, examples: Sequence[Example]) -> list[Example]:
    """Return the texts that a run does not learn from, so that it can judge them.

    Args:
        what: a part of the hands by its number; "even" or "odd", the run that reads that half of
            the texts that are new to the packaged encoder; "whole" leaves nothing out.
        examples: the corpus.
    """
    if what == "whole":
        return []
    if what in ("0", "1"):
        return [example for example in examples if example.hand in FOLDS[int(what)]]
    before, other = known_before(), int(what == "even")
    keys = [text_key(joined(example)) for example in examples]
    return [
        example
        for example, key in zip(examples, keys, strict=True)
        if key not in before and int(key, 16) % 2 == other
    ]
