"""A transaction begins with the first write and holds from there, and what is asked often stays
prepared on its connection."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from psycopg import _queries
from psycopg.pq import TransactionStatus
from sqlalchemy import Executable, Select, exc, func, select, text

from portal.db import db
from portal.prepared import KEPT, PLANNED_ONCE
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


def driver() -> psycopg.Connection[Any]:
    found = db.session.connection().connection.driver_connection
    assert isinstance(found, psycopg.Connection)
    return found


def is_open() -> bool:
    return driver().info.transaction_status == TransactionStatus.INTRANS


def test_what_only_reads_needs_no_transaction(on_postgresql: Flask) -> None:
    db.session.scalar(COUNT)
    assert not is_open()
    # Whoever reads within an act that has written sees it, and nobody else does.
    db.session.execute(text("UPDATE feedback SET unread = false"))
    assert is_open()
    db.session.scalar(COUNT)
    assert is_open()
    db.session.commit()
    assert not is_open()


@pytest.mark.parametrize(
    "wanted",
    [
        select(Feedback.id).with_for_update(),
        select(Feedback.id).with_for_update(key_share=True),
        select(Feedback.id).with_for_update(read=True),
        select(Feedback.id).with_for_update(read=True, key_share=True),
        select(func.pg_advisory_xact_lock(7)),
        select(func.set_config("work_mem", "5MB", True)),
    ],
)
def test_a_question_that_holds_something_begins_one(
    on_postgresql: Flask, wanted: Select[Any]
) -> None:
    db.session.execute(wanted).all()
    assert is_open()


def test_a_lock_is_kept_until_the_act_ends(on_postgresql: Flask) -> None:
    with begin_work(COMMAND) as work:
        make_feedback(work)
    with begin_work(COMMAND) as work:
        work.session.scalars(select(Feedback).with_for_update()).one()
        with db.engine.connect() as other, pytest.raises(exc.OperationalError, match="lock"):
            other.execute(select(Feedback.id).with_for_update(nowait=True)).all()
    with db.engine.connect() as other:
        assert len(other.execute(select(Feedback.id).with_for_update(nowait=True)).all()) == 1


def test_what_is_fetched_by_and_by_is_fetched_within_one(on_postgresql: Flask) -> None:
    with begin_work(COMMAND) as work:
        for _ in range(3):
            make_feedback(work)
    bit_by_bit = select(Feedback.id).execution_options(yield_per=1)
    assert len([is_open() for _ in db.session.execute(bit_by_bit)]) == 3


def test_whoever_asks_for_no_transaction_gets_none(on_postgresql: Flask) -> None:
    alone = db.engine.execution_options(isolation_level="AUTOCOMMIT")
    with alone.connect() as connection:
        held = connection.connection.driver_connection
        assert isinstance(held, psycopg.Connection)
        # The server refuses it inside a transaction.
        connection.execute(text("VACUUM feedback"))
        connection.execute(text("UPDATE feedback SET unread = false"))
        assert held.info.transaction_status == TransactionStatus.IDLE
    # The next one to have that connection writes in a transaction, as ever.
    with begin_work(COMMAND) as work:
        work.session.execute(text("UPDATE feedback SET unread = true"))
        assert is_open()


def test_a_savepoint_that_is_taken_back_leaves_what_was_before_it(on_postgresql: Flask) -> None:
    with begin_work(COMMAND) as work:
        make_feedback(work)
        nested = work.session.begin_nested()
        make_feedback(work)
        work.session.flush()
        nested.rollback()
    assert db.session.scalar(COUNT) == 1


def test_what_is_planned_once_changes_no_other_question(on_postgresql: Flask) -> None:
    mode = text("SHOW plan_cache_mode")
    wanted = select(func.current_setting("plan_cache_mode")).execution_options(**PLANNED_ONCE)
    assert db.session.scalar(wanted) == "force_generic_plan"
    assert not is_open()
    assert db.session.scalar(mode) == "auto"
    db.session.rollback()
    # Within an act it holds until that ends.
    db.session.execute(text("UPDATE feedback SET unread = false"))
    assert db.session.scalar(wanted) == "force_generic_plan"
    assert is_open()
    db.session.rollback()
    assert db.session.scalar(mode) == "auto"


def test_one_that_is_planned_once_and_fails_leaves_nothing_open(on_postgresql: Flask) -> None:
    fails = text("SELECT 1/0").execution_options(**PLANNED_ONCE)
    with pytest.raises(exc.DataError):
        db.session.execute(fails)
    db.session.rollback()
    assert not is_open()
    assert db.session.scalar(text("SHOW plan_cache_mode")) == "auto"


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


@pytest.mark.parametrize(
    "asked",
    [
        text("UPDATE feedback SET unread = false"),
        COUNT.with_only_columns(Feedback.id).with_for_update(),
        COUNT.execution_options(**PLANNED_ONCE),
    ],
)
def test_a_server_that_goes_before_a_transaction_begins_is_told_as_ever(
    on_postgresql: Flask, asked: Executable
) -> None:
    ended = db.session.scalar(select(func.pg_backend_pid()))
    db.session.remove()
    address = on_postgresql.config["SQLALCHEMY_DATABASE_URI"].replace("+psycopg", "")
    with psycopg.connect(address) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [ended])
    with pytest.raises(exc.OperationalError) as told:
        db.session.execute(asked)
    assert told.value.connection_invalidated
    db.session.rollback()
    assert db.session.scalar(COUNT) == 0


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
