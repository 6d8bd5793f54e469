"""Corporate stage 2: reviews, and what was learnt from them; stage 3 where a council has one."""

from portal.procedures.procedure import StageKey, Track
from portal.procedures.stage_outcome import StageOutcome
from portal.reports.annual.cells import count, number, words
from portal.reports.annual.figure import Figure, Grid
from portal.reports.annual.recommended import selection
from portal.reports.annual.register import Register
from portal.reports.annual.stage_tables import (
    by_leadership,
    matters,
    of_year,
    outcome_counts,
    outcome_part,
    sum_part,
    time_part,
    years_parts,
)
from portal.reports.annual.statutory_2 import of_teams
from portal.reports.annual.table import Chapter, Check, Part, ReportTable

TRACK, KEY, THIRD = Track.CORPORATE, StageKey.STAGE_2, StageKey.STAGE_3
BASE = "Corporate stage 2 reviews that opened in the year"
OF_THIRD = "Corporate stage 3 reviews that opened in the year"


def chapter(register: Register) -> Chapter:
    """The chapter."""
    services, teams, counts = by_service(register), by_team(register), numbers(register)
    asked = requests(register)
    this = register.stages(TRACK, KEY)
    whole = counts.rows[-1][-1]
    further, parts = _third(register)
    return Chapter(
        "corporate_2",
        f"Corporate complaints: stage{'s 2 and 3' if further else ' 2'}",
        (services, teams, counts, asked, learning(register), *further),
        Check(
            (
                outcome_part("Corporate stage 2", this),
                time_part("Corporate stage 2", this),
                sum_part("Reviews by service", whole, *(row[1] for row in services.rows)),
                sum_part("Reviews by team", whole, *(row[1] for row in teams.rows)),
                *years_parts("Reviews by outcome", counts, number(len(this))),
                sum_part(
                    "Requests for a review",
                    number(asked.base_count or 0),
                    *(row[1] for row in asked.rows),
                ),
                *parts,
            )
        ),
    )


def _third(register: Register) -> tuple[tuple[ReportTable, ...], tuple[Part, ...]]:
    """The table of stage 3 and what it must come to; nothing where nobody had such a stage."""
    this = register.stages(TRACK, THIRD)
    if not this and not register.stages(TRACK, THIRD, 1):
        return (), ()
    counts = third_numbers(register)
    return (counts,), (
        outcome_part("Corporate stage 3", this),
        time_part("Corporate stage 3", this),
        *years_parts("Stage 3 by outcome", counts, number(len(this))),
    )


@Figure("T30", "Corporate stage 2 reviews by service", BASE).of
def by_service(register: Register) -> Grid:
    """Reviews that were asked for in the year and not refused, by leadership. The note says how
    many are open."""
    rows = register.stages(TRACK, KEY)
    columns, found = by_leadership(register, rows, "Stage 2 reviews")
    return of_year(register, TRACK, KEY, columns, found)


@Figure("T31", "Corporate stage 2 reviews by team", BASE, chart="bar").of
def by_team(register: Register) -> Grid:
    """Reviews that were asked for in the year and not refused, by team."""
    return of_teams(register, register.stages(TRACK, KEY), "Stage 2 reviews")


@Figure("X30", "Outcomes of corporate stage 2 reviews", BASE).of
def numbers(register: Register) -> Grid:
    """What the review found on a complaint's points together. Every review that opened stands in
    one column."""
    return outcome_counts(register, TRACK, KEY, 2)


@Figure(
    "X31",
    "Requests for a corporate stage 2 review",
    "Requests for a corporate stage 2 review in the year",
    "Nothing.",
).of
def requests(register: Register) -> Grid:
    """Every request: those that became a review or wait for an answer, and those that were
    refused, with the way to the Ombudsman named."""
    opened = register.stages(TRACK, KEY)
    refused = register.uncounted.get((TRACK, KEY, StageOutcome.REFUSED), [])
    rows = [
        (words("Reviewed, or not answered yet"), count(matters(opened))),
        (words("Refused"), count(matters(refused))),
    ]
    return Grid(("Request", "Requests"), rows, len(opened) + len(refused), opened=opened)


@Figure(
    "T32",
    "Learning from corporate stage 2 reviews",
    "What services promised or did after stage 2 reviews that opened in the year, and what came too"
    " late for the report before",
    "What was not accepted, and what nobody chose for the report.",
).of
def learning(register: Register) -> Grid:
    """Some of the actions that services took or promised after a review: those that an officer
    chose for the report and put into words that name nobody. Beside each stands whether it was
    carried out by the day of the report."""
    return selection(register, TRACK, KEY, "Action")


@Figure("X32", "Outcomes of corporate stage 3 reviews", OF_THIRD).of
def third_numbers(register: Register) -> Grid:
    """What the last review found on a complaint's points together. Every review that opened stands
    in one column. A council without a third stage has no such table."""
    return outcome_counts(register, TRACK, THIRD, 2)
