"""What a changed field held before, and what it holds now. The trail beside it names the field."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class FieldChange(Record):
    """One changed field of a matter or of somebody on the staff list. Either `feedback_id` or
    `subject_id` is set. A matter's rows go with its erasure; the trail's stay."""

    __tablename__ = "field_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int | None] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    # Whose details on the staff list.
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    field: Mapped[str]
    before: Mapped[str | None] = mapped_column(PrivateText("field_change.before"))
    after: Mapped[str | None] = mapped_column(PrivateText("field_change.after"))
    changed_at: Mapped[datetime]
    # Who changed it; nobody where the portal did.
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
