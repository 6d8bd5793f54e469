"""Tables that several procedures have alike: by year, by team, by outcome, by time."""

from collections.abc import Iterable, Iterator, Sequence

from portal.procedures.procedure import StageKey, Track
from portal.procedures.stage_outcome import COMPLETED, OPENED, WITH_FINDING, StageOutcome, Timing
from portal.procedures.vocabulary import Team
from portal.reports.annual.cells import change, count, share, words
from portal.reports.annual.figure import Grid, Rows
from portal.reports.annual.register import Register
from portal.reports.annual.stage_rows import StageRow
from portal.reports.annual.table import Cell, CellKind, Part, ReportTable

OUTCOMES = {
    StageOutcome.UPHELD: "Upheld",
    StageOutcome.PARTIALLY_UPHELD: "Partially upheld",
    StageOutcome.NOT_UPHELD: "Not upheld",
    StageOutcome.NO_FINDING: "Unable to make a finding",
    StageOutcome.SETTLED: "Settled with the person",
    StageOutcome.NOT_RECORDED: "Answered, no finding recorded",
    StageOutcome.WITHDRAWN: "Complaint withdrawn",
    StageOutcome.ENDED: "Ended otherwise",
    StageOutcome.OPEN: "Open",
}
TIMINGS = {
    Timing.IN_TIME: "Within timescale",
    Timing.LATE: "Over timescale",
    Timing.WITHDRAWN: "Complaint withdrawn",
    Timing.NOT_DUE: "Not yet due",
    Timing.ENDED: "Ended before it was due",
}
PERIOD, TOTAL = "Reporting period", "TOTAL"


def matters(rows: Iterable[StageRow]) -> list[int]:
    """The keys of the feedback behind rows."""
    return [row.matter for row in rows]


def having(rows: Iterable[StageRow], *outcomes: StageOutcome) -> list[int]:
    """The matters of those that came out one of these ways."""
    return [row.matter for row in rows if row.outcome in outcomes]


def timed(rows: Iterable[StageRow], *timings: Timing) -> list[int]:
    """The matters of those that stand so against the longest length."""
    return [row.matter for row in rows if row.timing in timings]


def of_year(
    register: Register, track: Track, key: StageKey, columns: tuple[str, ...], rows: Rows
) -> Grid:
    """A grid whose base is all stages of the reported year."""
    this = register.stages(track, key)
    return Grid(columns, rows, len(this), opened=this)


def by_year(register: Register, track: Track, key: StageKey, years: int) -> Grid:
    """Stages of each year, the oldest first."""
    rows = [
        (words(register.scope.label(back)), count(matters(register.stages(track, key, back))))
        for back in range(years - 1, -1, -1)
    ]
    return of_year(register, track, key, (PERIOD, TOTAL), rows)


def by_team(
    register: Register, this: Sequence[StageRow], last: Sequence[StageRow]
) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """Columns and rows of teams in two years, with their total; teams with none have no row."""
    scope = register.scope
    columns = ("Team", f"{TOTAL} {scope.label(1)}", f"{TOTAL} {scope.label()}")
    rows: list[tuple[Cell, ...]] = []
    for team in Team:
        before = [row.matter for row in last if row.team is team]
        now = [row.matter for row in this if row.team is team]
        if before or now:
            rows.append((words(scope.team_name(team)), count(before), count(now)))
    rows.append((words(TOTAL), count(matters(last)), count(matters(this))))
    return columns, rows


def of_leadership(rows: Iterable[StageRow], code: str) -> list[StageRow]:
    """The rows of one leadership."""
    return [row for row in rows if row.leadership == code]


def by_leadership(
    register: Register, rows: Sequence[StageRow], heading: str
) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """Columns and rows of the leaderships that have any."""
    found: list[tuple[Cell, ...]] = [
        (
            words(register.scope.leadership_name(code)),
            count(matters(of_leadership(rows, code))),
        )
        for code in register.leaderships(rows)
    ]
    return ("Service", heading), found


def outcome_shares(register: Register, track: Track, key: StageKey, years: int) -> Grid:
    """How the stages of each year came out, as shares of all that opened."""
    rows: list[tuple[Cell, ...]] = []
    for back in range(years - 1, -1, -1):
        stages = register.stages(track, key, back)
        found = {outcome: having(stages, outcome) for outcome in OPENED}
        shares = [share(len(found[one]), len(stages), found[one]) for one in OPENED]
        rows.append((words(register.scope.label(back)), *shares))
    columns = (PERIOD, *(OUTCOMES[outcome] for outcome in OPENED))
    return of_year(register, track, key, columns, rows)


def outcome_counts(register: Register, track: Track, key: StageKey, years: int) -> Grid:
    """How many stages of each year came out how: every one in one column."""
    rows: list[tuple[Cell, ...]] = []
    for back in range(years - 1, -1, -1):
        stages = register.stages(track, key, back)
        counts = [count(having(stages, outcome)) for outcome in OPENED]
        rows.append((words(register.scope.label(back)), *counts, count(matters(stages))))
    columns = (PERIOD, *(OUTCOMES[outcome] for outcome in OPENED), "Opened")
    return of_year(register, track, key, columns, rows)


def outcomes_of(rows: Sequence[StageRow]) -> list[tuple[Cell, ...]]:
    """One row for each way in which any came out: the count and its share of all."""
    found = [(OUTCOMES[outcome], having(rows, outcome)) for outcome in OPENED]
    return [
        (words(name), count(keys), share(len(keys), len(rows), keys))
        for name, keys in found
        if keys
    ]


def time_shares(register: Register, track: Track, key: StageKey, years: int) -> Grid:
    """How the stages of each year kept their time, as shares of all that opened; then the share in
    time of those completed, and of those due: completed, or late and open."""
    rows: list[tuple[Cell, ...]] = []
    for back in range(years - 1, -1, -1):
        stages = register.stages(track, key, back)
        shares = [
            share(len(keys), len(stages), keys)
            for keys in (timed(stages, timing) for timing in TIMINGS)
        ]
        rows.append((words(register.scope.label(back)), *shares, *rates(stages)[1:]))
    columns = (PERIOD, *TIMINGS.values(), "In time, of completed", "In time, of due")
    return of_year(register, track, key, columns, rows)


def time_counts(register: Register, track: Track, key: StageKey, years: int) -> Grid:
    """How many stages of each year kept their time: every one in one column."""
    rows: list[tuple[Cell, ...]] = []
    for back in range(years - 1, -1, -1):
        stages = register.stages(track, key, back)
        counts = [count(timed(stages, timing)) for timing in TIMINGS]
        rows.append((words(register.scope.label(back)), *counts, count(matters(stages))))
    columns = (PERIOD, *TIMINGS.values(), "Opened")
    return of_year(register, track, key, columns, rows)


def rates(stages: Sequence[StageRow]) -> tuple[Cell, Cell, Cell]:
    """The three rates in time: of all opened, of those completed, of those due."""
    in_time = timed(stages, Timing.IN_TIME)
    completed = having(stages, *COMPLETED)
    due = timed(stages, Timing.IN_TIME, Timing.LATE)
    return (
        share(len(in_time), len(stages), in_time),
        share(len(in_time), len(completed), in_time),
        share(len(in_time), len(due), in_time),
    )


def outcome_part(name: str, stages: Sequence[StageRow]) -> Part:
    """That what opened is what has an outcome, was withdrawn, ended otherwise or is open."""
    parts = (
        len(having(stages, *WITH_FINDING)),
        len(having(stages, StageOutcome.SETTLED, StageOutcome.NOT_RECORDED)),
        len(having(stages, StageOutcome.WITHDRAWN)),
        len(having(stages, StageOutcome.ENDED)),
        len(having(stages, StageOutcome.OPEN)),
    )
    sentence = (
        f"{name}: {len(stages)} opened = {parts[0]} with a finding + {parts[1]} answered without"
        f" one + {parts[2]} withdrawn + {parts[3]} ended otherwise + {parts[4]} open."
    )
    return Part(sentence, len(stages), parts)


def time_part(name: str, stages: Sequence[StageRow]) -> Part:
    """That what opened was in time, late, withdrawn, not yet due, or ended before it was due."""
    parts = tuple(len(timed(stages, timing)) for timing in TIMINGS)
    sentence = (
        f"{name}: {len(stages)} opened = {parts[0]} in time + {parts[1]} late + {parts[2]}"
        f" withdrawn + {parts[3]} not yet due + {parts[4]} ended before they were due."
    )
    return Part(sentence, len(stages), parts)


def sum_part(sentence: str, whole: Cell, *parts: Cell, aside: bool = False) -> Part:
    """That cells of a table come to another cell."""
    values = tuple(cell.value or 0 for cell in parts)
    sums = " + ".join(f"{value}" for value in values) or "0"
    return Part(f"{sentence}: {whole.value or 0} = {sums}.", whole.value or 0, values, aside)


def years_parts(name: str, table: ReportTable, *totals: Cell) -> Iterator[Part]:
    """That each year of a table comes to its last column, and this to a total elsewhere.

    Args:
        name: what is added up.
        table: one row for each year, the reported one last.
        totals: those of the last years, the reported one last.
    """
    latest = table.rows[-1]
    for row in table.rows:
        yield sum_part(f"{name}, {row[0].text}", row[-1], *row[1:-1], aside=row is not latest)
    for total, row in zip(totals, table.rows[-len(totals) :], strict=True):
        yield sum_part(f"{name}, all of {row[0].text}", total, row[-1], aside=True)


def columns_parts(table: ReportTable, *places: int) -> Iterator[Part]:
    """That the rows of columns come to what stands in the last row."""
    *rows, total = table.rows
    for at in places:
        name = f"{table.title}, {table.columns[at][0].lower()}{table.columns[at][1:]}"
        if total[at].kind is CellKind.MONEY:
            name += " in pence"
        yield sum_part(name, total[at], *(row[at] for row in rows), aside=True)


def changed(label: str, last: Sequence[int], this: Sequence[int]) -> tuple[Cell, ...]:
    """A row of two years and the change between them."""
    return (words(label), count(last), count(this), change(len(last), len(this)))
