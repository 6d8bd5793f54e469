"""Which team somebody works for, from which day to which."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Record
from portal.procedures.vocabulary import Team


class TeamMembership(Record):
    """One person in one team between two days, both included. A head of service belongs to each
    team of the service. Ended by its last day, never removed."""

    __tablename__ = "team_membership"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    team: Mapped[Team]
    first_day: Mapped[date]
    last_day: Mapped[date | None]
    granted_at: Mapped[datetime]
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
