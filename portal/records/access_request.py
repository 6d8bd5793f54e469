"""Requests to see what is held about somebody, found in feedback."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class AccessRequest(Record):
    """One request, at the information governance officers'. They see what stands here and nothing
    else of the matter that it came in."""

    __tablename__ = "access_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), unique=True
    )
    from_whom: Mapped[str] = mapped_column(PrivateText("access_request.from_whom"))
    reach_by: Mapped[str] = mapped_column(PrivateText("access_request.reach_by"))
    asked_for: Mapped[str] = mapped_column(PrivateText("access_request.asked_for"))
    received_on: Mapped[date]
    due_on: Mapped[date]
    first_due_on: Mapped[date]
    passed_at: Mapped[datetime]
    passed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    taken_at: Mapped[datetime | None]
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    extended_on: Mapped[date | None]
    extension_reason: Mapped[str | None] = mapped_column(
        PrivateText("access_request.extension_reason")
    )
    answered_on: Mapped[date | None] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
