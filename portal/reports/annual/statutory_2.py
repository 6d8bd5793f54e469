"""Statutory stage 2: independent investigations, what they found and what they recommended."""

from collections.abc import Sequence

from portal.procedures.finding import Finding, Giver
from portal.procedures.procedure import StageKey, Track
from portal.procedures.stage_outcome import COMPLETED
from portal.procedures.vocabulary import Team
from portal.reports.annual.cells import count, number, share, words
from portal.reports.annual.figure import Figure, Grid, standing
from portal.reports.annual.recommended import selection
from portal.reports.annual.register import Register
from portal.reports.annual.stage_rows import StageRow
from portal.reports.annual.stage_tables import (
    PERIOD,
    by_leadership,
    matters,
    of_year,
    outcome_counts,
    outcome_part,
    sum_part,
    time_part,
    years_parts,
)
from portal.reports.annual.table import Cell, Chapter, Check

TRACK, KEY = Track.STATUTORY, StageKey.STAGE_2
BASE = "Statutory stage 2 investigations that opened in the year"
FINDINGS = (
    (Finding.UPHELD, "Upheld"),
    (Finding.NOT_UPHELD, "Not upheld"),
    (Finding.PARTIALLY_UPHELD, "Partially upheld"),
    (Finding.NO_FINDING, "No finding"),
)


def chapter(register: Register) -> Chapter:
    """The chapter."""
    this = register.stages(TRACK, KEY)
    years, services = progression(register), by_service(register)
    teams, points, counts = by_team(register), point_findings(register), numbers(register)
    whole = years.rows[-1][2]
    return Chapter(
        "statutory_2",
        "Statutory complaints: stage 2",
        (years, services, teams, points, counts, recommendations(register)),
        Check(
            (
                outcome_part("Statutory stage 2", this),
                time_part("Statutory stage 2", this),
                sum_part("Stage 2 by service", whole, *(row[1] for row in services.rows)),
                sum_part("Stage 2 by team", whole, *(row[1] for row in teams.rows)),
                *years_parts("Stage 2 by outcome", counts, *(row[2] for row in years.rows[-2:])),
                sum_part(
                    "Points by finding",
                    number(points.base_count or 0),
                    *(row[1] for row in points.rows),
                ),
            )
        ),
    )  # fmt: skip


@Figure("T13", "Progression from statutory stage 1 to stage 2", BASE).of
def progression(register: Register) -> Grid:
    """Stages 2 that opened in a year against stages 1 that opened in it. It follows no complaint:
    a stage 2 may belong to a stage 1 of the year before."""
    rows: list[tuple[Cell, ...]] = []
    for back in range(4, -1, -1):
        first, second = (
            matters(register.stages(TRACK, key, back)) for key in (StageKey.STAGE_1, KEY)
        )
        rows.append(
            (
                words(register.scope.label(back)), count(first), count(second),
                share(len(second), len(first), second),
            )
        )  # fmt: skip
    columns = (PERIOD, "Stage 1 complaints", "Stage 2 investigations", "Share of stage 1")
    return of_year(register, TRACK, KEY, columns, rows)


@Figure("T14", "Statutory stage 2 investigations by service", BASE).of
def by_service(register: Register) -> Grid:
    """Investigations that opened in the year, by leadership. The note says how many are open."""
    rows = register.stages(TRACK, KEY)
    columns, found = by_leadership(register, rows, "Stage 2 investigations")
    return of_year(register, TRACK, KEY, columns, found)


@Figure("T15", "Statutory stage 2 investigations by team", BASE, chart="bar").of
def by_team(register: Register) -> Grid:
    """Investigations that opened in the year, by team."""
    return of_teams(register, register.stages(TRACK, KEY), "Stage 2 investigations")


@Figure(
    "T16",
    "Findings of statutory stage 2 investigations",
    "Points of complaint in stage 2 investigations that opened in the year and are completed",
    "Points that were withdrawn or taken out before the report.",
    "bar",
).of
def point_findings(register: Register) -> Grid:
    """What the investigating officers found, point by point; where no finding of theirs is
    recorded, what the council decided. Investigations that are open are left out whole."""
    found = [
        (row.recommended if any(row.recommended) else row.found, row.matter)
        for row in register.stages(TRACK, KEY)
        if row.outcome in COMPLETED
    ]
    order = list(Finding)
    counts = {
        finding: [matter for points, matter in found for _ in range(points[order.index(finding)])]
        for finding in Finding
    }
    base = sum(len(keys) for keys in counts.values())
    rows = [
        (words(name), count(counts[finding]), share(len(counts[finding]), base, counts[finding]))
        for finding, name in FINDINGS
        if counts[finding] or finding is not Finding.NO_FINDING
    ]
    notes = standing(register.stages(TRACK, KEY), in_base=False)
    return Grid(("Finding", "Points", "Percentage"), rows, base, notes)


@Figure("X16", "Outcomes of statutory stage 2 investigations", BASE).of
def numbers(register: Register) -> Grid:
    """What the council decided on a complaint's points together after the investigation. Every
    investigation that opened stands in one column."""
    return outcome_counts(register, TRACK, KEY, 2)


@Figure(
    "T17",
    "A selection of recommendations after stage 2",
    "Recommendations of investigating officers that the council accepted, after stage 2"
    " investigations that opened in the year, and those that came too late for the report before",
    "What was not accepted, and what nobody chose for the report.",
).of
def recommendations(register: Register) -> Grid:
    """Some of the recommendations that the council accepted: those that an officer chose for the
    report and put into words that name nobody. Beside each stands whether it was carried out by
    the day of the report."""
    return selection(register, TRACK, KEY, "Recommendation", Giver.INVESTIGATOR)


def of_teams(register: Register, rows: Sequence[StageRow], heading: str) -> Grid:
    """Stages of the year by team; teams with none have no row."""
    found: list[tuple[Cell, ...]] = []
    for team in Team:
        keys = [row.matter for row in rows if row.team is team]
        if keys:
            found.append((words(register.scope.team_name(team)), count(keys)))
    return Grid(("Team", heading), found, len(rows), opened=rows)
