"""Advocacy: who had somebody on their side, or asked for one."""

from portal.procedures.procedure import StageKey, Track
from portal.procedures.vocabulary import Relationship
from portal.reports.annual.cells import words
from portal.reports.annual.complainants import PARTLY
from portal.reports.annual.figure import Figure, Grid
from portal.reports.annual.register import Register
from portal.reports.annual.roles import shown
from portal.reports.annual.stage_rows import StageRow
from portal.reports.annual.table import Cell, Chapter, Check, TextBlock

TRACK, KEY = Track.STATUTORY, StageKey.STAGE_1
WANTED = (("yes", "They asked for an advocate"), ("have_one", "They had one already"))


def chapter(register: Register) -> Chapter:
    """The chapter; small numbers are hidden, so there is none for a quarter or for some teams."""
    if not register.scope.whole:
        text = TextBlock("X45", "Advocacy", (PARTLY,), register.scope.as_at)
        return Chapter("advocacy", "Advocacy", (text,), Check(()))
    return Chapter("advocacy", "Advocacy", (provided(register),), Check(()))


def by_young(rows: list[StageRow]) -> list[StageRow]:
    """Complaints of children and young people themselves, by the door they took or by what an
    officer recorded."""
    return [row for row in rows if row.young or row.relationship is Relationship.YOUNG_PERSON]


@Figure("X45", "Advocacy provided", "Statutory stage 1 complaints of the year").of
def provided(register: Register) -> Grid:
    """Of children's and young people's own complaints, in how many they asked for an advocate or
    had one, and in how many an advocate follows the matter with them; then the complaints that an
    advocate made for somebody. Numbers below five are not shown."""
    rows = register.stages(TRACK, KEY)
    young, role = by_young(rows), Relationship.YOUNG_PERSON
    found: list[tuple[Cell, ...]] = [
        (words("Complaints by children and young people"), shown(rows, role, young))
    ]
    found += [
        (
            words(f"Of these: {name[0].lower()}{name[1:]}"),
            shown(rows, role, [row for row in young if row.advocate_wanted == code]),
        )
        for code, name in WANTED
    ]
    followed = [row for row in young if row.matter in register.followed]
    theirs = [row for row in rows if row.relationship is Relationship.ADVOCATE]
    found += [
        (words("Of these: an advocate follows it with them"), shown(rows, role, followed)),
        (
            words("Complaints that an advocate made for somebody"),
            shown(rows, Relationship.ADVOCATE, theirs),
        ),
    ]
    return Grid(("Advocacy", "Complaints"), found, len(rows))
