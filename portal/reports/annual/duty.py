"""Duty matters: what was refused, sent elsewhere or settled without a stage, and why."""

from collections.abc import Mapping

from portal.procedures.refusal import Disposition, RefusalReason
from portal.procedures.refusal_rules import rule_for
from portal.reports.annual.cells import count, share, words
from portal.reports.annual.decision_rows import DecisionRow
from portal.reports.annual.figure import Figure, Grid
from portal.reports.annual.register import Register
from portal.reports.annual.stage_tables import sum_part
from portal.reports.annual.table import Cell, Chapter, Check

DISPOSITIONS: Mapping[Disposition | None, str] = {
    Disposition.REFUSED: "Refused",
    Disposition.REDIRECTED: "Redirected to somebody else",
    Disposition.WAITING: "Waiting: they may come back",
    Disposition.SETTLED: "Settled without a stage",
    Disposition.NOT_A_COMPLAINT: "No complaint",
    Disposition.WITHDRAWN: "Taken back",
    None: "No reason recorded",
}
BASE = "Duty matters that came in in the year"
NOTHING_LEFT_OUT = "Nothing: what was linked to an earlier matter is counted there."
COLUMNS = ("Category", "Matters", "Share")


def chapter(register: Register) -> Chapter:
    """The chapter."""
    kinds, reasons, services = by_category(register), by_reason(register), by_service(register)
    schools = [row.matter for row in register.duty() if row.reason is RefusalReason.SCHOOL]
    whole = count([row.matter for row in register.duty()])
    return Chapter(
        "duty",
        "Duty matters",
        (kinds, reasons, services),
        Check(
            (
                sum_part("Duty matters by category", whole, *(row[1] for row in kinds.rows)),
                sum_part("Duty matters by reason", whole, *(row[1] for row in reasons.rows)),
                sum_part(
                    "Duty matters by service, and those redirected to schools",
                    whole,
                    *(row[1] for row in services.rows),
                    count(schools),
                ),
            )
        ),
    )


@Figure("T03", "Duty matters by category", BASE, NOTHING_LEFT_OUT, "bar").of
def by_category(register: Register) -> Grid:
    """What became of each, by the coded reason that an officer gave; the share is of all duty
    matters."""
    rows = register.duty()
    found = [
        _row(name, [row for row in rows if row.disposition is disposition], rows)
        for disposition, name in DISPOSITIONS.items()
    ]
    return Grid(COLUMNS, [row for row in found if row[1].value], len(rows))


@Figure("X03", "Duty matters by reason", BASE, NOTHING_LEFT_OUT).of
def by_reason(register: Register) -> Grid:
    """The coded reason that an officer gave, and a second officer agreed to where it is a no; the
    share is of all duty matters, and is written <1% where it is some but less than one."""
    rows = register.duty()
    named = [(rule_for(reason).label, reason) for reason in RefusalReason]
    found = [
        _row(name, [row for row in rows if row.reason is reason], rows, says_below_one=True)
        for name, reason in (*named, ("No reason recorded", None))
    ]
    return Grid(("Reason", *COLUMNS[1:]), [row for row in found if row[1].value], len(rows))


@Figure(
    "T04",
    "Duty matters by operational leadership",
    "Duty matters that came in in the year, without those redirected to schools",
    "Matters that were redirected to a school's own procedure.",
    "bar",
).of
def by_service(register: Register) -> Grid:
    """By the leadership of the team that it was about; the share is of those that are left when
    matters for schools are taken out, and is written <1% where it is some but less than one."""
    rows = [row for row in register.duty() if row.reason is not RefusalReason.SCHOOL]
    found = [
        _row(
            register.scope.leadership_name(code),
            [row for row in rows if row.leadership == code],
            rows,
            says_below_one=True,
        )
        for code in register.leaderships(rows)
    ]
    return Grid(("Service", *COLUMNS[1:]), found, len(rows))


def _row(
    name: str, some: list[DecisionRow], rows: list[DecisionRow], *, says_below_one: bool = False
) -> tuple[Cell, ...]:
    keys = [row.matter for row in some]
    of_all = share(len(keys), len(rows), keys, says_below_one=says_below_one)
    return (words(name), count(keys), of_all)
