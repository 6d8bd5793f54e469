"""Time at every stage, against every length, and the extensions that were granted."""

from collections.abc import Iterable

from portal.cases.clock_names import CLOCKS
from portal.cases.stages import EVENT_WORDS
from portal.procedures.procedure import ClockKey, StageKey, StartEvent, Track
from portal.procedures.stage_outcome import Timing
from portal.procedures.state import Event
from portal.reports.annual.cells import count, number, share, words
from portal.reports.annual.clock_rows import ClockRow
from portal.reports.annual.figure import Figure, Grid
from portal.reports.annual.register import Register
from portal.reports.annual.stage_rows import StageRow
from portal.reports.annual.stage_tables import TIMINGS, matters, rates, sum_part, timed
from portal.reports.annual.table import Cell, Chapter, Check

STAGES = (
    ("Statutory stage 1", Track.STATUTORY, StageKey.STAGE_1),
    ("Statutory stage 2", Track.STATUTORY, StageKey.STAGE_2),
    ("Corporate stage 1", Track.CORPORATE, StageKey.STAGE_1),
    ("Corporate stage 2", Track.CORPORATE, StageKey.STAGE_2),
    ("Corporate stage 3", Track.CORPORATE, StageKey.STAGE_3),
    ("MP enquiries", Track.MP_ENQUIRY, StageKey.ANSWER),
    ("Enquiries from members", Track.MEMBER_ENQUIRY, StageKey.ANSWER),
)
TRACKS = {
    Track.STATUTORY: "Statutory", Track.CORPORATE: "Corporate", Track.MP_ENQUIRY: "MP enquiry",
    Track.MEMBER_ENQUIRY: "Member enquiry", Track.OMBUDSMAN: "Ombudsman",
    Track.DATA_PROTECTION: "Personal data",
}  # fmt: skip
BASE = "Stages that opened in the year"
STAGE_OF = {
    ClockKey.STAGE_1: "stage 1", ClockKey.ACKNOWLEDGE_1: "stage 1", ClockKey.STAGE_2: "stage 2",
    ClockKey.ACKNOWLEDGE_2: "stage 2", ClockKey.STAGE_3: "stage 3",
    ClockKey.ACKNOWLEDGE_3: "stage 3",
}  # fmt: skip
NOT_STATED = "not stated"


def chapter(register: Register) -> Chapter:
    """The chapter."""
    stages, limits = three_rates(register), every_limit(register)
    extended, why = extensions(register), reasons(register)
    return Chapter(
        "timeliness",
        "Timeliness and extensions",
        (stages, limits, extended, why),
        Check(
            (
                *(sum_part(f"{row[0].text} by time", row[1], *row[2:7]) for row in stages.rows),
                *(sum_part(f"{row[0].text}, {row[1].text}", row[2], *row[3:8], aside=True)
                  for row in limits.rows),
                *(sum_part(f"{row[0].text} extended", row[2], *row[4:]) for row in extended.rows),
                sum_part(
                    "Reasons for extensions", number(_extended(register)),
                    *(row[1] for row in why.rows),
                ),
            )
        ),
    )  # fmt: skip


@Figure("X20", "Time at every stage", BASE, chart="stacked").of
def three_rates(register: Register) -> Grid:
    """Against the longest length that is reported, counted from where the stage's date counts.
    Then the share in time of all opened, of those completed, and of those due: in time, or
    late. A stage without one length of its own, such as statutory stage 3, stands in the next table
    with each of its clocks."""
    rows: list[tuple[Cell, ...]] = []
    for name, track, key in STAGES:
        stages = register.stages(track, key)
        if stages:
            counts = [count(timed(stages, timing)) for timing in TIMINGS]
            rows.append((words(name), count(matters(stages)), *counts, *rates(stages)))
    columns = ("Stage", "Opened", *TIMINGS.values(), "Of opened", "Of completed", "Of due")
    opened = [row for _, track, key in STAGES for row in register.stages(track, key)]
    return Grid(columns, rows, len(opened), opened=opened)


@Figure("X21", "Every length of every stage", "Clocks of stages that opened in the year").of
def every_limit(register: Register) -> Grid:
    """Each clock that the council keeps against each length that is reported, in working days
    unless it is about personal data, which is in days; from what it counts stands beside it. A
    clock that nothing has started is not counted. A stage that ended without it counts it as
    late."""
    found: dict[tuple[Track, ClockKey, StartEvent, int], list[ClockRow]] = {}
    for clock in register.clocks:
        key = (clock.track, clock.clock, clock.starts, clock.length)
        found.setdefault(key, []).append(clock)
    rows = [_limit(key, found[key]) for key in sorted(found, key=_place)]
    columns = (
        "What", "Length", "Counted", *TIMINGS.values(), "In time, of all", "In time, of due",
    )  # fmt: skip
    return Grid(columns, rows, len(register.clocks))


@Figure("X22", "Extensions", BASE).of
def extensions(register: Register) -> Grid:
    """Stages whose date was moved by a letter that went in time, and whether they were answered by
    the date that it named. The base is how many were extended."""
    extended = {one.stage_id for one in register.events if one.event is Event.EXTENDED}
    rows: list[tuple[Cell, ...]] = []
    for name, track, key in STAGES:
        stages = register.stages(track, key)
        moved = [row for row in stages if row.stage_id in extended]
        if not stages:
            continue
        kept = [row for row in moved if row.answered_on and row.answered_on <= row.due_on]
        late = [row for row in moved if _missed(row, register)]
        rows.append(
            (
                words(name), count(matters(stages)), count(matters(moved)),
                share(len(moved), len(stages), matters(moved)), count(matters(kept)),
                count(matters(late)), count(_rest(moved, kept, late)),
            )
        )  # fmt: skip
    columns = (
        "Stage", "Opened", "Extended", "Share extended", "Answered by the new date",
        "Not answered by it", "Not yet due, or ended otherwise",
    )  # fmt: skip
    return Grid(columns, rows, sum(row[2].value or 0 for row in rows))


@Figure("X23", "Reasons for extensions", "Extensions of stages that opened in the year").of
def reasons(register: Register) -> Grid:
    """The coded reason of each letter that moved a date; a stage may have had several."""
    found: dict[str, list[int]] = {}
    for one in register.events:
        if one.event is Event.EXTENDED:
            found.setdefault(one.reason or NOT_STATED, []).append(one.matter)
    rows = [
        (words(reason.replace("_", " ").capitalize()), count(found[reason]))
        for reason in sorted(found)
    ]
    return Grid(("Reason", "Extensions"), rows, sum(len(keys) for keys in found.values()))


def _extended(register: Register) -> int:
    """How many letters moved a date."""
    return sum(one.event is Event.EXTENDED for one in register.events)


def _place(key: tuple[Track, ClockKey, StartEvent, int]) -> tuple[int, int, int, int]:
    """Procedures, clocks and starts in the order in which a matter meets them."""
    track, clock, starts, length = key
    places = list(Track).index(track), list(ClockKey).index(clock), list(StartEvent).index(starts)
    return (*places, length)


def _limit(
    key: tuple[Track, ClockKey, StartEvent, int], clocks: list[ClockRow]
) -> tuple[Cell, ...]:
    track, clock, starts, length = key
    stage = f" {STAGE_OF[clock]}" if clock in STAGE_OF else ""
    since = EVENT_WORDS.get(starts, starts.value.replace("_", " "))
    waits = CLOCKS[clock]
    name = f"{TRACKS[track]}{stage}: {waits[0].lower()}{waits[1:]}, from {since}"
    counts = {timing: [one.matter for one in clocks if one.timing is timing] for timing in TIMINGS}
    in_time = counts[Timing.IN_TIME]
    unit = "days" if track is Track.DATA_PROTECTION else "working days"
    due = len(in_time) + len(counts[Timing.LATE])
    return (
        words(name), words(f"{length} {unit}"), count([one.matter for one in clocks]),
        *(count(keys) for keys in counts.values()),
        share(len(in_time), len(clocks), in_time), share(len(in_time), due, in_time),
    )  # fmt: skip


def _missed(row: StageRow, register: Register) -> bool:
    """Whether the date that an extension named has passed without an answer by it."""
    if row.answered_on is not None:
        return row.answered_on > row.due_on
    return row.timing in (Timing.LATE, Timing.NOT_DUE) and register.scope.as_at > row.due_on


def _rest(moved: Iterable[StageRow], *groups: list[StageRow]) -> list[int]:
    placed = {row.stage_id for rows in groups for row in rows}
    return [row.matter for row in moved if row.stage_id not in placed]
