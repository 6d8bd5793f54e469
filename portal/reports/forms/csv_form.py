"""The report as CSV: a zip with one file a table, and a list of them that says what each counts."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence

from portal.reports.annual.table import AnnualReport
from portal.reports.forms.titles import about, title_of

# The first moment that a zip can hold, so that equal reports are equal files.
LONG_AGO = (1980, 1, 1, 0, 0, 0)
# What a spreadsheet would calculate instead of showing it.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
LIST = "tables.csv"
COLUMNS = ("file", "title", "base", "as_at", "definition", "filter", "notes", "report", "covers")
# Tells spreadsheets that it is UTF-8.
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def as_zip(report: AnnualReport) -> bytes:
    """Write a report: `T07.csv` and so on, and `tables.csv`, which says beside each which report
    it belongs to: that of a team has the same tables as that of all.

    Args:
        report: the report, or a quarter of it, or that of some teams.
    """
    listed: list[Sequence[object]] = [COLUMNS]
    files: dict[str, str] = {}
    for table in report.tables:
        name = f"{table.id}.csv"
        rows = [[cell.plain() for cell in row] for row in table.rows]
        files[name] = _lines([table.columns, *rows])
        values = table.as_json()
        listed.append(
            (name, table.title, values["base"], values["as_at"], table.definition, table.filter,
             " ".join(table.notes), title_of(report), about(report))
        )  # fmt: skip
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        for name, text in {LIST: _lines(listed), **files}.items():
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, (MARK + text).encode())
    return into.getvalue()


def _lines(rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([_harmless(value) for value in row])
    return out.getvalue()


def _harmless(value: object) -> object:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value
