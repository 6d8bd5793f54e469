"""Somebody whom a young person trusts with one matter, for a time, by a link and no account."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record
from portal.records.agreed_scope import Scoped


class Supporter(Scoped, Record):
    """One link. Its token works once and becomes the cookie of one browser; both are kept as
    hashes alone, and both end with the last day."""

    __tablename__ = "supporter"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(PrivateText("supporter.name"))
    token_key: Mapped[str] = mapped_column(unique=True)
    visit_key: Mapped[str | None] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    # The officer who made the link; None where the young person did.
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    used_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
