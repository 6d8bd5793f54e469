"""The self-assessment against the Complaint Handling Code: what the records show for each rule.

Rules and paragraphs: reference/procedures.md 3.2. What records cannot show is for an officer to
say; a rule whose paragraph could not be read names none.
"""

from collections.abc import Iterable

from portal.procedures.procedure import ClockKey, StageKey, Track
from portal.procedures.stage_outcome import COMPLETED, StageOutcome, Timing
from portal.procedures.state import Event
from portal.reports.annual.cells import count, share, words
from portal.reports.annual.figure import Figure, Grid
from portal.reports.annual.register import Register
from portal.reports.annual.remedies_and_cost import this_year
from portal.reports.annual.stage_tables import sum_part
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
    """The chapter. Each row has a base of its own."""
    rules = self_assessment(register)
    return Chapter(
        "code_self_assessment",
        "Self-assessment against the Complaint Handling Code",
        (rules,),
        Check(
            tuple(sum_part(row[0].text, row[1], row[2], row[3], aside=True) for row in rules.rows)
        ),
    )


@Figure("X70", "What the records show for each rule of the Code", "Each row names its own").of
def self_assessment(register: Register) -> Grid:
    """Corporate stages that opened in the year, and refusals of the year, against the Code's rules
    that records can show: of so many, how many kept it. A refusal on a ground that only the
    statutory procedure has is left out, and so is a clock that is not due yet. Whether a refusal
    names the Ombudsman is looked for in the letter that went out."""
    rows = [*_refusals(register), *(_clock(register, *one) for one in CLOCKS)]
    rows += [_extensions(register), _answers(register), _actions(register)]
    columns = ("Rule", "Cases", "Kept", "Not kept", "Share kept")
    return Grid(columns, rows, notes=_without_letter(register))


def _kept(rule: str, told: Iterable[tuple[int, bool]]) -> tuple[Cell, ...]:
    """A row of matters, each with whether it kept the rule."""
    pairs = list(told)
    kept, broken = (
        [matter for matter, good in pairs if good is wanted] for wanted in (True, False)
    )
    everything = [matter for matter, _ in pairs]
    return (
        words(rule), count(everything), count(kept), count(broken),
        share(len(kept), len(everything), kept),
    )  # fmt: skip


def _refusals(register: Register) -> list[tuple[Cell, ...]]:
    refused = [row for row in register.duty() if row.corporate_refusal]
    return [
        _kept(
            "The letter of a refusal names the Ombudsman (2.4)",
            (
                (row.matter, register.refusals_told[row.matter])
                for row in refused
                if row.matter in register.refusals_told
            ),
        ),
        _kept(
            "Facts were checked with the service before a refusal (2.5)",
            ((row.matter, row.consulted_on is not None) for row in refused),
        ),
    ]


def _without_letter(register: Register) -> tuple[str, ...]:
    refused = [row for row in register.duty() if row.corporate_refusal]
    silent = len(refused) - len(register.refusals_told)
    if not silent:
        return ()
    return (
        f"Of {silent:,} of the {len(refused):,} refusals no letter went out that is kept here. They"
        " are left out of the row on letters.",
    )


def _clock(register: Register, rule: str, key: ClockKey, which: int) -> tuple[Cell, ...]:
    clocks = [one for one in register.clocks if one.track is TRACK and one.clock is key]
    lengths = sorted({one.length for one in clocks})
    if not lengths:
        return _kept(rule, ())
    due = [
        (one.matter, one.timing is Timing.IN_TIME)
        for one in clocks
        if one.length == lengths[which] and one.timing in (Timing.IN_TIME, Timing.LATE)
    ]
    return _kept(f"{rule}: {lengths[which]} working days", due)


def _extensions(register: Register) -> tuple[Cell, ...]:
    ours = {
        row.stage_id
        for key in (StageKey.STAGE_1, StageKey.STAGE_2)
        for row in register.stages(TRACK, key)
    }
    moved = [one for one in register.events if one.event is Event.EXTENDED and one.stage_id in ours]
    return _kept(
        "An extension has a reason that the person is told (6.5)",
        ((one.matter, bool(one.reason)) for one in moved),
    )


def _answers(register: Register) -> tuple[Cell, ...]:
    answered = [row for row in register.stages(TRACK, StageKey.STAGE_1) if row.outcome in COMPLETED]
    return _kept(
        "An answer says what was found on each point (6.7)",
        ((row.matter, row.outcome is not StageOutcome.NOT_RECORDED) for row in answered),
    )


def _actions(register: Register) -> tuple[Cell, ...]:
    ours = [one for one in this_year(register) if one.track is TRACK]
    return _kept(
        "What is to be done has a date that is followed (6.6)",
        ((one.matter, one.due_on is not None) for one in ours),
    )
