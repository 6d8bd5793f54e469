"""Learning: what was to change, whether it has, and what was not changed and why."""

from collections.abc import Mapping, Sequence

from portal.procedures.remedy import FOR_THE_SERVICE, Kept, RemedyState, kept
from portal.reports.annual.cells import count, words
from portal.reports.annual.figure import Figure, Grid
from portal.reports.annual.recommended import NOT_MADE
from portal.reports.annual.register import Register
from portal.reports.annual.remedies_and_cost import GIVERS, this_year
from portal.reports.annual.remedy_rows import RemedyRow
from portal.reports.annual.stage_tables import columns_parts, sum_part
from portal.reports.annual.table import Cell, CellKind, Chapter, Check

STANDS: Mapping[Kept | RemedyState, str] = {
    Kept.ON_TIME: "Carried out in time",
    Kept.DONE_LATE: "Carried out late",
    Kept.WAITING: "Not due yet",
    Kept.LATE: "Overdue",
    RemedyState.PROPOSED: "No answer yet",
    RemedyState.NOT_ACCEPTED: "Not accepted",
    RemedyState.GIVEN_UP: "Given up",
}
BASE = "Changes to services of stages that opened in the year"
ONLY_PERSONAL = "What was done for one person alone and not marked as learning."


def chapter(register: Register) -> Chapter:
    """The chapter."""
    services, reasons = carried_out(register), not_made(register)
    changes = changes_of(register)
    left = count([one.matter for one in changes if one.state in NOT_MADE])
    return Chapter(
        "learning",
        "Learning and changes to services",
        (services, reasons, why(register)),
        Check(
            (
                *(sum_part(row[0].text, row[1], *row[2:]) for row in services.rows[-1:]),
                *columns_parts(services, *range(1, len(services.columns))),
                sum_part("Changes not made", left, *(row[1] for row in reasons.rows)),
            )
        ),
    )  # fmt: skip


def changes_of(register: Register) -> list[RemedyRow]:
    """What changes how a service works, and whatever else an officer marked as learning."""
    return [one for one in this_year(register) if _is_change(one)]


def _is_change(one: RemedyRow) -> bool:
    return one.kind in FOR_THE_SERVICE or one.for_report


@Figure("X50", "Learning carried out", BASE, ONLY_PERSONAL).of
def carried_out(register: Register) -> Grid:
    """Changes to how services work and whatever an officer marked as learning, by leadership, and
    how each stood against its date on the day of the report."""
    rows = changes_of(register)
    found = [
        _row(
            register,
            register.scope.leadership_name(code),
            [one for one in rows if one.leadership == code],
        )
        for code in register.leaderships(rows)
    ]
    found.append(_row(register, "All services", rows))
    return Grid(("Service", "Changes", *STANDS.values()), found, len(rows))


@Figure("X51", "Changes not made, by who asked for them", BASE, ONLY_PERSONAL).of
def not_made(register: Register) -> Grid:
    """Changes that the council did not accept, or gave up after it had promised them."""
    rows = [one for one in changes_of(register) if one.state in NOT_MADE]
    found = []
    for giver, name in GIVERS.items():
        keys = [one.matter for one in rows if one.giver is giver]
        if keys:
            found.append((words(name), count(keys)))
    return Grid(("Asked for by", "Not made"), found, len(rows))


@Figure(
    "X52",
    "Changes not made, and why",
    "Changes to services that were not made, of stages that opened in the year, and those that came"
    " too late for the report before",
    "What nobody chose for the report.",
).of
def why(register: Register) -> Grid:
    """Some of the changes that the council did not accept or gave up, with the reason that it gave:
    those that an officer chose for the report and put into words that name nobody."""
    left = [
        one
        for one in register.remedies
        if one.told_now and one.state in NOT_MADE and _is_change(one)
    ]
    found = [_reason(register, one) for one in left if one.for_report]
    return Grid(("Service", "Change", "Reason"), found, len(left))


def _row(register: Register, name: str, rows: Sequence[RemedyRow]) -> tuple[Cell, ...]:
    stands = [(_stands(register, one), one.matter) for one in rows]
    counts = (count([key for how, key in stands if how == one]) for one in STANDS)
    return (words(name), count([one.matter for one in rows]), *counts)


def _stands(register: Register, one: RemedyRow) -> Kept | RemedyState:
    if one.state in (RemedyState.PROMISED, RemedyState.DONE):
        return kept(one.due_on, one.done_on, register.scope.as_at)
    return one.state


def _reason(register: Register, one: RemedyRow) -> tuple[Cell, ...]:
    found = register.words.get(one.remedy_id)
    text, reasons = (found.text, found.reasons) if found is not None else ("", "")
    return (
        words(register.scope.leadership_name(one.leadership)),
        Cell(CellKind.WORDS, None, text, (one.matter,)),
        words(reasons),
    )
