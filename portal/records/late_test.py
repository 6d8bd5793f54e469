"""Both halves of the test for a complaint that came late, as an officer weighed them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record
from portal.procedures.vocabulary import ProcedureCode


class LateTest(Record):
    """One weighing, with the reasons on each half. It refuses nothing; the latest counts."""

    __tablename__ = "late_test"

    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    procedure: Mapped[ProcedureCode]
    arose_on: Mapped[date]
    knew_on: Mapped[date | None]
    no_sooner: Mapped[bool]
    no_sooner_reasons: Mapped[str] = mapped_column(PrivateText("late_test.no_sooner_reasons"))
    still_fair: Mapped[bool]
    still_fair_reasons: Mapped[str] = mapped_column(PrivateText("late_test.still_fair_reasons"))
    tested_at: Mapped[datetime]
    tested_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
