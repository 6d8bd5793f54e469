"""An alert that somebody may be in danger now: sent until a named person takes it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record
from portal.procedures.vocabulary import Risk


class RaisedBy(StrEnum):
    """What said that there is danger."""

    FORM = "form"
    MODEL = "model"
    WORDS = "words"
    OFFICER = "officer"


class DangerAlert(Record):
    """One alert about one matter. It ends when somebody takes it, or when an officer has decided
    that nobody is in danger; until then it is sent again and again, and climbs. The danger itself
    lasts until an officer says that it is over."""

    __tablename__ = "danger_alert"
    __table_args__ = (Index("ix_danger_alert_ended_at_next_at", "ended_at", "next_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    raised_at: Mapped[datetime]
    raised_by: Mapped[RaisedBy]
    # Why an officer said so, in their words: what a call or a visit told them.
    why: Mapped[str | None] = mapped_column(PrivateText("danger_alert.why"))
    times_sent: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    next_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    # Who took it, and what they did, in their words; empty where an officer's decision ended it.
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    done: Mapped[str | None] = mapped_column(PrivateText("danger_alert.done"))
    # Who said later that this danger is over, when, and why, in their words.
    over_at: Mapped[datetime | None]
    over_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    over_why: Mapped[str | None] = mapped_column(PrivateText("danger_alert.over_why"))
    # The risk that they left, which stands once nothing waits to be heard or read.
    over_left: Mapped[Risk | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
