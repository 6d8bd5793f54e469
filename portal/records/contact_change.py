"""A detail of a party that was changed: what stood there, what stands there now, and why."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record
from portal.records.safe_contact_rule import SaidBy


class ContactChange(Record):
    """One changed field: `name`, `email`, `phone` or `address`."""

    __tablename__ = "contact_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id", ondelete="CASCADE"), index=True)
    field: Mapped[str]
    before: Mapped[str | None] = mapped_column(PrivateText("contact_change.before"))
    after: Mapped[str | None] = mapped_column(PrivateText("contact_change.after"))
    changed_at: Mapped[datetime]
    changed_by: Mapped[SaidBy]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str | None] = mapped_column(PrivateText("contact_change.reason"))
