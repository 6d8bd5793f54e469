"""Key themes in sentences made from the report's own cells: a number that stands in a sentence
stands in a table. What a table lacks, no sentence says."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from portal.reports.annual.table import AnnualReport, Cell, CellKind, ReportTable
from portal.reports.forms.drawing import TOTAL

TEAM = "Team"
TREND = "Trends: "
STATUTORY_1, CORPORATE_1 = "Statutory stage 1 complaints", "Corporate stage 1 complaints"
Row = Sequence[Cell]
Sentences = tuple[str, ...]


@dataclass(frozen=True)
class Years:
    """The same line of a table for the reported year and the one before."""

    before: Row | None
    this: Row


def themes(report: AnnualReport, chapter: str) -> Sentences:
    """The key themes of a chapter.

    Args:
        report: the figures.
        chapter: the chapter's key.

    Returns:
        Sentences, one a paragraph; none for a chapter that has no themes.
    """
    if chapter not in _THEMES:
        return ()
    found = (sentence(report) for sentence in _THEMES[chapter])
    return tuple(words for words in found if words)


def _growth(kind: str) -> Callable[[AnnualReport], str]:
    """How many there were, and how many the year before."""

    def told(report: AnnualReport) -> str:
        table = _table(report, "T02")
        row = _row(table, kind)
        if table is None or row is None or len(row) < 3 or row[2].value is None:
            return ""
        this, last = row[2].text, row[1].text
        sentence = (
            f"Numbers: {this} {kind.lower()} in {table.columns[2]}, and {last} in"
            f" {table.columns[1]}"
        )
        change = row[3] if len(row) > 3 else None
        if change is None or not change.value:
            return f"{sentence}."
        share = change.text.partition(" ")[0]
        return f"{sentence}: {share} {'more' if change.value > 0 else 'fewer'}."

    return told


def _teams(chapter: str) -> Callable[[AnnualReport], str]:
    """Which team had the most."""

    def told(report: AnnualReport) -> str:
        rows = [
            (row, table)
            for one in report.chapters
            if one.key == chapter
            for table in one.tables
            if table.columns[0] == TEAM
            for row in _without_total(table)
            if len(row) > 2 and row[2].value
        ]
        if not rows:
            return ""
        row, table = max(rows, key=lambda pair: pair[0][2].value or 0)
        return (
            f"Services: the most were about {row[0].text}, {row[2].text} in {_year(table, 2)} and"
            f" {row[1].text} in {_year(table, 1)}."
        )

    return told


def _outcomes(key: str) -> Callable[[AnnualReport], str]:
    """How they ended."""

    def told(report: AnnualReport) -> str:
        table = _table(report, key)
        years = _years(table)
        if table is None or years is None:
            return ""
        each = [
            f"{cell.text} {name[0].lower()}{name[1:]}"
            for name, cell in zip(table.columns[1:], years.this[1:], strict=True)
            if cell.kind is CellKind.SHARE and cell.value
        ]
        return f"Findings: of those of {years.this[0].text}, {_joined(each)}." if each else ""

    return told


def _times(key: str) -> Callable[[AnnualReport], str]:
    """How many were answered in time, and a year before."""

    def told(report: AnnualReport) -> str:
        years = _years(_table(report, key))
        if years is None or years.this[1].value is None:
            return ""
        sentence = (
            f"Timescales: of all that opened, {years.this[1].text} were answered within the time"
            f" limit in {years.this[0].text}"
        )
        if years.before is None or years.before[1].value is None:
            return f"{sentence}."
        return f"{sentence}, and {years.before[1].text} in {years.before[0].text}."

    return told


def _progress(report: AnnualReport) -> str:
    """How many went on to stage 2."""
    years = _years(_table(report, "T13"))
    if years is None or len(years.this) < 4 or years.this[3].value is None:
        return ""
    _year, first, second, share = years.this[:4]
    return (
        f"Stage 2: {second.text} investigations opened beside {first.text} complaints at stage 1 in"
        f" {years.this[0].text}, which is {share.text}."
    )


def _shares(key: str, theme: str) -> Callable[[AnnualReport], str]:
    """What a theme's shares of the reported year are: "Nature: case management 86%"."""

    def told(report: AnnualReport) -> str:
        table = _table(report, key)
        if table is None or len(table.columns) < 3:
            return ""
        rows = [row for row in table.rows if row[0].text.startswith(f"{theme}: ") and row[2].value]
        each = [
            f"{_lowered(row[0].text.removeprefix(f'{theme}: '))} {row[2].text}"
            for row in sorted(rows, key=lambda row: -(row[2].value or 0))
        ]
        return f"{theme}: {_joined(each)}." if each else ""

    return told


def _trend(key: str) -> Callable[[AnnualReport], str]:
    """Of which team the number changed most."""

    def told(report: AnnualReport) -> str:
        table = _table(report, key)
        rows = table.rows if table is not None else ()
        found = [row for row in rows if row[0].text.startswith(TREND) and len(row) > 3]
        if table is None or not found:
            return ""
        name, last, this, change = found[0][:4]
        sentence = (
            f"{TREND}most changed for {name.text.removeprefix(TREND)}, {this.text} in"
            f" {table.columns[2]} after {last.text} in {table.columns[1]}"
        )
        if not change.value:
            return f"{sentence}."
        share = change.text.partition(" ")[0]
        return f"{sentence}: {share} {'more' if change.value > 0 else 'fewer'}."

    return told


def _moved(direction: int, start: str) -> Callable[[AnnualReport], str]:
    """Of which kinds of feedback there was more, or less, than the year before."""

    def told(report: AnnualReport) -> str:
        table = _table(report, "T02")
        if table is None or len(table.columns) < 4:
            return ""
        rows = [row for row in table.rows if row[3].value and row[3].value * direction > 0]
        each = [
            f"{_lowered(row[0].text)} ({row[2].text} after {row[1].text},"
            f" {row[3].text.partition(' ')[0]})"
            for row in sorted(rows, key=lambda row: -abs(row[3].value or 0))
        ]
        return f"{start} {_joined(each)}." if each else ""

    return told


_THEMES: Mapping[str, Sequence[Callable[[AnnualReport], str]]] = {
    "statutory_1": (
        _growth(STATUTORY_1), _teams("statutory_1"), _shares("T05", "Nature"), _times("T12"),
        _shares("T05", "Resolved"), _outcomes("T09"), _shares("T05", "Relationship"),
    ),
    "statutory_2": (_progress,),
    "corporate_1": (
        _growth(CORPORATE_1), _teams("corporate_1"), _trend("T20"), _shares("T20", "Nature"),
        _times("T29"),
        _shares("T20", "Remedies"), _outcomes("T25"), _shares("T20", "Relationship"),
    ),
    "commentary": (
        _moved(1, "There was more than in the year before of"),
        _moved(-1, "There was less of"),
        _times("T12"),
        _times("T29"),
    ),
}  # fmt: skip


def _table(report: AnnualReport, key: str) -> ReportTable | None:
    return next((table for table in report.tables if table.id == key and table.rows), None)


def _row(table: ReportTable | None, heading: str) -> Row | None:
    rows = table.rows if table is not None else ()
    return next((row for row in rows if row[0].text == heading), None)


def _years(table: ReportTable | None) -> Years | None:
    """The last two rows of a table whose rows are years, the oldest first."""
    if table is None or len(table.columns) < 2:
        return None
    *_, before = (None, *table.rows[:-1])
    return Years(before, table.rows[-1])


def _year(table: ReportTable, column: int) -> str:
    """The year, or its quarter, of a column that may be called "TOTAL 2019/20"."""
    return table.columns[column].removeprefix("TOTAL ")


def _without_total(table: ReportTable) -> list[Row]:
    return [row for row in table.rows if row[0].text.casefold() != TOTAL]


def _lowered(words: str) -> str:
    """A heading inside a sentence; what is written in capitals stays so."""
    first = words.partition(" ")[0]
    return words if first.isupper() else f"{words[0].lower()}{words[1:]}"


def _joined(parts: Sequence[str]) -> str:
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last
