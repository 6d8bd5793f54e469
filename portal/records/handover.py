"""What was passed on to a team or to duty, and who took it there."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record
from portal.procedures.handing_over import HandedOver
from portal.procedures.vocabulary import Team


class TakenBy(StrEnum):
    """By which way somebody took it."""

    PHONE = "phone"
    EMAIL = "email"
    IN_PERSON = "in_person"


class Handover(Record):
    """One worry or request that was passed on. Until a name is recorded nobody has taken it."""

    __tablename__ = "handover"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    what: Mapped[HandedOver]
    team: Mapped[Team]
    passed_at: Mapped[datetime]
    passed_on: Mapped[date]
    passed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    # What the officer said or wrote to whoever should take it.
    words: Mapped[str | None] = mapped_column(PrivateText("handover.words"))
    taken_by: Mapped[str | None] = mapped_column(PrivateText("handover.taken_by"))
    taken_by_role: Mapped[str | None] = mapped_column(PrivateText("handover.taken_by_role"))
    taken_on: Mapped[date | None] = mapped_column(index=True)
    way: Mapped[TakenBy | None]
    # Under which number they have it, and what was agreed.
    their_reference: Mapped[str | None] = mapped_column(PrivateText("handover.their_reference"))
    agreed: Mapped[str | None] = mapped_column(PrivateText("handover.agreed"))
    recorded_at: Mapped[datetime | None]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
