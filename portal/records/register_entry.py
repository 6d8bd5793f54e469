"""The register of those who investigate, watch and sit: what each can do, and what it costs."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class RatePer(StrEnum):
    """What a rate is paid for."""

    HOUR = "hour"
    DAY = "day"
    CASE = "case"


class RegisterEntry(Record):
    """What the office knows of one person of the register, besides their account and roles. The
    cases they had before are read off their appointments."""

    __tablename__ = "register_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), unique=True
    )
    skills: Mapped[str | None] = mapped_column(PrivateText("register_entry.skills"))
    # What they have declared: whom and which services they are close to.
    conflicts: Mapped[str | None] = mapped_column(PrivateText("register_entry.conflicts"))
    rate_pence: Mapped[int | None]
    rate_per: Mapped[RatePer | None]
    # The date of their certificate of the Disclosure and Barring Service.
    dbs_on: Mapped[date | None]
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
