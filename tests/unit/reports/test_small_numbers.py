"""No number that is not shown can be worked out: not from its own table, not from another, and not
from the reports of quarters and teams."""

from collections.abc import Iterable
from datetime import date

from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.procedures.procedure import StageKey, Track
from portal.procedures.reporting_year import QUARTERS
from portal.procedures.vocabulary import Nature, Relationship, Team
from portal.reports.annual.table import AnnualReport, Cell
from tests.unit.reports.counted.first_themes import HIDDEN, ROLES, TOGETHER
from tests.unit.reports.drawn_registers import MATTERS
from tests.unit.reports.invented import Complaint, Invented, Step, Young
from tests.unit.reports.test_every_table import WHOLE, reports_of

AS_AT = date(2020, 6, 30)
OF_PEOPLE = {"X45", "X60", "X61", "X62", *(f"X{number}" for number in range(80, 87))}
CHILD = ROLES[Relationship.YOUNG_PERSON]
ENDS = ("answered", "withdrawn", "open")
PEOPLE = [Relationship.PARENT, Relationship.YOUNG_PERSON, Relationship.ADVOCATE,
          Relationship.RELATIVE]  # fmt: skip
Sum = tuple[str, tuple[str, ...]]
"""Something is what some others add up to."""


@st.composite
def crowds(draw: st.DrawFn) -> tuple[Complaint, ...]:
    """Complaints of one kind, several at a time: so that numbers lie on both sides of five."""
    wanted = Young(draw(st.booleans()), draw(st.sampled_from([None, "yes", "have_one"])),
                   joined=draw(st.booleans()))  # fmt: skip
    one = Complaint(
        date(2019, 6, 3), draw(st.sampled_from([Track.STATUTORY, Track.CORPORATE])), Team.SEND,
        Nature.POLICY, draw(st.sampled_from(PEOPLE)),
        (Step(StageKey.STAGE_1, draw(st.sampled_from(ENDS)), 10),), young=wanted,
    )  # fmt: skip
    return (one,) * draw(st.integers(1, 7))


REGISTERS = st.builds(
    Invented,
    complaints=st.lists(crowds(), min_size=1, max_size=9).map(lambda some: sum(some, ())),
    matters=st.lists(MATTERS, max_size=6).map(tuple),
)


def sums_of(report: AnnualReport) -> tuple[dict[str, int], set[str], list[Sum]]:
    """What a reader knows: numbers, what is not shown, and what adds up to what."""
    known: dict[str, int] = {}
    hidden: set[str] = set()

    def cell(name: str, found: Cell) -> str:
        if found.suppressed:
            hidden.add(name)
        else:
            known[name] = found.value or 0
        return name

    sums: list[Sum] = []
    for key, all_of, themes in (("X80", "statutory", "T05"), ("X81", "corporate", "T20")):
        known[all_of] = report.table(key).base_count or 0
        roles = [cell(f"{key}: {row[0].text}", row[1]) for row in report.table(key).rows]
        sums.append((all_of, tuple(roles)))
        shown = {row[0].text for row in report.table(themes).rows if not row[2].suppressed}
        # A share of a hidden role would tell it.
        assert (
            not {f"Relationship: {one.partition(': ')[2]}" for one in hidden if key in one} & shown
        )
    x60 = [cell(f"X60: {row[0].text}", row[1]) for row in report.table("X60").rows]
    x61 = [cell(f"X61: {row[0].text}", row[1]) for row in report.table("X61").rows]
    x45 = [cell(f"X45: {row[0].text}", row[1]) for row in report.table("X45").rows]
    sums += [
        ("both", tuple(x61)), ("both", (x60[0], x60[1])), (x45[0], tuple(x45[1:6])),
        (x45[0], (x60[0],)), (x45[7], (f"X80: {ROLES[Relationship.ADVOCATE]}",)),
        (x60[0], (f"X80: {CHILD}", "by the door, statutory")),
        (x60[1], (f"X81: {CHILD}", "by the door, corporate")),
        (x45[0], (x45[6], "without an advocate")),
    ]  # fmt: skip
    known["duty"], known["thanks"] = (report.table(key).base_count or 0 for key in ("T03", "T34"))
    sums += [("duty", (x60[2], "duty of others")), ("thanks", (x60[3], "thanks of others"))]
    return known, hidden, sums


def worked_out(known: dict[str, int], sums: Iterable[Sum]) -> dict[str, int]:
    """Everything that can be worked out by adding and taking away."""
    found, sums = dict(known), list(sums)
    before = -1
    while before < len(found):
        before = len(found)
        for whole, parts in sums:
            missing = [name for name in (whole, *parts) if name not in found]
            if missing == [whole]:
                found[whole] = sum(found[name] for name in parts)
            elif len(missing) == 1:
                rest = sum(found[name] for name in parts if name in found)
                found[missing[0]] = found[whole] - rest
    return found


@given(REGISTERS)
@WHOLE
def test_nothing_hidden_follows_from_what_is_shown(app: Flask, invented: Invented) -> None:
    (report,) = reports_of(invented, AS_AT, {})
    known, hidden, sums = sums_of(report)
    found = worked_out(known, sums)
    assert not hidden & found.keys()
    small = {name for name, number in found.items() if 0 < number < 5}
    # What is nowhere printed may not be small either, where it is about people.
    assert not {name for name in small if name not in known}
    # The column of the year before has nobody: its own report had other numbers hidden.
    for key in ("T05", "T20"):
        roles = [row for row in report.table(key).rows if row[0].text.startswith("Relationship: ")]
        assert all(row[1].text == row[3].text == "" for row in roles)


@given(REGISTERS)
@settings(WHOLE, max_examples=5)
def test_reports_of_quarters_and_teams_have_nothing_to_take_away(
    app: Flask, invented: Invented
) -> None:
    parts = [{"quarter": number} for number in QUARTERS] + [{"teams": [Team.SEND]}]
    for report in reports_of(invented, AS_AT, *parts):
        assert not OF_PEOPLE & {table.id for table in report.tables}
        cells = [cell for table in report.tables for row in table.rows for cell in row]
        assert not [cell for cell in cells if cell.suppressed]
        for key in ("T05", "T20"):
            assert not [row for row in report.table(key).rows if "Relationship" in row[0].text]


def test_the_outcomes_do_not_tell_how_few_there_were(app: Flask) -> None:
    child, answered = Relationship.YOUNG_PERSON, (Step(StageKey.STAGE_1, "answered", 10),)
    many = [(Track.STATUTORY, Relationship.PARENT, 20), (Track.STATUTORY, child, 3),
            (Track.STATUTORY, Relationship.RELATIVE, 9), (Track.CORPORATE, child, 20)]  # fmt: skip
    complaints = tuple(
        Complaint(date(2019, 6, 3), track, Team.SEND, None, role, answered)
        for track, role, number in many
        for _ in range(number)
    )
    (report,) = reports_of(Invented(complaints), AS_AT, {})
    assert [row[1].suppressed for row in report.table("X60").rows[:2]] == [True, False]
    assert all(row[1].suppressed for row in report.table("X61").rows)


def test_the_young_and_advocates_stand_together_where_both_are_shown(app: Flask) -> None:
    def share(advocates: int) -> str:
        many = {Relationship.PARENT: 9, Relationship.YOUNG_PERSON: 6,
                Relationship.ADVOCATE: advocates}  # fmt: skip
        complaints = tuple(
            Complaint(date(2019, 6, 3), Track.STATUTORY, Team.SEND, None, role,
                      (Step(StageKey.STAGE_1, "answered", 10),))
            for role, number in many.items()
            for _ in range(number)
        )  # fmt: skip
        (report,) = reports_of(Invented(complaints), AS_AT, {})
        rows = {row[0].text: row[2].text for row in report.table("T05").rows}
        assert TOGETHER not in {row[0].text for row in report.table("T20").rows}
        return rows[TOGETHER]

    assert share(5) == "55%"
    # It would tell how few of them were advocates.
    assert share(2) == HIDDEN
