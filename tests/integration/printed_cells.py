"""Where in our report a figure of the printed one stands, and how it is written there: the words of
rows and columns, of a report that was counted and of its JSON."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from portal.council import Council
from portal.procedures.reporting_year import ReportingYear
from portal.procedures.vocabulary import Team
from portal.reports.annual.table import ReportTable

YEARS = {f"20{y}-{y + 1}": f"20{y}/{y + 1}" for y in range(15, 20)}
TEAM_TABLES = frozenset({"T07", "T08", "T22", "T23", "T24"})
OF_LEADERSHIP = {
    "T04": "Share", "T14": "Stage 2 investigations", "T18": "Stage 3 panels",
    "T30": "Stage 2 reviews",
}  # fmt: skip
COLUMNS = {
    "upheld": "Upheld",
    "partially_upheld": "Partially upheld",
    "not_upheld": "Not upheld",
    "no_finding": "Unable to make a finding",
    "withdrawn": "Complaint withdrawn",
    "open": "Open",
    "in_time": "Within timescale",
    "late": "Over timescale",
    "stage_1": "Stage 1 complaints",
    "stage_2": "Stage 2 investigations",
    "share": "Share of stage 1",
    "total": "TOTAL",
}
KEY_NUMBERS = {
    "investigated": "Complaints at all stages of both procedures",
    "compliments": "Compliments",
    "in_time": "Stage 1 complaints answered in time, of all opened",
    "upheld": "Stage 1 complaints with a finding: upheld",
    "not_upheld": "Stage 1 complaints with a finding: not upheld",
    "partially_upheld": "Stage 1 complaints with a finding: partially upheld",
    "duty": "Duty matters",
    "recommendations": "Recommendations after statutory stage 2",
}
THEMES = {
    "change": ("Numbers: all", "Change"),
    "case_management": ("Nature: Case management", "2019/20"),
    "staff_conduct": ("Nature: Staff conduct", "2019/20"),
    "standard_of_service": ("Nature: Standard of service", "2019/20"),
    "communication": ("Nature: Communication", "2019/20"),
    "in_time": ("Timescales: answered in time", "2019/20"),
    "in_time_before": ("Timescales: answered in time", "2018/19"),
    "upheld": ("Findings: upheld", "2019/20"),
    "explanation_or_apology": ("Remedies: explanation or apology", "2019/20"),
    "change_send": ("Trends: SEND Teams", "Change"),
}
PEOPLE = {
    "parents": "Relationship: Parent",
    "young_or_advocate": "Children, young people and advocates together",
}
BASES = {"T03": "total", "T16": "points", "T30": "accepted", "T34": "total"}
"""Figures that are the number of what a table is about."""
FINDINGS = {
    "upheld": "Upheld",
    "not_upheld": "Not upheld",
    "partially_upheld": "Partially upheld",
}
HEADINGS = {
    "duty": "Duty",
    "statutory_stage_1": "Statutory stage 1 complaints",
    "statutory_stage_2": "Statutory stage 2 independent investigations",
    "statutory_stage_3": "Statutory stage 3 panels",
    "corporate_stage_1": "Corporate stage 1 complaints",
    "corporate_stage_2": "Corporate stage 2 reviews",
    "ombudsman": "Ombudsman cases (LGSCO)",
    "compliments": "Compliments",
    "mp_enquiries": "MP enquiries",
}
COUNTS = frozenset({*YEARS, "number", "total", "stage_1", "stage_2"})
BELOW_ONE = ("T04", "IID")
"""The one share that is printed as "<1%"."""


class Texts(NamedTuple):
    """A table as it is read: every cell is a text."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    base: str


def of_report(table: ReportTable) -> Texts:
    """The texts of a table that was counted."""
    rows = [[cell.text for cell in row] for row in table.rows]
    return Texts(table.columns, rows, f"{table.base_count}")


def of_json(table: Mapping[str, Any]) -> Texts:
    """The texts of a table of the JSON, where a count is a number."""
    rows = [
        ["" if cell is None else f"{cell:,}" if isinstance(cell, int) else cell for cell in row]
        for row in table["rows"]
    ]
    return Texts(table["columns"], rows, table["base"].rpartition(": ")[2])


def as_printed(table_id: str, key: str, column: str, figure: int) -> str:
    """How a figure of the printed report is written in ours."""
    if (table_id, key) == BELOW_ONE:
        return "<1%"
    if column in COUNTS:
        return f"{figure:,}"
    if column == "change" or key.startswith("change"):
        return f"{abs(figure)}% {'↑' if figure > 0 else '↓'}" if figure else "-"
    return f"{figure}%"


def text_of(table: Texts, heading: str, column: str) -> str | None:
    """One cell by the words of its row and its column; None where there is no such row."""
    place = table.columns.index(column)
    found = [row[place] for row in table.rows if row[0] == heading]
    assert len(found) <= 1, f"{heading} stands twice."
    return found[0] if found else None


def our_text(
    tables: Mapping[str, Texts], council: Council, table_id: str, key: str, column: str
) -> str | None:
    """What our report prints for a printed figure; "0" for a team's row that stands for none, and
    None where it has no cell of its own."""
    table = tables[table_id if table_id != "T36" else "X37"]
    if table_id in TEAM_TABLES:
        heading = "TOTAL" if key == "total" else council.team(Team(key)).officer_label
        return text_of(table, heading, f"TOTAL {YEARS[column]}") or "0"
    if table_id == "T02":
        return text_of(table, HEADINGS[key], {**YEARS, "change": "Change"}[column])
    if key in YEARS:
        return text_of(table, YEARS[key], COLUMNS[column])
    if BASES.get(table_id) == key:
        return table.base
    place = _place(council, table_id, key)
    return None if place is None else text_of(table, *place)


def _place(council: Council, table_id: str, key: str) -> tuple[str, str] | None:
    day = ReportingYear.named("2019-20").last_day
    if table_id == "T01":
        return KEY_NUMBERS[key], "2019/20"
    if table_id in OF_LEADERSHIP and key in council.leaderships:
        return council.leadership_name(key, day), OF_LEADERSHIP[table_id]
    if table_id == "T16" and key in FINDINGS:
        return FINDINGS[key], "Percentage"
    if table_id in ("T05", "T20"):
        code = key.removeprefix("change_")
        if code in council.leaderships:
            return f"Numbers: {council.leadership_name(code, day)}", "Change"
        if key in PEOPLE:
            return PEOPLE[key], "2019/20"
        return THEMES.get(key)
    single = {
        ("T03", "refused"): ("Refused", "Share"),
        ("T29", "of_completed"): ("2019/20", "In time, of completed"),
        ("T33", "total"): ("TOTAL", "Status"),
        ("T36", "change_send"): ("SEND Teams", "Change"),
    }
    return single.get((table_id, key))
