"""Statutory stage 1: how many, whose, how they came out, how long they took."""

from portal.procedures.procedure import StageKey, Track
from portal.reports.annual import stage_1, themes
from portal.reports.annual.figure import Figure, Grid
from portal.reports.annual.register import Register
from portal.reports.annual.stage_1 import First
from portal.reports.annual.stage_tables import by_year
from portal.reports.annual.table import Chapter

STATUTORY = First(
    Track.STATUTORY, "Statutory", "S1", "T09", "X09", "T12", "X12",
    lambda ids: ids.statutory_1_teams, lambda ids: ids.statutory_1_outcomes,
)  # fmt: skip


def chapter(register: Register) -> Chapter:
    """The chapter."""
    numbers = key_themes(register), totals(register)
    return stage_1.chapter_of(register, STATUTORY, "statutory_1", numbers)


@Figure("T05", "Statutory stage 1: key themes", STATUTORY.base, no_cases=themes.NO_ROLES).of
def key_themes(register: Register) -> Grid:
    """Shares of the complaints that opened in each year: what they were about, in time, settled,
    upheld, put right by an explanation or apology (of all remedies), and who made them; and how
    many had a meeting, at stage 1 and after stage 2 was asked for. The change of numbers is in per
    cent of the year before. Shares of roles below five people are not shown. Children, young people
    and advocates stand in one share besides, unless one of their shares is not shown."""
    return themes.of_stage_1(register, Track.STATUTORY, together=True)


@Figure("T06", "Statutory stage 1 complaints by year", STATUTORY.base).of
def totals(register: Register) -> Grid:
    """Complaints whose stage 1 opened in each year."""
    return by_year(register, Track.STATUTORY, StageKey.STAGE_1, stage_1.YEARS)
