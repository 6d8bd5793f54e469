"""Half-given answers, kept on the server and found by a random token in a cookie."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class Draft(Record):
    """One person's unfinished (or just finished) form. The reference is made with the draft, so
    that however often it is sent it becomes one record."""

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_key: Mapped[str] = mapped_column(unique=True)
    door: Mapped[str]
    # An advocate's draft is found by whose it is and not by a cookie. No officer's page reads it.
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    public_id: Mapped[str | None] = mapped_column(unique=True)
    reference: Mapped[str] = mapped_column(unique=True)
    # JSON of question key to answers; one private column, because every answer is private.
    answers: Mapped[str] = mapped_column(PrivateText("draft.answers"))
    # JSON of question key to what stood in the boxes of a page that nobody has checked yet.
    typed: Mapped[str | None] = mapped_column(PrivateText("draft.typed"))
    # The secret words in clear, only until `words_shown_until`; afterwards only the hash remains.
    words: Mapped[str | None] = mapped_column(PrivateText("draft.words"))
    words_shown_until: Mapped[datetime | None]
    # Their hash, from the moment that the person saved it to come back: it lives for 30 days then.
    words_hash: Mapped[str | None]
    # The same hash from the start, so that sending need not wait for it. Not of older drafts.
    hash_ahead: Mapped[str | None]
    feedback_id: Mapped[int | None] = mapped_column(
        ForeignKey("feedback.id", ondelete="SET NULL"), index=True
    )
    sent_at: Mapped[datetime | None]
    # When the questions about equality were answered or passed over, which happens once.
    equality_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
