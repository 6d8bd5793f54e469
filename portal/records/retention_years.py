"""How many years what is kept, as an administrator set it on a page: kept in every version."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class RetentionYears(Record):
    """One version, in force from a day until a later one is. It is never changed; one that was
    taken back stays, so that what went and what was kept can be explained.

    `years` has a number for the code of every kind (`portal.procedures.retention.KeptAs`).
    """

    __tablename__ = "retention_years"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    years: Mapped[dict[str, Any]]
    review_months: Mapped[int]
    in_force_from: Mapped[date] = mapped_column(index=True)
    # Free words: somebody's name may stand in them.
    reason: Mapped[str] = mapped_column(PrivateText("retention_years.reason"))
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    taken_back_at: Mapped[datetime | None]
    taken_back_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
