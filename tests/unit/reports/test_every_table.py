"""Of whatever register, everything adds up, every table says what a count by hand says, and every
cell leads to its cases or has a reason why not."""

from datetime import date
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, given, settings

from portal.council import Council, load_council
from portal.db import db
from portal.procedures.reporting_year import QUARTERS, ReportingYear
from portal.procedures.vocabulary import Team
from portal.reports import no_cases
from portal.reports.annual.making import annual_report
from portal.reports.annual.table import AnnualReport, CellKind
from tests.unit.reports.by_hand import ByHand
from tests.unit.reports.counted import everything
from tests.unit.reports.counted.ombudsmans import notes
from tests.unit.reports.drawn_registers import DAYS_OF_REPORT, REGISTERS, SCOPES
from tests.unit.reports.invented import Invented
from tests.unit.reports.invented_register import store
from tests.unit.reports.sample_council import with_third_stage

COUNCIL = load_council("staffordshire")
THREE_STAGES = with_third_stage()
YEAR = ReportingYear(2019)
WHOLE = settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow,
                           HealthCheck.data_too_large],
)  # fmt: skip


def reports_of(
    invented: Invented, as_at: date, *parts: dict[str, Any], council: Council = COUNCIL
) -> list[AnnualReport]:
    """Reports of a register that is stored and taken back."""
    session = db.session()
    try:
        invented.stages.clear()
        store(session, council, invented)
        return [annual_report(session, council, YEAR, as_at, **part) for part in parts]
    finally:
        session.rollback()


@given(REGISTERS, DAYS_OF_REPORT, SCOPES)
@settings(WHOLE, max_examples=14)
def test_every_table_is_what_a_count_by_hand_says(
    app: Flask, invented: Invented, as_at: date, part: dict[str, Any]
) -> None:
    whole, of_part = reports_of(invented, as_at, {}, part, council=THREE_STAGES)
    is_counted(whole, ByHand(THREE_STAGES, invented, YEAR.begins, as_at))
    is_counted(of_part, ByHand(THREE_STAGES, invented, YEAR.begins, as_at, **part))


def is_counted(report: AnnualReport, hand: ByHand) -> None:
    """Every table says what the count by hand says, and everything adds up."""
    assert report.disagreements == ()
    found = {
        table.id: (table.base_count, [[cell.text for cell in row] for row in table.rows])
        for table in report.tables
    }
    assert found == everything(hand)
    for table in report.tables:
        assert all(len(row) == len(table.columns) for row in table.rows), table.id
    assert report.table("T33").notes[: len(notes(hand))] == notes(hand)
    assert report.table("T06").rows[-1][0].text == hand.label()


@given(REGISTERS, DAYS_OF_REPORT)
@settings(WHOLE, max_examples=10)
def test_every_cell_leads_to_its_cases_or_says_why_not(
    app: Flask, invented: Invented, as_at: date
) -> None:
    for report in reports_of(invented, as_at, {}, {"quarter": 2}, {"teams": [Team.SEND]}):
        for table in report.tables:
            for row in table.rows:
                for cell in row[1:]:
                    leads, why = bool(cell.matters), no_cases.reason(table, cell)
                    assert leads is not bool(why), (table.id, row[0].text, cell)
                    if leads and cell.kind is CellKind.COUNT:
                        assert cell.value == len(cell.matters), (table.id, row[0].text)


@given(REGISTERS, DAYS_OF_REPORT)
@settings(WHOLE, max_examples=5)
def test_quarters_and_teams_add_up_to_the_year(app: Flask, invented: Invented, as_at: date) -> None:
    quarters = [{"quarter": number} for number in QUARTERS]
    teams = [{"teams": [team]} for team in Team]
    # A register may have a third corporate stage, which needs a council that knows its length.
    whole, *parts = reports_of(invented, as_at, {}, *quarters, *teams, council=THREE_STAGES)
    assert all(part.disagreements == () for part in parts)
    for some in (parts[: len(quarters)], parts[len(quarters) :]):
        for table_id, column in (("T02", 2), ("X40", 1), ("X33", 1), ("T03", 1), ("X50", 1)):
            assert in_all(some, table_id, column) == in_all([whole], table_id, column)


def in_all(reports: list[AnnualReport], table_id: str, column: int) -> dict[str, int]:
    """The numbers of a column by the headings of their rows, added up over reports."""
    found: dict[str, int] = {}
    for report in reports:
        for row in report.table(table_id).rows:
            found[row[0].text] = found.get(row[0].text, 0) + (row[column].value or 0)
    return {name: number for name, number in found.items() if number}
