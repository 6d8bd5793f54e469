"""The people of a feedback: who wrote, whom it is about, who speaks for them."""

from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class PartyRole(StrEnum):
    """What a person is in this feedback."""

    COMPLAINANT = "complainant"
    YOUNG_PERSON = "young_person"


class Party(Record):
    """One person in one feedback, with a keyed hash beside each detail that must be findable."""

    __tablename__ = "party"

    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[PartyRole]
    name: Mapped[str | None] = mapped_column(PrivateText("party.name"))
    name_key: Mapped[str | None] = mapped_column(index=True)
    email: Mapped[str | None] = mapped_column(PrivateText("party.email"))
    email_key: Mapped[str | None] = mapped_column(index=True)
    phone: Mapped[str | None] = mapped_column(PrivateText("party.phone"))
    phone_key: Mapped[str | None] = mapped_column(index=True)
    address: Mapped[str | None] = mapped_column(PrivateText("party.address"))
    # Of house number and postcode, where both can be read in it.
    address_key: Mapped[str | None] = mapped_column(index=True)
