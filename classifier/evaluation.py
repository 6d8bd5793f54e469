"""`python -m classifier evaluate`: every figure of the model card, on texts held out from training.

Each text is judged by a model that never saw it nor any text that shares its story. Thresholds
and temperatures are chosen on the other folds, so a fold's figures are not flattered by them.
"""

import resource
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from classifier import calibrating, combining, training
from classifier.examples import Example, corpus_hash
from classifier.heads import Settings
from classifier.labels import HEADS
from classifier.risk_words import alarms
from classifier.suggest import Suggester
from classifier.suggestion import SuggestItem
from portal.procedures.vocabulary import Risk

_HEADS = ("category", "area", "team", "procedure", "nature", "relationship")
_SURE = 0.9
_BINS = 10
_SHORT = 160
_TIMED = 200


class Judged:
    """One text's answers by a model that had not seen it."""

    def __init__(
        self, example: Example, number: int, unseen: calibrating.Unseen, settings: Settings
    ) -> None:
        """Read off the answers under settings that were chosen on other texts."""
        self.example = example
        self.said = {
            head: calibrating.answer(head, number, unseen, settings)
            for head in _HEADS
            if calibrating.truth(head, example) is not None
        }
        self.unsure = {
            head: confidence < settings.unsure_below[head]
            for head, (_, confidence) in self.said.items()
        }
        best = np.argsort(-unseen.chances(number, "team", settings))[:3]
        self.three = [str(HEADS["team"][at]) for at in best]
        self.risk, _ = combining.risk_of(
            unseen.chances(number, "risk", settings),
            alarms(f"{example.subject or ''}\n{example.text}"),
            settings,
        )

    def right(self, head: str) -> bool:
        """Say whether a head's label is the example's."""
        return self.said[head][0] == calibrating.truth(head, self.example)


def evaluate(examples: Sequence[Example], folds: int = training.FOLDS) -> dict[str, Any]:
    """Return all figures.

    Args:
        examples: the labelled texts.
        folds: how many parts are held out in turn.

    Raises:
        ModelMissing: no model can be loaded for the timings.
        BadExample: there are too few texts.
    """
    speed = measure_speed([example.text for example in examples])
    prepared = training.prepare(examples)
    splits = list(training.folds_of(examples, folds))
    judged = judge(prepared, splits)
    return {
        "texts": len(examples),
        "corpus": corpus_hash(examples),
        "folds": folds,
        "heads": {head: head_figures(head, judged) for head in _HEADS},
        "team_among_three": _share(judged, lambda one: one.example.labels["team"] in one.three),
        "risk": risk_figures(judged),
        "by_writer": _by(judged, lambda one: one.example.labels.get("relationship", "unknown")),
        "by_length": _by(judged, _length),
        "by_hand": _by(judged, lambda one: one.example.hand),
        "hand_never_seen": another_hand(prepared),
        "speed": speed,
    }


def judge(
    prepared: training.Prepared, splits: Sequence[tuple[list[int], list[int]]]
) -> list[Judged]:
    """Return the judged texts of all held-out parts."""
    unseen = training.unseen_chances(prepared, splits)
    found = []
    for rest, test in splits:
        settings = calibrating.calibrate(prepared.examples, unseen, rest)
        found += [Judged(prepared.examples[n], n, unseen, settings) for n in test]
    return found


def head_figures(head: str, judged: Sequence[Judged]) -> dict[str, float]:
    """Return accuracy, calibration error and the figures for sure and unsure answers."""
    asked = [one for one in judged if head in one.said]
    right = np.array([one.right(head) for one in asked])
    said = np.array([one.said[head][1] for one in asked])
    unsure = np.array([one.unsure[head] for one in asked])
    sure = said >= _SURE
    return {
        "texts": len(asked),
        "accuracy": _mean(right),
        "calibration_error": round(calibration_error(said, right), 3),
        "share_at_0.9": _mean(sure),
        "accuracy_at_0.9": _mean(right[sure]),
        "share_unsure": _mean(unsure),
        "accuracy_unless_unsure": _mean(right[~unsure]),
    }


def calibration_error(said: Any, right: Any) -> float:
    """Return the expected calibration error over ten equal bins of confidence."""
    bins = np.minimum((said * _BINS).astype(int), _BINS - 1)
    gaps = [
        float((bins == n).mean()) * abs(float(right[bins == n].mean() - said[bins == n].mean()))
        for n in range(_BINS)
        if (bins == n).any()
    ]
    return float(sum(gaps))


def risk_figures(judged: Sequence[Judged]) -> dict[str, float]:
    """Return how much danger was found, and how often it was cried for nothing."""
    now = [one for one in judged if one.example.labels.get("risk") == Risk.NOW]
    other = [one for one in judged if one.example.labels.get("risk") != Risk.NOW]
    none = [one for one in judged if one.example.labels.get("risk") == Risk.NONE]
    concern = [one for one in judged if one.example.labels.get("risk") == Risk.CONCERN]
    return {
        "danger_texts": len(now),
        "danger_found": _share(now, lambda one: one.risk == Risk.NOW),
        "danger_raised_at_all": _share(now, lambda one: one.risk != Risk.NONE),
        "false_danger": _share(other, lambda one: one.risk == Risk.NOW),
        "false_danger_of_no_risk": _share(none, lambda one: one.risk == Risk.NOW),
        "concern_raised": _share(concern, lambda one: one.risk != Risk.NONE),
        "false_concern_of_no_risk": _share(none, lambda one: one.risk == Risk.CONCERN),
    }


def another_hand(prepared: training.Prepared) -> dict[str, dict[str, float]]:
    """Return accuracy on each hand's texts by a model trained on the other hands' alone.

    Harder than the folds, since each hand wrote other kinds of feedback in a manner of its own.
    """
    hands = sorted({example.hand for example in prepared.examples})
    found: dict[str, dict[str, float]] = {}
    for hand in hands if len(hands) > 1 else []:
        test = [n for n, example in enumerate(prepared.examples) if example.hand == hand]
        rest = sorted(set(range(len(prepared.examples))) - set(test))
        unseen = training.unseen_chances(prepared, [(rest, test)])
        settings = Settings(temperature={"joined_procedure": 1.0})
        settings.unsure_below = dict.fromkeys(_HEADS, 0.0)
        judged = [Judged(prepared.examples[n], n, unseen, settings) for n in test]
        found[hand] = _accuracies(judged)
    return found


def measure_speed(texts: Sequence[str]) -> dict[str, float]:
    """Return load time, seconds a text and resident memory of the model in use."""
    start = time.perf_counter()
    suggester = Suggester.load()
    loaded = time.perf_counter() - start
    timed = [SuggestItem(id=n, text=text) for n, text in enumerate(texts[:_TIMED])]
    start = time.perf_counter()
    count = sum(1 for _ in suggester.suggest_each(timed))
    took = time.perf_counter() - start
    # Includes scikit-learn, which suggesting alone never loads.
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "load_seconds": round(loaded, 2),
        "seconds_a_text": round(took / max(count, 1), 4),
        "memory_megabytes": round(memory),
    }


def _length(one: Judged) -> str:
    return "short" if len(one.example.text) <= _SHORT else "longer"


def _by(judged: Sequence[Judged], key: Callable[[Judged], str]) -> dict[str, dict[str, float]]:
    names = sorted({key(one) for one in judged})
    return {name: _accuracies([one for one in judged if key(one) == name]) for name in names}


def _accuracies(judged: Sequence[Judged]) -> dict[str, float]:
    found: dict[str, float] = {"texts": len(judged)}
    for head in _HEADS:
        asked = [one for one in judged if head in one.said]
        found[head] = _mean(np.array([one.right(head) for one in asked]))
    found["team_among_three"] = _share(judged, lambda one: one.example.labels["team"] in one.three)
    return found


def _share(judged: Sequence[Judged], test: Callable[[Judged], bool]) -> float:
    return _mean(np.array([test(one) for one in judged]))


def _mean(values: Any) -> float:
    return round(float(np.mean(values)), 3) if len(values) else 0.0
