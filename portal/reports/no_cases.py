"""Why a cell of a report leads to no cases: each leads to its cases or has a sentence here."""

from portal.reports.annual.table import Cell, CellKind, ReportTable

HIDDEN = "This number is not shown, so it leads to no cases."
CHANGE = "A change is worked out from the two figures beside it. Look behind those."
NONE = "There are none."
WORDS = "These words count nothing. Look behind another figure of their row."
EMPTY = "Nothing stands here."


def reason(table: ReportTable, cell: Cell) -> str:
    """Say why there is nothing to look at behind a cell.

    Args:
        table: where it stands.
        cell: one of its cells.

    Returns:
        A sentence; empty where the cell leads to its cases.
    """
    if cell.matters:
        return ""
    if cell.suppressed:
        return HIDDEN
    if cell.kind is CellKind.NOTHING:
        return EMPTY
    if cell.kind is CellKind.CHANGE:
        return CHANGE
    if cell.kind is CellKind.WORDS:
        return WORDS
    return table.no_cases if cell.value else NONE
