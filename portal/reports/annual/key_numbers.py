"""Key numbers, and what feedback was made of."""

from portal.procedures.finding import Giver
from portal.procedures.procedure import StageKey, Track
from portal.procedures.stage_outcome import WITH_FINDING, StageOutcome
from portal.reports.annual.cells import count, share, words
from portal.reports.annual.figure import Figure, Grid
from portal.reports.annual.register import Register
from portal.reports.annual.stage_rows import StageRow
from portal.reports.annual.stage_tables import changed, having, matters, rates, sum_part
from portal.reports.annual.table import Cell, Chapter, Check

COMPLAINTS = (
    ("Statutory stage 1 complaints", Track.STATUTORY, StageKey.STAGE_1),
    ("Statutory stage 2 independent investigations", Track.STATUTORY, StageKey.STAGE_2),
    ("Statutory stage 3 panels", Track.STATUTORY, StageKey.STAGE_3),
    ("Corporate stage 1 complaints", Track.CORPORATE, StageKey.STAGE_1),
    ("Corporate stage 2 reviews", Track.CORPORATE, StageKey.STAGE_2),
)
THIRD = ("Corporate stage 3 reviews", Track.CORPORATE, StageKey.STAGE_3)
"""A stage that a council may have; one that does not has no row for it."""
OTHER_KINDS = (
    ("Enquiries from members of the council", Track.MEMBER_ENQUIRY, StageKey.ANSWER),
    ("Complaints about personal data", Track.DATA_PROTECTION, StageKey.ACKNOWLEDGE),
)
EVERYTHING = "All feedback of the year"


def chapter(register: Register) -> Chapter:
    """The chapter."""
    numbers, composition = key_numbers(register), composed(register)
    this = [row[2] for row in composition.rows]
    after = 1 + len(complaints_of(register))
    return Chapter(
        "key_numbers",
        f"Key numbers {register.scope.label()}",
        (numbers, composition, others(register)),
        Check(
            (
                sum_part("Complaints at all stages", numbers.rows[0][1], *this[1:after]),
                sum_part("Compliments", numbers.rows[1][1], this[after + 1]),
                sum_part("Duty matters", numbers.rows[8][1], this[0]),
            )
        ),
    )


def complaints_of(register: Register) -> tuple[tuple[str, Track, StageKey], ...]:
    """The stages of both procedures that the council has."""
    _, track, key = THIRD
    asked = any(register.stages(track, key, back) for back in (0, 1))
    return (*COMPLAINTS, THIRD) if asked else COMPLAINTS


def of_both(register: Register, key: StageKey) -> list[StageRow]:
    """The stages of the year of both procedures."""
    return register.stages(Track.STATUTORY, key) + register.stages(Track.CORPORATE, key)


@Figure("T01", "Key numbers", EVERYTHING).of
def key_numbers(register: Register) -> Grid:
    """Complaints are stages that opened in the year: a complaint that went on is counted at each
    stage. In time is against the longest length that is reported, at stage 1 of both procedures;
    findings are shares of the stage 1 complaints of both that have one. Recommendations are those
    of the investigating officers at statutory stage 2."""
    kinds = complaints_of(register)
    stages = [row for _, track, key in kinds for row in register.stages(track, key)]
    first = of_both(register, StageKey.STAGE_1)
    found = having(first, *WITH_FINDING)
    recommended = [
        one.matter
        for one in register.remedies_of(Track.STATUTORY, StageKey.STAGE_2)
        if one.giver is Giver.INVESTIGATOR
    ]
    in_time = ("of all opened", "of those completed", "of those due")
    rows: list[tuple[Cell, ...]] = [
        (words("Complaints at all stages of both procedures"), count(matters(stages))),
        (words("Compliments"), count([row.matter for row in register.compliments()])),
    ]
    rows += [
        (words(f"Stage 1 complaints answered in time, {base}"), cell)
        for base, cell in zip(in_time, rates(first), strict=True)
    ]
    for outcome, name in (
        (StageOutcome.UPHELD, "upheld"),
        (StageOutcome.NOT_UPHELD, "not upheld"),
        (StageOutcome.PARTIALLY_UPHELD, "partially upheld"),
    ):
        keys = having(first, outcome)
        cell = share(len(keys), len(found), keys)
        rows.append((words(f"Stage 1 complaints with a finding: {name}"), cell))
    rows += [
        (words("Duty matters"), count([row.matter for row in register.duty()])),
        (words("Recommendations after statutory stage 2"), count(recommended)),
    ]
    return Grid(("Key number", register.scope.label()), rows, len(stages), opened=stages)


@Figure("T02", "Composition of feedback", EVERYTHING, chart="bar").of
def composed(register: Register) -> Grid:
    """Duty matters and compliments by the day they came in; everything else by the day on which
    its stage opened. The change is this year less last, in per cent of last."""
    rows = [
        changed(
            "Duty",
            [row.matter for row in register.duty(1)],
            [row.matter for row in register.duty()],
        )
    ]
    rows += [_stages(register, *kind) for kind in complaints_of(register)]
    rows.append(_stages(register, "Ombudsman cases (LGSCO)", Track.OMBUDSMAN, StageKey.ENQUIRY))
    rows.append(
        changed(
            "Compliments",
            [row.matter for row in register.compliments(1)],
            [row.matter for row in register.compliments()],
        )
    )
    rows.append(_stages(register, "MP enquiries", Track.MP_ENQUIRY, StageKey.ANSWER))
    total = sum(row[2].value or 0 for row in rows)
    return Grid(_two_years(register), rows, total)


@Figure("X02", "Other kinds of feedback", EVERYTHING).of
def others(register: Register) -> Grid:
    """What the printed report did not have: enquiries from members of the council and complaints
    about personal data, by the day on which their stage opened."""
    rows = [_stages(register, name, track, key) for name, track, key in OTHER_KINDS]
    return Grid(_two_years(register), rows, sum(row[2].value or 0 for row in rows))


def _two_years(register: Register) -> tuple[str, ...]:
    return ("Category", register.scope.label(1), register.scope.label(), "Change")


def _stages(register: Register, name: str, track: Track, key: StageKey) -> tuple[Cell, ...]:
    return changed(
        name, matters(register.stages(track, key, 1)), matters(register.stages(track, key))
    )
