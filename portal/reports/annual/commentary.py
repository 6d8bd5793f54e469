"""The complaints team's own commentary, and the figures that it draws on."""

from portal.reports.annual import key_numbers
from portal.reports.annual.cells import number
from portal.reports.annual.figure import Figure, Grid
from portal.reports.annual.register import Register
from portal.reports.annual.stage_tables import sum_part
from portal.reports.annual.table import CellKind, Chapter, Check, TextBlock

BASE = "All feedback of the year"


def chapter(register: Register) -> Chapter:
    """The chapter: figures, and room for what an officer writes."""
    grown = changes(register)
    whole = number(grown.base_count or 0)
    return Chapter(
        "commentary",
        "Commentary from the complaints team",
        (TextBlock("T36", "Commentary", (), register.scope.as_at), grown),
        Check((sum_part("Feedback of all kinds", whole, *(row[2] for row in grown.rows)),)),
    )


@Figure("X36", "What the commentary draws on", BASE, "Nothing.").of
def changes(register: Register) -> Grid:
    """The composition of feedback once more, what grew most first; kinds of which there were none
    the year before stand last."""
    rows = key_numbers.composed(register).rows
    ordered = sorted(
        rows, key=lambda row: -(row[3].value if row[3].value is not None else -1_000_000)
    )
    assert all(row[3].kind is CellKind.CHANGE for row in ordered)
    columns = ("Category", register.scope.label(1), register.scope.label(), "Change")
    return Grid(columns, ordered, sum(row[2].value or 0 for row in ordered))
