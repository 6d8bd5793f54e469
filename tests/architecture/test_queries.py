"""No page of those who sign in asks the database more than a dozen times, and none goes through all
of what there is, in a portal in which every page has something to show."""

import re

import pytest

from tests.architecture.walked_pages import Statement, Walked, engine_of
from tests.journeys.tour import world

# The walk is long where several things run at once.
pytestmark = pytest.mark.timeout(900)
MOST = 12
# What a council has ever more of, whatever officers do.
GROWING = {
    "attachment", "audit_event", "case", "case_clock", "case_event", "case_stage", "consent",
    "decision", "feedback", "field_change", "find_entry", "find_words", "handover",
    "holding_letter", "mail", "matter_tag", "message", "near_text", "outbox_letter", "party",
    "point", "point_finding", "remedy", "reminder", "routing", "safe_contact_rule", "suggestion",
}  # fmt: skip
# What is read from one end to the other none the less, and why that is no harm.
READ_WHOLE = {
    # A year is counted whole, and the years that it is compared with.
    "officer.report": {"case_stage", "case_clock", "point_finding"},
    "officer.report_figure": {"case_stage", "case_clock", "point_finding"},
    "officer.report_learning": {"case_stage"},
    "officer.report_publishing": {"case_stage", "case_clock", "point_finding"},
    "officer.report_words": {"case_stage", "case_clock", "point_finding"},
    # The counts of the queue stop at a thousand, and a page of it at its end.
    "officer.queue": {"feedback"},
    "officer.done": {"mail"},
    # Without statistics SQLite begins with the matters; PostgreSQL begins with the few that wait.
    "officer.publications": {"feedback"},
    "officer.set_aside": {"feedback"},
    "officer.access_requests": {"feedback"},
    # The trail is a list of everything that was done.
    "audit.trail": {"audit_event"},
}


@pytest.fixture(scope="module")
def asked(walked: list[Walked]) -> dict[str, list[list[Statement]]]:
    """What each page asked, at each of its addresses."""
    found: dict[str, list[list[Statement]]] = {}
    for page in walked:
        found.setdefault(page.endpoint, []).append(page.asked)
    assert len(found) > 100
    return found


def test_every_page_asks_a_dozen_times_at_most(asked: dict[str, list[list[Statement]]]) -> None:
    counted = {name: max(len(one) for one in pages) for name, pages in asked.items()}
    assert {name: many for name, many in counted.items() if many > MOST} == {}


def test_no_page_goes_through_all_of_what_grows(
    filled: world.World, asked: dict[str, list[list[Statement]]]
) -> None:
    gone_through: dict[str, set[str]] = {}
    with engine_of(filled.app).connect() as connection:
        for name, pages in asked.items():
            for statement, given in (one for page in pages for one in page):
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
                scanned = whole(statement, [str(row[-1]) for row in plan])
                if scanned - READ_WHOLE.get(name, set()):
                    gone_through.setdefault(name, set()).update(scanned)
    assert gone_through == {}


def whole(statement: str, steps: list[str]) -> set[str]:
    """The growing tables that a plan reads from one end to the other."""
    scanned = (re.match(r"SCAN (\w+)", step) for step in steps if "VIRTUAL TABLE" not in step)
    names = [str(found[1]) for found in scanned if found is not None]
    tables = {
        str(alias): str(table)
        for table, alias in re.findall(r'"?(\w+)"? AS "?(\w+)"?', statement)
        if table in GROWING
    }
    return {tables.get(name, name) for name in names} & GROWING


def test_a_plan_that_reads_a_whole_table_is_seen(filled: world.World) -> None:
    read_all, read_one = "SELECT f.id FROM feedback AS f", "SELECT id FROM feedback WHERE id = 1"
    with engine_of(filled.app).connect() as connection:
        for statement, expected in ((read_all, {"feedback"}), (read_one, set[str]())):
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")
            assert whole(statement, [str(row[-1]) for row in plan]) == expected
