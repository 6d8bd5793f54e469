"""Which account of the council's own sign-in is whose here."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Record


class CouncilIdentity(Record):
    """One person's account there, tied to theirs here. Names and addresses change hands; the
    subject that the provider gives does not, so it is what is compared."""

    __tablename__ = "council_identity"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), unique=True
    )
    # A keyed hash of the provider's address and its subject.
    subject_key: Mapped[str] = mapped_column(unique=True)
    linked_at: Mapped[datetime]
    # None when it was found by its verified address.
    linked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
