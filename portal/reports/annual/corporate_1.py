"""Corporate stage 1: how many, whose, how they came out, how long they took."""

from portal.procedures.procedure import StageKey, Track
from portal.procedures.reporting_quarter import quarter_of
from portal.procedures.reporting_year import QUARTERS
from portal.reports.annual import stage_1, themes
from portal.reports.annual.cells import count, words
from portal.reports.annual.figure import Figure, Grid
from portal.reports.annual.register import Register
from portal.reports.annual.stage_1 import First
from portal.reports.annual.stage_tables import PERIOD, TOTAL, matters, sum_part
from portal.reports.annual.table import Cell, Chapter

TRACK, KEY = Track.CORPORATE, StageKey.STAGE_1
CORPORATE = First(
    TRACK, "Corporate", "C1", "T25", "X25", "T29", "X29",
    lambda ids: ids.corporate_1_teams, lambda ids: ids.corporate_1_outcomes,
)  # fmt: skip


def chapter(register: Register) -> Chapter:
    """The chapter."""
    numbers = key_themes(register), totals(register)
    parts = (
        sum_part(
            f"Corporate stage 1 by quarter, {row[0].text}",
            row[-1],
            *row[1:-1],
            aside=row is not numbers[1].rows[-1],
        )
        for row in numbers[1].rows
    )
    return stage_1.chapter_of(register, CORPORATE, "corporate_1", numbers, *parts)


@Figure("T20", "Corporate stage 1: key themes", CORPORATE.base, no_cases=themes.NO_ROLES).of
def key_themes(register: Register) -> Grid:
    """Shares of the complaints that opened in each year: what they were about, in time, settled,
    upheld, put right by an explanation or apology (of all remedies), and who made them; how many
    had a meeting, at stage 1 and after stage 2 was asked for; and the team whose number changed
    most. The change of numbers is in per cent of the year before. Shares of roles below five people
    are not shown."""
    return themes.of_stage_1(register, TRACK, trends=True)


@Figure("T21", "Corporate stage 1 complaints by year and quarter", CORPORATE.base).of
def totals(register: Register) -> Grid:
    """Complaints whose stage 1 opened in each year, by the quarter of that day; the first quarter
    begins on 1 April."""
    rows: list[tuple[Cell, ...]] = []
    for back in range(stage_1.YEARS - 1, -1, -1):
        stages = register.stages(TRACK, KEY, back)
        quarters = [
            count([row.matter for row in stages if quarter_of(row.opened_on).number == quarter])
            for quarter in QUARTERS
        ]
        rows.append((words(register.scope.label(back)), *quarters, count(matters(stages))))
    columns = (PERIOD, *(f"Quarter {quarter}" for quarter in QUARTERS), TOTAL)
    this = register.stages(TRACK, KEY)
    return Grid(columns, rows, len(this), opened=this)
