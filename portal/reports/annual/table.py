"""What an annual report is made of: chapters of tables and texts, each with what it rests on.

Plain values: whoever prints, freezes or compares a report needs nothing else.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Literal

from portal.procedures.reporting_year import ReportingYear

Chart = Literal["bar", "stacked"]


class CellKind(StrEnum):
    """What a cell holds. It decides how a cell is written, and whether it can be drawn."""

    WORDS = "words"
    COUNT = "count"
    SHARE = "share"
    CHANGE = "change"
    MONEY = "money"
    DAYS = "days"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Cell:
    """One cell: its value for whoever calculates or draws, and its text for whoever reads.

    `value` of a share or a change is in whole per cent. `matters` are the keys of the feedback
    that was counted, for whoever may look at it; they are never printed. A suppressed cell has
    neither value nor matters.
    """

    kind: CellKind
    value: int | None
    text: str
    matters: tuple[int, ...] = field(default=(), repr=False)
    suppressed: bool = False

    def plain(self) -> int | str | None:
        """The cell in JSON and CSV: a count as a number, everything else as it is read."""
        if self.kind is CellKind.NOTHING:
            return None
        return self.value if self.kind is CellKind.COUNT and not self.suppressed else self.text


@dataclass(frozen=True)
class ReportTable:
    """One named figure of the report, with what a reader must know to use it.

    `rows` hold as many cells as there are `columns`; the first cell of a row is its heading.
    `base` says what was counted, and `base_count` how many that were, of the reported year.
    `definition` and `filter` are sentences: how it is counted, and what is left out. `notes`
    stand under the table. `chart` says how it is drawn; None where a drawing would add nothing.
    `no_cases` says why those of its numbers that lead to no cases do not; empty where all do.
    """

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    base: str
    base_count: int | None
    as_at: date
    definition: str
    filter: str
    notes: tuple[str, ...] = ()
    chart: Chart | None = None
    no_cases: str = ""

    def as_json(self) -> dict[str, Any]:
        """The table as plain values, in the shape of `flask annual-report --format json`."""
        return {
            "id": self.id,
            "title": self.title,
            "columns": list(self.columns),
            "rows": [[cell.plain() for cell in row] for row in self.rows],
            "base": f"{self.base}: {self.base_count}" if self.base_count is not None else self.base,
            "as_at": self.as_at.isoformat(),
            "notes": list(self.notes),
        }


@dataclass(frozen=True)
class TextBlock:
    """Sentences that belong between tables. `paragraphs` are whole sentences without markup."""

    id: str
    title: str
    paragraphs: tuple[str, ...]
    as_at: date

    def as_json(self) -> dict[str, Any]:
        """The text as plain values."""
        return {
            "id": self.id,
            "title": self.title,
            "paragraphs": list(self.paragraphs),
            "as_at": self.as_at.isoformat(),
        }


@dataclass(frozen=True)
class Part:
    """One sum that must agree: what is added up, and what it must come to. One that is `aside` is
    named where it does not hold, and otherwise only counted, so that the line stays short."""

    sentence: str
    total: int
    parts: tuple[int, ...]
    aside: bool = False

    @property
    def holds(self) -> bool:
        """Whether the parts come to the total."""
        return sum(self.parts) == self.total


@dataclass(frozen=True)
class Check:
    """The line at the end of a chapter: that its figures agree, or which do not."""

    parts: tuple[Part, ...]

    @property
    def holds(self) -> bool:
        """Whether every part holds."""
        return all(part.holds for part in self.parts)

    @property
    def sentence(self) -> str:
        """The line as it is printed."""
        if not self.parts:
            return "Nothing in this chapter has to add up."
        if self.holds:
            said = [part.sentence for part in self.parts if not part.aside]
            aside = len(self.parts) - len(said)
            return " ".join([*said, f"Sums held besides: {aside}."] if aside else said)
        return "These figures do not agree: " + " ".join(
            part.sentence for part in self.parts if not part.holds
        )


@dataclass(frozen=True)
class Chapter:
    """One chapter: what it shows, in order, and whether it adds up."""

    key: str
    title: str
    blocks: tuple[ReportTable | TextBlock, ...]
    check: Check

    @property
    def tables(self) -> tuple[ReportTable, ...]:
        """Its tables alone."""
        return tuple(block for block in self.blocks if isinstance(block, ReportTable))


@dataclass(frozen=True)
class AnnualReport:
    """A whole report, or a quarter of one, or that of some teams."""

    year: ReportingYear
    as_at: date
    council: str
    chapters: tuple[Chapter, ...]
    quarter: int | None = None
    teams: tuple[str, ...] = ()

    @property
    def disagreements(self) -> tuple[str, ...]:
        """What does not hold, a sentence each; a report with any is not published."""
        return tuple(
            f"{chapter.title}: {part.sentence}"
            for chapter in self.chapters
            for part in chapter.check.parts
            if not part.holds
        )

    @property
    def tables(self) -> tuple[ReportTable, ...]:
        """Every table, in order."""
        return tuple(table for chapter in self.chapters for table in chapter.tables)

    def table(self, table_id: str) -> ReportTable:
        """Give one table by its id.

        Raises:
            LookupError: the report has none of that id.
        """
        for table in self.tables:
            if table.id == table_id:
                return table
        raise LookupError(f"The report has no table {table_id}.")
