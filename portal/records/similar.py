"""How alike matters read: each text as a few numbers, and the decided matters nearest to one."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateBytes
from portal.db import Record


class Fingerprint(Record):
    """One text as the encoder's scores, rounded to 8 bits; erased with its feedback. It tells what
    the text is about, not what it says, and is sealed all the same."""

    __tablename__ = "fingerprint"

    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), primary_key=True
    )
    # The encoder's checksum: numbers of different encoders cannot be compared.
    encoder: Mapped[str]
    scores: Mapped[bytes] = mapped_column(PrivateBytes("fingerprint.scores"))


class SimilarCase(Record):
    """One of the decided matters nearest to feedback that waits. More are kept than are shown,
    because some of them may be closed to whoever reads."""

    __tablename__ = "similar_case"

    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), primary_key=True
    )
    other_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    # 1 for two texts that read alike in everything.
    likeness: Mapped[float]
