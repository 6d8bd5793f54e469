"""What an officer searches for: kept here, so that no word of it stands in an address."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class KeptSearch(Record):
    """One search of one person: words for a day, or a saved view, which has a name and no words.

    `filters` are codes, days and yes or no, never words.
    """

    __tablename__ = "kept_search"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str | None] = mapped_column(PrivateText("kept_search.name"))
    words: Mapped[str | None] = mapped_column(PrivateText("kept_search.words"))
    filters: Mapped[dict[str, Any]]
    # When it is forgotten; None for a saved view.
    ends_at: Mapped[datetime | None] = mapped_column(index=True)
    made_at: Mapped[datetime]
