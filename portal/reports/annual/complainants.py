"""Who complained, with small numbers hidden."""

from collections.abc import Mapping
from enum import StrEnum

from portal.procedures.equality import (
    WORDS,
    AgeBand,
    Disability,
    Ethnicity,
    Orientation,
    Sex,
)
from portal.procedures.procedure import StageKey, Track
from portal.procedures.suppression import is_small, suppressed
from portal.reports.annual.cells import hidden, number, share, words
from portal.reports.annual.equality_rows import QUESTIONS
from portal.reports.annual.figure import Figure, Grid
from portal.reports.annual.register import Register
from portal.reports.annual.roles import ROLES, roles_of
from portal.reports.annual.table import (
    CellKind,
    Chapter,
    Check,
    Part,
    ReportTable,
    TextBlock,
)

PROCEDURES = (("statutory", Track.STATUTORY, "X80"), ("corporate", Track.CORPORATE, "X81"))
PARTLY = (
    "Who complained is shown for a whole year and all services alone: the difference between two"
    " reports could say something about one person."
)
SMALL = "Its numbers lead to no cases: with them, a number that is not shown could be worked out."
APART = "Its numbers lead to no cases: what people say of themselves is kept apart from these."
ASKED: Mapping[type[StrEnum], tuple[str, str]] = {
    AgeBand: ("X82", "Age"),
    Sex: ("X83", "Sex"),
    Disability: ("X84", "A disability or a condition that lasts"),
    Ethnicity: ("X85", "Ethnic group"),
    Orientation: ("X86", "Sexual orientation"),
}
LEFT_EMPTY = "Left empty"


def chapter(register: Register) -> Chapter:
    """The chapter; without its tables in a report of a quarter or of some teams."""
    title = "Who complained"
    if not register.scope.whole:
        text = TextBlock("X89", title, (PARTLY,), register.scope.as_at)
        return Chapter("complainants", title, (text,), Check(()))
    tables: tuple[ReportTable, ...] = (
        statutory(register),
        corporate(register),
        *(of_question(register, kind) for kind in QUESTIONS),
    )
    return Chapter("complainants", title, tables, Check(_parts(register)))


@Figure(
    "X80", "Who made statutory complaints", "Statutory stage 1 complaints of the year",
    no_cases=SMALL,
).of  # fmt: skip
def statutory(register: Register) -> Grid:
    """The role of whoever complained, as an officer recorded it. Numbers below five are not shown,
    and where one could be worked out from the total, another is not shown either."""
    return _roles(register, Track.STATUTORY)


@Figure(
    "X81", "Who made corporate complaints", "Corporate stage 1 complaints of the year",
    no_cases=SMALL,
).of  # fmt: skip
def corporate(register: Register) -> Grid:
    """The role of whoever complained, as an officer recorded it. Numbers below five are not shown,
    and where one could be worked out from the total, another is not shown either."""
    return _roles(register, Track.CORPORATE)


@Figure(
    "X82-X86",
    "What those who complained said of themselves",
    "Those who filled in the page about themselves after a complaint",
    "Whoever did not fill it in.",
    no_cases=APART,
).of
def of_question(register: Register, kind: type[StrEnum]) -> Grid:
    """Answers that people chose to give after sending what they called a complaint. They are kept
    apart from what was sent, so procedure, service and outcome cannot be told. Numbers below five
    are not shown, and where one could be worked out from the total, another is not shown either."""
    table_id, title = ASKED[kind]
    answers: list[str | None] = [*kind, None]
    numbers = [register.answers[kind][answer] for answer in answers]
    flags, total_hidden = suppressed(numbers)
    rows = [
        (
            words(WORDS[kind][answer] if answer is not None else LEFT_EMPTY),
            hidden() if flag else number(value),
            hidden(CellKind.SHARE) if flag else share(value, sum(numbers)),
        )
        for answer, value, flag in zip(answers, numbers, flags, strict=True)
    ]
    base = None if total_hidden or is_small(sum(numbers)) else sum(numbers)
    return Grid(("Answer", "People", "Share"), rows, base, (), table_id, title)


def _roles(register: Register, track: Track) -> Grid:
    stages = register.stages(track, StageKey.STAGE_1)
    rows = [
        (
            words(ROLES[role.relationship]),
            hidden() if role.hidden else number(role.number),
            hidden(CellKind.SHARE) if role.hidden else share(role.number, len(stages)),
        )
        for role in roles_of(stages)
    ]
    return Grid(("Who", "Complaints", "Share"), rows, len(stages), opened=stages)


def _parts(register: Register) -> tuple[Part, ...]:
    """That roles add up; the sentence names the total alone, because its parts may be hidden."""
    found = []
    for name, track, _ in PROCEDURES:
        stages = register.stages(track, StageKey.STAGE_1)
        numbers = tuple(role.number for role in roles_of(stages))
        sentence = f"The roles of those who made {name} complaints come to all {len(stages)}."
        found.append(Part(sentence, len(stages), numbers))
    return tuple(found)
