"""One matter of the invented register: who wrote what, how it was decided, and its case."""

import random
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from portal.cases.tokens import make_public_id
from portal.clock import london_date
from portal.council import Council
from portal.demo.arrivals import at_some_hour, on_clock
from portal.demo.people import Person, invent, invent_child
from portal.demo.register.life import Life
from portal.demo.register.story_book import StoryBook
from portal.demo.rows import Row, party_row
from portal.demo.stories import Story
from portal.procedures.procedure import Track
from portal.procedures.vocabulary import (
    Category,
    Nature,
    ProcedureCode,
    Relationship,
    Risk,
    Team,
)
from portal.records.decision import Outcome, Sight
from portal.records.feedback import Channel, ContactWay, Door, FeedbackState
from portal.records.party import PartyRole

FAMILY = frozenset({Relationship.PARENT, Relationship.RELATIVE, Relationship.FOSTER_CARER})
CHANNELS = (Channel.EMAIL, Channel.WEB, Channel.PHONE, Channel.POST)
CHANNEL_WEIGHTS = (50, 25, 15, 10)
WAYS = {
    Channel.EMAIL: ContactWay.EMAIL,
    Channel.WEB: ContactWay.EMAIL,
    Channel.PHONE: ContactWay.PHONE,
    Channel.POST: ContactWay.POST,
}


@dataclass(frozen=True)
class Labels:
    """What the officer chose."""

    category: Category
    team: Team
    procedure: ProcedureCode
    relationship: Relationship
    outcome: Outcome
    nature: Nature | None = None
    chosen_track: Track | None = None


@dataclass
class Contact:
    """One matter with all its rows. They hold no keys: those are given when they are stored.

    `case_id` is known once it is stored; `covers` is the complaint that a decision of the Ombudsman
    is about.
    """

    labels: Labels
    story: Story
    feedback: Row
    parties: list[Row]
    decision: Row
    life: Life | None = None
    matter: Row | None = None
    covers: "Contact | None" = None
    publication: Row | None = None
    consent: Row | None = None
    case_id: int | None = field(default=None, repr=False)


@dataclass
class Desk:
    """Takes invented matters in and decides on them, for one council and two officers."""

    council: Council
    officer_id: int
    second_id: int
    chance: random.Random
    book: StoryBook
    as_at: date

    def contact(
        self, labels: Labels, received_on: date, decided_on: date, text: str | None = None
    ) -> Contact:
        """Take one matter in.

        Args:
            labels: how it is decided.
            received_on, decided_on: when.
            text: what was written, where it is none of the known stories.
        """
        young = labels.relationship is Relationship.YOUNG_PERSON
        story = self.book.take(labels.category, labels.team, young)
        if text is not None:
            story = replace(story, text=text, signed=None, subject=None)
        channel = self.chance.choices(CHANNELS, CHANNEL_WEIGHTS)[0]
        if young or labels.category is Category.OMBUDSMAN:
            channel = Channel.WEB if young else Channel.EMAIL
        received_at = at_some_hour(received_on, self.chance)
        writer = invent(self.chance, story.signed)
        child = invent_child(self.chance, writer) if self._of_family(labels) else None
        decided_at = max(received_at, on_clock(decided_on, self.chance.randrange(9, 17), 5))
        feedback = self._feedback(labels, story, channel, received_at) | {"about_whom": child}
        parties = _parties(writer, child, WAYS[channel], young)
        return Contact(labels, story, feedback, parties, self._decision(labels, decided_at))

    def noon(self, day: date) -> datetime:
        """The middle of a day, for what was recorded on it."""
        return on_clock(day, 12, 0)

    def _of_family(self, labels: Labels) -> bool:
        return labels.relationship in FAMILY and self.chance.random() < 0.6

    def _feedback(
        self, labels: Labels, story: Story, channel: Channel, received_at: datetime
    ) -> Row:
        web, young = channel is Channel.WEB, labels.relationship is Relationship.YOUNG_PERSON
        return {
            "public_id": make_public_id(),
            "channel": channel,
            "door": (Door.YOUNG_PEOPLE if young else Door.EVERYONE) if web else None,
            "state": FeedbackState.DECIDED,
            "received_at": received_at,
            "received_on": london_date(received_at),
            "subject": story.subject if channel is Channel.EMAIL else None,
            "story": story.text,
            "relationship_said": None if channel is Channel.EMAIL else labels.relationship,
            "advocate_wanted": "yes" if young and self.chance.random() < 0.5 else None,
            "contact_way": WAYS[channel],
            "risk": Risk.NONE,
            "unread": False,
        }

    def _decision(self, labels: Labels, decided_at: datetime) -> Row:
        decided_on = london_date(decided_at)
        empty: dict[str, Any] = dict.fromkeys(
            ("reason", "explanation", "agreed_by_id", "screened_on", "screened_by_id", "consulted",
             "consulted_on", "evidence", "redirected_to", "resubmit_by")
        )  # fmt: skip
        return empty | {
            "decided_at": decided_at,
            "decided_by_id": self.officer_id,
            "outcome": labels.outcome,
            "category": labels.category,
            "area": self.council.area_of(labels.team, decided_on),
            "team": labels.team,
            "procedure": labels.procedure,
            "chosen_track": labels.chosen_track,
            "nature": labels.nature,
            "relationship": labels.relationship,
            "risk": Risk.NONE,
            "changed": [],
            "sight": Sight.NONE,
        }


def _parties(writer: Person, child: str | None, way: ContactWay, young: bool) -> list[Row]:
    complainant = party_row(
        PartyRole.COMPLAINANT,
        writer.name.split()[0] if young else writer.name,
        writer.email if way is ContactWay.EMAIL else None,
        writer.phone if way is ContactWay.PHONE else None,
        writer.address if way is ContactWay.POST else None,
    )
    if child is None:
        return [complainant]
    return [complainant, party_row(PartyRole.YOUNG_PERSON, child, None, None, None)]
