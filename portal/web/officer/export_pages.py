"""Saving a list as a file: what the reader may see, nobody's words, and freshly confirmed."""

import csv
import io
from collections.abc import Iterator

from flask import Response, stream_with_context
from flask.typing import ResponseReturnValue
from sqlalchemy import Row, select

from portal import audit
from portal.access.acts import Act
from portal.cases import gathering
from portal.db import db
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.web.access import opens_to, visible
from portal.web.officer.blueprint import pages, staff
from portal.work import begin_work

AT_A_TIME = 500
FORMULA = frozenset("=+-@\t\r")
COLUMNS = (
    "reference", "received_on", "channel", "state", "risk", "category", "procedure", "area",
    "team", "case_state", "opened_on", "acknowledged_on", "track",
)  # fmt: skip
Line = Row[tuple[Feedback, Case | None]]


@pages.get("/list.csv", endpoint="export")
@opens_to(Act.EXPORT, fresh=True)
def export_list() -> ResponseReturnValue:
    """Everything that the reader may see, a line each: codes and dates, nobody's words."""
    with begin_work(staff()) as work:
        audit.note(work, "list_exported", fields=COLUMNS)
    answer = Response(stream_with_context(_lines()), mimetype="text/csv")
    answer.headers["Content-Disposition"] = "attachment; filename=feedback.csv"
    return answer


def _lines() -> Iterator[str]:
    yield line_of(list(COLUMNS))
    wanted = (
        select(Feedback, Case)
        .outerjoin(Case, Case.feedback_id == Feedback.id)
        .where(visible())
        .order_by(Feedback.id)
        .execution_options(yield_per=AT_A_TIME)
    )
    for feedback, case in db.session.execute(wanted):
        yield line_of(values_of(feedback, case))


def values_of(feedback: Feedback, case: Case | None) -> list[str]:
    """The values of `COLUMNS` for one matter, or one part of it."""
    of_case = (
        [case.category, case.procedure, case.area, case.team, case.state, case.opened_on,
         case.acknowledged_on, gathering.track_for(case)]
        if case is not None
        else [None] * 8
    )  # fmt: skip
    found = [feedback.reference, feedback.received_on, feedback.channel, feedback.state,
             feedback.risk, *of_case]  # fmt: skip
    return ["" if value is None else str(value) for value in found]


def line_of(values: list[str]) -> str:
    """One line of the file. What a spreadsheet would take for a formula is a text."""
    out = io.StringIO()
    csv.writer(out).writerow([f"'{one}" if one[:1] in FORMULA else one for one in values])
    return out.getvalue()
