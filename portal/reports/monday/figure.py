"""Making a table of the Monday view: what a function's docstring defines is printed under it."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass

from portal.reports.annual.figure import Grid
from portal.reports.annual.table import Chart, ReportTable
from portal.reports.monday.week import Week

Made = Callable[[Week], ReportTable]


@dataclass(frozen=True)
class Figure:
    """A named figure: its id, what it is called, what it counts, what is left out. `no_cases` says
    why those of its numbers that lead to no cases do not."""

    id: str
    title: str
    base: str
    filter: str = "What is not open to you."
    chart: Chart | None = None
    no_cases: str = ""

    def of(self, count: Callable[[Week], Grid]) -> Made:
        """Make the function that counts it into one that gives the whole table."""
        definition = " ".join(inspect.cleandoc(count.__doc__ or "").split())

        def made(week: Week) -> ReportTable:
            grid = count(week)
            return ReportTable(
                id=self.id,
                title=self.title,
                columns=grid.columns,
                rows=tuple(grid.rows),
                base=self.base,
                base_count=grid.base_count,
                as_at=week.today,
                definition=definition,
                filter=self.filter,
                notes=grid.notes,
                chart=self.chart,
                no_cases=self.no_cases,
            )

        made.__doc__ = count.__doc__
        made.__name__ = self.id
        return made
