"""What is open this Monday: by team and stage, how old, what the Ombudsman waits for."""

from collections.abc import Mapping
from typing import Any

from portal.cases.clock_names import CLOCKS
from portal.procedures.procedure import ClockKey, StageKey, Track, track_of
from portal.procedures.state import ANSWER_GIVEN
from portal.procedures.suppression import suppressed
from portal.procedures.vocabulary import Team
from portal.procedures.working_days import working_days_between
from portal.reports.annual.cells import count, hidden, number, words
from portal.reports.annual.figure import Grid
from portal.reports.monday.figure import Figure
from portal.reports.monday.week import OMBUDSMANS, Week

STAGES: Mapping[StageKey, str] = {
    StageKey.STAGE_1: "Stage 1",
    StageKey.STAGE_2: "Stage 2",
    StageKey.STAGE_3: "Stage 3",
}
ANSWERED, OMBUDSMAN, ENQUIRIES = "Answered", "Ombudsman", "Enquiries and data"
PLACES = (*STAGES.values(), ENQUIRIES, OMBUDSMAN, ANSWERED)
AGES = (
    ("Up to 10 working days", 0, 10),
    ("11 to 20", 11, 20),
    ("21 to 65", 21, 65),
    ("66 to 130", 66, 130),
    ("More than 130", 131, None),
)
"""The bands end where stages do: 10 and 20 working days for stage 1, 65 for stage 2."""
OMBUDSMAN_WORDS: Mapping[ClockKey, str] = {
    **{key: CLOCKS[key] for key in OMBUDSMANS if key in CLOCKS},
    ClockKey.DOCUMENTS: "Documents for the Ombudsman",
}
BASE = "Open cases"


@Figure("M1", "Open by team and stage", BASE, chart="bar").of
def by_team(week: Week) -> Grid:
    """Open cases by the team they are about and by where they stand. Answered means that the
    person has our answer and may still ask for more, or that something promised is still to be
    done."""
    found: dict[Team, dict[str, list[int]]] = {}
    for row in week.open_cases:
        found.setdefault(row.team, {}).setdefault(place_of(row), []).append(row.matter)
    rows = []
    for team in sorted(found, key=lambda one: week.council.team(one).officer_label.casefold()):
        places = found[team]
        every = [matter for place in PLACES for matter in places.get(place, [])]
        cells = (count(places.get(place, [])) for place in PLACES)
        rows.append((words(week.council.team(team).officer_label), count(every), *cells))
    sums = [
        [matter for places in found.values() for matter in places.get(place, [])]
        for place in PLACES
    ]
    rows.append((words("Total"), count([row.matter for row in week.open_cases]), *map(count, sums)))
    return Grid(("Team", "All", *PLACES), rows, len(week.open_cases))


@Figure("M2", "How old", BASE, chart="bar").of
def by_age(week: Week) -> Grid:
    """Open cases by the working days since they came in, whatever was in between."""
    ages = [
        (
            working_days_between(row.received_on, week.today, week.council.calendar),
            row.matter,
        )
        for row in week.open_cases
    ]
    rows = [
        (
            words(name),
            count([m for age, m in ages if age >= least and (most is None or age <= most)]),
        )
        for name, least, most in AGES
    ]
    rows.append((words("Total"), count([matter for _, matter in ages])))
    oldest = max((age for age, _ in ages), default=None)
    notes = () if oldest is None else (f"The oldest came {oldest} working days ago.",)
    return Grid(("Age", "Cases"), rows, len(ages), notes)


@Figure("M3", "Due to the Ombudsman", "Open dates that the Ombudsman set, or that stand for one").of
def ombudsman_due(week: Week) -> Grid:
    """What the Ombudsman waits for, by its date. Two weeks are fourteen days."""
    dates = [row for row in week.clocks if row.key in OMBUDSMANS]
    rows = []
    for key in (ClockKey.ENQUIRY, ClockKey.DOCUMENTS, ClockKey.DRAFT_COMMENTS):
        own = [row for row in dates if row.key == key]
        rows.append(
            (
                words(OMBUDSMAN_WORDS[key]),
                count([row.matter for row in own]),
                count([row.matter for row in own if row.due_on < week.today]),
                count([row.matter for row in own if week.today <= row.due_on <= week.soon]),
                count([row.matter for row in own if row.due_on > week.soon]),
            )
        )
    return Grid(("What", "All", "Overdue", "Within two weeks", "Later"), rows, len(dates))


@Figure(
    "M4",
    "Open in other teams",
    "Open cases of teams that are not yours",
    "Your own teams, which stand above.",
    no_cases="These numbers lead to no cases: the cases of other teams are not open to you.",
).of
def elsewhere(week: Week) -> Grid:
    """How many cases other teams have open. Numbers below five are not shown, nor what would give
    them away."""
    teams = [team for team in Team if week.teams is not None and team not in week.teams]
    counts = [week.open_elsewhere.get(team, 0) for team in teams]
    found = suppressed(counts)
    rows = [
        (words(week.council.team(team).officer_label), hidden() if flag else number(value))
        for team, value, flag in zip(teams, counts, found.hidden, strict=True)
    ]
    return Grid(("Team", "Open cases"), rows)


def place_of(row: Any) -> str:
    """In which column of open cases one stands.

    Args:
        row: of `Week.open_cases`.
    """
    if row.procedure_state in ANSWER_GIVEN:
        return ANSWERED
    track = track_of(row.category, row.procedure, row.chosen_track)
    if track is Track.OMBUDSMAN:
        return OMBUDSMAN
    return STAGES.get(row.stage_key, ENQUIRIES)
