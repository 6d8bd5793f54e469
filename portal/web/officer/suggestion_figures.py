"""The figures on suggestions in words and places: cells, tables, and the points of the chart."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from portal.council import Council
from portal.procedures.vocabulary import ProcedureCode, Team
from portal.records.decision import Sight
from portal.records.feedback import Channel
from portal.triage.agreement import Breakdown, Calibration, Count, Counts, Figures, Question
from portal.web.officer import wording
from portal.web.officer.suggestions_form import QUESTIONS, month_words

# A share of fewer decisions than these is told as the two numbers that it is.
FEW = 30
SIGHTS: Mapping[Sight, str] = {
    Sight.BLIND: "Decided first",
    Sight.SHOWN: "Suggestion in view",
    Sight.NONE: "No suggestion then",
}
TITLES: Mapping[Breakdown, str] = {
    Breakdown.AREA: "By area",
    Breakdown.CHANNEL: "By how it came",
    Breakdown.WRITER: "By who wrote",
    Breakdown.MONTH: "By month",
}
SURE = 9


@dataclass(frozen=True)
class Cell:
    """One count: the share in words, how many it rests on, and the length of its bar."""

    share: str
    of: str
    percent: int | None


@dataclass(frozen=True)
class TableRow:
    """A row: its head, a cell for each sight, and a last word where the table has one."""

    head: str
    cells: tuple[Cell, ...]
    last: str = ""


@dataclass(frozen=True)
class Table:
    """One table with its caption; `last` heads its last column where it has one."""

    title: str
    first: str
    rows: tuple[TableRow, ...]
    last: str = ""


@dataclass(frozen=True)
class ChartBin:
    """One bar of the chart: its words for the table, and its place in percent of the chart."""

    said: str
    right: str
    number: int
    said_at: float
    right_at: float


@dataclass(frozen=True)
class Chart:
    """Confidence against truth: on which decisions, the bars, and two sentences."""

    on: str
    bins: tuple[ChartBin, ...]
    few: bool
    sentences: tuple[str, ...]


def cell(count: Count | None) -> Cell:
    """Tell a count. Small numbers are shown as what they are, and never as a share of a hundred."""
    if count is None or not count.decided:
        return Cell("None", "", None)
    if count.decided < FEW:
        return Cell(f"{count.agreed} of {count.decided}", "too few for a share", None)
    percent = round(100 * count.agreed / count.decided)
    changed = count.decided - count.agreed
    return Cell(f"{percent} %", f"of {count.decided:,}; {changed:,} changed", percent)


def overview_rows(
    counts: Mapping[Question, Counts], sights: Sequence[Sight]
) -> tuple[TableRow, ...]:
    """Every question with how often officers agreed."""
    return tuple(
        TableRow(QUESTIONS[question], _cells(counts[question], sights)) for question in Question
    )


def tables(council: Council, figures: Figures, sights: Sequence[Sight]) -> tuple[Table, ...]:
    """One question by its labels, then by everything else that it is divided by."""
    codes = tuple(
        TableRow(
            _name(council, line.code),
            _cells(line.counts, sights),
            _name(council, line.instead) if line.instead is not None else "Nothing",
        )
        for line in figures.codes
    )
    found = [Table("By what officers decided", "Decided", codes, "Suggested instead, most often")]
    for kind, counts in figures.breakdowns.items():
        rows = tuple(
            TableRow(_name(council, key), _cells(counts[key], sights)) for key in _in_order(counts)
        )
        found.append(Table(TITLES[kind], TITLES[kind].removeprefix("By ").capitalize(), rows))
    return tuple(found)


def chart_of(figures: Figures) -> Chart | None:
    """The chart of confidence, on the decisions that say most: those made first, where there are
    enough of them, else those made without a suggestion, else all those made with one in view.

    Returns:
        None where there is nothing to draw.
    """
    found = {sight: one for sight, one in figures.calibration.items() if one.total.decided}
    if not found:
        return None
    order = (Sight.BLIND, Sight.NONE, Sight.SHOWN)
    enough = [sight for sight in order if sight in found and found[sight].total.decided >= FEW]
    sight = (enough or [sight for sight in order if sight in found])[0]
    calibration = found[sight]
    return Chart(
        on=SIGHTS[sight],
        bins=tuple(_bins(calibration)),
        few=calibration.total.decided < FEW,
        sentences=tuple(_sentences(calibration)),
    )


def _bins(calibration: Calibration) -> Iterable[ChartBin]:
    for one in calibration.bins:
        if one is not None:
            yield ChartBin(
                said=f"{one.said * 100:.0f} %",
                right=cell(one.count).share,
                number=one.count.decided,
                said_at=round(one.said * 100, 1),
                right_at=round(one.right * 100, 1),
            )


def _sentences(calibration: Calibration) -> Iterable[str]:
    if calibration.error is not None:
        yield f"On average, confidence and truth are {calibration.error * 100:.0f} points apart."
    surest = calibration.bins[SURE]
    if surest is not None:
        told = cell(surest.count)
        share = told.share if told.percent is None else f"{told.share} of {surest.count.decided:,}"
        yield f"Where it was at least 90 % sure, officers decided as suggested in {share}."


def _cells(counts: Counts, sights: Sequence[Sight]) -> tuple[Cell, ...]:
    return tuple(cell(counts.get(sight)) for sight in sights)


def _in_order(counts: Mapping[Any, Counts]) -> list[Any]:
    keys = list(counts)
    if keys and isinstance(keys[0], StrEnum):
        return sorted(keys, key=list(type(keys[0])).index)
    return sorted(keys)


def _name(council: Council, key: StrEnum | date) -> str:
    if isinstance(key, date):
        return month_words(key)
    if isinstance(key, Channel):
        return wording.CHANNELS[key]
    if isinstance(key, Team):
        return wording.team_name(council, key)
    if isinstance(key, ProcedureCode):
        return wording.PROCEDURES[key]
    return wording.capital(council.label(key))
