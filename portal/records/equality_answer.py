"""What people chose to say about themselves after sending: for counting, and for nothing else."""

from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record
from portal.procedures.vocabulary import Category, Relationship
from portal.records.feedback import Door


class EqualityAnswer(Record):
    """One person's answers about themselves, apart from what they told us.

    Nothing leads from a row to a feedback or back: no key, no moment, and an id that is random, so
    that the order of rows is not the order in which things were sent. Only the annual report reads
    it, in counts, and hides small ones. It is no part of any page or file of those who decide.

    Attributes:
        id: random.
        year: the reporting year of the day of receipt, such as 2026-27.
        door: which form was filled in.
        category: what the person called it. The procedure that an officer chose is not here: it is
            decided later, and to bring it here would need the link that is kept out.
        relationship: who the person said they are.
        age_band, sex, disability, ethnicity, orientation: codes of `portal.procedures.equality`;
            None where the question was left empty, `not_said` where they preferred not to say.
    """

    __tablename__ = "equality_answer"
    # SQLite would else keep the rows in the order in which they came.
    __table_args__ = {"sqlite_with_rowid": False}

    id: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[str] = mapped_column(index=True)
    door: Mapped[Door]
    category: Mapped[Category | None]
    relationship: Mapped[Relationship | None]
    age_band: Mapped[str | None] = mapped_column(PrivateText("equality_answer.age_band"))
    sex: Mapped[str | None] = mapped_column(PrivateText("equality_answer.sex"))
    disability: Mapped[str | None] = mapped_column(PrivateText("equality_answer.disability"))
    ethnicity: Mapped[str | None] = mapped_column(PrivateText("equality_answer.ethnicity"))
    orientation: Mapped[str | None] = mapped_column(PrivateText("equality_answer.orientation"))
