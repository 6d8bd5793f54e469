"""What an investigation, a review or a panel cost: one row a payment."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record
from portal.procedures.state import AppointedAs


class InvestigationFee(Record):
    """One payment for somebody's work in one case. A wrong one is taken back and stays."""

    __tablename__ = "investigation_fee"
    __table_args__ = (Index("ix_investigation_fee_paid_on", "paid_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    appointment_id: Mapped[int] = mapped_column(
        ForeignKey("appointment.id", ondelete="CASCADE"), index=True
    )
    # Of the appointment, so that a year's cost by stage and role is one query over one table.
    stage_key: Mapped[str]
    role: Mapped[AppointedAs]
    amount_pence: Mapped[int]
    what_for: Mapped[str] = mapped_column(PrivateText("investigation_fee.what_for"))
    paid_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    taken_back_at: Mapped[datetime | None]
