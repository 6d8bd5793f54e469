"""What closes one matter to somebody, and what opens it: walls, grants, broken glass."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record
from portal.records.account import Role


class NamedPerson(Record):
    """Somebody of the staff list whom a matter is about. It is closed to them and to those who
    report to them, as long as `unlinked_at` is empty."""

    __tablename__ = "named_person"
    __table_args__ = (Index("ix_named_person_feedback_account", "feedback_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    # They were of the complaints team or a head of service on the day they were linked: the matter
    # is then for the officer whom the council's file names. Frozen, so that a later change of
    # roles opens nothing.
    for_designated: Mapped[bool]
    linked_at: Mapped[datetime]
    linked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    unlinked_at: Mapped[datetime | None]
    unlinked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class MatterGrant(Record):
    """One matter opened to one person for a time: an investigator, a panel member."""

    __tablename__ = "matter_grant"
    __table_args__ = (Index("ix_matter_grant_account_feedback", "account_id", "feedback_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    role: Mapped[Role]
    first_day: Mapped[date]
    last_day: Mapped[date]
    granted_at: Mapped[datetime]
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None]


class GlassBreak(Record):
    """Somebody opened a matter that was closed to them, with a reason, for a few hours. The
    complaints manager is told at once and says on the page that they have looked at it."""

    __tablename__ = "glass_break"
    __table_args__ = (Index("ix_glass_break_account_feedback", "account_id", "feedback_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    reason: Mapped[str] = mapped_column(PrivateText("glass_break.reason"))
    at: Mapped[datetime]
    ends_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    seen_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
