"""[retention] of a council's file: how long each kind of matter is kept, and its faults."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from portal.procedures.retention import LONGER, KeptAs, Periods

Years = Annotated[int, Field(ge=1, le=100)]


class RetentionEntry(BaseModel):
    """How long the council keeps what, as written in the file.

    Attributes:
        years: whole years after a matter ended, for every kind.
        review_months: within so many months a hold is looked at again.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    years: dict[KeptAs, Years]
    review_months: int = Field(ge=1, le=24)

    def as_periods(self) -> Periods:
        """Give what the rules work with."""
        return Periods(years=self.years, review_months=self.review_months)


def faults_of(entry: RetentionEntry) -> list[str]:
    """Say in sentences what stops a start.

    Args:
        entry: as the file has it, its shape already checked.
    """
    missing = [kind for kind in KeptAs if kind not in entry.years]
    if missing:
        return [f"retention.years.{kind} is missing. Add it." for kind in missing]
    longest = max(entry.years[kind] for kind in KeptAs if kind not in LONGER)
    return [
        f"retention.years.{kind} is {entry.years[kind]}, but something that needs no longer time is"
        f" kept for {longest} years. Give it at least as many."
        for kind in sorted(LONGER)
        if entry.years[kind] < longest
    ]
