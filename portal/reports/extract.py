"""A report as plain values that can be stored for good and read back, apart from the keys of the
cases behind its figures, which are kept beside it and never published."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from typing import Any

from portal.procedures.reporting_year import ReportingYear
from portal.reports.annual.table import (
    AnnualReport,
    Cell,
    CellKind,
    Chapter,
    Check,
    Part,
    ReportTable,
    TextBlock,
)

Values = dict[str, Any]


def as_values(report: AnnualReport) -> Values:
    """A report without what leads to anybody: what is stored, compared and hashed."""
    return {
        "year": report.year.name,
        "as_at": report.as_at.isoformat(),
        "council": report.council,
        "quarter": report.quarter,
        "teams": list(report.teams),
        "chapters": [_chapter(chapter) for chapter in report.chapters],
    }


def behind(report: AnnualReport) -> Values:
    """The keys of the feedback behind each figure: by table, then by row and column.

    Returns:
        Only figures with something behind them: `{"T07": {"0.2": [1, 2]}}`.
    """
    found: Values = {}
    for table in report.tables:
        of_table = {
            f"{at}.{column}": list(cell.matters)
            for at, row in enumerate(table.rows)
            for column, cell in enumerate(row)
            if cell.matters
        }
        if of_table:
            found[table.id] = of_table
    return found


def from_values(values: Values, keys: Values | None = None) -> AnnualReport:
    """Read a stored report.

    Args:
        values: from `as_values`.
        keys: from `behind`, for whoever may look behind the figures.
    """
    return AnnualReport(
        year=ReportingYear.named(values["year"]),
        as_at=date.fromisoformat(values["as_at"]),
        council=values["council"],
        chapters=tuple(_read_chapter(chapter, keys or {}) for chapter in values["chapters"]),
        quarter=values["quarter"],
        teams=tuple(values["teams"]),
    )


def fingerprint(values: Values) -> str:
    """A hash of a report's values: equal for equal reports, whoever stored them and where."""
    plain = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def _chapter(chapter: Chapter) -> Values:
    blocks = [
        _table(block) if isinstance(block, ReportTable) else block.as_json()
        for block in chapter.blocks
    ]
    check = [
        {
            "sentence": part.sentence,
            "total": part.total,
            "parts": list(part.parts),
            "aside": part.aside,
        }
        for part in chapter.check.parts
    ]
    return {"key": chapter.key, "title": chapter.title, "blocks": blocks, "check": check}


def _table(table: ReportTable) -> Values:
    return {
        "id": table.id,
        "title": table.title,
        "columns": list(table.columns),
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
        "base": table.base,
        "base_count": table.base_count,
        "as_at": table.as_at.isoformat(),
        "definition": table.definition,
        "filter": table.filter,
        "notes": list(table.notes),
        "chart": table.chart,
        "no_cases": table.no_cases,
    }


def _cell(cell: Cell) -> list[Any]:
    found = [cell.kind.value, cell.value, cell.text]
    return [*found, True] if cell.suppressed else found


def _read_chapter(values: Values, keys: Values) -> Chapter:
    return Chapter(
        values["key"],
        values["title"],
        tuple(_read_block(block, keys.get(block["id"], {})) for block in values["blocks"]),
        Check(
            tuple(
                Part(
                    part["sentence"], part["total"], tuple(part["parts"]), part.get("aside", False)
                )
                for part in values["check"]
            )
        ),
    )


def _read_block(values: Values, keys: Values) -> ReportTable | TextBlock:
    as_at = date.fromisoformat(values["as_at"])
    if "paragraphs" in values:
        return TextBlock(values["id"], values["title"], tuple(values["paragraphs"]), as_at)
    rows = tuple(
        tuple(
            replace(_read_cell(cell), matters=tuple(keys.get(f"{at}.{column}", ())))
            for column, cell in enumerate(row)
        )
        for at, row in enumerate(values["rows"])
    )
    kept = ("base", "base_count", "definition", "filter", "chart", "no_cases")
    plain = {key: values[key] for key in kept if key in values}
    return ReportTable(
        values["id"], values["title"], tuple(values["columns"]), rows, as_at=as_at,
        notes=tuple(values["notes"]), **plain,
    )  # fmt: skip


def _read_cell(values: list[Any]) -> Cell:
    kind, value, text, *suppressed = values
    return Cell(CellKind(kind), value, text, suppressed=bool(suppressed))
