"""Whether one model is worse than another beyond noise, label by label, on the same texts.

**The test.** Both models answer the same texts, so only the texts on which exactly one of them is
right tell them apart. If neither were better, each of those would fall to either side like a coin:
McNemar's test in its exact form, one-sided, asks how likely it is that the candidate loses at least
as many of them as it did. It is worse beyond noise

- in a **question** (category, area, team, team among three, procedure, nature, relationship, risk,
  alarms without danger) where that chance is below 0.05. The questions are few and are not
  corrected for their number: refusing a sound candidate costs another month with the present model;
- in **danger**, of which there are few texts, where the chance is at most 0.25: two danger texts
  lost and none won are enough;
- in a **code** (one team, one category, …) where the chance is below 0.05 after Holm's correction
  for all codes of the set: there are about fifty, and uncorrected one in twenty would fail by luck.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from classifier.labels import HEADS
from classifier.measures import Judged, accepted
from portal.procedures.vocabulary import Risk

LEVEL, DANGER_LEVEL = 0.05, 0.25
LEAST_TEXTS = 5
DANGER = "danger_found"
Right = Callable[[Judged], bool | None]


@dataclass(frozen=True)
class Paired:
    """One label: how often each model was right, and on how many texts only one of them."""

    texts: int
    current: int
    candidate: int
    only_current: int
    only_candidate: int
    worse: bool = False

    @property
    def chance(self) -> float:
        """How likely a loss at least as great is where neither model is better."""
        return chance_of_loss(self.only_current, self.only_candidate)

    def as_json(self) -> dict[str, Any]:
        """Return the label's line of a comparison."""
        return {
            "texts": self.texts,
            "current": _share(self.current, self.texts),
            "candidate": _share(self.candidate, self.texts),
            "only_current": self.only_current,
            "only_candidate": self.only_candidate,
            "chance": round(self.chance, 4),
            "worse": self.worse,
        }


def chance_of_loss(lost: int, won: int) -> float:
    """Return McNemar's exact one-sided probability.

    Args:
        lost: texts on which only the current model is right.
        won: texts on which only the candidate is.
    """
    total = lost + won
    return float(sum(math.comb(total, more) for more in range(lost, total + 1)) / 2**total)


def compare(
    current: Sequence[Judged], candidate: Sequence[Judged]
) -> tuple[dict[str, Paired], dict[str, Paired]]:
    """Compare two models on the same texts.

    Args:
        current: what the present model said, text by text.
        candidate: what the candidate said, in the same order.

    Returns:
        The questions, and the codes of which there are texts enough.
    """
    asked: dict[str, Right] = {head: _right(head) for head in (*HEADS, "area") if head != "risk"}
    asked |= {"team_among_three": _among_three, "risk": _risk}
    asked |= {DANGER: _danger, "no_false_danger": _no_false_danger}
    questions = {
        name: _judged_worse(name, _paired(current, candidate, right))
        for name, right in sorted(asked.items())
    }
    codes = {
        f"{head}:{code}": _paired(current, candidate, _right(head), code, head)
        for head, known in HEADS.items()
        for code in known
    }
    enough = {name: one for name, one in codes.items() if one.texts >= LEAST_TEXTS}
    return questions, holm(enough)


def holm(codes: Mapping[str, Paired]) -> dict[str, Paired]:
    """Return the codes with those marked that are worse after Holm's correction."""
    found = dict(codes)
    by_chance = sorted(codes, key=lambda name: codes[name].chance)
    for rank, name in enumerate(by_chance):
        one = codes[name]
        if one.chance >= LEVEL / (len(codes) - rank):
            # Holm stops at the first that may be luck: all further ones may be.
            break
        found[name] = replace(one, worse=True)
    return found


def _judged_worse(name: str, one: Paired) -> Paired:
    worse = one.chance <= DANGER_LEVEL if name == DANGER else one.chance < LEVEL
    return replace(one, worse=worse)


def _paired(
    current: Sequence[Judged],
    candidate: Sequence[Judged],
    right: Right,
    code: str | None = None,
    head: str = "",
) -> Paired:
    pairs = [
        (bool(old), bool(new))
        for one, other in zip(current, candidate, strict=True)
        if (code is None or one.example.labels.get(head) == code)
        and (old := right(one)) is not None
        and (new := right(other)) is not None
    ]
    return Paired(
        texts=len(pairs),
        current=sum(old for old, _ in pairs),
        candidate=sum(new for _, new in pairs),
        only_current=sum(old and not new for old, new in pairs),
        only_candidate=sum(new and not old for old, new in pairs),
    )


def _right(head: str) -> Right:
    if head == "risk":
        return _risk

    def right(one: Judged) -> bool | None:
        needed = "team" if head == "area" else head
        if needed not in one.example.labels:
            return None
        # A complaint's nature that was not given counts as wrong.
        return head in one.said and one.said[head][0] in accepted(head, one)

    return right


def _among_three(one: Judged) -> bool | None:
    if "team" not in one.example.labels:
        return None
    return bool(accepted("team", one) & set(one.three))


def _risk(one: Judged) -> bool | None:
    return one.risk in accepted("risk", one) if "risk" in one.example.labels else None


def _danger(one: Judged) -> bool | None:
    return one.risk == Risk.NOW if one.example.labels.get("risk") == Risk.NOW else None


def _no_false_danger(one: Judged) -> bool | None:
    if one.example.labels.get("risk") in (None, Risk.NOW):
        return None
    return one.risk != Risk.NOW


def _share(right: int, texts: int) -> float | None:
    return round(right / texts, 3) if texts else None
