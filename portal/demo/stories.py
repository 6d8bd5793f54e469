"""Stories for invented data: the texts that the classifier's corpus labels, read as a data file."""

import json
import random
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.procedures.vocabulary import (
    Category,
    Nature,
    ProcedureCode,
    Relationship,
    Risk,
    Team,
)
from portal.settings import ROOT

CORPUS = ROOT / "classifier" / "corpus"
SIGNATURE = re.compile(r"[A-Z][\w'’-]*\.?( [A-Z][\w'’-]*\.?){1,2}")
# A small amount of data still shows every kind of matter, and young people's among them.
YOUNG_AT_LEAST = 5


class NoStories(Exception):
    """There is nothing to make data from; the text is a sentence for whoever runs the command."""


@dataclass(frozen=True)
class Story:
    """One invented text with its labels. `signed` is the name that it ends with, if it does."""

    text: str
    subject: str | None
    by_email: bool
    category: Category
    team: Team
    procedure: ProcedureCode
    nature: Nature | None
    relationship: Relationship
    risk: Risk
    signed: str | None


def read_stories(folder: Path = CORPUS) -> tuple[Story, ...]:
    """Read every labelled text of a folder.

    Args:
        folder: holds JSON lines as `classifier/corpus` does.

    Raises:
        NoStories: there are none, or a line is not a labelled text.
    """
    found = [
        _story(line, f"{path.name}, line {number}")
        for path in sorted(folder.glob("*.jsonl"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if line.strip()
    ]
    if not found:
        raise NoStories(
            "There are no invented texts in classifier/corpus. Get the whole repository: they "
            "are part of it."
        )
    return tuple(found)


def choose(stories: tuple[Story, ...], count: int, chance: random.Random) -> list[Story]:
    """Choose stories, each used once before any is used again.

    Args:
        stories: what there is.
        count: how many.
        chance: decides.

    Returns:
        The stories in a random order, among them one of each category and some young people's,
        where `count` leaves room.
    """
    pool = list(stories)
    chance.shuffle(pool)
    kinds = [next((s for s in pool if s.category is kind), None) for kind in Category]
    young = [s for s in pool if s.relationship is Relationship.YOUNG_PERSON and not s.by_email]
    found = [story for story in kinds if story is not None]
    first = list(dict.fromkeys(found + young[:YOUNG_AT_LEAST]))
    taken = set(first)
    ordered = first + [story for story in pool if story not in taken]
    chosen = [ordered[number % len(ordered)] for number in range(count)]
    chance.shuffle(chosen)
    return chosen


def _story(line: str, where: str) -> Story:
    try:
        kept: dict[str, Any] = json.loads(line)
        category = Category(kept["category"])
        nature = kept.get("nature") if category is Category.COMPLAINT else None
        return Story(
            text=kept["text"],
            subject=kept.get("subject") or None,
            by_email=kept.get("channel") == "email",
            category=category,
            team=Team(kept["team"]),
            procedure=ProcedureCode(kept["procedure"]),
            nature=Nature(nature) if nature else None,
            relationship=Relationship(kept["relationship"]),
            risk=Risk(kept["risk"]),
            signed=_signature(kept["text"]),
        )
    except (ValueError, KeyError, TypeError):
        raise NoStories(f"{where} of classifier/corpus is not a labelled text.") from None


def _signature(text: str) -> str | None:
    """A name alone on one of the last three lines."""
    lines = [line.strip(" ,.-–") for line in text.strip().splitlines()[1:]][-3:]
    return next((line for line in reversed(lines) if SIGNATURE.fullmatch(line)), None)
