"""What stage 1 of both procedures has alike: teams, how complaints came out, how long they took."""

from collections.abc import Callable
from typing import NamedTuple

from portal.procedures.procedure import StageKey, Track
from portal.reports.annual import themes
from portal.reports.annual.figure import Figure, Grid
from portal.reports.annual.printed import TableIds, table_ids
from portal.reports.annual.register import Register
from portal.reports.annual.stage_tables import (
    by_team,
    of_leadership,
    outcome_counts,
    outcome_part,
    outcome_shares,
    outcomes_of,
    sum_part,
    time_counts,
    time_part,
    time_shares,
    years_parts,
)
from portal.reports.annual.table import Chapter, Check, Part, ReportTable

KEY = StageKey.STAGE_1
YEARS = 3


class First(NamedTuple):
    """Stage 1 of one procedure: what it is called, and the ids of its tables.

    `teams` and `services` give the ids that the council's reports have for each leadership;
    `short` begins those that they do not have.
    """

    track: Track
    name: str
    short: str
    outcomes: str
    outcomes_counted: str
    times: str
    times_counted: str
    teams: Callable[[TableIds], dict[str, str]]
    services: Callable[[TableIds], dict[str, str]]

    @property
    def base(self) -> str:
        """What its tables count."""
        return f"{self.name} stage 1 complaints that opened in the year"


def chapter_of(
    register: Register, first: First, key: str, numbers: tuple[ReportTable, ReportTable],
    *parts: Part,
) -> Chapter:  # fmt: skip
    """The chapter: one table of teams and one of outcomes for each leadership that has any.

    Args:
        register: the report's rows.
        first: the procedure.
        key: the chapter's.
        numbers: its key themes, and its complaints by year, the total in the last column.
        parts: what its check holds besides.
    """
    this, last = (register.stages(first.track, KEY, back) for back in (0, 1))
    years, name = numbers[1], f"{first.name} stage 1"
    teams = [of_teams(register, first, code) for code in register.leaderships(this, last)]
    services = [of_service(register, first, code) for code in register.leaderships(this)]
    counts, times = counted(register, first), timed(register, first)
    totals = [row[-1] for row in years.rows]
    whole = totals[-1]
    return Chapter(
        key,
        f"{first.name} complaints: stage 1",
        (
            *numbers, *teams, outcomes(register, first), counts, *services,
            timescales(register, first), times,
        ),
        Check(
            (
                outcome_part(name, this),
                time_part(name, this),
                *parts,
                sum_part(f"{name} by team", whole, *(one.rows[-1][2] for one in teams)),
                *(_teams_part(one, column) for one in teams for column in (1, 2)),
                sum_part(
                    f"{name} by team, the year before", totals[-2],
                    *(one.rows[-1][1] for one in teams),
                ),
                *years_parts(f"{name} by outcome", counts, *totals),
                sum_part(
                    f"{name} by outcome and service", whole,
                    *(row[1] for one in services for row in one.rows),
                ),
                *years_parts(f"{name} by time", times, *totals),
            )
        ),
    )  # fmt: skip


def of_teams(register: Register, first: First, code: str) -> ReportTable:
    """The complaints of one leadership's teams."""
    name = f"{first.name} stage 1 complaints"
    figure = Figure(f"{first.short}-teams", f"{name} by team", first.base, chart="bar")
    return figure.of(_of_teams)(register, first, code)


def outcomes(register: Register, first: First) -> ReportTable:
    """How they came out, as shares."""
    title = f"Outcomes of {first.name.lower()} stage 1 complaints"
    return Figure(first.outcomes, title, first.base).of(_outcomes)(register, first)


def counted(register: Register, first: First) -> ReportTable:
    """How they came out, counted."""
    title = f"Outcomes of {first.name.lower()} stage 1 complaints in numbers"
    figure = Figure(first.outcomes_counted, title, first.base, chart="stacked")
    return figure.of(_counted)(register, first)


def of_service(register: Register, first: First, code: str) -> ReportTable:
    """How those about one leadership came out."""
    title = f"Outcomes of {first.name.lower()} stage 1 by leadership"
    figure = Figure(f"{first.short}-outcomes", title, first.base, chart="bar")
    return figure.of(_of_service)(register, first, code)


def timescales(register: Register, first: First) -> ReportTable:
    """How they kept their time, as shares."""
    title = f"Timescales of {first.name.lower()} stage 1 complaints"
    return Figure(first.times, title, first.base).of(_timescales)(register, first)


def timed(register: Register, first: First) -> ReportTable:
    """How they kept their time, counted."""
    title = f"Timescales of {first.name.lower()} stage 1 complaints in numbers"
    figure = Figure(first.times_counted, title, first.base, chart="stacked")
    return figure.of(_timed)(register, first)


def _of_teams(register: Register, first: First, code: str) -> Grid:
    """Complaints whose stage 1 opened in each year, by team. Both years stand under the leadership
    that a team has on the last day of the reported one."""
    this = of_leadership(register.stages(first.track, KEY), code)
    last = of_leadership(register.stages(first.track, KEY, 1), code)
    columns, rows = by_team(register, this, last)
    ids = first.teams(table_ids(register.scope.council.slug))
    return Grid(
        columns, rows, len(this), themes.moved(register, code),
        ids.get(code, f"{first.short}-teams-{code}"),
        f"{first.name} stage 1 complaints: {register.scope.leadership_name(code)}",
        opened=this,
    )  # fmt: skip


def _outcomes(register: Register, first: First) -> Grid:
    """The findings on a complaint's points together: all upheld is upheld, all not upheld is not
    upheld, anything mixed is partially upheld. Shares of all that opened in the year; withdrawn
    and open complaints are in the base."""
    return outcome_shares(register, first.track, KEY, YEARS)


def _counted(register: Register, first: First) -> Grid:
    """As the table before, counted. Every complaint stands in one column."""
    return outcome_counts(register, first.track, KEY, YEARS)


def _of_service(register: Register, first: First, code: str) -> Grid:
    """How this year's complaints about one leadership came out: the number and its share of them
    all."""
    rows = of_leadership(register.stages(first.track, KEY), code)
    ids = first.services(table_ids(register.scope.council.slug))
    return Grid(
        ("Outcome", "Complaints", "Share"), outcomes_of(rows), len(rows), (),
        ids.get(code, f"{first.short}-outcomes-{code}"),
        f"Outcomes of {first.name.lower()} stage 1: {register.scope.leadership_name(code)}",
        opened=rows,
    )  # fmt: skip


def _timescales(register: Register, first: First) -> Grid:
    """Against the longest length that the report measures by, in working days, whatever was
    promised or extended. Shares of all that opened; an open complaint is over its time once its
    date is past and not yet due before. Then the share in time of the completed, and of the due."""
    return time_shares(register, first.track, KEY, YEARS)


def _timed(register: Register, first: First) -> Grid:
    """As the table before, counted. Every complaint stands in one column."""
    return time_counts(register, first.track, KEY, YEARS)


def _teams_part(table: ReportTable, column: int) -> Part:
    """That a leadership's teams come to its total."""
    *rows, total = (row[column] for row in table.rows)
    return sum_part(f"{table.title}, {table.columns[column]}", total, *rows, aside=True)
