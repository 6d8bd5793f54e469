"""Statutory stage 1: how many, whose, how they came out, how long they took."""

from portal.procedures.procedure import StageKey, Track
from portal.reports.annual import themes
from portal.reports.annual.figure import Figure, Grid
from portal.reports.annual.printed import table_ids
from portal.reports.annual.register import Register
from portal.reports.annual.stage_tables import (
    by_team,
    by_year,
    of_leadership,
    outcome_counts,
    outcome_part,
    outcome_shares,
    outcomes_of,
    sum_part,
    time_counts,
    time_part,
    time_shares,
)
from portal.reports.annual.table import Chapter, Check

TRACK, KEY = Track.STATUTORY, StageKey.STAGE_1
BASE = "Statutory stage 1 complaints that opened in the year"
YEARS = 3


def chapter(register: Register) -> Chapter:
    """The chapter: one table of teams and one of outcomes for each leadership that has any."""
    this, last = register.stages(TRACK, KEY), register.stages(TRACK, KEY, 1)
    years, codes = totals(register), register.leaderships(this, last)
    teams = [of_teams(register, code) for code in codes]
    here = register.leaderships(this)
    counts, times = numbers(register), kept(register)
    return Chapter(
        "statutory_1",
        "Statutory complaints: stage 1",
        (
            key_themes(register), years, *teams, outcomes(register), counts,
            *(of_service(register, code) for code in here), timescales(register), times,
        ),
        Check(
            (
                outcome_part("Statutory stage 1", this),
                time_part("Statutory stage 1", this),
                sum_part(
                    "Statutory stage 1 by team", years.rows[-1][1],
                    *(table.rows[-1][2] for table in teams),
                ),
                sum_part(
                    "Statutory stage 1 by team, the year before", years.rows[-2][1],
                    *(table.rows[-1][1] for table in teams),
                ),
                sum_part("Statutory stage 1 by outcome", years.rows[-1][1], *counts.rows[-1][1:-1]),
                sum_part("Statutory stage 1 by time", years.rows[-1][1], *times.rows[-1][1:-1]),
            )
        ),
    )  # fmt: skip


@Figure("T05", "Statutory stage 1: key themes", BASE).of
def key_themes(register: Register) -> Grid:
    """Shares of the complaints that opened in each year: what they were about, in time, settled,
    upheld, and who made them. The change of numbers is in per cent of the year before. Shares of
    roles below five people are not shown."""
    return themes.of_stage_1(register, TRACK)


@Figure("T06", "Statutory stage 1 complaints by year", BASE).of
def totals(register: Register) -> Grid:
    """Complaints whose stage 1 opened in each year."""
    return by_year(register, TRACK, KEY, YEARS)


@Figure("S1-teams", "Statutory stage 1 complaints by team", BASE, chart="bar").of
def of_teams(register: Register, code: str) -> Grid:
    """Complaints whose stage 1 opened in each year, by team. Both years stand under the leadership
    that a team has on the last day of the reported one."""
    this = of_leadership(register.stages(TRACK, KEY), code)
    columns, rows = by_team(register, this, of_leadership(register.stages(TRACK, KEY, 1), code))
    return Grid(
        columns, rows, len(this), themes.moved(register, code),
        table_ids(register.scope.council.slug).statutory_1_teams.get(code, f"S1-teams-{code}"),
        f"Statutory stage 1 complaints: {register.scope.leadership_name(code)}",
    )  # fmt: skip


@Figure("T09", "Outcomes of statutory stage 1 complaints", BASE).of
def outcomes(register: Register) -> Grid:
    """The findings on a complaint's points together: all upheld is upheld, all not upheld is not
    upheld, anything mixed is partially upheld. Shares of all that opened in the year; withdrawn
    and open complaints are in the base."""
    return outcome_shares(register, TRACK, KEY, YEARS)


@Figure("X09", "Outcomes of statutory stage 1 complaints in numbers", BASE, chart="stacked").of
def numbers(register: Register) -> Grid:
    """As the table before, counted. Every complaint stands in one column."""
    return outcome_counts(register, TRACK, KEY, YEARS)


@Figure("S1-outcomes", "Outcomes of statutory stage 1 by leadership", BASE, chart="bar").of
def of_service(register: Register, code: str) -> Grid:
    """How this year's complaints about one leadership came out: the number and its share of them
    all."""
    rows = of_leadership(register.stages(TRACK, KEY), code)
    ids = table_ids(register.scope.council.slug).statutory_1_outcomes
    return Grid(
        ("Outcome", "Complaints", "Share"), outcomes_of(rows), len(rows), (),
        ids.get(code, f"S1-outcomes-{code}"),
        f"Outcomes of statutory stage 1: {register.scope.leadership_name(code)}",
    )  # fmt: skip


@Figure("T12", "Timescales of statutory stage 1 complaints", BASE).of
def timescales(register: Register) -> Grid:
    """Against the longest length that the report measures by, in working days, whatever was
    promised or extended. Shares of all that opened; an open complaint is over its time once its
    date is past and not yet due before. Then the share in time of the completed, and of the due."""
    return time_shares(register, TRACK, KEY, YEARS)


@Figure("X12", "Timescales of statutory stage 1 complaints in numbers", BASE, chart="stacked").of
def kept(register: Register) -> Grid:
    """As the table before, counted. Every complaint stands in one column."""
    return time_counts(register, TRACK, KEY, YEARS)
