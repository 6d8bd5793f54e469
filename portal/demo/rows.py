"""Rows of invented feedback: everything that one contact leaves in the tables, as plain values."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from portal.cases.addresses import email_key, name_key, phone_key
from portal.cases.tokens import make_public_id
from portal.clock import london_date
from portal.council import Council
from portal.demo import fates, sayings
from portal.demo.dates import StageDates
from portal.demo.fates import Fate
from portal.demo.people import Person, invent, invent_child
from portal.demo.stories import Story
from portal.procedures.state import State
from portal.procedures.vocabulary import Category, Relationship, Risk
from portal.records.case import CaseState
from portal.records.decision import Outcome
from portal.records.feedback import Channel, ContactWay, Door, FeedbackState
from portal.records.message import Sender
from portal.records.party import PartyRole

Row = dict[str, Any]
FORM_CATEGORIES = (Category.COMPLAINT, Category.COMPLIMENT, Category.COMMENT)
# Of the stories that may have come in any way but by e-mail, how much came by each of these.
OTHER_CHANNELS = {Channel.PHONE: 0.2, Channel.POST: 0.15, Channel.IN_PERSON: 0.15}
TALKED_ABOUT = 0.2
GOLDEN = 0.618034


@dataclass
class Item:
    """The rows of one feedback. They hold no keys: those are given when they are stored."""

    feedback: Row
    parties: list[Row] = field(default_factory=list)
    decision: Row | None = None
    case: Row | None = None
    stage: Row | None = None
    clocks: list[Row] = field(default_factory=list)
    messages: list[Row] = field(default_factory=list)
    acts: list[Row] = field(default_factory=list)
    case_acts: list[Row] = field(default_factory=list)


@dataclass
class Maker:
    """Makes items: for one council, up to one moment, decided by one account."""

    council: Council
    now: datetime
    decider_id: int
    chance: random.Random
    dates: StageDates
    _cases: int = 0
    _not_mailed: int = 0

    def make(self, story: Story, received_at: datetime, reference: str) -> Item:
        """Make everything that a story left behind by now.

        Args:
            story: what was said.
            received_at: when.
            reference: not used by any feedback.
        """
        channel = self._channel(story)
        fate = fates.fate_of(story, received_at, self.now, self.chance)
        writer = invent(self.chance, story.signed)
        child = self._child(story, writer)
        item = Item(self._feedback(story, received_at, reference, channel, fate))
        item.feedback["about_whom"] = child
        item.parties = self._parties(story, writer, child, item.feedback["contact_way"])
        item.acts.append(act_row(received_at, "feedback_received", _door_keeper(channel)))
        if fate is not None:
            self._decide(item, story, received_at, fate)
        return item

    def _channel(self, story: Story) -> Channel:
        if story.channel is not None:
            return story.channel
        self._not_mailed += 1
        luck = _evenly(self._not_mailed)
        for channel, share in OTHER_CHANNELS.items():
            if luck < share:
                return channel
            luck -= share
        return Channel.WEB

    def _feedback(
        self, story: Story, received_at: datetime, reference: str, channel: Channel,
        fate: Fate | None,
    ) -> Row:  # fmt: skip
        web, young = channel is Channel.WEB, story.relationship is Relationship.YOUNG_PERSON
        danger = web and story.risk is Risk.NOW
        waiting_risk = Risk.NOW if danger else Risk.NONE
        return {
            "public_id": make_public_id(),
            "reference": reference,
            "channel": channel,
            "door": (Door.YOUNG_PEOPLE if young else Door.EVERYONE) if web else None,
            "state": FeedbackState.DECIDED if fate else FeedbackState.WAITING,
            "received_at": received_at,
            "received_on": london_date(received_at),
            "subject": story.subject if channel is Channel.EMAIL else None,
            "story": story.text,
            "wanted": self._wanted(story) if web else None,
            "service_said": self._service(story) if web else None,
            "category_said": story.category if web and story.category in FORM_CATEGORIES else None,
            "relationship_said": None if channel is Channel.EMAIL else story.relationship,
            "danger_said": danger,
            "contact_way": self._contact_way(channel),
            "risk": story.risk if fate else waiting_risk,
            "unread": fate is None and self.chance.random() < 0.8,
        }

    def _wanted(self, story: Story) -> str | None:
        if story.category is not Category.COMPLAINT or self.chance.random() < 0.5:
            return None
        return self.chance.choice(sayings.WANTED)

    def _service(self, story: Story) -> str | None:
        # Half of those who write do not know whose work it is.
        return self.council.label(story.team) if self.chance.random() < 0.5 else None

    def _contact_way(self, channel: Channel) -> ContactWay:
        if channel is Channel.WEB:
            ways = (ContactWay.EMAIL, ContactWay.PHONE, ContactWay.PORTAL_ONLY)
            return self.chance.choices(ways, (6, 2, 2))[0]
        ways_back = {
            Channel.EMAIL: ContactWay.EMAIL,
            Channel.POST: ContactWay.POST,
            Channel.PHONE: ContactWay.PHONE,
        }
        return ways_back.get(channel, ContactWay.PHONE)

    def _child(self, story: Story, writer: Person) -> str | None:
        family = (Relationship.PARENT, Relationship.RELATIVE, Relationship.FOSTER_CARER)
        if story.relationship in family and self.chance.random() < 0.6:
            return invent_child(self.chance, writer)
        return None

    def _parties(
        self, story: Story, writer: Person, child: str | None, way: ContactWay
    ) -> list[Row]:
        young = story.relationship is Relationship.YOUNG_PERSON
        name = writer.name.split()[0] if young else writer.name
        email = writer.email if way is ContactWay.EMAIL else None
        phone = writer.phone if way is ContactWay.PHONE else None
        address = writer.address if way is ContactWay.POST else None
        parties = [party_row(PartyRole.COMPLAINANT, name, email, phone, address)]
        if child is not None:
            parties.append(party_row(PartyRole.YOUNG_PERSON, child, None, None, None))
        return parties

    def _decide(self, item: Item, story: Story, received_at: datetime, fate: Fate) -> None:
        labels = {
            "category": story.category,
            "area": self.council.area_of(story.team, london_date(fate.decided_at)),
            "team": story.team,
            "procedure": story.procedure,
            "risk": story.risk,
        }
        item.decision = {
            **labels,
            "decided_at": fate.decided_at,
            "decided_by_id": self.decider_id,
            "outcome": fate.outcome,
            "nature": story.nature,
            "relationship": story.relationship,
            "reason": fate.reason,
            "explanation": fate.explanation,
            "changed": [],
        }
        item.acts.append(self._officers(fate.decided_at, f"decided_{fate.outcome.value}"))
        if fate.outcome is Outcome.CASE_OPENED:
            self._open(item, labels, received_at, fate)
        if self.chance.random() < TALKED_ABOUT:
            self._talk(item, fate.decided_at)

    def _open(self, item: Item, labels: Row, received_at: datetime, fate: Fate) -> None:
        opened_on, today = london_date(fate.decided_at), london_date(self.now)
        letter_on = fates.acknowledged_on(opened_on, today, self.chance)
        stage = self.dates.first_stage(
            labels["category"], labels["procedure"], london_date(received_at), opened_on, letter_on
        )
        self._cases += 1
        luck = _evenly(self._cases)
        values = stage.values
        answer = fates.answer_to(opened_on, values["due_on"], self.now, luck, self.chance)
        item.stage = {**values, "answered_on": answer.on}
        item.clocks = stage.clock_rows(answer.on)
        item.case = {
            **labels,
            "part": 1,
            "state": CaseState.OPEN if answer.at is None else CaseState.CLOSED,
            "procedure_state": _stands(labels["category"], answer.at),
            "stage_key": values["key"],
            "opened_at": fate.decided_at,
            "opened_on": opened_on,
            "opened_by_id": self.decider_id,
            "officer_id": self.decider_id,
            "acknowledged_on": letter_on,
            "closed_at": answer.at,
        }
        item.case_acts.append(self._officers(fate.decided_at, "case_opened"))
        if letter_on is not None:
            item.case_acts.append(self._officers(fate.decided_at, "case_acknowledged"))

    def _talk(self, item: Item, decided_at: datetime) -> None:
        asked_at = decided_at + timedelta(hours=self.chance.randrange(2, 40))
        answered_at = asked_at + timedelta(hours=self.chance.randrange(1, 60))
        if asked_at < self.now:
            question = self.chance.choice(sayings.QUESTIONS)
            item.messages.append(self._message(Sender.COUNCIL, asked_at, question))
        if answered_at < self.now and self.chance.random() < 0.7:
            reply = self._message(Sender.PERSON, answered_at, self.chance.choice(sayings.REPLIES))
            lately = self.now - answered_at < timedelta(days=5)
            reply["read_at"] = None if lately else answered_at + timedelta(hours=4)
            item.messages.append(reply)

    def _message(self, sender: Sender, at: datetime, body: str) -> Row:
        return {
            "public_id": make_public_id(),
            "sender": sender,
            "account_id": self.decider_id if sender is Sender.COUNCIL else None,
            "body": body,
            "sent_at": at,
            "read_at": at + timedelta(hours=1) if sender is Sender.COUNCIL else None,
        }

    def _officers(self, at: datetime, act: str) -> Row:
        return act_row(at, act, "staff", self.decider_id)


def _evenly(number: int) -> float:
    """From 0 to 1, so that a few numbers in a row lie far apart: a small demo has everything."""
    return number * GOLDEN % 1


def _stands(category: Category, answered_at: datetime | None) -> State:
    if answered_at is not None:
        return State.CONCLUDED
    return State.OMBUDSMAN_ENQUIRY if category is Category.OMBUDSMAN else State.ANSWERING


def act_row(at: datetime, act: str, kind: str, actor_id: int | None = None) -> Row:
    """An act as the trail keeps it."""
    return {"at": at, "act": act, "actor_kind": kind, "actor_id": actor_id, "fields": []}


def _door_keeper(channel: Channel) -> str:
    return {Channel.WEB: "public", Channel.EMAIL: "intake"}.get(channel, "staff")


def party_row(
    role: PartyRole, name: str, email: str | None, phone: str | None, address: str | None
) -> Row:
    """A person as a row, findable by name, address and number."""
    return {
        "role": role,
        "name": name,
        "name_key": name_key(name),
        "email": email,
        "email_key": email_key(email) if email else None,
        "phone": phone,
        "phone_key": phone_key(phone) if phone else None,
        "address": address,
    }
