"""The key themes of stage 1 in figures, and the notes on teams that moved."""

from collections.abc import Mapping, Sequence

from portal.procedures.procedure import StageKey, Track
from portal.procedures.remedy import RemedyKind
from portal.procedures.stage_outcome import StageOutcome, Timing
from portal.procedures.state import Event
from portal.procedures.vocabulary import Nature, Relationship, Team
from portal.reports.annual.cells import NOTHING, change, count, hidden, share, words
from portal.reports.annual.figure import Grid
from portal.reports.annual.register import Register
from portal.reports.annual.roles import ROLES, RoleCount, roles_of
from portal.reports.annual.stage_rows import StageRow
from portal.reports.annual.stage_tables import having, matters, of_leadership, timed
from portal.reports.annual.table import Cell, CellKind

NATURES: Mapping[Nature | None, str] = {
    Nature.CASE_MANAGEMENT: "Case management",
    Nature.COMMUNICATION: "Communication",
    Nature.STAFF_CONDUCT: "Staff conduct",
    Nature.STANDARD_OF_SERVICE: "Standard of service",
    Nature.POLICY: "Policy",
    Nature.DATA: "Records and personal information",
    None: "Not recorded",
}
NO_ROLES = (
    "Relationships lead to no cases: with them, a number that is not shown could be worked out."
)
TOGETHER = "Children, young people and advocates together"
VOICES = (Relationship.YOUNG_PERSON, Relationship.ADVOCATE)
SORRY = (RemedyKind.APOLOGY, RemedyKind.EXPLANATION)


def of_stage_1(
    register: Register, track: Track, *, trends: bool = False, together: bool = False
) -> Grid:
    """The themes of a procedure's first stage: numbers, nature, time, what was settled, findings,
    remedies, who.

    Args:
        register: the report's rows.
        track: the procedure.
        trends: say too of which team the number changed most.
        together: give children, young people and advocates in one share besides.
    """
    this, last = (register.stages(track, StageKey.STAGE_1, back) for back in (0, 1))
    rows = [_row("Numbers: all", last, this)]
    rows += [
        _row(
            f"Numbers: {register.scope.leadership_name(code)}",
            of_leadership(last, code),
            of_leadership(this, code),
        )
        for code in register.leaderships(this, last)
    ]
    if trends:
        rows += [_trend(register, last, this)]
    rows += [_nature(nature, last, this) for nature in NATURES]
    rows += [
        _shares("Timescales: answered in time", last, this, _in_time(last), _in_time(this)),
        _shares("Resolved: settled with the person", last, this, _settled(last), _settled(this)),
        _meetings(register, track, StageKey.STAGE_1, "Resolved: complaints with a meeting"),
        _meetings(
            register, track, StageKey.STAGE_2, "Resolved: meetings after stage 2 was asked for"
        ),
        _shares("Findings: upheld", last, this, _upheld(last), _upheld(this)),
        _remedies(register, track),
        *_roles(register, track, together=together),
    ]
    columns = ("Theme", register.scope.label(1), register.scope.label(), "Change")
    return Grid(columns, [row for row in rows if row], len(this), opened=this)


def moved(register: Register, code: str) -> tuple[str, ...]:
    """A note for each team of a leadership that belonged to another in the years shown."""
    scope = register.scope
    return tuple(
        f"{scope.team_name(team)} belonged to another leadership in the years shown. All columns"
        f" count it here, where it is on {scope.year.last_day.day} March."
        for team in scope.moved_teams
        if scope.leadership(team) == code
    )


def _trend(
    register: Register, last: Sequence[StageRow], this: Sequence[StageRow]
) -> tuple[Cell, ...]:
    """The team whose number went up or down most; of several the first."""
    pairs = {
        team: ([row for row in last if row.team is team], [row for row in this if row.team is team])
        for team in Team
    }
    before, now = max(pairs.values(), key=lambda pair: abs(len(pair[1]) - len(pair[0])))
    if len(before) == len(now):
        return ()
    name = register.scope.team_name((now or before)[0].team)
    return _row(f"Trends: {name}", before, now)


def _row(label: str, last: Sequence[StageRow], this: Sequence[StageRow]) -> tuple[Cell, ...]:
    return (
        words(label), count(matters(last)), count(matters(this)), change(len(last), len(this)),
    )  # fmt: skip


def _shares(
    label: str, last: Sequence[object], this: Sequence[object], before: list[int], now: list[int]
) -> tuple[Cell, ...]:
    return (
        words(label), share(len(before), len(last), before), share(len(now), len(this), now),
        NOTHING,
    )  # fmt: skip


def _nature(
    nature: Nature | None, last: Sequence[StageRow], this: Sequence[StageRow]
) -> tuple[Cell, ...]:
    before = [row.matter for row in last if row.nature is nature]
    now = [row.matter for row in this if row.nature is nature]
    return _shares(f"Nature: {NATURES[nature]}", last, this, before, now) if before or now else ()


def _in_time(rows: Sequence[StageRow]) -> list[int]:
    return timed(rows, Timing.IN_TIME)


def _settled(rows: Sequence[StageRow]) -> list[int]:
    return having(rows, StageOutcome.SETTLED)


def _upheld(rows: Sequence[StageRow]) -> list[int]:
    return having(rows, StageOutcome.UPHELD)


def _meetings(register: Register, track: Track, key: StageKey, name: str) -> tuple[Cell, ...]:
    """The complaints of which somebody met the person while they were at a stage."""
    ours = {row.stage_id for row in register.stages(track, key)}
    held = {
        event.stage_id: event.matter
        for event in register.events
        if event.event is Event.MEETING_HELD and event.stage_id in ours
    }
    return (words(name), NOTHING, count(list(held.values())), NOTHING)


def _remedies(register: Register, track: Track) -> tuple[Cell, ...]:
    last, this = (register.remedies_of(track, StageKey.STAGE_1, back) for back in (1, 0))
    if not last and not this:
        return ()
    before = [one.matter for one in last if one.kind in SORRY]
    now = [one.matter for one in this if one.kind in SORRY]
    return _shares("Remedies: explanation or apology", last, this, before, now)


def _roles(register: Register, track: Track, *, together: bool) -> list[tuple[Cell, ...]]:
    """Roles of this year, by the rule for small numbers; only in a whole report, because the
    difference of two would tell."""
    if not register.scope.whole:
        return []
    stages = register.stages(track, StageKey.STAGE_1)
    roles = [role for role in roles_of(stages) if role.number or role.hidden]
    groups = [(f"Relationship: {ROLES[role.relationship]}", [role]) for role in roles]
    voices = [role for role in roles if role.relationship in VOICES]
    if together and voices:
        groups.append((TOGETHER, voices))
    return [(words(name), NOTHING, _share_of(some, len(stages)), NOTHING) for name, some in groups]


def _share_of(roles: Sequence[RoleCount], base: int) -> Cell:
    """The share of roles; not shown where one of them is not, for it could be worked out."""
    if any(role.hidden for role in roles):
        return hidden(CellKind.SHARE)
    return share(sum(role.number for role in roles), base)
