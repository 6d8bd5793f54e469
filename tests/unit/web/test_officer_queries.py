"""The officers' pages ask the database a dozen times at most, however much there is."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from portal.cases import messages
from portal.db import db
from portal.records.feedback import Feedback
from portal.records.message import Sender
from portal.triage import suggesting
from portal.work import WORKER, begin_work
from tests.unit.triage.matters import a_feedback, a_result
from tests.unit.web.officer_pages import signed_in
from tests.unit.web.test_officer_queue import a_case

MOST = 12


@contextmanager
def reads() -> Iterator[list[str]]:
    """The statements of a request that read."""
    seen: list[str] = []

    def keep(_c: object, _k: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", keep)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", keep)


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    return signed_in(client)


@pytest.mark.parametrize("number", [1, 30])
def test_the_queue_asks_a_dozen_times_at_most(officer: FlaskClient, number: int) -> None:
    with begin_work(WORKER) as work:
        for _ in range(number):
            feedback = a_feedback(work)
            suggesting.store(work, feedback, a_result())
            messages.add(work, feedback, Sender.PERSON, "And another thing.")
    with reads() as seen:
        assert officer.get("/officers/").status_code == 200
    assert len(seen) <= MOST, "\n".join(seen)


@pytest.mark.parametrize("number", [1, 8])
def test_the_list_of_cases_asks_as_often_for_many_as_for_one(
    officer: FlaskClient, number: int
) -> None:
    for _ in range(number):
        a_case()
    with reads() as seen:
        assert officer.get("/officers/?view=open").status_code == 200
    assert len(seen) <= MOST, "\n".join(seen)


def test_a_case_with_much_said_asks_no_oftener(officer: FlaskClient) -> None:
    feedback = a_case()
    url = f"/officers/cases/{feedback.public_id}"
    officer.get(url)
    with reads() as before:
        officer.get(url)
    with begin_work(WORKER) as work:
        about = work.session.get_one(Feedback, feedback.id)
        for number in range(20):
            messages.add(work, about, Sender.COUNCIL, f"Word {number}.")
    with reads() as after:
        assert officer.get(url).status_code == 200
    assert len(after) == len(before)
