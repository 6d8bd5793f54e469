"""Officers' decisions as `flask export examples` gives them: what is learnt and what is held back.

Officers who see a suggestion tend to agree with it, so only decisions made before it was shown can
tell which of two models is better. All of those are held back from training.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from classifier.examples import Example, read_examples

HAND = "decisions"
# Held back where none was decided before its suggestion was shown: the newest fifth.
NEWEST_SHARE = 5


@dataclass(frozen=True)
class Decisions:
    """Decisions in two parts.

    Attributes:
        learnt: those to train on.
        held_back: those to compare on.
        blind: whether what is held back was decided before its suggestion was shown. Otherwise it
            flatters the model that was in use, which makes promotion harder and never easier.
    """

    learnt: tuple[Example, ...]
    held_back: tuple[Example, ...]
    blind: bool


def read_decisions(lines: Iterable[str]) -> Decisions:
    """Read exported decisions and part them.

    Args:
        lines: one JSON object a line, with "blind" and "decided_on" beside text and labels.

    Raises:
        BadExample: a line is not a labelled text.
    """
    kept = [line for line in lines if line.strip()]
    examples = read_examples(kept, HAND)
    about: list[dict[str, Any]] = [json.loads(line) for line in kept]
    blind = [one.get("blind") is True for one in about]
    if any(blind):
        back = {number for number, hidden in enumerate(blind) if hidden}
    else:
        order = sorted(range(len(about)), key=lambda n: (str(about[n].get("decided_on", "")), n))
        back = set(order[len(order) - len(order) // NEWEST_SHARE :])
    return Decisions(
        learnt=tuple(one for number, one in enumerate(examples) if number not in back),
        held_back=tuple(one for number, one in enumerate(examples) if number in back),
        blind=any(blind),
    )
