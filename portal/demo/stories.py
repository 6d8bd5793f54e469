"""Stories for invented data: the demo's own, and for bulk beyond them the classifier's corpus.

The classifier has learnt from the corpus, so what it suggests there looks surer than it is. It has
not seen the demo's own stories.
"""

import json
import random
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
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
from portal.records.feedback import Channel
from portal.settings import ROOT

OWN = Path(__file__).parent / "stories.jsonl"
CORPUS = ROOT / "classifier" / "corpus"
SIGNATURE = re.compile(r"[A-Z][\w'’-]*\.?( [A-Z][\w'’-]*\.?){1,2}")
# A small amount of data still shows every kind of matter, and young people's among them.
YOUNG_AT_LEAST = 5


class NoStories(Exception):
    """There is nothing to make data from; the text is a sentence for whoever runs the command."""


@dataclass(frozen=True)
class Story:
    """One invented text with its labels.

    `signed` is the name that it ends with, if it does. Without a `channel` it may have come in any
    way but by e-mail.
    """

    text: str
    subject: str | None
    channel: Channel | None
    category: Category
    team: Team
    procedure: ProcedureCode
    nature: Nature | None
    relationship: Relationship
    risk: Risk
    signed: str | None


def stories_for(count: int, chance: random.Random) -> list[Story]:
    """Choose the stories of so many pieces of feedback: the demo's own, then those of the corpus.

    Args:
        count: how many.
        chance: decides.

    Raises:
        NoStories: a file of stories is not there or not whole.
    """
    own = read_stories(OWN)
    beyond = _in_any_way(read_stories(CORPUS)) if count > len(own) else ()
    return choose(own, beyond, count, chance)


def read_stories(source: Path) -> tuple[Story, ...]:
    """Read every labelled text of a file of JSON lines, or of a folder of them.

    Raises:
        NoStories: there are none, or a line is not a labelled text.
    """
    paths = [source] if source.is_file() else sorted(source.glob("*.jsonl"))
    found = [
        _story(line, f"{path.name}, line {number}")
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if line.strip()
    ]
    if not found:
        raise NoStories(
            f"There are no invented texts in {source.name}. Get the whole repository: they are "
            "part of it."
        )
    return tuple(found)


def choose(
    own: tuple[Story, ...], beyond: tuple[Story, ...], count: int, chance: random.Random
) -> list[Story]:
    """Choose stories, each used once before any is used again.

    Args:
        own: chosen first.
        beyond: chosen when all of `own` are.
        count: how many.
        chance: decides.

    Returns:
        The stories in a random order, among them one of each category, channel and risk and some
        young people's, where `count` leaves room.
    """
    pool = _shuffled(own, chance)
    young = [s for s in pool if s.relationship is Relationship.YOUNG_PERSON and _by_form(s)]
    first = [*_one_of_each(pool), *young[:YOUNG_AT_LEAST]]
    ordered = list(dict.fromkeys([*first, *pool, *_shuffled(beyond, chance)]))
    return _shuffled((ordered[number % len(ordered)] for number in range(count)), chance)


def _one_of_each(pool: list[Story]) -> list[Story]:
    """One story of each category, channel and risk: the first that has it."""
    found: dict[object, Story] = {}
    for story in pool:
        for kind in (story.category, story.channel, story.risk):
            # The class too: "none" is a risk and may be another code's word tomorrow.
            found.setdefault((type(kind), kind), story)
    return list(found.values())


def _in_any_way(stories: tuple[Story, ...]) -> tuple[Story, ...]:
    # The corpus tells e-mail from all else, which it calls web. Bulk data is to have every channel,
    # but nobody writes down on the telephone what a young person typed with their thumbs.
    return tuple(
        replace(story, channel=None)
        if _by_form(story) and story.relationship is not Relationship.YOUNG_PERSON
        else story
        for story in stories
    )


def _by_form(story: Story) -> bool:
    return story.channel is Channel.WEB


def _shuffled(stories: Iterable[Story], chance: random.Random) -> list[Story]:
    pool = list(stories)
    chance.shuffle(pool)
    return pool


def _story(line: str, where: str) -> Story:
    try:
        kept: dict[str, Any] = json.loads(line)
        category = Category(kept["category"])
        nature = kept.get("nature") if category is Category.COMPLAINT else None
        return Story(
            text=kept["text"],
            subject=kept.get("subject") or None,
            channel=Channel(kept["channel"]),
            category=category,
            team=Team(kept["team"]),
            procedure=ProcedureCode(kept["procedure"]),
            nature=Nature(nature) if nature else None,
            relationship=Relationship(kept["relationship"]),
            risk=Risk(kept["risk"]),
            signed=_signature(kept["text"]),
        )
    except (ValueError, KeyError, TypeError):
        raise NoStories(f"{where} is not a labelled text.") from None


def _signature(text: str) -> str | None:
    """A name alone on one of the last three lines."""
    lines = [line.strip(" ,.-–") for line in text.strip().splitlines()[1:]][-3:]
    return next((line for line in reversed(lines) if SIGNATURE.fullmatch(line)), None)
