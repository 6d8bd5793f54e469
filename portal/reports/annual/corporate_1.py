"""Corporate stage 1: how many, whose, how they came out, how long they took."""

from portal.procedures.procedure import StageKey, Track
from portal.procedures.reporting_quarter import quarter_of
from portal.procedures.reporting_year import QUARTERS
from portal.procedures.stage_outcome import StageOutcome
from portal.reports.annual import themes
from portal.reports.annual.cells import count, words
from portal.reports.annual.figure import Figure, Grid
from portal.reports.annual.printed import table_ids
from portal.reports.annual.register import Register
from portal.reports.annual.stage_tables import (
    PERIOD,
    TOTAL,
    by_team,
    having,
    matters,
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
from portal.reports.annual.table import Cell, Chapter, Check

TRACK, KEY = Track.CORPORATE, StageKey.STAGE_1
BASE = "Corporate stage 1 complaints that opened in the year"
YEARS = 3


def chapter(register: Register) -> Chapter:
    """The chapter: one table of teams and one of outcomes for each leadership that has any."""
    this, last = register.stages(TRACK, KEY), register.stages(TRACK, KEY, 1)
    years = totals(register)
    teams = [of_teams(register, code) for code in register.leaderships(this, last)]
    services = [of_service(register, code) for code in register.leaderships(this)]
    counts, times = numbers(register), kept(register)
    whole = years.rows[-1][-1]
    return Chapter(
        "corporate_1",
        "Corporate complaints: stage 1",
        (
            key_themes(register), years, *teams, outcomes(register), counts, *services,
            timescales(register), times,
        ),
        Check(
            (
                outcome_part("Corporate stage 1", this),
                time_part("Corporate stage 1", this),
                sum_part("Corporate stage 1 by quarter", whole, *years.rows[-1][1:-1]),
                sum_part("Corporate stage 1 by team", whole, *(t.rows[-1][2] for t in teams)),
                sum_part(
                    "Corporate stage 1 by team, the year before", years.rows[-2][-1],
                    *(table.rows[-1][1] for table in teams),
                ),
                sum_part("Corporate stage 1 by outcome", whole, *counts.rows[-1][1:-1]),
                sum_part("Corporate stage 1 by time", whole, *times.rows[-1][1:-1]),
            )
        ),
    )  # fmt: skip


@Figure("T20", "Corporate stage 1: key themes", BASE).of
def key_themes(register: Register) -> Grid:
    """Shares of the complaints that opened in each year: what they were about, in time, settled,
    upheld, put right by an explanation or apology (of all remedies), and who made them. The change
    of numbers is in per cent of the year before. Shares of roles below five people are not
    shown."""
    return themes.of_stage_1(register, TRACK)


@Figure("T21", "Corporate stage 1 complaints by year and quarter", BASE).of
def totals(register: Register) -> Grid:
    """Complaints whose stage 1 opened in each year, by the quarter of that day; the first quarter
    begins on 1 April."""
    rows: list[tuple[Cell, ...]] = []
    for back in range(YEARS - 1, -1, -1):
        stages = register.stages(TRACK, KEY, back)
        quarters = [
            count([row.matter for row in stages if quarter_of(row.opened_on).number == quarter])
            for quarter in QUARTERS
        ]
        rows.append((words(register.scope.label(back)), *quarters, count(matters(stages))))
    columns = (PERIOD, *(f"Quarter {quarter}" for quarter in QUARTERS), TOTAL)
    return Grid(columns, rows, len(register.stages(TRACK, KEY)))


@Figure("C1-teams", "Corporate stage 1 complaints by team", BASE, chart="bar").of
def of_teams(register: Register, code: str) -> Grid:
    """Complaints whose stage 1 opened in each year, by team. Both years stand under the leadership
    that a team has on the last day of the reported one."""
    this = of_leadership(register.stages(TRACK, KEY), code)
    columns, rows = by_team(register, this, of_leadership(register.stages(TRACK, KEY, 1), code))
    return Grid(
        columns, rows, len(this), themes.moved(register, code),
        table_ids(register.scope.council.slug).corporate_1_teams.get(code, f"C1-teams-{code}"),
        f"Corporate stage 1 complaints: {register.scope.leadership_name(code)}",
    )  # fmt: skip


@Figure("T25", "Outcomes of corporate stage 1 complaints", BASE).of
def outcomes(register: Register) -> Grid:
    """The findings on a complaint's points together, as in the statutory procedure. Shares of all
    that opened in the year; withdrawn and open complaints are in the base."""
    grid = outcome_shares(register, TRACK, KEY, YEARS)
    still = len(having(register.stages(TRACK, KEY), StageOutcome.OPEN))
    note = f"{still} complaints of the year were open on the day of the report."
    return Grid(grid.columns, grid.rows, grid.base_count, (note,))


@Figure("X25", "Outcomes of corporate stage 1 complaints in numbers", BASE, chart="stacked").of
def numbers(register: Register) -> Grid:
    """As the table before, counted. Every complaint stands in one column."""
    return outcome_counts(register, TRACK, KEY, YEARS)


@Figure("C1-outcomes", "Outcomes of corporate stage 1 by leadership", BASE, chart="bar").of
def of_service(register: Register, code: str) -> Grid:
    """How this year's complaints about one leadership came out: the number and its share of them
    all."""
    rows = of_leadership(register.stages(TRACK, KEY), code)
    ids = table_ids(register.scope.council.slug).corporate_1_outcomes
    return Grid(
        ("Outcome", "Complaints", "Share"), outcomes_of(rows), len(rows), (),
        ids.get(code, f"C1-outcomes-{code}"),
        f"Outcomes of corporate stage 1: {register.scope.leadership_name(code)}",
    )  # fmt: skip


@Figure("T29", "Timescales of corporate stage 1 complaints", BASE).of
def timescales(register: Register) -> Grid:
    """Against the longest length that the report measures by, in working days, whatever was
    promised or extended. Shares of all that opened; an open complaint is over its time once its
    date is past and not yet due before. Then the share in time of the completed, and of the due."""
    return time_shares(register, TRACK, KEY, YEARS)


@Figure("X29", "Timescales of corporate stage 1 complaints in numbers", BASE, chart="stacked").of
def kept(register: Register) -> Grid:
    """As the table before, counted. Every complaint stands in one column."""
    return time_counts(register, TRACK, KEY, YEARS)
