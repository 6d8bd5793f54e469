"""Statutory stage 3: review panels."""

from portal.procedures.finding import Giver
from portal.procedures.procedure import StageKey, Track
from portal.reports.annual.cells import count, number, words
from portal.reports.annual.figure import Figure, Grid
from portal.reports.annual.recommended import selection
from portal.reports.annual.register import Register
from portal.reports.annual.stage_tables import (
    outcome_counts,
    outcome_part,
    sum_part,
    years_parts,
)
from portal.reports.annual.table import Chapter, Check

TRACK, KEY = Track.STATUTORY, StageKey.STAGE_3
HELD = "Review panels that were held in the year"
BASE = "Statutory stages 3 that opened in the year"


def chapter(register: Register) -> Chapter:
    """The chapter."""
    services, counts = by_service(register), numbers(register)
    this = register.stages(TRACK, KEY)
    held = count([matter for matter, _ in register.panels])
    return Chapter(
        "statutory_3",
        "Statutory complaints: stage 3",
        (services, counts, recommendations(register)),
        Check(
            (
                outcome_part("Statutory stage 3", this),
                sum_part("Panels by service", held, *(row[1] for row in services.rows)),
                *years_parts("Stage 3 by outcome", counts, number(len(this))),
            )
        ),
    )


@Figure("T18", "Stage 3 review panels by service", HELD, "Panels that were asked for, not held.").of
def by_service(register: Register) -> Grid:
    """Panels by the day on which they met, whenever they were asked for, by leadership."""
    found = {leadership for _, leadership in register.panels}
    rows = [
        (
            words(register.scope.leadership_name(code)),
            count([matter for matter, leadership in register.panels if leadership == code]),
        )
        for code in register.scope.council.leaderships
        if code in found
    ]
    return Grid(("Service", "Stage 3 panels"), rows, len(register.panels))


@Figure("X18", "Outcomes of statutory stage 3", BASE).of
def numbers(register: Register) -> Grid:
    """What the council answered to the panel on a complaint's points together. Every stage that
    opened stands in one column."""
    return outcome_counts(register, TRACK, KEY, 2)


@Figure(
    "T19",
    "A selection of recommendations after stage 3",
    "Recommendations of review panels that the council accepted, after stages 3 that opened in the"
    " year, and those that came too late for the report before",
    "What was not accepted, and what nobody chose for the report.",
).of
def recommendations(register: Register) -> Grid:
    """Some of the recommendations that the council accepted: those that an officer chose for the
    report and put into words that name nobody. Beside each stands whether it was carried out by
    the day of the report."""
    return selection(register, TRACK, KEY, "Recommendation", Giver.PANEL)
