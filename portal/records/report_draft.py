"""What officers add to a year's report before it is published: commentary, and what they picked."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class ReportPassage(Record):
    """The commentary on one chapter of one year. Private until it is published: a draft may still
    hold a name."""

    __tablename__ = "report_passage"
    __table_args__ = (UniqueConstraint("year", "chapter"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[str]
    chapter: Mapped[str]
    text: Mapped[str] = mapped_column(PrivateText("report_passage.text"))
    # The numbers in it of which its writer said that they are no figures of the report, with a
    # space between them: twenty working days stand in no table. None where there are none.
    not_figures: Mapped[str | None] = mapped_column(PrivateText("report_passage.not_figures"))
    written_at: Mapped[datetime]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @property
    def excused(self) -> tuple[str, ...]:
        """The numbers that are no figures, as they are written."""
        return tuple((self.not_figures or "").split())


class PickKind(StrEnum):
    """What was chosen from."""

    LEARNED = "learned"
    THANKS = "thanks"


class ReportPick(Record):
    """One thing that a year's report prints of the cases: either something learned, in the words
    that may be published, or a compliment that two officers have agreed to.

    A row without either says that somebody has chosen, even where they chose none.
    """

    __tablename__ = "report_pick"
    __table_args__ = (
        UniqueConstraint("year", "remedy_id"),
        UniqueConstraint("year", "publication_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[str]
    kind: Mapped[PickKind]
    remedy_id: Mapped[int | None] = mapped_column(
        ForeignKey("remedy.id", ondelete="CASCADE"), index=True
    )
    publication_id: Mapped[int | None] = mapped_column(
        ForeignKey("publication.id", ondelete="CASCADE"), index=True
    )
    # How something learned is told without names; a compliment has its own redacted text.
    text: Mapped[str | None] = mapped_column(PrivateText("report_pick.text"))
    picked_at: Mapped[datetime]
    picked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
