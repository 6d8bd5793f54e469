"""Making a table of the report: what a function's docstring defines is printed under its rows.

So a definition stands once, where the counting is, and cannot part from it.
"""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from portal.reports.annual.register import Register
from portal.reports.annual.table import Cell, Chart, ReportTable

Rows = Sequence[tuple[Cell, ...]]
_WITHOUT_STAGES = "Requests that were refused, doubles, and what moved to the other procedure."


@dataclass(frozen=True)
class Grid:
    """What a figure's function counts. `id` and `title` are given where one function makes a
    table for each leadership."""

    columns: tuple[str, ...]
    rows: Rows
    base_count: int | None = None
    notes: tuple[str, ...] = ()
    id: str = ""
    title: str = ""


@dataclass(frozen=True)
class Figure:
    """A named figure: its id, what it is called, what it is a part of, and what is left out."""

    id: str
    title: str
    base: str
    filter: str = _WITHOUT_STAGES
    chart: Chart | None = None

    def of(self, count: Callable[..., Grid]) -> Callable[..., ReportTable]:
        """Make the function that counts it into one that gives the whole table."""
        definition = " ".join(inspect.cleandoc(count.__doc__ or "").split())

        def made(register: Register, *more: object) -> ReportTable:
            grid = count(register, *more)
            table_id = grid.id or self.id
            return ReportTable(
                id=table_id,
                title=grid.title or self.title,
                columns=grid.columns,
                rows=tuple(grid.rows),
                base=self.base,
                base_count=grid.base_count,
                as_at=register.scope.as_at,
                definition=definition,
                filter=self.filter,
                notes=(*grid.notes, *register.printed.notes_of(table_id)),
                chart=self.chart,
            )

        made.__doc__ = count.__doc__
        return made


def with_notes(table: ReportTable, *notes: str) -> ReportTable:
    """The table with more notes in front of those that it has."""
    return replace(table, notes=(*notes, *table.notes))
