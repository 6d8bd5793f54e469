"""Which procedure an officer worked out for a matter, from which facts, and why otherwise."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record
from portal.procedures.procedure import Track
from portal.procedures.vocabulary import ProcedureCode


class Routing(Record):
    """One working-out. `facts` and `concluded` hold codes and dates, never words; the latest
    counts, the earlier ones stay. `procedure` is empty while an officer has only looked at what
    follows."""

    __tablename__ = "routing"

    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    facts: Mapped[dict[str, Any]]
    concluded: Mapped[list[str]]
    procedure: Mapped[ProcedureCode | None]
    chosen_track: Mapped[Track | None]
    # Set where the officer chose otherwise than the rules, and only then.
    overridden: Mapped[bool]
    reason: Mapped[str | None] = mapped_column(PrivateText("routing.reason"))
    routed_at: Mapped[datetime]
    routed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
