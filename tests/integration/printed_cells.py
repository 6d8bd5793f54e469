"""Where in our report a figure of the printed one stands: the words of rows and columns."""

from portal.council import Council
from portal.procedures.reporting_year import ReportingYear
from portal.procedures.vocabulary import Relationship, Team
from portal.reports.annual.roles import ROLES
from portal.reports.annual.table import AnnualReport, Cell, ReportTable

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
PEOPLE = {"parents": "parent", "young_or_advocate": "young_person"}
BASES = {"T03": "total", "T16": "points", "T30": "accepted", "T34": "total"}
"""Figures that are the number of what a table is about."""
FINDINGS = {
    "upheld": "Upheld",
    "not_upheld": "Not upheld",
    "partially_upheld": "Partially upheld",
}
IN_ORDER = (
    "duty", "statutory_stage_1", "statutory_stage_2", "statutory_stage_3", "corporate_stage_1",
    "corporate_stage_2", "ombudsman", "compliments", "mp_enquiries",
)  # fmt: skip


def cell(table: ReportTable, heading: str, column: str) -> Cell | None:
    """One cell by the words of its row and its column; None where there is no such row."""
    place = table.columns.index(column)
    found = [row[place] for row in table.rows if row[0].text == heading]
    assert len(found) <= 1, f"{table.id} has {heading} twice."
    return found[0] if found else None


def our_figure(
    report: AnnualReport, council: Council, table_id: str, key: str, column: str
) -> int | None:
    """What our report has for a printed figure; 0 for a row that stands for none, and None where
    it has no cell of its own."""
    table = report.table(table_id) if table_id != "T36" else report.table("X37")
    if table_id in TEAM_TABLES:
        heading = "TOTAL" if key == "total" else council.team(Team(key)).officer_label
        found = cell(table, heading, f"TOTAL {YEARS[column]}")
        return 0 if found is None else found.value
    if table_id == "T02":
        columns = {**YEARS, "change": "Change"}
        return table.rows[IN_ORDER.index(key)][table.columns.index(columns[column])].value
    if key in YEARS:
        found = cell(table, YEARS[key], COLUMNS[column])
        return None if found is None else found.value
    if BASES.get(table_id) == key:
        return table.base_count
    place = _place(council, table, table_id, key)
    if place is None:
        return None
    found = cell(table, *place)
    return None if found is None else found.value


def _place(council: Council, table: ReportTable, table_id: str, key: str) -> tuple[str, str] | None:
    day = ReportingYear.named("2019-20").last_day
    if table.id == "T01":
        return KEY_NUMBERS[key], "2019/20"
    if table.id in OF_LEADERSHIP and key in council.leaderships:
        return council.leadership_name(key, day), OF_LEADERSHIP[table.id]
    if table.id == "T16" and key in FINDINGS:
        return FINDINGS[key], "Percentage"
    if table.id in ("T05", "T20"):
        code = key.removeprefix("change_")
        if code in council.leaderships:
            return f"Numbers: {council.leadership_name(code, day)}", "Change"
        if key in PEOPLE:
            return f"Relationship: {ROLES[Relationship(PEOPLE[key])]}", "2019/20"
        return THEMES.get(key)
    single = {
        ("T03", "refused"): ("Refused", "Share"),
        ("T29", "of_completed"): ("2019/20", "In time, of completed"),
        ("T33", "total"): ("TOTAL", "Status"),
        ("T36", "change_send"): ("SEND Teams", "Change"),
    }
    return single.get((table_id, key))
