"""What people say about themselves is on no page of those who decide, nor asked for there."""

import ast
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from portal.db import db
from portal.procedures.vocabulary import Category, Relationship
from portal.records.account import Role
from portal.records.equality_answer import EqualityAnswer
from portal.records.feedback import Door
from portal.work import WORKER, begin_work
from tests.architecture.access_world import OWN, build, views

TABLE = EqualityAnswer.__tablename__
PORTAL = Path(__file__).parents[2] / "portal"
# Who may know of the table: its own file, the act that keeps a row, the report, and what fills an
# empty database with an invented register.
KNOWS = {"records/equality_answer.py", "cases/equality.py", "demo/register/loading.py"}


def imports(path: Path) -> set[str]:
    """The modules that a file imports from."""
    found = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {node.module or "" for node in found if isinstance(node, ast.ImportFrom)}


def test_only_the_act_that_keeps_it_and_the_report_read_the_table() -> None:
    knowing = {
        path.relative_to(PORTAL).as_posix()
        for path in PORTAL.rglob("*.py")
        if "portal.records.equality_answer" in imports(path)
    }
    outside = {name for name in knowing - KNOWS if not name.startswith("reports/")}
    assert outside == set()
    assert "cases/equality.py" in knowing


@pytest.mark.parametrize("role", Role)
def test_no_view_of_anybody_signed_in_asks_for_it(app: Flask, role: Role) -> None:
    world = build(app)
    with begin_work(WORKER) as work:
        work.session.add(
            EqualityAnswer(
                id="x", year="2026-27", door=Door.EVERYONE, category=Category.COMPLAINT,
                relationship=Relationship.PARENT, ethnicity="mixed", orientation="bisexual",
            )
        )  # fmt: skip
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if TABLE in statement:
            asked.append(statement)

    engine, browser, opened = db.engine, world.browser(role), 0
    event.listen(engine, "before_cursor_execute", note)
    try:
        for endpoint, method, _ in views(app):
            # The report itself gives counts of them, and no row.
            if method == "GET" and "report" not in endpoint:
                page = browser.get(world.address(endpoint, OWN))
                assert b"bisexual" not in page.data.lower(), endpoint
                opened += page.status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert asked == []
    assert opened > 0
