"""Corporate stage 2: reviews, and what was learnt from them."""

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
from portal.reports.annual.table import Chapter, Check

TRACK, KEY = Track.CORPORATE, StageKey.STAGE_2
BASE = "Corporate stage 2 reviews that opened in the year"


def chapter(register: Register) -> Chapter:
    """The chapter."""
    services, teams, counts = by_service(register), by_team(register), numbers(register)
    asked = requests(register)
    this = register.stages(TRACK, KEY)
    whole = counts.rows[-1][-1]
    return Chapter(
        "corporate_2",
        "Corporate complaints: stage 2",
        (services, teams, counts, asked, learning(register)),
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
            )
        ),
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
