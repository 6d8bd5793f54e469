"""Making a table of the report: what a function's docstring defines is printed under its rows.

So a definition stands once, where the counting is, and cannot part from it.
"""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from portal.procedures.stage_outcome import StageOutcome
from portal.reports.annual.register import Register
from portal.reports.annual.stage_rows import StageRow
from portal.reports.annual.table import Cell, Chart, ReportTable

Rows = Sequence[tuple[Cell, ...]]
_WITHOUT_STAGES = "Requests that were refused, doubles, and what moved to the other procedure."


@dataclass(frozen=True)
class Grid:
    """What a figure's function counts. `id` and `title` are given where one function makes a
    table for each leadership. `opened` are the stages of the year that are its base."""

    columns: tuple[str, ...]
    rows: Rows
    base_count: int | None = None
    notes: tuple[str, ...] = ()
    id: str = ""
    title: str = ""
    opened: Sequence[StageRow] = ()


@dataclass(frozen=True)
class Figure:
    """A named figure: its id, what it is called, what it is a part of, and what is left out.
    `no_cases` says why those of its numbers that lead to no cases do not."""

    id: str
    title: str
    base: str
    filter: str = _WITHOUT_STAGES
    chart: Chart | None = None
    no_cases: str = ""

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
                notes=(
                    *grid.notes, *standing(grid.opened), *register.printed.notes_of(table_id),
                ),
                chart=self.chart,
                no_cases=self.no_cases,
            )  # fmt: skip

        made.__doc__ = count.__doc__
        return made


def standing(stages: Sequence[StageRow], *, in_base: bool = True) -> tuple[str, ...]:
    """The note that says how many stages of a table's base were open and how many withdrawn.

    Args:
        stages: those of the reported year; without any there is nothing to say.
        in_base: whether the table counts these too.
    """
    if not stages:
        return ()
    still = sum(one.outcome is StageOutcome.OPEN for one in stages)
    withdrawn = sum(one.outcome is StageOutcome.WITHDRAWN for one in stages)
    return (
        f"Of {_of_so_many(len(stages))} counted here, {still} {_were(still)} open on this day"
        f" and {withdrawn} {_were(withdrawn)} withdrawn. The base {_HAS[in_base]} them.",
    )


_HAS = {True: "includes", False: "does not include"}


def _of_so_many(number: int) -> str:
    return "the one stage of the year" if number == 1 else f"the {number:,} stages of the year"


def _were(number: int) -> str:
    return "was" if number == 1 else "were"
