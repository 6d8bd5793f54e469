"""People who sign in: officers of the council and advocates outside it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class Role(StrEnum):
    """What an account may do; who may what in detail is one table in `portal.web.access`."""

    OFFICER = "officer"
    ADVOCATE = "advocate"


class Account(Record):
    """One named person's sign-in. There are no shared accounts."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    role: Mapped[Role]
    name: Mapped[str] = mapped_column(PrivateText("account.name"))
    email: Mapped[str] = mapped_column(PrivateText("account.email"))
    email_key: Mapped[str] = mapped_column(unique=True)
    organisation: Mapped[str | None] = mapped_column(PrivateText("account.organisation"))
    password_hash: Mapped[str | None]
    # Raised when the password changes or the person leaves: sessions that carry the old one end.
    session_number: Mapped[int] = mapped_column(default=1)
    active: Mapped[bool] = mapped_column(default=True)
    invitation_key: Mapped[str | None] = mapped_column(unique=True)
    invitation_ends_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    last_signed_in_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
