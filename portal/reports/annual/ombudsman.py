"""The Ombudsman: each matter, what they decided, what they asked for and whether it was kept."""

from collections.abc import Mapping

from portal.cases.ombudsman_names import DECISIONS, DECLINED, REACHED
from portal.cases.remedy_names import KINDS
from portal.procedures.finding import Giver
from portal.procedures.ombudsman_decision import (
    COUNTED,
    CountedAs,
    OmbudsmanDecision,
    Reached,
)
from portal.procedures.procedure import StageKey, Track
from portal.procedures.remedy import Compliance, RemedyState
from portal.procedures.vocabulary import Team
from portal.reports.annual.cells import NOTHING, count, money, number, share, words
from portal.reports.annual.figure import Figure, Grid
from portal.reports.annual.ombudsman_rows import OmbudsmanRow, groups
from portal.reports.annual.register import Register
from portal.reports.annual.remedy_rows import RemedyRow
from portal.reports.annual.stage_tables import sum_part
from portal.reports.annual.table import Cell, CellKind, Chapter, Check

BASE = "The Ombudsman's matters that opened in the year, one for each reference of theirs"
AWAITED, BEGUN = "Awaiting decision", "Investigation begun"
STATISTICS: Mapping[CountedAs, str] = {
    CountedAs.NOT_FOR_US: "Not for them, or not ready",
    CountedAs.ASSESSED_AND_CLOSED: "Assessed and closed",
    CountedAs.INVESTIGATED: "Investigated",
    CountedAs.UPHELD: "Upheld, of these",
}
COMPLIANCE: Mapping[Compliance | None, str] = {
    Compliance.ON_TIME: "Satisfied, in time",
    Compliance.LATE: "Satisfied, late",
    Compliance.PARTLY: "Partly satisfied",
    Compliance.NOT: "Not satisfied",
    None: "Not said yet",
}
FAULT = frozenset(one for one in OmbudsmanDecision if CountedAs.UPHELD in COUNTED[one])
# An investigation that they ended was begun and not decided: their statistics call it investigated,
# and it says neither that there was fault nor that there was none.
FAULT_OR_NONE = FAULT | {OmbudsmanDecision.NOT_UPHELD}


def chapter(register: Register) -> Chapter:
    """The chapter."""
    each, decided = matters(register), by_decision(register)
    asked, statistics = compliance(register), as_they_count(register)
    whole = each.rows[-1][1]
    opened = register.stages(Track.OMBUDSMAN, StageKey.ENQUIRY)
    return Chapter(
        "ombudsman",
        "The Local Government and Social Care Ombudsman",
        (each, decided, statistics, asked),
        Check(
            (
                sum_part("Their matters, one row each", number(len(opened)), whole),
                sum_part("Their matters by decision", whole, *(row[1] for row in decided.rows)),
                sum_part(
                    "Their decisions as their statistics count",
                    number(statistics.base_count or 0), *(row[1] for row in statistics.rows[:-1]),
                ),
                sum_part(
                    "What they asked for", number(asked.base_count or 0),
                    *(row[1] for row in asked.rows),
                ),
            )
        ),
    )  # fmt: skip


@Figure("T33", "Matters of the Ombudsman", BASE, "Nothing.").of
def matters(register: Register) -> Grid:
    """One row for each reference of the Ombudsman's: the team, how far it went, what they decided
    in the words that they use now, and what they asked for, with whether it was kept. The share
    with fault is of all rows; the second is of what they investigated and decided, with fault or
    without, and leaves out investigations that they ended undecided."""
    rows = register.ombudsman
    order = {code: place for place, code in enumerate(register.scope.council.leaderships)}
    teams = list(Team)
    ordered = sorted(rows, key=lambda row: (order[row.leadership], teams.index(row.team)))
    asked: dict[int, list[RemedyRow]] = {}
    for one in _asked(register):
        asked.setdefault(one.matter, []).append(one)
    found = [_matter(register, row, asked.get(row.matter, [])) for row in ordered]
    found.append((words("TOTAL"), count([row.matter for row in rows]), NOTHING, NOTHING))
    columns = ("Service", "Status", "Finding", "Recommendations")
    return Grid(columns, found, len(rows), _notes(rows))


@Figure("X33", "Matters of the Ombudsman by decision", BASE, "Nothing.", "bar").of
def by_decision(register: Register) -> Grid:
    """The decision of each, in the words that the Ombudsman uses now. An enquiry that ended in an
    investigation under another reference has no decision of its own."""
    rows = register.ombudsman
    found = [
        (name, [row.matter for row in rows if row.decision is decision])
        for decision, name in DECISIONS.items()
    ]
    open_rows = [row for row in rows if row.decision is None]
    went_on = [row.matter for row in open_rows if row.reached is Reached.WENT_ON]
    waits = [row.matter for row in open_rows if row.reached is not Reached.WENT_ON]
    found += [(BEGUN, went_on), (AWAITED, waits)]
    cells = [
        (words(name), count(keys), share(len(keys), len(rows), keys))
        for name, keys in found
        if keys
    ]
    return Grid(("Decision", "Matters", "Share"), cells, len(rows))


@Figure("X34", "As the Ombudsman's statistics count", BASE, "Matters without a decision.").of
def as_they_count(register: Register) -> Grid:
    """Decisions in the groups of the Ombudsman's published statistics. Upheld is among the
    investigated; one decision counts once, however many cases it covers."""
    decided = [
        (row.matter, COUNTED[row.decision])
        for row in register.ombudsman
        if row.decision is not None
    ]
    cells = [
        (words(name), count([matter for matter, kinds in decided if kind in kinds]))
        for kind, name in STATISTICS.items()
    ]
    return Grid(("Group", "Decisions"), cells, len(decided))


@Figure(
    "X35",
    "Whether the Ombudsman is satisfied",
    "Remedies that the Ombudsman asked for in matters that opened in the year",
    "Nothing.",
).of
def compliance(register: Register) -> Grid:
    """What the Ombudsman said of each remedy that they asked for."""
    asked = _asked(register)
    found = [
        (words(name), count([one.matter for one in asked if one.compliance is said]))
        for said, name in COMPLIANCE.items()
    ]
    return Grid(("The Ombudsman says", "Remedies"), found, len(asked))


def _asked(register: Register) -> list[RemedyRow]:
    theirs = register.remedies_of(Track.OMBUDSMAN, StageKey.ENQUIRY)
    return [one for one in theirs if one.giver is Giver.OMBUDSMAN]


def _matter(register: Register, row: OmbudsmanRow, asked: list[RemedyRow]) -> tuple[Cell, ...]:
    finding = AWAITED if row.reached is not Reached.WENT_ON else BEGUN
    if row.decision is not None:
        finding = DECISIONS[row.decision]
    if row.declined is not None:
        finding += f". {DECLINED[row.declined]}"
    if row.public_report:
        finding += ". A public report"
    return (
        words(register.scope.team_name(row.team)),
        Cell(CellKind.WORDS, None, _status(row), (row.matter,)),
        words(finding),
        words(_recommendations(row, asked)),
    )


def _status(row: OmbudsmanRow) -> str:
    return REACHED[row.reached].partition(":")[0] if row.reached is not None else "Not recorded"


def _recommendations(row: OmbudsmanRow, asked: list[RemedyRow]) -> str:
    if asked:
        return "; ".join(_remedy(one) for one in asked) + "."
    return "No recommendations." if row.decision is not None else "None yet."


def _remedy(one: RemedyRow) -> str:
    named = KINDS[one.kind]
    if one.pence:
        named += f" ({money(one.pence).text})"
    if one.compliance is not None:
        return f"{named}: {COMPLIANCE[one.compliance].lower()}"
    return f"{named}: {'done' if one.state is RemedyState.DONE else 'not done yet'}"


def _notes(rows: list[OmbudsmanRow]) -> tuple[str, ...]:
    fault = [row for row in rows if row.decision in FAULT]
    decided = [row for row in rows if row.decision in FAULT_OR_NONE]
    notes = [
        f"Fault was found in {len(fault)} of {len(rows)} matters"
        f" ({share(len(fault), len(rows)).text}), and in {len(fault)} of the {len(decided)} that"
        f" were investigated and decided ({share(len(fault), len(decided)).text})."
    ]
    notes += [
        f"{len(together)} of these matters are about one and the same complaint; the Ombudsman"
        " logged each by itself."
        for together in groups(rows)
    ]
    return tuple(notes)
