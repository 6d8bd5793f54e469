"""Advocacy: who had somebody on their side, or asked for one."""

from collections import Counter
from collections.abc import Sequence

from portal.procedures.procedure import StageKey, Track
from portal.procedures.suppression import suppressed
from portal.procedures.vocabulary import Relationship
from portal.reports.annual.cells import words
from portal.reports.annual.complainants import PARTLY, SMALL
from portal.reports.annual.figure import Figure, Grid
from portal.reports.annual.register import Register
from portal.reports.annual.roles import number_or_hidden, shown, young_hidden, young_of
from portal.reports.annual.stage_rows import StageRow
from portal.reports.annual.table import Cell, Chapter, Check, Part, TextBlock

TRACK, KEY = Track.STATUTORY, StageKey.STAGE_1
WANTED = (
    ("yes", "they asked for an advocate"),
    ("have_one", "they had one already"),
    ("not_now", "they were offered one and said not now"),
    ("offered", "they were offered one and gave no answer"),
)
NEITHER = "they were not sure, or nobody wrote it down"


def chapter(register: Register) -> Chapter:
    """The chapter; small numbers are hidden, so there is none for a quarter or for some teams."""
    if not register.scope.whole:
        text = TextBlock("X45", "Advocacy", (PARTLY,), register.scope.as_at)
        return Chapter("advocacy", "Advocacy", (text,), Check(()))
    return Chapter("advocacy", "Advocacy", (provided(register),), Check((_part(register),)))


def _part(register: Register) -> Part:
    """That the answers come to all complaints of young people; their numbers may be hidden."""
    young = young_of(register.stages(TRACK, KEY))
    asked = tuple(value for _, value in _asked(young))
    return Part("What young people said about an advocate comes to all of their complaints.",
                len(young), asked)  # fmt: skip


@Figure("X45", "Advocacy provided", "Statutory stage 1 complaints of the year", no_cases=SMALL).of
def provided(register: Register) -> Grid:
    """Of children's and young people's own complaints, in how many they asked for an advocate,
    had one, or were offered one and did not say yes, and in how many one was appointed for them or
    follows the matter with them; then the complaints that an advocate made for somebody. Numbers
    below five are not shown, nor what would give them away."""
    rows = register.stages(TRACK, KEY)
    young = young_of(rows)
    closed = young_hidden(rows)
    found: list[tuple[Cell, ...]] = [
        (
            words("Complaints by children and young people"),
            number_or_hidden(len(young), kept_back=closed),
        )
    ]
    asked = _asked(young)
    for (name, value), flag in zip(asked, suppressed([n for _, n in asked]).hidden, strict=True):
        found.append(
            (words(f"Of these: {name}"), number_or_hidden(value, kept_back=closed or flag))
        )
    followed = sum(row.matter in register.followed for row in young)
    flags = suppressed([followed, len(young) - followed]).hidden
    found += [
        (
            words("Of these: an advocate was appointed or follows it with them"),
            number_or_hidden(followed, kept_back=closed or flags[0]),
        ),
        (
            words("Complaints that an advocate made for somebody"),
            shown(rows, Relationship.ADVOCATE),
        ),
    ]
    return Grid(("Advocacy", "Complaints"), found, len(rows), opened=rows)


def _asked(young: Sequence[StageRow]) -> list[tuple[str, int]]:
    """What they said about an advocate: every complaint once, so that its numbers add up."""
    said = Counter(row.advocate_wanted for row in young)
    named = [(name, said[code]) for code, name in WANTED]
    return [*named, (NEITHER, len(young) - sum(value for _, value in named))]
