"""No page of those who sign in asks the database more than a dozen times, in a portal in which
every page has something to show."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from portal.app import create_app
from portal.commands import demo_data
from portal.db import db
from portal.records.account import Role
from portal.records.feedback import Feedback, FeedbackState
from portal.triage import suggesting
from portal.work import COMMAND, begin_work
from tests import matters
from tests.conftest import settings_for
from tests.journeys.live import LOOPBACK
from tests.journeys.test_every_page import NO_PAGES
from tests.journeys.tour import addresses, world
from tests.unit.triage.matters import a_result

MOST = 12
# What still asks more, by how much at most, and for what.
MORE = {
    # A date is counted anew for each case that a day off moves.
    "officer.take_back_day_off": 210,
    # What else waits for the advocate stands beside the list of matters, which is asked for once.
    "advocate.matters": 14,
    # What somebody has today, has had, holds and would leave behind.
    "administration.person": 15,
    # Every figure is a count of its own.
    "officer.report": 28,
    "officer.report_figure": 30,
    "officer.report_publishing": 29,
    "officer.report_words": 28,
    # An answer is tried out and taken back before it is shown.
    "officer.answer_draft": 21,
    "officer.joint_answer": 21,
    # All that happened to a matter, from each place that keeps some of it.
    "advocate.matter": 20,
    "investigator.case": 13,
    # The rules on a case, and beside them the choices of its form.
    "officer.event": 14,
    "officer.ombudsman": 14,
    # The page of a case, with its lead and its holding letter.
    "officer.case": 14,
    # A no that waits, who proposed it, and whether the person's address fails.
    "officer.item": 13,
    "officer.second_officer": 13,
}


@contextmanager
def reads(app: Flask) -> Iterator[list[str]]:
    """The statements that read, while a block runs."""
    seen: list[str] = []

    def keep(_c: object, _k: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            seen.append(statement)

    engine = engine_of(app)
    event.listen(engine, "before_cursor_execute", keep)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", keep)


def engine_of(app: Flask) -> Engine:
    """The engine. No context stays open: a page must not find what the page before it kept."""
    with app.app_context():
        return db.engine


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[world.World]:
    """The tour's world; its suggestions come from nobody, because a count needs no model."""
    folder: Path = tmp_path_factory.mktemp("queries")
    app = create_app(settings_for(folder, PUBLIC_URL=f"http://{LOOPBACK}:5000", HEARD_DEMO="1"))
    app.config["PASSWORD_COSTS"] = matters.LOW_COSTS
    with app.app_context():
        db.create_all()
    assert app.test_cli_runner().invoke(demo_data.command, ["--cases", "12"]).exit_code == 0
    made = world.populate(app)
    with app.app_context(), begin_work(COMMAND) as work:
        waiting = select(Feedback).where(Feedback.state == FeedbackState.WAITING)
        for feedback in work.session.scalars(waiting).all():
            suggesting.store(work, feedback, a_result())
    yield made
    engine_of(app).dispose()


def test_every_page_asks_a_dozen_times_at_most(filled: world.World) -> None:
    seen: set[str] = set()
    counted: dict[str, int] = {}
    for role in Role:
        client = filled.people.browser(role)
        for address in addresses.addresses(filled, role, seen, NO_PAGES):
            # What is noted on the first look, as read, is not asked on the second.
            client.get(address.path)
            with reads(filled.app) as statements:
                assert client.get(address.path).status_code == 200, address.path
            name = address.endpoint
            counted[name] = max(counted.get(name, 0), len(statements))
    assert len(counted) > 100
    wrong = {name: many for name, many in counted.items() if many > MORE.get(name, MOST)}
    assert wrong == {}
    assert {name for name in MORE if counted.get(name, 0) <= MOST} == set(), "They ask less now."
