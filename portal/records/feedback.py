"""What came in, whatever the door: the record that cannot be lost."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record
from portal.procedures.vocabulary import Category, Relationship, Risk


class Channel(StrEnum):
    """How it came."""

    WEB = "web"
    EMAIL = "email"
    PHONE = "phone"
    POST = "post"
    IN_PERSON = "in_person"


class Door(StrEnum):
    """Which door a web form was: it decides how plainly we write back. Through the advocates' door
    an advocate tells for a young person."""

    YOUNG_PEOPLE = "young_people"
    EVERYONE = "everyone"
    ADVOCATES = "advocates"


# Behind these doors stands a young person, who is written to in the plain voice.
YOUNG_DOORS = frozenset({Door.YOUNG_PEOPLE, Door.ADVOCATES})


class FeedbackState(StrEnum):
    """`waiting` until an officer decides; what was decided is on the decision."""

    WAITING = "waiting"
    DECIDED = "decided"


class ActingFor(StrEnum):
    """For whom somebody writes: an adult may complain in their own right, or for a child."""

    SELF = "self"
    OWN_CHILD = "own_child"
    OTHER_CHILD = "other_child"
    NO_ONE_CHILD = "no_one_child"


class ContactWay(StrEnum):
    """How the person said we may reach them. A rule on sending, not a note."""

    EMAIL = "email"
    PHONE = "phone"
    # A text that says that there is news, and no more; the news itself is read at /track.
    TEXT = "text"
    POST = "post"
    PORTAL_ONLY = "portal_only"


SEARCHED = (
    "id", "erased_at", "state", "risk", "channel", "door", "relationship_said", "received_on",
    "public_id",
)  # fmt: skip


class Feedback(Record):
    """One contact in the person's own words; its reference stays when it becomes a case."""

    __tablename__ = "feedback"
    __table_args__ = (
        Index("ix_feedback_state_received_at", "state", "received_at"),
        Index("ix_feedback_received_on", "received_on"),
        # The orders of the lists, to the last: a page begins where the one before it ended.
        Index("ix_feedback_queue", "queue_rank", "queue_on", "received_at", "public_id"),
        Index("ix_feedback_case_due_on", "case_due_on", "received_at", "public_id"),
        Index("ix_feedback_received_at", "received_at", "public_id"),
        # What the search is narrowed by, each in the order of its lists.
        Index("ix_feedback_channel", "channel", "id"),
        Index("ix_feedback_door", "door", "id"),
        Index("ix_feedback_relationship_said", "relationship_said", "id"),
        Index("ix_feedback_category_said", "category_said", "id"),
        Index("ix_feedback_risk", "risk", "id"),
        # All that the search asks of a row: the newest are gone through without opening one.
        Index("ix_feedback_in_order", *SEARCHED),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    reference: Mapped[str] = mapped_column(unique=True)
    channel: Mapped[Channel]
    door: Mapped[Door | None]
    state: Mapped[FeedbackState] = mapped_column(default=FeedbackState.WAITING)
    # The moment of arrival, and its London date: day 0 of every clock.
    received_at: Mapped[datetime]
    received_on: Mapped[date]
    subject: Mapped[str | None] = mapped_column(PrivateText("feedback.subject"))
    story: Mapped[str] = mapped_column(PrivateText("feedback.story"))
    wanted: Mapped[str | None] = mapped_column(PrivateText("feedback.wanted"))
    about_whom: Mapped[str | None] = mapped_column(PrivateText("feedback.about_whom"))
    service_said: Mapped[str | None] = mapped_column(PrivateText("feedback.service_said"))
    category_said: Mapped[Category | None]
    relationship_said: Mapped[Relationship | None]
    acting_for: Mapped[ActingFor | None]
    # What they named that somebody else decides about: a line for each, in officers' words.
    elsewhere_said: Mapped[str | None] = mapped_column(PrivateText("feedback.elsewhere_said"))
    # Whether it is about a decision on an education, health and care plan; None: nobody asked.
    about_plan: Mapped[bool | None]
    # What they need to be able to use our answers: a line for each, in officers' words.
    adjustments: Mapped[str | None] = mapped_column(PrivateText("feedback.adjustments"))
    # The code of the language in which they read our pages when they told us; None: English.
    language: Mapped[str | None]
    danger_said: Mapped[bool] = mapped_column(default=False)
    advocate_wanted: Mapped[str | None]
    # Whom near them a young person lets us tell; None where they were not asked, which is no yes.
    may_tell: Mapped[list[str] | None]
    # Whom they want us to talk to, the adult whom they named for it, and how old a young person
    # is: codes of `portal.procedures.young_person`, private like their words.
    talk_to: Mapped[str | None] = mapped_column(PrivateText("feedback.talk_to"))
    trusted_adult: Mapped[str | None] = mapped_column(PrivateText("feedback.trusted_adult"))
    age_said: Mapped[str | None] = mapped_column(PrivateText("feedback.age_said"))
    contact_way: Mapped[ContactWay]
    contact_note: Mapped[str | None] = mapped_column(PrivateText("feedback.contact_note"))
    # The queue's order, kept here because the queue must not open a suggestion for every row.
    risk: Mapped[Risk] = mapped_column(default=Risk.NONE)
    # When the list of alarming wordings read it: only where no model did.
    words_read_at: Mapped[datetime | None]
    words_hash: Mapped[str | None]
    # What an officer entered: who typed it, and who took the call or the letter where that was
    # somebody else, as it was told.
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    taken_by: Mapped[str | None] = mapped_column(PrivateText("feedback.taken_by"))
    # A person may be meant, and no officer has linked them to the staff list or said that nobody
    # on it is meant: until then it is the complaints officers' alone.
    persons_unsettled: Mapped[bool] = mapped_column(default=False)
    persons_settled_at: Mapped[datetime | None]
    persons_settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    # Where it stands in the officers' queue, and by when: none where nothing waits for an officer.
    # The first date of its open cases, the last of all days where none is due; none without one.
    # Written by cases/queue_places.py alone.
    queue_rank: Mapped[int | None]
    queue_on: Mapped[date | None]
    case_due_on: Mapped[date | None]
    # What the person sent and nobody has opened yet.
    unread: Mapped[bool] = mapped_column(default=True)
    # Since then no person's word stands in it, and nobody opens it: only its figures are counted.
    erased_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
