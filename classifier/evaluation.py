"""`python -m classifier evaluate`: every figure of the model card.

Two kinds: the corpus, each text judged by models that never saw a text by its hand, with settings
chosen on other hands' texts; and the held-out sets, whose texts nobody who built this has read,
judged by the packaged model as the portal uses it.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from classifier import calibrating, combining, folders, training
from classifier.examples import HELD_OUT, Example, corpus_hash, read_corpus
from classifier.heads import Settings
from classifier.labels import HEADS
from classifier.measures import Judged, by_group, figures, voice_of
from classifier.speed import measure_speed
from classifier.suggest import Suggester
from classifier.suggestion import Choice, SuggestItem

ASKED = ("category", "area", "team", "procedure", "nature", "relationship")
_SHORT_LETTERS = 160


def evaluate() -> dict[str, Any]:
    """Return all figures.

    Raises:
        ModelMissing: no model can be loaded.
    """
    corpus, strangers = read_corpus(), read_corpus(HELD_OUT)
    suggester = Suggester.load(folders.PACKAGED)
    held_out = [judged_by(suggester, example) for example in strangers]
    return {
        "model": suggester.model,
        "corpus": {"texts": len(corpus), "checksum": corpus_hash(corpus)},
        "hands_not_learnt_from": whole(judge(corpus)),
        "held_out": whole(held_out),
        "speed": measure_speed([example.text for example in strangers]),
    }


def whole(judged: Sequence[Judged]) -> dict[str, Any]:
    """Return every figure of one set of judged texts."""
    return {
        **figures(judged, ASKED),
        "by_label": {
            head: by_group(judged, ASKED, _label(head))
            for head in ("category", "team", "procedure")
        },
        "by_writer": by_group(judged, ASKED, _label("relationship")),
        "by_hand": by_group(judged, ASKED, lambda one: one.example.hand),
        "by_voice": by_group(judged, ASKED, lambda one: voice_of(one.example.voice)),
        "by_length": by_group(judged, ASKED, _length),
    }


def judge(examples: Sequence[Example]) -> list[Judged]:
    """Return the corpus's texts as judged by models that had read none by their hand.

    Thresholds and temperatures come from other hands' texts, so no figure is flattered by them.
    """
    prepared = training.prepare(examples)
    unseen = training.unseen_chances(prepared, list(training.splits_by_hand(examples)))
    known = unseen.known()
    found = []
    for hand in sorted({examples[n].hand for n in known}):
        rest = [n for n in known if examples[n].hand != hand]
        settings = calibrating.calibrate(examples, unseen, rest)
        own = [n for n in known if examples[n].hand == hand]
        found += [_judged(examples[n], n, unseen, settings) for n in own]
    return found


def _judged(
    example: Example, number: int, unseen: calibrating.Unseen, settings: Settings
) -> Judged:
    said = {head: calibrating.answer(head, number, unseen, settings) for head in ASKED}
    if example.labels.get("category") != "complaint":
        said.pop("nature")
    best = np.argsort(-unseen.chances(number, "team", settings))[:3]
    risk, _ = combining.risk_of(
        unseen.chances(number, "risk", settings),
        calibrating.alarms_of(example),
        settings,
    )
    short = unseen.short(number)
    unsure = {head: settings.doubts(head, sure, short) for head, (_, sure) in said.items()}
    return Judged(example, said, [str(HEADS["team"][at]) for at in best], risk, unsure)


def judged_by(suggester: Suggester, example: Example) -> Judged:
    """Return what the packaged model suggests for a text that it has never seen."""
    found = suggester.suggest(SuggestItem(example.id, example.text, example.subject))
    choices: dict[str, Choice | None] = {
        "category": found.category,
        "area": found.area,
        "team": found.team[0],
        "procedure": found.procedure,
        "nature": found.nature if example.labels.get("category") == "complaint" else None,
        "relationship": found.relationship,
    }
    made = {head: choice for head, choice in choices.items() if choice}
    return Judged(
        example,
        {head: (str(choice.label), choice.confidence) for head, choice in made.items()},
        [str(choice.label) for choice in found.team],
        str(found.risk.label),
        {head: choice.unsure for head, choice in made.items()},
    )


def _label(head: str) -> Callable[[Judged], str]:
    return lambda one: one.example.labels.get(head, "unknown")


def _length(one: Judged) -> str:
    return "short" if len(one.example.text) <= _SHORT_LETTERS else "longer"
