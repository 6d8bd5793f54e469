"""The figures: how often right, how honest about doubt, how much danger was found.

*Strict* counts the label as written; *lenient* counts as right whatever the label page lets an
officer defend (`also` in the held-out sets; the corpus has none, so both are the same there).
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from classifier.examples import Example
from classifier.labels import AREA_OF_TEAM
from portal.procedures.vocabulary import Risk

SURE, BINS, LEAST_IN_GROUP = 0.9, 10, 5
Asked = tuple[str, ...]
# The writers' notes on each voice, gathered into few kinds; the first that fits is taken.
_VOICES = {
    "another language": r"second language|esl|english|polish|romanian|limited|learner|third lang",
    "clerk's note of a call": r"clerk|call taken|voicemail|phone note|dictated|telephone",
    "forwarded or quoted": r"forward|thread|chain|quot|fwd|re:",
    "child or young person": r"\b(?:child|girl|boy|teen|year[- ]old|aged|young|in care|leaver)",
    "angry": r"furious|angry|fed up|exasperat|indignant|rage|blunt|sarcas|bitter|irate",
    "formal": r"formal|solicitor|mp\b|ombudsman|councillor|investigator|courteous|precise|orderly",
    "short or typed on a phone": r"terse|one[- ]line|phone|text|brief|short|misspel|no punct",
    "warm or grateful": r"warm|grateful|thank|cheer|fond|glad|proud|kind",
}


@dataclass
class Judged:
    """One text's answers by a model that had not seen it."""

    example: Example
    said: dict[str, tuple[str, float]]
    three: list[str]
    risk: str
    unsure: dict[str, bool] = field(default_factory=dict)


def voice_of(note: str) -> str:
    """Return the kind of voice that a writer's note tells of."""
    for name, wording in _VOICES.items():
        if re.search(wording, note, re.IGNORECASE):
            return name
    return "plain"


def figures(judged: Sequence[Judged], asked: Asked) -> dict[str, Any]:
    """Return accuracy, calibration and risk of one set.

    Args:
        judged: the texts with the answers that they were given.
        asked: the questions.
    """
    return {
        "texts": len(judged),
        "heads": {head: head_figures(head, judged) for head in asked},
        "team_among_three": {
            "strict": _share(judged, lambda one: one.example.labels["team"] in one.three),
            "lenient": _share(judged, lambda one: bool(accepted("team", one) & set(one.three))),
        },
        "risk": risk_figures(judged),
    }


def accepted(head: str, one: Judged) -> set[str]:
    """Return the labels of one question that count as right for a text."""
    example = one.example
    if head == "area":
        teams = accepted("team", one)
        return {str(AREA_OF_TEAM[team]) for team in teams} | set(example.also.get("area", ()))
    own = example.labels.get(head)
    return {own, *example.also.get(head, ())} if own else set()


def strictly(head: str, one: Judged) -> str | None:
    """Return the label as it was written; the area is its team's."""
    if head == "area":
        return str(AREA_OF_TEAM[one.example.labels["team"]])
    return one.example.labels.get(head)


def head_figures(head: str, judged: Sequence[Judged]) -> dict[str, float]:
    """Return accuracy, calibration error and the figures for sure and unsure answers."""
    known = [one for one in judged if head in one.said and strictly(head, one)]
    strict = np.array([one.said[head][0] == strictly(head, one) for one in known], bool)
    right = np.array([one.said[head][0] in accepted(head, one) for one in known], bool)
    said = np.array([one.said[head][1] for one in known], float)
    unsure = np.array([one.unsure[head] for one in known], bool)
    sure = said >= SURE
    return {
        "texts": len(known),
        "strict": _mean(strict),
        "lenient": _mean(right),
        "calibration_error_strict": round(calibration_error(said, strict), 3),
        "calibration_error_lenient": round(calibration_error(said, right), 3),
        "share_at_0.9": _mean(sure),
        "strict_at_0.9": _mean(strict[sure]),
        "lenient_at_0.9": _mean(right[sure]),
        "share_unsure": _mean(unsure),
        "lenient_unless_unsure": _mean(right[~unsure]),
    }


def calibration_error(said: Any, right: Any) -> float:
    """Return the expected calibration error over ten equal bins of confidence."""
    bins = np.minimum((said * BINS).astype(int), BINS - 1)
    gaps = [
        float((bins == n).mean()) * abs(float(right[bins == n].mean() - said[bins == n].mean()))
        for n in range(BINS)
        if (bins == n).any()
    ]
    return float(sum(gaps))


def risk_figures(judged: Sequence[Judged]) -> dict[str, float]:
    """Return how much danger was found, and how often it was cried for nothing."""
    of = {risk: [one for one in judged if one.example.labels["risk"] == risk] for risk in Risk}
    other = [*of[Risk.NONE], *of[Risk.CONCERN]]
    return {
        "danger_texts": len(of[Risk.NOW]),
        "danger_found": _share(of[Risk.NOW], lambda one: one.risk == Risk.NOW),
        "danger_raised_at_all": _share(of[Risk.NOW], lambda one: one.risk != Risk.NONE),
        "false_danger": _share(other, lambda one: one.risk == Risk.NOW),
        "false_danger_lenient": _share(
            other, lambda one: one.risk == Risk.NOW and Risk.NOW not in accepted("risk", one)
        ),
        "false_danger_of_no_risk": _share(of[Risk.NONE], lambda one: one.risk == Risk.NOW),
        "concern_raised": _share(of[Risk.CONCERN], lambda one: one.risk != Risk.NONE),
        "false_concern_of_no_risk": _share(of[Risk.NONE], lambda one: one.risk == Risk.CONCERN),
    }


def by_group(
    judged: Sequence[Judged], asked: Asked, key: Callable[[Judged], str]
) -> dict[str, dict[str, float]]:
    """Return lenient accuracy for each group of texts that is large enough to say anything."""
    found: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        found[key(one)].append(one)
    return {
        name: {
            "texts": len(own),
            **{head: head_figures(head, own)["lenient"] for head in asked},
            "team_among_three": _share(
                own, lambda one: bool(accepted("team", one) & set(one.three))
            ),
        }
        for name, own in sorted(found.items())
        if len(own) >= LEAST_IN_GROUP
    }


def _share(judged: Sequence[Judged], test: Callable[[Judged], bool]) -> float:
    return _mean(np.array([test(one) for one in judged]))


def _mean(values: Any) -> float:
    return round(float(np.mean(values)), 3) if len(values) else 0.0
