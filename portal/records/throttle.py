"""Counts of wrong words and wrong passwords, so that guessing gets slower and slower."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Record


class Throttle(Record):
    """Failures under one key: a keyed hash of what was tried or of where it came from."""

    __tablename__ = "throttle"

    key: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    last_failure_at: Mapped[datetime]
    closed_until: Mapped[datetime | None]
