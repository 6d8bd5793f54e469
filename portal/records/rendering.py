"""What a text that is not in English says, in an officer's words."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class Rendering(Record):
    """One text of a matter that nobody who reads English alone has read: its first words, or a
    message. It waits until an officer has written down what it says."""

    __tablename__ = "rendering"

    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    # None: the words that the matter began with.
    message_id: Mapped[int | None] = mapped_column(
        ForeignKey("message.id", ondelete="CASCADE"), index=True
    )
    noticed_at: Mapped[datetime]
    # The officer's words, never the writer's; none while it waits.
    words: Mapped[str | None] = mapped_column(PrivateText("rendering.words"))
    written_at: Mapped[datetime | None]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
