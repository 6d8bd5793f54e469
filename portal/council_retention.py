"""[retention] of a council's file: how long each kind of matter is kept, and its faults."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from portal.procedures.retention import (
    LEAST_REVIEW_MONTHS,
    LEAST_YEARS,
    MOST_REVIEW_MONTHS,
    MOST_YEARS,
    KeptAs,
    Periods,
    kept_too_short,
)

Years = Annotated[int, Field(ge=LEAST_YEARS, le=MOST_YEARS)]


class RetentionEntry(BaseModel):
    """How long the council keeps what, as written in the file: it holds until administrators set
    other years on a page (`portal.cases.years_kept`).

    Attributes:
        years: whole years after a matter ended, for every kind.
        review_months: within so many months a hold is looked at again.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    years: dict[KeptAs, Years]
    review_months: int = Field(ge=LEAST_REVIEW_MONTHS, le=MOST_REVIEW_MONTHS)

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
    too_short, longest = kept_too_short(entry.years)
    return [
        f"retention.years.{kind} is {entry.years[kind]}, but something that needs no longer time is"
        f" kept for {longest} years. Give it at least as many."
        for kind in too_short
    ]
