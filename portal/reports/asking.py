"""Which report is asked for, and giving it: as it was published, or counted from the register."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.council import Council
from portal.errors import Refused
from portal.procedures.reporting_year import QUARTERS, NotAReportingYear, ReportingYear
from portal.procedures.vocabulary import Team
from portal.reports import earlier_years, extract, publishing
from portal.reports.annual.making import CHAPTERS, annual_report, default_as_at
from portal.reports.annual.table import AnnualReport
from portal.reports.finishing import finished

# A chapter's key is the name of the file that makes it.
CHAPTER_KEYS = frozenset(made.__module__.rpartition(".")[2] for made in CHAPTERS)


class NoSuchReport(Refused):
    """A year, a quarter or a team that there is not; the sentence says which there are."""

    title = "There is no such report"


@dataclass(frozen=True)
class Question:
    """A year's report, or that of a quarter of it, or of one team."""

    year: ReportingYear
    quarter: int | None = None
    team: Team | None = None

    @property
    def whole(self) -> bool:
        """Whether it is the report that is published."""
        return self.quarter is None and self.team is None


def years(council: Council, today: date) -> tuple[ReportingYear, ...]:
    """The years of which there can be a report, the newest first."""
    first, last = _span(council, today)
    return tuple(ReportingYear(begins) for begins in range(last, first - 1, -1))


def question(council: Council, today: date, asked: Mapping[str, str]) -> Question:
    """Read what is asked for.

    Args:
        council: whose register begins on a day.
        today: no report is of a year to come.
        asked: `year` as 2019-20; `quarter` and `team` may be missing or empty.

    Raises:
        NoSuchReport: with what is wrong and what there is.
    """
    try:
        year = ReportingYear.named(asked["year"])
    except NotAReportingYear as wrong:
        raise NoSuchReport(str(wrong)) from None
    first, last = (ReportingYear(begins) for begins in _span(council, today))
    if not first <= year <= last:
        raise NoSuchReport(
            f"There is no report of {year.name}. There are those from {first.name} to {last.name}."
        )
    return Question(year, _quarter(asked.get("quarter", "")), _team(asked.get("team", "")))


def answer(
    session: Session,
    council: Council,
    asked: Question,
    today: date,
    *,
    anew: bool = False,
    unread: bool = False,
) -> AnnualReport:
    """Give a report.

    Args:
        session: any session.
        council: the council, with its days off.
        asked: which.
        today: what the register is counted as, where the council's file names no other day.
        anew: count it from the register although it is published.
        unread: as `finishing.finished` has it.

    Returns:
        What was published, figure for figure; else what the register and the draft say now, with
        a note where the published report of an earlier year has another figure.
    """
    if asked.whole and not anew:
        published = publishing.latest(session, asked.year)
        if published is not None:
            return extract.from_values(published.extract, published.behind)
    as_at = default_as_at(council, asked.year, today)
    teams = None if asked.team is None else {asked.team}
    figures = annual_report(session, council, asked.year, as_at, teams=teams, quarter=asked.quarter)
    return earlier_years.noted(session, finished(session, figures, unread=unread))


def _span(council: Council, today: date) -> tuple[int, int]:
    """The calendar years in which the first and the last year of the register begin."""
    first = ReportingYear.of(council.records_from)
    whole = first if first.first_day >= council.records_from else ReportingYear(first.begins + 1)
    return whole.begins, ReportingYear.of(today).begins


def _quarter(text: str) -> int | None:
    if not text:
        return None
    if text not in {str(number) for number in QUARTERS}:
        raise NoSuchReport(f"There is no quarter {text}: use 1 to 4. The first begins in April.")
    return int(text)


def _team(text: str) -> Team | None:
    if not text:
        return None
    known = {team.value: team for team in Team}
    if text not in known:
        raise NoSuchReport(f"There is no team {text}. There are {', '.join(known)}.")
    return known[text]
