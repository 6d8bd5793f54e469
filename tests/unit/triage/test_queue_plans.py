"""No list looks through a table that grows: each order has its index, and each part its own."""

import pytest
from sqlalchemy import Select, select, text, true

from portal.cases import queue_places
from portal.db import db
from portal.records.feedback import Feedback
from portal.triage import queue
from portal.triage.queue import View
from portal.work import Work

GROWING = ("feedback", "message", "mail", "handover", "case", "refusal_proposal")


def _plan(work: Work, wanted: Select[int]) -> list[str]:
    sql = wanted.compile(db.engine, compile_kwargs={"literal_binds": True})
    rows = work.session.execute(text(f"EXPLAIN QUERY PLAN {sql}")).all()
    return [str(row[-1]) for row in rows]


def _scans(plan: list[str]) -> list[str]:
    """Steps that read a whole table, in no index\'s order."""
    return [
        step
        for step in plan
        if any(step.startswith(f"SCAN {table}") for table in GROWING) and "USING" not in step
    ]


@pytest.mark.parametrize("view", [View.WAITING, View.OPEN_CASES, View.REPLIES, View.ALL])
def test_a_page_is_read_in_the_order_of_an_index(work: Work, view: View) -> None:
    order = queue._ORDERS[view]
    wanted = queue._listed(view, "", true()).order_by(*order.by()).limit(26)
    plan = _plan(work, wanted)
    assert _scans(plan) == []
    if view is not View.REPLIES:
        # The few that replied are sorted; what is long is read in order.
        assert not any("TEMP B-TREE" in step for step in plan), plan


def test_what_is_lost_is_found_by_indexes(work: Work) -> None:
    lost = queue_places._lost().subquery()
    wanted = select(Feedback.id).where(Feedback.id.in_(select(lost.c.id)))
    assert _scans(_plan(work, wanted)) == []
