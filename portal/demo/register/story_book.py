"""Which invented text tells which matter: of the same kind and team where there is one."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle

from portal.demo.stories import CORPUS, OWN, Story, read_stories
from portal.procedures.vocabulary import Category, Relationship, Team

SENTENCE = re.compile(r"(?<=[.!?])\s+")
SHORTEST, LONGEST = 25, 220


@dataclass
class StoryBook:
    """The demo's own texts and the corpus's, each used once before any is used again."""

    chance: random.Random
    stories: Sequence[Story] = ()
    _shelves: dict[object, Iterator[Story]] = field(default_factory=dict)
    _fitting: dict[object, list[Story]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        """Sort the texts by kind, by team and by whether a young person wrote them.

        Raises:
            NoStories: a file of texts is not there or not whole.
        """
        stories = list(self.stories or (*read_stories(OWN), *read_stories(CORPUS)))
        self.chance.shuffle(stories)
        for story in stories:
            young = story.relationship is Relationship.YOUNG_PERSON
            for shelf in (
                (story.category, story.team, young), (story.category, young), (story.category,)
            ):  # fmt: skip
                self._fitting[shelf].append(story)

    def take(self, category: Category, team: Team, young: bool) -> Story:
        """The next text of a kind, of the team and in a young person's words where there is one."""
        shelves = ((category, team, young), (category, young), (category,))
        shelf = next(shelf for shelf in shelves if self._fitting[shelf])
        if shelf not in self._shelves:
            self._shelves[shelf] = cycle(self._fitting[shelf])
        return next(self._shelves[shelf])

    def points(self, first: Story, number: int) -> list[str]:
        """So many things that went wrong: sentences of a story, and of further ones of its kind."""
        found: list[str] = []
        story = first
        while len(found) < number:
            wanted = (said.strip() for said in SENTENCE.split(story.text.replace("\n", " ")))
            new = [said for said in wanted if SHORTEST <= len(said) <= LONGEST]
            found += new or [story.text[:LONGEST].replace("\n", " ")]
            story = self.take(first.category, first.team, False)
        return found[:number]
