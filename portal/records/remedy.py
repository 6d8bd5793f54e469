"""What was promised or recommended in a case: by whom it is done, by when, and the proof."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record
from portal.procedures.finding import Giver
from portal.procedures.remedy import Compliance, RemedyKind, RemedyState
from portal.procedures.vocabulary import Team


class Remedy(Record):
    """One thing to be done. Without a point it is for the whole case."""

    __tablename__ = "remedy"
    __table_args__ = (
        Index("ix_remedy_state_due_on", "state", "due_on"),
        Index("ix_remedy_kind", "kind", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    point_id: Mapped[int | None] = mapped_column(
        ForeignKey("point.id", ondelete="SET NULL"), index=True
    )
    stage_key: Mapped[str]
    # Who asked for it: the service promised it itself, or somebody recommended it.
    giver: Mapped[Giver]
    kind: Mapped[RemedyKind]
    text: Mapped[str] = mapped_column(PrivateText("remedy.text"))
    state: Mapped[RemedyState]
    # Why it was not accepted, or was given up.
    reasons: Mapped[str | None] = mapped_column(PrivateText("remedy.reasons"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    team: Mapped[Team]
    payee: Mapped[str | None] = mapped_column(PrivateText("remedy.payee"))
    amount_pence: Mapped[int | None]
    # Counted from an event of the case, from another remedy, or simply a day.
    base_event: Mapped[str | None]
    after_remedy_id: Mapped[int | None] = mapped_column(
        ForeignKey("remedy.id", ondelete="SET NULL"), index=True
    )
    offset_length: Mapped[int | None]
    offset_unit: Mapped[str | None]
    # Every so many months, until `repeats_until` or without an end.
    repeats_every_months: Mapped[int | None]
    repeats_until: Mapped[date | None]
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    evidence: Mapped[str | None] = mapped_column(PrivateText("remedy.evidence"))
    told_ombudsman_on: Mapped[date | None]
    compliance: Mapped[Compliance | None]
    # Learning for the annual report, and how it was made known.
    for_report: Mapped[bool] = mapped_column(default=False)
    made_known: Mapped[str | None] = mapped_column(PrivateText("remedy.made_known"))
    shown_to_person: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
