"""A decision beside what was suggested, in codes and numbers: what the officers' figures count."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Record
from portal.procedures.vocabulary import (
    Area,
    Category,
    Nature,
    ProcedureCode,
    Relationship,
    Risk,
    Team,
)
from portal.records.decision import Sight
from portal.records.feedback import Channel


class Comparison(Record):
    """One decided feedback, both answers to every question in one row. Neither the decision nor
    the suggestion beside it changes any more, so this copy cannot grow old; it spares the figures
    from opening a hundred thousand sealed suggestions. It holds nobody's words."""

    __tablename__ = "comparison"

    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), primary_key=True
    )
    # The first day of the month in which it was decided.
    month: Mapped[date]
    sight: Mapped[Sight]
    model: Mapped[str]
    channel: Mapped[Channel]
    category: Mapped[Category]
    category_suggested: Mapped[Category]
    category_confidence: Mapped[float]
    area: Mapped[Area]
    area_suggested: Mapped[Area]
    area_confidence: Mapped[float]
    team: Mapped[Team]
    team_suggested: Mapped[Team]
    team_confidence: Mapped[float]
    team_among_three: Mapped[bool]
    procedure: Mapped[ProcedureCode]
    procedure_suggested: Mapped[ProcedureCode]
    procedure_confidence: Mapped[float]
    # Only complaints have a nature: empty unless both the officer and the model gave one.
    nature: Mapped[Nature | None]
    nature_suggested: Mapped[Nature | None]
    nature_confidence: Mapped[float | None]
    relationship: Mapped[Relationship]
    relationship_suggested: Mapped[Relationship]
    relationship_confidence: Mapped[float]
    risk: Mapped[Risk]
    risk_suggested: Mapped[Risk]
    risk_confidence: Mapped[float]
