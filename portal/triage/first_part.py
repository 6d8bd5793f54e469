"""A matter in parts is one line of the queue: which of its parts the line tells of."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from portal.records.case import CaseState


def first_parts(rows: Iterable[Any]) -> dict[int, Any]:
    """Of each matter the part that comes first: open before closed, then by its next date.

    Args:
        rows: the queue's rows, one for each part; feedback without a case has one row.

    Returns:
        One row for each feedback, by its key.
    """
    found: dict[int, Any] = {}
    for row in rows:
        before = found.get(row.Feedback_id)
        if before is None or _order(row) < _order(before):
            found[row.Feedback_id] = row
    return found


def _order(row: Any) -> tuple[bool, bool, date, int]:
    due_on = row.next_due
    return row.case_state is not CaseState.OPEN, due_on is None, due_on or date.max, row.part or 0
