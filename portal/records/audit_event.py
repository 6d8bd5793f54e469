"""Who did or looked at what, and when: ids, codes and field names, never case words."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Record


class AuditEvent(Record):
    """One act. Appended, never changed."""

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_about", "about_kind", "about_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    act: Mapped[str]
    actor_kind: Mapped[str]
    # Keys without foreign keys: erasing a record must not break or change the trail.
    actor_id: Mapped[int | None]
    about_kind: Mapped[str | None]
    about_id: Mapped[int | None]
    fields: Mapped[list[str]]


class AuditSeal(Record):
    """A hash over a run of audit rows and over the seal before it."""

    __tablename__ = "audit_seal"

    id: Mapped[int] = mapped_column(primary_key=True)
    first_id: Mapped[int]
    last_id: Mapped[int] = mapped_column(unique=True)
    rows: Mapped[int]
    hash: Mapped[str]
    sealed_at: Mapped[datetime]
