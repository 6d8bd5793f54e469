"""What was refused, what is promised, and who told us."""

from collections.abc import Mapping, Sequence
from typing import Any

from portal.procedures.refusal import RefusalReason
from portal.procedures.refusal_rules import rule_for
from portal.procedures.remedy import RemedyState
from portal.procedures.vocabulary import Relationship, Team
from portal.records.feedback import Door
from portal.records.refusal_proposal import ProposalState
from portal.reports.annual.cells import count, share, words
from portal.reports.annual.figure import Grid
from portal.reports.annual.table import Cell
from portal.reports.monday.figure import Figure
from portal.reports.monday.week import Week

YOUNG, ADVOCATE, OTHERS = "Young people", "Advocates for them", "Everybody else"
NO_REASON = "No reason recorded"


@Figure("M9", "Refusals", "Each no that waits, or was agreed to in these months").of
def refusals(week: Week) -> Grid:
    """What one officer would refuse and a second has yet to look at, and what both agreed to in
    this month and the five before it, by the coded reason."""
    found: dict[RefusalReason | None, list[Any]] = {}
    for row in week.refusals:
        found.setdefault(row.reason, []).append(row)
    names = {reason: rule_for(reason).label if reason else NO_REASON for reason in found}
    rows = [
        _refused(names[reason], found[reason])
        for reason in sorted(found, key=lambda one: (-len(found[one]), names[one]))
    ]
    rows.append(_refused("Total", week.refusals))
    return Grid(("Reason", "Waits for a second officer", "Agreed"), rows, len(week.refusals))


@Figure("M10", "Promises by team", "Everything that is promised and not done", chart="bar").of
def promises(week: Week) -> Grid:
    """What is still to be done, by the team that does it and by its date."""
    still = [row for row in week.promises if row.state is RemedyState.PROMISED]
    teams = _teams(week, still)
    rows = [
        (words(name), *_by_date(week, [row for row in still if row.team is team]))
        for team, name in teams.items()
    ]
    rows.append((words("Total"), *_by_date(week, still)))
    return Grid(("Team", "Overdue", "Within two weeks", "Later", "No date yet"), rows, len(still))


@Figure("M11", "Promises kept", "Promises whose date lies in these months, up to today").of
def kept(week: Week) -> Grid:
    """What was promised for a day in this month or the five before it and not after today, and
    how much of it is done."""
    due = [
        row
        for row in week.promises
        if row.due_on is not None and week.first_day <= row.due_on <= week.today
    ]
    rows = [
        _kept(name, [row for row in due if row.team is team])
        for team, name in _teams(week, due).items()
    ]
    rows.append(_kept("Total", due))
    columns = ("Team", "Promised", "Done by the date", "Done later", "Not done", "Share done")
    return Grid(columns, rows, len(due))


@Figure("M12", "Who told us", "Everything that came in in these months", chart="stacked").of
def voices(week: Week) -> Grid:
    """By the month in which it came. Young people: through their own door, or an officer recorded
    that it is theirs; advocates: through the advocates' door, or recorded so."""
    rows = [
        _told(f"{month:%B %Y}", [r for r in week.voices if r.received_on.replace(day=1) == month])
        for month in week.months
    ]
    rows.append(_told("Total", week.voices))
    columns = ("Month", YOUNG, ADVOCATE, OTHERS, "All", "Share of young people")
    return Grid(columns, rows, len(week.voices))


def voice_of(row: Any) -> str:
    """Whose voice one row of `Week.voices` is."""
    said = row.relationship or row.relationship_said
    if row.door is Door.YOUNG_PEOPLE or said is Relationship.YOUNG_PERSON:
        return YOUNG
    if row.door is Door.ADVOCATES or said is Relationship.ADVOCATE:
        return ADVOCATE
    return OTHERS


def _refused(name: str, rows: Sequence[Any]) -> tuple[Cell, ...]:
    states = (ProposalState.WAITING, ProposalState.AGREED)
    return (
        words(name),
        *(count([row.matter for row in rows if row.state is state]) for state in states),
    )


def _by_date(week: Week, rows: list[Any]) -> tuple[Cell, ...]:
    dated = [row for row in rows if row.due_on is not None]
    return (
        count([row.matter for row in dated if row.due_on < week.today]),
        count([row.matter for row in dated if week.today <= row.due_on <= week.soon]),
        count([row.matter for row in dated if row.due_on > week.soon]),
        count([row.matter for row in rows if row.due_on is None]),
    )


def _kept(name: str, rows: list[Any]) -> tuple[Cell, ...]:
    done = [row for row in rows if row.state is RemedyState.DONE]
    in_time = [row.matter for row in done if row.done_on <= row.due_on]
    later = [row.matter for row in done if row.done_on > row.due_on]
    return (
        words(name),
        count([row.matter for row in rows]),
        count(in_time),
        count(later),
        count([row.matter for row in rows if row.state is not RemedyState.DONE]),
        share(len(done), len(rows), [row.matter for row in done]),
    )


def _told(name: str, rows: Sequence[Any]) -> tuple[Cell, ...]:
    by = {
        voice: [row.matter for row in rows if voice_of(row) == voice]
        for voice in (YOUNG, ADVOCATE, OTHERS)
    }
    every = [row.matter for row in rows]
    cells = (count(matters) for matters in by.values())
    return (words(name), *cells, count(every), share(len(by[YOUNG]), len(every), by[YOUNG]))


def _teams(week: Week, rows: list[Any]) -> Mapping[Team, str]:
    """The teams of some rows with their names, in the order of the names."""
    named = {row.team: week.council.team(row.team).officer_label for row in rows}
    return dict(sorted(named.items(), key=lambda pair: pair[1].casefold()))
