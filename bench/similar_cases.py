"""How good and how fast similar cases are found: `python -m bench.similar_cases`.

Each held-out text looks for its three nearest among the corpus: how often do they have its labels,
by whole scores and by scores rounded to 8 bits, against three drawn at random? Then a search among
a hundred thousand, against writing its answer down in plain Python.
"""

import json
import random
import time
from collections.abc import Sequence

import numpy as np

from classifier.encoder import packaged_encoder
from classifier.examples import HELD_OUT, Example, read_corpus
from classifier.heads import COLUMNS, WIDTH
from classifier.labels import HEADS
from classifier.nearest import Floats, Nearest, rounded
from classifier.segments import Segments

NEAR, MANY, LOOKS = 3, 100_000, 200


def scores_of(examples: Sequence[Example]) -> list[Floats]:
    """The encoder's scores of each text."""
    encoder = packaged_encoder()
    return [encoder.scores(Segments.of(one.subject, one.text).joined) for one in examples]


def whole(scores: Sequence[Floats]) -> Floats:
    """Directions without rounding."""
    rows = np.stack(
        [np.concatenate([one[at] - one[at].mean() for at in COLUMNS.values()]) for one in scores]
    )
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


def agreement(asking: Sequence[Example], near: Sequence[Sequence[Example]]) -> dict[str, float]:
    """The share of neighbours that have the text's own label."""
    return {
        head: round(
            float(
                np.mean(
                    [
                        other.labels.get(head) == one.labels.get(head)
                        for one, own in zip(asking, near, strict=True)
                        for other in own
                    ]
                )
            ),
            3,
        )
        for head in HEADS
    }


def quality() -> dict[str, dict[str, float]]:
    """The table of the decision record."""
    corpus, strangers = read_corpus(), read_corpus(HELD_OUT)
    known, asked = scores_of(corpus), scores_of(strangers)
    alike = whole(asked) @ whole(known).T
    index = Nearest()
    index.add(range(len(corpus)), [rounded(one) for one in known])
    found = index.search([rounded(one) for one in asked], NEAR)
    chance = random.Random(3)
    return {
        "random": agreement(strangers, [chance.sample(corpus, NEAR) for _ in strangers]),
        "whole": agreement(
            strangers, [[corpus[at] for at in np.argsort(-row)[:NEAR]] for row in alike]
        ),
        "8 bits": agreement(strangers, [[corpus[key] for key, _ in own] for own in found]),
    }


def speed() -> dict[str, float]:
    """Milliseconds of one search among many."""
    rows = np.random.default_rng(1).normal(size=(MANY, WIDTH)).astype(np.float32)
    prints = [rounded(row) for row in rows]
    index = Nearest()
    index.add(range(MANY), prints)
    start = time.process_time()
    for one in prints[:LOOKS]:
        index.search([one], 12)
    alone = (time.process_time() - start) / LOOKS
    start = time.process_time()
    index.search(prints[:LOOKS], 12)
    together = (time.process_time() - start) / LOOKS
    return {"alone_ms": round(alone * 1000, 2), "together_ms": round(together * 1000, 2)}


if __name__ == "__main__":
    print(json.dumps({"same_label": quality(), "search_of_100000": speed()}, indent=2))
