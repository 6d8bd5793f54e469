"""Rows of several kinds come out of one statement as each kind's own query gives them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session

from portal import account_rows, followed_rows, many_kinds, matter_rows
from portal.at_hand import Rows
from portal.commands import demo_data
from portal.correspondence import failing
from portal.db import db
from portal.records.account import Account
from portal.records.failing_address import FailingAddress
from portal.records.feedback import Feedback
from portal.records.resubmission import Resubmission
from portal.work import COMMAND, begin_work
from tests.conftest import app_for, settings_for

EVERY = sorted(
    {
        rows
        for module in (account_rows, followed_rows, matter_rows)
        for rows in vars(module).values()
        if isinstance(rows, Rows)
    },
    key=lambda rows: (rows.kind.__name__, rows.column),
)


@pytest.fixture
def filled(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An application on each database, with the demo's matters."""
    app = app_for(settings_for(tmp_path, DATABASE_URL=database_url, HEARD_DEMO="1"))
    assert app.test_cli_runner().invoke(demo_data.command, ["--cases", "20"]).exit_code == 0
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def values_of(record: Any) -> dict[str, Any]:
    return {column.key: getattr(record, column.key) for column in inspect(record).mapper.columns}


def key_of(record: Any) -> Any:
    return inspect(record).identity


def each_asked(session: Session) -> list[tuple[Rows[Any], list[Any], list[Any]]]:
    """Every kind, the keys of all of its rows, and the rows by a query of its own."""
    asked = []
    for rows in EVERY:
        kind: Any = rows.kind
        own = list(session.scalars(select(kind)))
        keys = {getattr(one, rows.column) for one in own} - {None}
        wanted = [one for one in own if getattr(one, rows.column) in keys]
        asked.append((rows, sorted(keys), wanted))
    return asked


def test_each_record_has_the_values_that_its_own_query_gives(filled: Flask) -> None:
    with Session(db.engine) as session:
        asked = each_asked(session)
        expected = [{key_of(one): values_of(one) for one in own} for _, _, own in asked]
    assert sum(bool(own) for own in expected) >= 12
    with Session(db.engine) as session:
        found = many_kinds.read(
            session, [(rows.kind, rows.column, keys) for rows, keys, _ in asked]
        )
        assert [{key_of(one): values_of(one) for one in some} for some in found] == expected
        assert not session.dirty
        assert not session.new


def test_a_record_that_the_session_has_is_the_same_one_and_keeps_what_was_changed(
    filled: Flask,
) -> None:
    with Session(db.engine) as session:
        own = session.scalars(select(Feedback).limit(1)).one()
        own.subject = "Changed, and not stored yet"
        with session.no_autoflush:
            [[found]] = many_kinds.read(session, [(Feedback, "id", [own.id])])
        assert found is own
        assert own.subject == "Changed, and not stored yet"
        session.rollback()
        stored = own.subject
        session.expire(own)
        [[again]] = many_kinds.read(session, [(Feedback, "id", [own.id])])
        statements: list[str] = []
        event.listen(db.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
        assert (again is own, own.subject, statements) == (True, stored, [])


def test_records_are_found_by_a_text_and_have_a_key_of_another_name(filled: Flask) -> None:
    with begin_work(COMMAND) as work:
        earlier, later = work.session.scalars(select(Feedback).order_by(Feedback.id).limit(2))
        fails = failing.mark(work, "gone@letters.example")
        again = Resubmission(
            feedback_id=later.id,
            earlier_id=earlier.id,
            asked_on=work.today,
            noted_at=work.now,
            noted_by_id=work.session.scalars(select(Account.id).limit(1)).one(),
        )
        work.session.add(again)
        work.session.flush()
        wanted = [
            (FailingAddress, "address_key", [fails.address_key, "of nobody"]),
            (Resubmission, "earlier_id", [earlier.id]),
        ]
        expected = [[values_of(fails)], [values_of(again)]]
    with Session(db.engine) as session:
        found = many_kinds.read(session, wanted)
        assert [[values_of(one) for one in some] for some in found] == expected
        assert session.get(Resubmission, found[1][0].feedback_id) is found[1][0]
