"""Dates that were missed and why, and how answers stood against theirs, month by month."""

from collections.abc import Mapping
from typing import Any

from portal.procedures.remedy import PAYMENTS, RemedyState
from portal.procedures.working_days import working_days_between
from portal.reports.annual.cells import NOTHING, count, days, money, share, words
from portal.reports.annual.figure import Grid
from portal.reports.annual.table import Cell
from portal.reports.monday.figure import Figure
from portal.reports.monday.week import Week
from portal.reports.monday.why_late import IN_TIME, Answered, Why, how_answered, why

WHY: Mapping[Why, str] = {
    Why.UNTOLD: "Nobody has told the person",
    Why.TOLD_AND_MISSED: "A holding letter named a day, and that has passed too",
    Why.EXTENDED: "Moved once already, and passed all the same",
    Why.TOLD: "A holding letter names a day to come",
    Why.AGREED_LATER: "The person agreed to wait",
}
"""In the order in which somebody should see to them."""
ANSWERS: Mapping[Answered, str] = {
    Answered.IN_TIME: "In time",
    Answered.IN_TIME_EXTENDED: "In time, moved once",
    Answered.LATE_TOLD: "Late, person told",
    Answered.LATE_UNTOLD: "Late, nobody told",
}
NOT_STATED = "No reason recorded"
MONTHS_BASE = "Stages answered in this month and the five before it"


@Figure("M5", "Red dates and why", "Dates of open cases that have passed unmet", chart="bar").of
def red_dates(week: Week) -> Grid:
    """Each date that the council has yet to keep and that has passed, by the first reason that
    holds; by how many working days the latest of them is late."""
    found: dict[Why, list[tuple[int, int]]] = {reason: [] for reason in WHY}
    for row in week.clocks:
        if row.due_on >= week.today:
            continue
        late_by = working_days_between(row.due_on, week.today, week.council.calendar)
        extended = row.extended_for is not None
        reason = why(week.today, row.adjusted_on, row.told_until, extended=extended)
        found[reason].append((row.matter, late_by))
    rows = [_red(WHY[reason], found[reason]) for reason in WHY]
    every = [pair for pairs in found.values() for pair in pairs]
    rows.append(_red("Total", every))
    return Grid(("Why", "Dates", "Most working days late"), rows, len(every))


@Figure("M6", "In time, month by month", MONTHS_BASE, chart="stacked").of
def in_time(week: Week) -> Grid:
    """Stages by the month of their answer. In time is on or before the date; moved once means
    that it was in time only by an extension; told means that a holding letter went."""
    rows: list[tuple[Cell, ...]] = []
    for month in week.months:
        own = [row for row in week.answered if row.answered_on.replace(day=1) == month]
        rows.append(_answers(f"{month:%B %Y}", own))
    rows.append(_answers("Total", list(week.answered)))
    columns = ("Month", *ANSWERS.values(), "Answered", "Share in time")
    return Grid(columns, rows, len(week.answered))


@Figure("M7", "Why dates were moved, and what came of it", MONTHS_BASE).of
def moved(week: Week) -> Grid:
    """Answered stages whose date was moved, by the coded reason of the latest letter that moved
    it, and whether they were answered by the new date."""
    found: dict[str, list[Any]] = {}
    for row in week.answered:
        if row.extended_for is not None:
            found.setdefault(row.extended_for, []).append(row)
    rows = [_moved(_reason(code), found[code]) for code in sorted(found)]
    rows.append(_moved("Total", [row for rows_of in found.values() for row in rows_of]))
    base = sum(len(rows_of) for rows_of in found.values())
    return Grid(("Reason", "Moved", "Answered by the new date", "Share"), rows, base)


@Figure(
    "M8",
    "What lateness cost",
    "Payments promised, or done with a date in these months",
    "What is not open to you, and payments that were not accepted or given up.",
).of
def cost(week: Week) -> Grid:
    """Refunds, payments for a loss and payments for distress or time and trouble, in cases in
    which an answer came after its date or is still owed, and in the others."""
    payments = [row for row in week.promises if row.kind in PAYMENTS]
    rows = [
        _cost("An answer was late", [row for row in payments if row.late]),
        _cost("Every answer was in time", [row for row in payments if not row.late]),
        _cost("Total", payments),
    ]
    return Grid(("In cases where", "Payments", "Agreed", "Paid"), rows, len(payments))


def answered_as(row: Any) -> Answered:
    """How one row of `Week.answered` stood against its dates."""
    return how_answered(
        row.answered_on,
        row.first_due_on,
        row.due_on,
        told=row.told_until is not None,
    )


def _red(name: str, pairs: list[tuple[int, int]]) -> tuple[Cell, ...]:
    most = max((late for _, late in pairs), default=None)
    latest = NOTHING if most is None else days(most, [one for one, late in pairs if late == most])
    return (words(name), count([matter for matter, _ in pairs]), latest)


def _answers(name: str, rows: list[Any]) -> tuple[Cell, ...]:
    how = {kind: [_matter(row) for row in rows if answered_as(row) is kind] for kind in ANSWERS}
    kept = [matter for kind in ANSWERS if kind in IN_TIME for matter in how[kind]]
    every = [_matter(row) for row in rows]
    cells = (count(how[kind]) for kind in ANSWERS)
    return (words(name), *cells, count(every), share(len(kept), len(rows), kept))


def _moved(name: str, rows: list[Any]) -> tuple[Cell, ...]:
    kept = [_matter(row) for row in rows if answered_as(row) in IN_TIME]
    every = [_matter(row) for row in rows]
    return (words(name), count(every), count(kept), share(len(kept), len(rows), kept))


def _cost(name: str, rows: list[Any]) -> tuple[Cell, ...]:
    paid = [row for row in rows if row.state is RemedyState.DONE]
    return (
        words(name), count([_matter(row) for row in rows]), _sum(rows), _sum(paid),
    )  # fmt: skip


def _sum(rows: list[Any]) -> Cell:
    pence = sum(row.amount_pence or 0 for row in rows)
    return money(pence, [_matter(row) for row in rows])


def _matter(row: Any) -> int:
    return int(row.matter)


def _reason(code: str) -> str:
    return code.replace("_", " ").capitalize() or NOT_STATED
