"""Which chart a table is drawn as, and the same in a sentence for whoever cannot see it."""

from math import ceil

from portal.reports.annual.table import Cell, CellKind, ReportTable
from portal.reports.forms.charts import LOOKS, Chart, Series

DRAWN = (CellKind.COUNT, CellKind.SHARE)
TOTAL = "total"
# How the last row begins where it counts what the others divide: "All remedies".
ALL = "All "
# More sets of bars than this and nobody tells them apart.
MOST_SERIES = len(LOOKS)
# Two columns compare, as a year with the one before it.
COMPARED = 2
# A column of what the others add up to.
SUMS = ("Opened",)
# More bars than this do not stand on one page; then only the first set is drawn.
MOST_BARS = 36
# With more columns than this a table needs smaller letters on A4.
MOST_COLUMNS = 6
# A page of A4: letters in a line, and in millimetres a line, what a row has around it, and how much
# of the page a table may fill with its heading above it.
LINE_OF_A_PAGE = 90
LINE_HEIGHT, ROW_PADDING = 5.2, 2.6
LONGEST_ON_A_PAGE = 180


def chart_of(table: ReportTable) -> Chart | None:
    """The chart of a table: a group of bars for each row, the total left out.

    Args:
        table: any table of the report.

    Returns:
        None where the table is not drawn, or has nothing that a bar could show.
    """
    rows = _parts_of(table)
    columns = _drawn_columns(table, rows)
    if table.chart is None or not columns:
        return None
    series = tuple(
        Series(
            table.columns[at],
            tuple(_height(row[at]) for row in rows),
            tuple(_words(row[at]) for row in rows),
        )
        for at in columns
    )
    if not any(value for one in series for value in one.values):
        return None
    return Chart(tuple(row[0].text for row in rows), series)


def _parts_of(table: ReportTable) -> list[tuple[Cell, ...]]:
    """The rows without their total, whose bar would make the others small."""
    rows = [row for row in table.rows if row[0].text.casefold() != TOTAL]
    return rows[:-1] if len(rows) > 1 and rows[-1][0].text.startswith(ALL) else rows


def is_wide(table: ReportTable) -> bool:
    """Whether a table is set in smaller letters on paper."""
    return len(table.columns) > MOST_COLUMNS


def is_long(table: ReportTable) -> bool:
    """Whether a page of paper may be too small for a table, going by its words."""
    in_a_line = LINE_OF_A_PAGE / max(len(table.columns), 1)
    lines = sum(max(ceil(len(cell.text) / in_a_line) for cell in row) for row in table.rows)
    return lines * LINE_HEIGHT + len(table.rows) * ROW_PADDING > LONGEST_ON_A_PAGE


def summary_of(table: ReportTable, chart: Chart) -> str:
    """What a chart shows, in a sentence: how the last row is divided, or for whom there are the
    most and the fewest of the last column. Its table has every value.

    Args:
        table: what is drawn.
        chart: from `chart_of`.
    """
    if table.chart == "stacked" or len(chart.categories) == 1:
        each = "; ".join(f"{one.name} {one.shown[-1]}" for one in chart.series)
        return f"{chart.categories[-1]}: {each}."
    last = chart.series[-1]
    pairs = [
        (name, value, words)
        for name, value, words in zip(chart.categories, last.values, last.shown, strict=True)
        if value is not None
    ]
    column = f"In {last.name}" if len(chart.series) > 1 else last.name
    if not pairs:
        return f"{column}: no value is given."
    top = max(value for _, value, _ in pairs)
    low = min(value for _, value, _ in pairs)
    if top == low:
        return f"{column}: all have {pairs[0][2]}."
    return f"{column}: most for {_those(pairs, top)}, fewest for {_those(pairs, low)}."


def _those(pairs: list[tuple[str, float, str]], value: float) -> str:
    names = [name for name, one, _ in pairs if one == value]
    words = next(words for _, one, words in pairs if one == value)
    *most, last = names
    joined = f"{', '.join(most)} and {last}" if most else last
    return f"{joined} ({words}{' each' if most else ''})"


def _drawn_columns(table: ReportTable, rows: list[tuple[Cell, ...]]) -> list[int]:
    """The columns of the first kind that can be drawn: counts and shares have no common scale."""
    kinds: dict[int, CellKind] = {}
    for row in rows:
        for at, cell in enumerate(row[1:], 1):
            if cell.kind in DRAWN:
                kinds.setdefault(at, cell.kind)
    first = kinds[min(kinds)] if kinds else None
    alike = [at for at in sorted(kinds) if kinds[at] is first]
    # What everything adds up to is no part, and what is nought everywhere is no bar.
    parts = [at for at in alike if table.columns[at] not in SUMS or len(alike) == 1]
    # Of two years one may be empty: alone, the other would be taken for this one.
    some = [at for at in parts if any(row[at].value for row in rows)] or parts[:1]
    found = parts if len(parts) == COMPARED else some
    tall = len(rows) * len(found) > MOST_BARS
    return found[:1] if tall else found[:MOST_SERIES]


def _height(cell: Cell) -> float | None:
    return cell.value if cell.kind in DRAWN and not cell.suppressed else None


def _words(cell: Cell) -> str:
    return cell.text or "none"
