"""[danger] of a council's file: the duty list."""

from datetime import datetime, time
from typing import Annotated

from pydantic import Field, model_validator

from portal.council_values import Email, Entry


class DangerLevel(Entry):
    """Addresses that are told together: in office hours, and at every other hour."""

    day: tuple[Email, ...] = Field(min_length=1)
    out_of_hours: tuple[Email, ...] = Field(min_length=1)


class DangerEntry(Entry):
    """The duty list: who is told when somebody may be in danger now. An alert goes to the first
    level at once, and again every `repeat_minutes` until a named person takes it; each time one
    level more is told as well."""

    office_begins: time
    office_ends: time
    repeat_minutes: Annotated[int, Field(ge=5, le=120)]
    levels: tuple[DangerLevel, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _day_has_hours(self) -> "DangerEntry":
        if self.office_begins >= self.office_ends:
            raise ValueError("office_begins must be before office_ends, on one day")
        return self

    def told(self, times_sent: int, moment: datetime, *, working_day: bool) -> tuple[str, ...]:
        """Give the addresses of the next alert.

        Args:
            times_sent: how often it was sent before; each time one level more is told.
            moment: when it is sent, in London's time.
            working_day: whether offices work on that day at all.

        Returns:
            Each address once, the first level's first.
        """
        office = working_day and self.office_begins <= moment.time() < self.office_ends
        levels = self.levels[: times_sent + 1]
        found = [one for level in levels for one in (level.day if office else level.out_of_hours)]
        return tuple(dict.fromkeys(found))
