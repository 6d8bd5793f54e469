"""Receiving: whatever the door, one contact becomes one feedback, once."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from sqlalchemy import select

from portal import at_hand, audit, clock, written_together
from portal.cases import (
    addresses,
    hearing,
    in_english,
    publishing_consent,
    queue_places,
    safe_contact_rules,
)
from portal.cases.references import make_reference
from portal.cases.safe_contact_rules import ContactRule
from portal.cases.secret_words import hash_words
from portal.cases.tokens import make_public_id
from portal.matter_rows import ADVOCACIES, PARTIES, REFERRALS, RULES
from portal.procedures.vocabulary import Category, Relationship, Risk
from portal.records.attachment import Attachment
from portal.records.feedback import ActingFor, Channel, ContactWay, Door, Feedback
from portal.records.party import Party, PartyRole
from portal.records.safe_contact_rule import SaidBy
from portal.work import Work

LONGEST_STORY = 200_000


@dataclass(frozen=True)
class NewParty:
    """A person named in new feedback, as far as they were named."""

    role: PartyRole
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    address: str | None = None


@dataclass(frozen=True)
class AboutThem:
    """What somebody said of themselves, by codes of `portal.procedures.young_person`.

    Attributes:
        talk_to: whom they want us to talk to.
        trusted_adult: the adult whom they named for it; kept only where they chose one.
        age_said: how old they are; adults are not asked.
    """

    talk_to: str | None = None
    trusted_adult: str | None = None
    age_said: str | None = None


@dataclass(frozen=True)
class NewFeedback:
    """What a form, a message or an officer's entry hands over: typed and already checked.

    `words` are the secret words in clear when the sender was shown some; `received_at` is None
    for "now" (a web form) and the mailbox's INTERNALDATE for mail. `about_a_person`: the sender
    named somebody whom it is about, who may work for the council. `entered_by_id`, `taken_by`: the
    officer who typed in what came, and who took it where that was somebody else. `may_publish`:
    whether their words may be published without names, where they were asked. `words_hash`: the
    hash of the words where it is made already; all that is left of those that were shown earlier
    and are not kept in clear any more.
    `may_tell`: whom near them a young person lets us tell, by their codes. `about_them`: what else
    a young person was asked. `language`: the code of the one in which they read our pages, where it
    was not English; they are written to in it.
    """

    channel: Channel
    story: str
    contact_way: ContactWay
    door: Door | None = None
    subject: str | None = None
    wanted: str | None = None
    about_whom: str | None = None
    service_said: str | None = None
    category_said: Category | None = None
    relationship_said: Relationship | None = None
    acting_for: ActingFor | None = None
    elsewhere_said: str | None = None
    about_plan: bool | None = None
    adjustments: str | None = None
    language: str | None = None
    danger_said: bool = False
    about_a_person: bool = False
    advocate_wanted: str | None = None
    may_publish: bool | None = None
    may_tell: tuple[str, ...] | None = None
    about_them: AboutThem = AboutThem()
    contact_note: str | None = None
    contact_rule: ContactRule | None = None
    parties: tuple[NewParty, ...] = ()
    reference: str | None = None
    words: str | None = None
    words_hash: str | None = None
    received_at: datetime | None = None
    received_on: date | None = None
    attachment_ids: tuple[int, ...] = field(default=())
    entered_by_id: int | None = None
    taken_by: str | None = None


def receive(work: Work, new: NewFeedback) -> Feedback:
    """Make the record of one contact. It decides nothing and sends nothing.

    Args:
        work: the open act.
        new: what came.

    Returns:
        The feedback, waiting for an officer.
    """
    return receive_all(work, [new])[0]


def receive_all(work: Work, contacts: Sequence[NewFeedback]) -> list[Feedback]:
    """Make the records of several contacts, in their order and in one go.

    Args:
        work: the open act.
        contacts: what came.

    Returns:
        The feedback of each.
    """
    received = [_feedback(work, new) for new in contacts]
    for feedback in received:
        queue_places.at_arrival(work.council, feedback)
    work.session.add_all(received)
    # One statement for all of them: what belongs to them needs their keys.
    written_together.see_keys(work.session)
    for feedback, new in zip(received, contacts, strict=True):
        at_hand.make(work.session, feedback.id, ADVOCACIES, PARTIES, REFERRALS, RULES)
        audit.note(work, "feedback_received", feedback)
        work.session.add_all(_party(feedback, party) for party in new.parties)
        if new.may_publish is not None:
            publishing_consent.from_form(work, feedback, new.may_publish)
        if new.contact_rule is not None:
            way, nothing = feedback.contact_way, ContactRule()
            safe_contact_rules.keep(
                work, feedback, way, new.contact_rule, SaidBy.PERSON, before=nothing
            )
        if new.attachment_ids:
            _take_over_files(work, feedback, new.attachment_ids)
        in_english.note_arrival(work, feedback)
    return received


def _feedback(work: Work, new: NewFeedback) -> Feedback:
    received_at = new.received_at or work.now
    return Feedback(
        public_id=make_public_id(),
        reference=new.reference or unused_reference(work),
        channel=new.channel,
        door=new.door,
        received_at=received_at,
        received_on=new.received_on or clock.london_date(received_at),
        subject=new.subject,
        story=new.story,
        wanted=new.wanted,
        about_whom=new.about_whom,
        service_said=new.service_said,
        category_said=new.category_said,
        relationship_said=new.relationship_said,
        acting_for=new.acting_for,
        elsewhere_said=new.elsewhere_said,
        about_plan=new.about_plan,
        adjustments=new.adjustments,
        language=new.language,
        danger_said=new.danger_said,
        # Closed to everybody but complaints officers until one of them says who is meant.
        persons_unsettled=new.about_a_person,
        advocate_wanted=new.advocate_wanted,
        may_tell=list(new.may_tell) if new.may_tell is not None else None,
        **asdict(new.about_them),
        contact_way=new.contact_way,
        contact_note=new.contact_note,
        # Someone who says that there is danger now is read first, model or no model.
        risk=Risk.NOW if new.danger_said else Risk.NONE,
        words_hash=_words_hash(new),
        entered_by_id=new.entered_by_id,
        taken_by=new.taken_by,
    )


def _words_hash(new: NewFeedback) -> str | None:
    if new.words_hash is not None or not new.words:
        return new.words_hash
    return hash_words(new.words)


def unused_reference(work: Work) -> str:
    """A reference that no feedback has."""
    while True:
        reference = make_reference()
        found = select(Feedback.id).where(Feedback.reference == reference)
        if work.session.scalar(found) is None:
            return reference


def _party(feedback: Feedback, new: NewParty) -> Party:
    return Party(
        feedback_id=feedback.id,
        role=new.role,
        name=new.name or None,
        name_key=addresses.name_key(new.name) if new.name else None,
        email=new.email or None,
        email_key=addresses.email_key(new.email) if new.email else None,
        phone=new.phone or None,
        phone_key=addresses.phone_key(new.phone) if new.phone else None,
        address=new.address or None,
        address_key=addresses.address_key(new.address) if new.address else None,
    )


def _take_over_files(work: Work, feedback: Feedback, ids: tuple[int, ...]) -> None:
    files = work.session.scalars(select(Attachment).where(Attachment.id.in_(ids))).all()
    for attachment in files:
        attachment.feedback_id = feedback.id
        attachment.draft_id = None
    hearing.note_arrival(work, feedback, files)
