"""What a report covers: a year or a quarter of it, all teams or some, as it stood on a day."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property

from portal.clock import LONDON
from portal.council import Council
from portal.procedures.reporting_quarter import quarter_of
from portal.procedures.reporting_year import ReportingYear
from portal.procedures.vocabulary import Team
from portal.procedures.working_days import ONE_DAY


def end_of(day: date) -> datetime:
    """The first moment after a day."""
    return datetime.combine(day + ONE_DAY, time(), LONDON)


YEARS_SHOWN = 5
"""The progression table shows five years, the others two or three."""


@dataclass(frozen=True)
class Scope:
    """One report's bounds. `teams` None is all of them; `quarter` None is the whole year."""

    council: Council
    year: ReportingYear
    as_at: date
    teams: Collection[Team] | None = None
    quarter: int | None = None
    _leaderships: dict[Team, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def whole(self) -> bool:
        """Whether it is the report of a whole year and of all teams."""
        return self.quarter is None and self.teams is None

    def span(self, back: int = 0) -> tuple[date, date]:
        """The first and last day of the year, or of its quarter, so many years earlier."""
        year = self.year.before(back)
        if self.quarter is not None:
            return year.quarter(self.quarter)
        return year.first_day, year.last_day

    def back_of(self, day: date) -> int | None:
        """How many years before the reported one a day counts, or None outside of all."""
        quarter = quarter_of(day)
        if self.quarter is not None and quarter.number != self.quarter:
            return None
        back = self.year.begins - int(quarter.year[:4])
        return back if 0 <= back < YEARS_SHOWN else None

    def label(self, back: int = 0) -> str:
        """A column's or a row's heading: `2018/19`."""
        words = self.year.before(back).label
        return words if self.quarter is None else f"{words}, quarter {self.quarter}"

    def covers(self, team: Team) -> bool:
        """Whether a team's matters are in the report."""
        return self.teams is None or team in self.teams

    def leadership(self, team: Team) -> str:
        """The code of a team's leadership. All years use that of the year's last day: they could
        not be compared across a reorganisation otherwise."""
        if team not in self._leaderships:
            day = max(self.year.last_day, self.council.records_from)
            self._leaderships[team] = self.council.leadership_of(team, day)
        return self._leaderships[team]

    def leadership_name(self, code: str) -> str:
        """A leadership's name on the year's last day."""
        return self.council.leadership_name(code, self.year.last_day)

    def team_name(self, team: Team) -> str:
        """A team as officers and the report name it."""
        return self.council.team(team).officer_label

    @cached_property
    def moved_teams(self) -> tuple[Team, ...]:
        """Teams that belonged to another leadership within the years shown."""
        first, last = self.span(YEARS_SHOWN - 1)[0], self.year.last_day
        return tuple(
            team
            for team, entry in self.council.teams.items()
            if any(
                place.leadership != self.leadership(team)
                and place.first_day <= last
                and (place.last_day is None or place.last_day >= first)
                for place in entry.membership
            )
        )

    @property
    def earliest(self) -> date:
        """The first day of the first year that any table shows."""
        return self.span(YEARS_SHOWN - 1)[0]

    @property
    def until(self) -> date:
        """The last day of what is counted."""
        return min(self.span()[1], self.as_at)

    @property
    def moment(self) -> datetime:
        """The first moment after the day of the report."""
        return end_of(self.as_at)
