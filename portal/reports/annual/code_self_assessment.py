"""The self-assessment against the Complaint Handling Code: what the records show for each rule.

Rules and paragraphs: reference/procedures.md 3.2. What records cannot show is for an officer to
say; a rule whose paragraph could not be read names none.
"""

from collections.abc import Sequence

from portal.procedures.procedure import ClockKey, StageKey, Track
from portal.procedures.refusal import Disposition
from portal.procedures.stage_outcome import WITH_FINDING, StageOutcome, Timing
from portal.procedures.state import Event
from portal.reports.annual.cells import NOTHING, count, share, words
from portal.reports.annual.clock_rows import ClockRow
from portal.reports.annual.figure import Figure, Grid
from portal.reports.annual.register import Register
from portal.reports.annual.remedies_and_cost import this_year
from portal.reports.annual.stage_tables import having
from portal.reports.annual.table import Cell, Chapter, Check

TRACK = Track.CORPORATE
CLOCKS = (
    (
        "Stage 1 is acknowledged within 5 working days (6.2)", ClockKey.ACKNOWLEDGE_1, 0,
    ),
    ("Stage 1 is answered within the shortest length reported (6.3)", ClockKey.STAGE_1, 0),
    ("Stage 1 is answered within the longest length reported (6.4)", ClockKey.STAGE_1, -1),
    ("A request for stage 2 is acknowledged within 5 working days", ClockKey.ACKNOWLEDGE_2, 0),
    ("Stage 2 is answered within the shortest length reported", ClockKey.STAGE_2, 0),
    ("Stage 2 is answered within the longest length reported", ClockKey.STAGE_2, -1),
)  # fmt: skip


def chapter(register: Register) -> Chapter:
    """The chapter. Nothing in it adds up: each row has a base of its own."""
    return Chapter(
        "code_self_assessment",
        "Self-assessment against the Complaint Handling Code",
        (self_assessment(register),),
        Check(()),
    )


@Figure("X70", "What the records show for each rule of the Code", "Each row names its own").of
def self_assessment(register: Register) -> Grid:
    """Corporate stages that opened in the year against the Code's rules that records can show:
    of so many, how many kept it. A clock that is not due yet is left out of its row."""
    rows = [*_refusals(register), *(_clock(register, *one) for one in CLOCKS)]
    rows += [_extensions(register), _answers(register), _actions(register)]
    return Grid(("Rule", "Cases", "Kept", "Share"), rows)


def _kept(rule: str, all_of: Sequence[int], kept: Sequence[int]) -> tuple[Cell, ...]:
    return (words(rule), count(all_of), count(kept), share(len(kept), len(all_of), kept))


def _refusals(register: Register) -> list[tuple[Cell, ...]]:
    refused = [row for row in register.duty() if row.disposition is Disposition.REFUSED]
    keys = [row.matter for row in refused]
    reasons = [row.matter for row in refused if row.reason is not None]
    asked = [row.matter for row in refused if row.consulted_on is not None]
    return [
        _kept("A refusal has a coded reason, and names the Ombudsman (2.4)", keys, reasons),
        _kept("Facts were checked with the service before a refusal (2.5)", keys, asked),
    ]


def _clock(register: Register, rule: str, key: ClockKey, which: int) -> tuple[Cell, ...]:
    clocks = [one for one in register.clocks if one.track is TRACK and one.clock is key]
    lengths = sorted({one.length for one in clocks})
    if not lengths:
        return (words(rule), count([]), count([]), NOTHING)
    measured: list[ClockRow] = [one for one in clocks if one.length == lengths[which]]
    due = [one for one in measured if one.timing in (Timing.IN_TIME, Timing.LATE)]
    kept = [one.matter for one in due if one.timing is Timing.IN_TIME]
    return _kept(f"{rule}: {lengths[which]} working days", [one.matter for one in due], kept)


def _extensions(register: Register) -> tuple[Cell, ...]:
    ours = {
        row.stage_id
        for key in (StageKey.STAGE_1, StageKey.STAGE_2)
        for row in register.stages(TRACK, key)
    }
    moved = [one for one in register.events if one.event is Event.EXTENDED and one.stage_id in ours]
    told = [one.matter for one in moved if one.reason]
    return _kept("An extension has a reason that the person is told (6.5)",
                 [one.matter for one in moved], told)  # fmt: skip


def _answers(register: Register) -> tuple[Cell, ...]:
    stages = register.stages(TRACK, StageKey.STAGE_1)
    answered = having(stages, *WITH_FINDING, StageOutcome.SETTLED, StageOutcome.NOT_RECORDED)
    found = having(stages, *WITH_FINDING, StageOutcome.SETTLED)
    return _kept("An answer says what was found on each point (6.7)", answered, found)


def _actions(register: Register) -> tuple[Cell, ...]:
    ours = [one for one in this_year(register) if one.track is TRACK]
    dated = [one.matter for one in ours if one.due_on is not None]
    return _kept("What is to be done has a date that is followed (6.6)",
                 [one.matter for one in ours], dated)  # fmt: skip
