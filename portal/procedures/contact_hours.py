"""The hours in which somebody may be reached, and the next minute at which they may be."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

SATURDAY = 5
# A week holds every kind of day, and one more a clock change that takes an hour away.
LOOK_AHEAD_DAYS = 9


class GoodTime(StrEnum):
    """The times that people are offered, in few words. Officers may set others."""

    ANY = "any"
    DAYTIME = "daytime"
    SCHOOL_HOURS = "school_hours"
    AFTER_SCHOOL = "after_school"


@dataclass(frozen=True)
class ContactHours:
    """From one full hour to another of a London day, on every day or on weekdays only.

    A child may be alone with their phone only at school, and a night is nobody's hour
    (reference/needs.md 5.3, question 5).
    """

    begins: int
    ends: int
    weekdays_only: bool = False

    def __post_init__(self) -> None:
        """Refuse hours in which nobody could ever be reached.

        Raises:
            ValueError: they end before they begin, or are no hours of a day.
        """
        if not 0 <= self.begins < self.ends <= 24:
            raise ValueError("The hours must lie in one day and end after they begin.")

    def allows(self, local: datetime) -> bool:
        """Say whether somebody may be reached at a moment.

        Args:
            local: on a London clock.
        """
        if self.weekdays_only and local.weekday() >= SATURDAY:
            return False
        return self.begins <= local.hour < self.ends

    def in_figures(self) -> str:
        """Say them for staff, where nothing may be misread: "09:00 to 15:00, Monday to Friday"."""
        days = ", Monday to Friday" if self.weekdays_only else ""
        return f"{self.begins:02}:00 to {self.ends:02}:00{days}"

    def next_allowed(self, local: datetime) -> datetime:
        """Give the first moment, from this one on, at which somebody may be reached.

        Args:
            local: on a London clock.

        Returns:
            The same moment where it is allowed; otherwise the next beginning, on the same clock.
        """
        if self.allows(local):
            return local
        for ahead in range(LOOK_AHEAD_DAYS):
            begins = self._beginning(local.date() + timedelta(days=ahead), local)
            if begins > local and self.allows(begins):
                return begins
        raise AssertionError("Every week has an hour that is allowed.")

    def _beginning(self, day: date, local: datetime) -> datetime:
        # By way of UTC: a beginning in the hour that a clock change takes away is moved to the
        # hour that there is.
        begins = datetime.combine(day, time(self.begins), tzinfo=local.tzinfo)
        return begins.astimezone(UTC).astimezone(local.tzinfo)


HOURS: dict[GoodTime, ContactHours | None] = {
    GoodTime.ANY: None,
    GoodTime.DAYTIME: ContactHours(8, 20),
    GoodTime.SCHOOL_HOURS: ContactHours(9, 15, weekdays_only=True),
    GoodTime.AFTER_SCHOOL: ContactHours(16, 20),
}
