"""Advocates who ask an officer to let them follow a matter, because they have no secret words."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record
from portal.records.agreed_scope import Scoped


class AdvocateRequest(Scoped, Record):
    """One request and its answer. Its matter is None where no matter has the reference; whoever
    asked is told the same either way."""

    __tablename__ = "advocate_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    feedback_id: Mapped[int | None] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    reference: Mapped[str] = mapped_column(PrivateText("advocate_request.reference"))
    how: Mapped[str] = mapped_column(PrivateText("advocate_request.how"))
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    approved: Mapped[bool | None]
    # How the officer checked it with the young person, or why the answer is no.
    reason: Mapped[str | None] = mapped_column(PrivateText("advocate_request.reason"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
