"""The voice of children and young people."""

from portal.procedures.matter import ChildsView
from portal.procedures.procedure import StageKey, Track
from portal.procedures.stage_outcome import OPENED
from portal.procedures.suppression import suppressed
from portal.procedures.vocabulary import Relationship
from portal.reports.annual.cells import count, number, words
from portal.reports.annual.complainants import PARTLY, SMALL
from portal.reports.annual.decision_rows import DecisionRow
from portal.reports.annual.figure import Figure, Grid
from portal.reports.annual.register import Register
from portal.reports.annual.roles import number_or_hidden, young_hidden, young_of
from portal.reports.annual.stage_tables import OUTCOMES, having, sum_part
from portal.reports.annual.table import Cell, Chapter, Check, Part, TextBlock

YOUNG = Relationship.YOUNG_PERSON
PROCEDURES = (("Statutory complaints", Track.STATUTORY), ("Corporate complaints", Track.CORPORATE))
BASE = "What children and young people told us themselves in the year"


def chapter(register: Register) -> Chapter:
    """The chapter; small numbers are hidden, so there is none for a quarter or for some teams."""
    title = "The voice of children and young people"
    if not register.scope.whole:
        text = TextBlock("X60", title, (PARTLY,), register.scope.as_at)
        return Chapter("voice", title, (text,), Check(()))
    views = childs_view(register)
    whole = number(views.base_count or 0)
    parts = (
        sum_part("The child's view", whole, *(row[1] for row in views.rows)),
        _outcomes(register),
    )
    return Chapter("voice", title, (told(register), came_to(register), views), Check(parts))


@Figure("X60", "What children and young people told us", BASE, no_cases=SMALL).of
def told(register: Register) -> Grid:
    """What came through the young people's door, and what an officer recorded as a young person's:
    stage 1 complaints that opened, duty matters and compliments. Numbers below five are not shown,
    nor what would give them away."""
    found: list[tuple[Cell, ...]] = []
    for name, track in PROCEDURES:
        stages = register.stages(track, StageKey.STAGE_1)
        cell = number_or_hidden(len(young_of(stages)), kept_back=young_hidden(stages))
        found.append((words(name), cell))
    for name, rows in (
        ("Matters without a stage", register.duty()),
        ("Compliments", register.compliments()),
    ):
        number_of = sum(_is_young(row) for row in rows)
        flags = suppressed([number_of, len(rows) - number_of]).hidden
        found.append((words(name), number_or_hidden(number_of, kept_back=flags[0])))
    return Grid(("Kind", "Told by them"), found)


@Figure("X61", "How young people's complaints came out", BASE, no_cases=SMALL).of
def came_to(register: Register) -> Grid:
    """Stage 1 complaints of both procedures by children and young people, by outcome. Numbers below
    five are not shown, nor what would give them away; of few complaints nothing is shown."""
    both = [register.stages(track, StageKey.STAGE_1) for _, track in PROCEDURES]
    rows = [row for stages in both for row in young_of(stages)]
    numbers = [len(having(rows, outcome)) for outcome in OPENED]
    # Their sum less the one procedure would be the other.
    closed = any(young_hidden(stages) for stages in both)
    found = [
        (words(OUTCOMES[outcome]), number_or_hidden(value, kept_back=closed or flag))
        for outcome, value, flag in zip(OPENED, numbers, suppressed(numbers).hidden, strict=True)
    ]
    return Grid(("Outcome", "Complaints"), found)


@Figure("X62", "The child's view of a complaint", "Statutory stage 1 complaints of the year").of
def childs_view(register: Register) -> Grid:
    """Whether the child was asked what they think of a complaint about them. Where nothing is
    recorded, it was their own complaint, or nobody has written it down."""
    rows = register.stages(Track.STATUTORY, StageKey.STAGE_1)
    asked, reasoned = (
        [row.matter for row in rows if register.childs_views.get(row.matter) is state]
        for state in (ChildsView.ASKED, ChildsView.NOT_ASKED_FOR_A_REASON)
    )
    placed = {*asked, *reasoned}
    rest = [row.matter for row in rows if row.matter not in placed]
    found = [
        (words("Asked"), count(asked)),
        (words("Not asked, with the reason recorded"), count(reasoned)),
        (words("Nothing recorded, or their own complaint"), count(rest)),
    ]
    return Grid(("The child was", "Complaints"), found, len(rows), opened=rows)


def _outcomes(register: Register) -> Part:
    """That the outcomes come to all complaints of young people; their numbers may be hidden."""
    both = [young_of(register.stages(track, StageKey.STAGE_1)) for _, track in PROCEDURES]
    numbers = (len(having([row for rows in both for row in rows], one)) for one in OPENED)
    return Part("The outcomes of young people's complaints come to all of them.",
                sum(len(rows) for rows in both), tuple(numbers))  # fmt: skip


def _is_young(row: DecisionRow) -> bool:
    return row.young or row.relationship is YOUNG
