"""Making a report: reads once, then every chapter counts the same rows."""

from collections.abc import Callable, Collection
from datetime import date

from sqlalchemy.orm import Session

from portal.council import Council
from portal.procedures.reporting_year import ReportingYear
from portal.procedures.vocabulary import Team
from portal.reports.annual import (
    advocacy,
    code_self_assessment,
    commentary,
    complainants,
    compliments,
    corporate_1,
    corporate_2,
    duty,
    key_numbers,
    learning,
    ombudsman,
    register,
    remedies_and_cost,
    statutory_1,
    statutory_2,
    statutory_3,
    timeliness,
    voice,
)
from portal.reports.annual.printed import Printed, printed_of
from portal.reports.annual.register import Register
from portal.reports.annual.scope import Scope
from portal.reports.annual.table import AnnualReport, Chapter

CHAPTERS: tuple[Callable[[Register], Chapter], ...] = (
    key_numbers.chapter,
    duty.chapter,
    statutory_1.chapter,
    statutory_2.chapter,
    statutory_3.chapter,
    corporate_1.chapter,
    corporate_2.chapter,
    ombudsman.chapter,
    compliments.chapter,
    complainants.chapter,
    timeliness.chapter,
    advocacy.chapter,
    remedies_and_cost.chapter,
    learning.chapter,
    voice.chapter,
    code_self_assessment.chapter,
    commentary.chapter,
)
"""In the order in which they are printed."""


def annual_report(
    session: Session,
    council: Council,
    year: ReportingYear,
    as_at: date,
    *,
    teams: Collection[Team] | None = None,
    quarter: int | None = None,
) -> AnnualReport:
    """Make the report of a year, of one of its quarters, or of some teams.

    Args:
        session: any session; nothing is changed.
        council: for its teams, timescales and days off.
        year: the reported year; the columns of earlier years are counted from the same records.
        as_at: the report stands as on this day: what is later has not happened yet.
        teams: only these; None for all.
        quarter: 1 to 4, and the same quarter of earlier years; None for the whole year.

    Returns:
        The report. Whether it adds up is in its `disagreements`.

    Raises:
        CouncilFileError: the council's file on the printed report cannot be used.
        NothingInForce: a team belonged nowhere on the last day of the year.
    """
    scope = Scope(council, year, as_at, frozenset(teams) if teams is not None else None, quarter)
    # What a printed report says of a year is nothing about its quarters, or about one team.
    known = printed_of(council.slug, year) if scope.whole else Printed()
    rows = register.read(session, scope, known)
    return AnnualReport(
        year=year,
        as_at=as_at,
        council=council.name,
        chapters=tuple(chapter(rows) for chapter in CHAPTERS),
        quarter=quarter,
        teams=tuple(scope.team_name(team) for team in Team if teams is not None and team in teams),
    )


def default_as_at(council: Council, year: ReportingYear, today: date) -> date:
    """The day that a report stands for where nobody names one: that of the printed report, else
    today."""
    return printed_of(council.slug, year).as_at or today
