"""Compliments: how many each service had, and those that may be published."""

from portal.reports.annual.cells import count, words
from portal.reports.annual.figure import Figure, Grid
from portal.reports.annual.register import Register
from portal.reports.annual.stage_tables import sum_part
from portal.reports.annual.table import Cell, CellKind, Chapter, Check

BASE = "Compliments that came in in the year"


def chapter(register: Register) -> Chapter:
    """The chapter."""
    services = by_service(register)
    whole = count([row.matter for row in register.compliments()])
    return Chapter(
        "compliments",
        "Compliments",
        (services, quotes(register)),
        Check((sum_part("Compliments by service", whole, *(row[1] for row in services.rows)),)),
    )


@Figure("T34", "Compliments by service", BASE, "Nothing.", "bar").of
def by_service(register: Register) -> Grid:
    """Words of thanks that were thanked for and passed on, by the leadership of the team."""
    rows = register.compliments()
    found = [
        (
            words(register.scope.leadership_name(code)),
            count([row.matter for row in rows if row.leadership == code]),
        )
        for code in register.leaderships(rows)
    ]
    return Grid(("Service", "Compliments"), found, len(rows))


@Figure("T35", "What people said", BASE, "What nobody agreed to publish or chose to.").of
def quotes(register: Register) -> Grid:
    """Some of the compliments: those whose writers let us publish them, with X, Y or Z in place of
    names, after a second officer looked at each."""
    found = [
        (
            words(register.scope.leadership_name(code)),
            Cell(CellKind.WORDS, None, quote.text, (quote.matter,)),
        )
        for code in register.scope.council.leaderships
        for quote in register.quotes
        if quote.leadership == code
    ]
    return Grid(("Service", "Compliment"), found, len(register.compliments()))
