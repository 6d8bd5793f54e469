"""Who is appointed to investigate, to watch, to review or to sit in one case."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record
from portal.procedures.state import AppointedAs


class Appointment(Record):
    """One person in one role at one stage. Somebody with an account gets the case opened to them
    by a grant that ends; somebody without one is kept by name."""

    __tablename__ = "appointment"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    stage_key: Mapped[str]
    role: Mapped[AppointedAs]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    name: Mapped[str | None] = mapped_column(PrivateText("appointment.name"))
    # Equal for the same person, so that the rules of independence can compare.
    person_key: Mapped[str]
    # The conditions of independence that were ticked, by code.
    declared: Mapped[list[str]]
    # What they said before the case opened to them: when, and the conflict where they have one.
    said_at: Mapped[datetime | None]
    conflict: Mapped[str | None] = mapped_column(PrivateText("appointment.conflict"))
    appointed_on: Mapped[date]
    appointed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None]
