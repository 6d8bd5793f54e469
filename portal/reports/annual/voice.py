"""The voice of children and young people."""

from portal.procedures.matter import ChildsView
from portal.procedures.procedure import StageKey, Track
from portal.procedures.stage_outcome import OPENED
from portal.procedures.suppression import is_small, suppressed
from portal.procedures.vocabulary import Relationship
from portal.reports.annual.advocacy import by_young
from portal.reports.annual.cells import count, hidden, number, words
from portal.reports.annual.complainants import PARTLY
from portal.reports.annual.decision_rows import DecisionRow
from portal.reports.annual.figure import Figure, Grid
from portal.reports.annual.register import Register
from portal.reports.annual.roles import shown
from portal.reports.annual.stage_tables import OUTCOMES, having, sum_part
from portal.reports.annual.table import Cell, Chapter, Check, TextBlock

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
    parts = (sum_part("The child's view", whole, *(row[1] for row in views.rows)),)
    return Chapter("voice", title, (told(register), came_to(register), views), Check(parts))


@Figure("X60", "What children and young people told us", BASE).of
def told(register: Register) -> Grid:
    """What came through the young people's door, and what an officer recorded as a young person's:
    stage 1 complaints that opened, duty matters and compliments. Numbers below five are not
    shown."""
    found: list[tuple[Cell, ...]] = []
    for name, track in PROCEDURES:
        stages = register.stages(track, StageKey.STAGE_1)
        found.append((words(name), shown(stages, YOUNG, by_young(stages))))
    for name, rows in (
        ("Matters without a stage", register.duty()),
        ("Compliments", register.compliments()),
    ):
        number_of = sum(_is_young(row) for row in rows)
        found.append((words(name), hidden() if is_small(number_of) else number(number_of)))
    return Grid(("Kind", "Told by them"), found)


@Figure("X61", "How young people's complaints came out", BASE).of
def came_to(register: Register) -> Grid:
    """Stage 1 complaints of both procedures by children and young people, by outcome. Numbers below
    five are not shown, nor what would give them away; of few complaints nothing is shown."""
    rows = [
        row for _, track in PROCEDURES for row in by_young(register.stages(track, StageKey.STAGE_1))
    ]
    numbers = [len(having(rows, outcome)) for outcome in OPENED]
    flags = suppressed(numbers).hidden
    found = [
        (words(OUTCOMES[outcome]), hidden() if flag else number(value))
        for outcome, value, flag in zip(OPENED, numbers, flags, strict=True)
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
    return Grid(("The child was", "Complaints"), found, len(rows))


def _is_young(row: DecisionRow) -> bool:
    return row.young or row.relationship is YOUNG
