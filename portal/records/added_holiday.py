"""Days off that staff added: proclaimed after the published list that the portal came with."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Record


class AddedHoliday(Record):
    """One bank holiday. One that was taken back stays, so that a date's past can be explained."""

    __tablename__ = "added_holiday"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    day: Mapped[date] = mapped_column(index=True)
    # Shown beside every date that it moves, such as "State funeral".
    title: Mapped[str]
    added_at: Mapped[datetime]
    # None: on the command line.
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    taken_back_at: Mapped[datetime | None]
    taken_back_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
