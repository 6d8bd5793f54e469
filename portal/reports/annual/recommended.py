"""What was recommended or promised at a stage and chosen for the report, service by service."""

from portal.procedures.finding import Giver
from portal.procedures.procedure import StageKey, Track
from portal.procedures.remedy import RemedyState
from portal.reports.annual.cells import words
from portal.reports.annual.figure import Grid
from portal.reports.annual.register import Register
from portal.reports.annual.remedy_rows import RemedyRow
from portal.reports.annual.table import Cell, CellKind

ACCEPTED = (RemedyState.PROMISED, RemedyState.DONE)
NOT_MADE = (RemedyState.NOT_ACCEPTED, RemedyState.GIVEN_UP)
CARRIED_OUT = "Carried out"


def selection(
    register: Register, track: Track, key: StageKey, heading: str, *givers: Giver
) -> Grid:
    """The texts of remedies that an officer marked for the report, by leadership, out of all that
    were accepted. What came too late for the report of the year before is told in this one.

    Args:
        register: the report's rows.
        track, key: the stage.
        heading: of the column with the texts.
        givers: who asked for them; nobody named is everybody.
    """
    accepted = [
        one
        for one in register.remedies
        if (one.track, one.key) == (track, key)
        and one.told_now
        and one.state in ACCEPTED
        and (not givers or one.giver in givers)
    ]
    rows = [one for one in accepted if one.for_report]
    codes = register.leaderships(rows)
    texts = [_text(register, one) for code in codes for one in rows if one.leadership == code]
    return Grid(("Service", heading, CARRIED_OUT), texts, len(accepted))


def _text(register: Register, one: RemedyRow) -> tuple[Cell, ...]:
    found = register.words.get(one.remedy_id)
    text = Cell(CellKind.WORDS, None, found.text if found is not None else "", (one.matter,))
    return (
        words(register.scope.leadership_name(one.leadership)), text,
        words("Yes" if one.state is RemedyState.DONE else "Not yet"),
    )  # fmt: skip
