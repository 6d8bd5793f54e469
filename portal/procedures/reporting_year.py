"""A reporting year, from 1 April to 31 March, and its quarters."""

import re
from dataclasses import dataclass
from datetime import date

from portal.procedures.reporting_quarter import MONTHS_OF_A_QUARTER, quarter_of
from portal.procedures.working_days import ONE_DAY

QUARTERS = (1, 2, 3, 4)
_NAME = re.compile(r"(\d{4})-(\d{2})")


class NotAReportingYear(ValueError):
    """A name that names no year."""

    def __init__(self, name: str) -> None:
        """Say what a year looks like."""
        super().__init__(f'"{name}" is no reporting year. Write it as 2019-20.')


@dataclass(frozen=True, order=True)
class ReportingYear:
    """One year, by the calendar year in which it begins."""

    begins: int

    @classmethod
    def named(cls, name: str) -> "ReportingYear":
        """Read a year from its name.

        Args:
            name: such as `2019-20`.

        Raises:
            NotAReportingYear: it is no name of a year, or its second half does not follow.
        """
        found = _NAME.fullmatch(name)
        if found is None or int(found[2]) != (int(found[1]) + 1) % 100 or int(found[1]) < 1:
            raise NotAReportingYear(name)
        return cls(int(found[1]))

    @classmethod
    def of(cls, day: date) -> "ReportingYear":
        """The year in which a day lies."""
        return cls(int(quarter_of(day).year[:4]))

    @property
    def name(self) -> str:
        """As in file names and addresses: `2019-20`."""
        return f"{self.begins}-{(self.begins + 1) % 100:02}"

    @property
    def label(self) -> str:
        """As it is printed: `2019/20`."""
        return self.name.replace("-", "/")

    @property
    def first_day(self) -> date:
        """1 April."""
        return date(self.begins, 4, 1)

    @property
    def last_day(self) -> date:
        """31 March."""
        return date(self.begins + 1, 3, 31)

    def before(self, years: int = 1) -> "ReportingYear":
        """The year that many years earlier."""
        return ReportingYear(self.begins - years)

    def quarter(self, number: int) -> tuple[date, date]:
        """The first and the last day of a quarter, the first of which begins on 1 April.

        Raises:
            ValueError: there is no such quarter.
        """
        if number not in QUARTERS:
            raise ValueError(f"There is no quarter {number}: use 1 to 4.")
        months = 3 + (number - 1) * MONTHS_OF_A_QUARTER
        first = date(self.begins + months // 12, months % 12 + 1, 1)
        months += MONTHS_OF_A_QUARTER
        return first, date(self.begins + months // 12, months % 12 + 1, 1) - ONE_DAY
