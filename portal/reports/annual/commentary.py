"""The complaints team's own commentary, and the figures that it draws on."""

from collections.abc import Iterable, Sequence

from portal.procedures.procedure import StageKey, Track
from portal.procedures.vocabulary import Team
from portal.reports.annual import corporate_1, key_numbers
from portal.reports.annual.cells import number
from portal.reports.annual.figure import Figure, Grid
from portal.reports.annual.register import Register
from portal.reports.annual.stage_rows import StageRow
from portal.reports.annual.stage_tables import changed, matters, sum_part
from portal.reports.annual.table import Cell, Chapter, Check, TextBlock

BASE = "All feedback of the year"


def chapter(register: Register) -> Chapter:
    """The chapter: figures, and room for what an officer writes."""
    grown, teams = changes(register), teams_changed(register)
    whole, corporate = number(grown.base_count or 0), number(teams.base_count or 0)
    return Chapter(
        "commentary",
        "Commentary from the complaints team",
        (TextBlock("T36", "Commentary", (), register.scope.as_at), grown, teams),
        Check(
            (
                sum_part("Feedback of all kinds", whole, *(row[2] for row in grown.rows)),
                sum_part("Corporate stage 1 by team", corporate, *(row[2] for row in teams.rows)),
            )
        ),
    )


@Figure("X36", "What the commentary draws on", BASE, "Nothing.").of
def changes(register: Register) -> Grid:
    """The composition of feedback once more, what grew most first; kinds of which there were none
    the year before stand last."""
    ordered = _grown(key_numbers.composed(register).rows)
    columns = ("Category", register.scope.label(1), register.scope.label(), "Change")
    return Grid(columns, ordered, sum(row[2].value or 0 for row in ordered))


@Figure("X37", "Whose corporate complaints changed most", corporate_1.CORPORATE.base).of
def teams_changed(register: Register) -> Grid:
    """Complaints whose stage 1 opened in each year, by team, what grew most first; teams of which
    there were none the year before stand last. The change is in per cent of the year before."""
    this, last = (register.stages(Track.CORPORATE, StageKey.STAGE_1, back) for back in (0, 1))
    rows = [
        changed(register.scope.team_name(team), _of(last, team), _of(this, team))
        for team in Team
        if _of(last, team) or _of(this, team)
    ]
    columns = ("Team", register.scope.label(1), register.scope.label(), "Change")
    return Grid(columns, _grown(rows), len(this), opened=this)


def _of(stages: Sequence[StageRow], team: Team) -> list[int]:
    return matters(row for row in stages if row.team is team)


def _grown(rows: Iterable[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    """What grew most first; what was not there the year before last, for it has no share."""
    return sorted(rows, key=lambda row: -(row[3].value if row[3].value is not None else -1_000_000))
