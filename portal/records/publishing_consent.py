"""Whether somebody lets us publish their words without names; the latest row counts."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class SaidHow(StrEnum):
    """How they said it."""

    ON_FORM = "on_form"
    PHONE = "phone"
    EMAIL = "email"
    LETTER = "letter"
    IN_PERSON = "in_person"


class PublishingConsent(Record):
    """One yes or no."""

    __tablename__ = "publishing_consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    agrees: Mapped[bool]
    how: Mapped[SaidHow]
    on_day: Mapped[date]
    words: Mapped[str | None] = mapped_column(PrivateText("publishing_consent.words"))
    recorded_at: Mapped[datetime]
    # None where they said it themselves on the form.
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
