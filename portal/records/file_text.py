"""The text of a file, read out of it once, apart from everything else: what the search finds."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class FileTextState(StrEnum):
    """What came of reading it."""

    READ = "read"
    EMPTY = "empty"
    # It took too long or too much, or could not be opened.
    FAILED = "failed"


class FileText(Record):
    """The text of one file, as far as the limits let it be read."""

    __tablename__ = "file_text"

    attachment_id: Mapped[int] = mapped_column(
        ForeignKey("attachment.id", ondelete="CASCADE"), primary_key=True
    )
    state: Mapped[FileTextState]
    text: Mapped[str | None] = mapped_column(PrivateText("file_text.text"))
    read_at: Mapped[datetime]
