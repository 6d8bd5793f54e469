"""What was promised to put things right, what was paid, and what investigations cost."""

from collections.abc import Mapping, Sequence

from portal.cases.remedy_names import KINDS
from portal.procedures.finding import Giver
from portal.procedures.remedy import PAYMENTS, RemedyState
from portal.reports.annual import costs
from portal.reports.annual.cells import count, money, words
from portal.reports.annual.figure import Figure, Grid
from portal.reports.annual.register import Register
from portal.reports.annual.remedy_rows import RemedyRow
from portal.reports.annual.stage_tables import columns_parts, sum_part
from portal.reports.annual.table import Cell, Chapter, Check

GIVERS: Mapping[Giver, str] = {
    Giver.SERVICE: "The service, in its answer",
    Giver.INVESTIGATOR: "Investigating officers",
    Giver.ADJUDICATOR: "The council, after an investigation",
    Giver.PANEL: "Review panels",
    Giver.COUNCIL: "The council, after a panel",
    Giver.OMBUDSMAN: "The Ombudsman",
}
STATES: Mapping[RemedyState, str] = {
    RemedyState.PROPOSED: "No answer yet",
    RemedyState.PROMISED: "Promised",
    RemedyState.DONE: "Done",
    RemedyState.NOT_ACCEPTED: "Not accepted",
    RemedyState.GIVEN_UP: "Given up",
}
AGREED = (RemedyState.PROMISED, RemedyState.DONE)
BASE = "Remedies of stages that opened in the year"
PAID = "Payments that were agreed in stages that opened in the year"
NOTHING_LEFT_OUT = "Nothing: what was not accepted stands in a column of its own."
NOT_AGREED = "Payments that were not accepted, not answered yet or given up."


def chapter(register: Register) -> Chapter:
    """The chapter."""
    kinds, by_giver, by_service = remedies(register), payments(register), by_leadership(register)
    cost = costs.costs(register)
    return Chapter(
        "remedies_and_cost",
        "Remedies, compensation and cost",
        (kinds, by_giver, by_service, cost),
        Check(
            (
                *(sum_part(row[0].text, row[1], *row[2:]) for row in kinds.rows[-1:]),
                *columns_parts(kinds, *range(1, len(kinds.columns))),
                *columns_parts(by_giver, 1, 2, 3, 4),
                *columns_parts(by_service, 1, 2, 3, 4),
                sum_part(
                    "Payments in pence, by who asked and by service", by_giver.rows[-1][2],
                    by_service.rows[-1][2],
                ),
                *columns_parts(cost, 1, 2, 3),
            )
        ),
    )  # fmt: skip


def this_year(register: Register) -> list[RemedyRow]:
    """The remedies of stages that opened in the reported year."""
    return [one for one in register.remedies if one.back == 0]


@Figure("X40", "Remedies by kind", BASE, NOTHING_LEFT_OUT, "bar").of
def remedies(register: Register) -> Grid:
    """Everything that was promised or recommended, at every stage and by the Ombudsman, by kind and
    by how far it had come on the day of the report."""
    rows = this_year(register)
    found = [_kind(name, [one for one in rows if one.kind is kind]) for kind, name in KINDS.items()]
    found = [row for row in found if row[1].value]
    found.append(_kind("All remedies", rows))
    return Grid(("Remedy", "All", *STATES.values()), found, len(rows))


@Figure("X41", "Payments by who asked for them", PAID, NOT_AGREED).of
def payments(register: Register) -> Grid:
    """Refunds, payments for a loss, and payments for distress or time and trouble that were agreed,
    with what of them was paid by the day of the report."""
    rows = [one for one in this_year(register) if one.kind in PAYMENTS and one.state in AGREED]
    found = [
        _payment(name, [one for one in rows if one.giver is giver])
        for giver, name in GIVERS.items()
    ]
    found = [row for row in found if row[1].value]
    found.append(_payment("All payments", rows))
    return Grid(("Asked for by", "Payments", "Agreed", "Paid", "Sum paid"), found, len(rows))


@Figure("X42", "Payments by service", PAID, NOT_AGREED).of
def by_leadership(register: Register) -> Grid:
    """The same payments by the leadership of the team that pays."""
    rows = [one for one in this_year(register) if one.kind in PAYMENTS and one.state in AGREED]
    found = [
        _payment(
            register.scope.leadership_name(code), [one for one in rows if one.leadership == code]
        )
        for code in register.leaderships(rows)
    ]
    found.append(_payment("All payments", rows))
    return Grid(("Service", "Payments", "Agreed", "Paid", "Sum paid"), found, len(rows))


def _kind(name: str, rows: Sequence[RemedyRow]) -> tuple[Cell, ...]:
    states = (count([one.matter for one in rows if one.state is state]) for state in STATES)
    return (words(name), count([one.matter for one in rows]), *states)


def _payment(name: str, rows: Sequence[RemedyRow]) -> tuple[Cell, ...]:
    paid = [one for one in rows if one.state is RemedyState.DONE]
    return (
        words(name), count([one.matter for one in rows]),
        money(sum(one.pence for one in rows), [one.matter for one in rows]),
        count([one.matter for one in paid]),
        money(sum(one.pence for one in paid), [one.matter for one in paid]),
    )  # fmt: skip
