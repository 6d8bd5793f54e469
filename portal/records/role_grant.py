"""Which role somebody has, from which day to which."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Record
from portal.records.account import Role


class RoleGrant(Record):
    """One role of one person between two days, both included; without `last_day`, until further
    notice. A grant is ended by its last day and never removed: who could see what, and when, must
    stay answerable."""

    __tablename__ = "role_grant"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[Role]
    first_day: Mapped[date]
    last_day: Mapped[date | None]
    granted_at: Mapped[datetime]
    # Ends by itself when the council's own sign-in no longer tells the group that gave it.
    by_group: Mapped[bool] = mapped_column(default=False)
    # None when it was given from the command line, or by a group.
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
