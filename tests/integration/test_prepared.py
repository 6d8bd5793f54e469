"""What is asked often stays prepared on its connection; what was written is undone as before."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from psycopg import _queries
from sqlalchemy import exc, func, select, text

from portal.db import db
from portal.prepared import KEPT, Prepared
from portal.records.feedback import Feedback
from portal.work import COMMAND, begin_work
from tests.conftest import TEMPLATE, app_for, settings_for
from tests.matters import make_feedback
from tests.services.postgres import Postgres

pytestmark = pytest.mark.service
# The driver prepares what it is asked for the sixth time.
OFTEN = 8
COUNT = select(func.count(Feedback.id))


@pytest.fixture
def on_postgresql(postgres_server: Postgres, tmp_path: Path) -> Iterator[Flask]:
    url = postgres_server.fresh_database(TEMPLATE)
    app = app_for(settings_for(tmp_path, DATABASE_URL=url))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    postgres_server.drop(url)


def prepared() -> list[str]:
    asked = text("SELECT statement FROM pg_prepared_statements")
    return [one for (one,) in db.session.execute(asked) if "count(feedback.id)" in one]


def driver() -> Prepared:
    found = db.session.connection().connection.driver_connection
    assert isinstance(found, Prepared)
    return found


def test_what_pages_ask_stays_prepared_from_one_to_the_next(on_postgresql: Flask) -> None:
    for _ in range(OFTEN):
        assert db.session.scalar(COUNT) == 0
        # As at the end of every request.
        db.session.remove()
    assert len(prepared()) == 1
    assert driver().prepared_max == KEPT


def test_what_was_written_and_not_committed_is_undone(on_postgresql: Flask) -> None:
    with begin_work(COMMAND) as work:
        make_feedback(work)
    session = db.session()
    session.scalar(COUNT)
    session.execute(text("UPDATE feedback SET unread = false"))
    session.rollback()
    assert session.scalar(select(Feedback.unread)) is True
    session.add(Feedback(**{**_values(session.scalars(select(Feedback)).one()), "id": None}))
    with pytest.raises(exc.IntegrityError):
        session.flush()
    session.rollback()
    assert session.scalar(COUNT) == 1


def _values(feedback: Feedback) -> dict[str, object]:
    return {column.key: getattr(feedback, column.key) for column in Feedback.__table__.columns}


def test_an_act_that_fails_after_writing_leaves_nothing(on_postgresql: Flask) -> None:
    def fails() -> None:
        with begin_work(COMMAND) as work:
            make_feedback(work)
            work.session.flush()
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        fails()
    assert db.session.scalar(COUNT) == 0


def test_a_question_that_fails_ends_its_transaction(on_postgresql: Flask) -> None:
    with pytest.raises(exc.DataError):
        db.session.execute(text("SELECT 1/0"))
    db.session.rollback()
    assert db.session.scalar(COUNT) == 0


def test_what_is_set_for_one_transaction_ends_with_it(on_postgresql: Flask) -> None:
    generic = func.set_config("plan_cache_mode", "force_generic_plan", True)
    assert db.session.scalar(select(generic)) == "force_generic_plan"
    db.session.rollback()
    assert db.session.scalar(text("SHOW plan_cache_mode")) == "auto"


def test_a_connection_that_the_server_ended_is_replaced(
    on_postgresql: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.prepared.TAKEN_AS_THERE", 0.0)
    ended = db.session.scalar(select(func.pg_backend_pid()))
    db.session.remove()
    address = on_postgresql.config["SQLALCHEMY_DATABASE_URI"].replace("+psycopg", "")
    with psycopg.connect(address) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [ended])
    assert db.session.scalar(COUNT) == 0
    assert db.session.scalar(select(func.pg_backend_pid())) != ended


def test_one_that_was_used_a_moment_ago_is_not_asked(
    on_postgresql: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(db.engine.dialect, "do_ping", asked.append)
    for _ in range(3):
        db.session.scalar(COUNT)
        db.session.remove()
    assert len(asked) <= 1
    monkeypatch.setattr("portal.prepared.TAKEN_AS_THERE", 0.0)
    db.session.scalar(COUNT)
    assert len(asked) >= 1


def test_a_cursor_says_of_its_columns_what_the_driver_says(on_postgresql: Flask) -> None:
    wanted = "SELECT id, reference, received_at FROM feedback"
    address = on_postgresql.config["SQLALCHEMY_DATABASE_URI"].replace("+psycopg", "")
    with psycopg.connect(address) as plain:
        theirs = plain.execute(wanted).description
    ours = driver().execute(wanted).description
    assert theirs is not None
    assert len(ours) == 3
    assert [tuple(one) for one in ours] == [tuple(one) for one in theirs]
    assert ours[1].name == ours[:2][1].name == "reference"
    assert driver().execute("CREATE TEMPORARY TABLE empty (id int)").description is None


def test_long_questions_are_read_once(on_postgresql: Flask) -> None:
    long = select(func.count(Feedback.id)).where(Feedback.subject == "", *[text("true")] * 900)
    assert len(str(long)) > 4_096
    db.session.scalar(long)
    before = _queries._query2pg.cache_info().hits
    db.session.scalar(long)
    assert _queries._query2pg.cache_info().hits == before + 1
