"""One act, one transaction: it commits whole or not at all, and two writers take turns."""

import threading
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm.exc import StaleDataError

from portal.cases.receiving import NewFeedback, receive
from portal.db import db
from portal.records.feedback import Channel, ContactWay, Feedback
from portal.records.throttle import Throttle
from portal.work import PUBLIC, WORKER, begin_work
from tests.conftest import app_for, settings_for


def new() -> NewFeedback:
    return NewFeedback(Channel.PHONE, story="words", contact_way=ContactWay.PORTAL_ONLY)


def test_a_failing_act_leaves_nothing(app: Flask) -> None:
    def fails() -> None:
        with begin_work(PUBLIC) as work:
            receive(work, new())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert db.session.query(Feedback).count() == 0


def test_what_was_read_before_is_read_again_inside(app: Flask) -> None:
    with begin_work(PUBLIC) as work:
        feedback_id = receive(work, new()).id
    stale = db.session.get_one(Feedback, feedback_id)
    assert stale.unread
    with db.engine.begin() as other:
        other.exec_driver_sql("update feedback set unread = false")
    with begin_work(WORKER) as work:
        assert not work.session.get_one(Feedback, feedback_id).unread


def test_two_changes_of_one_row_meet_at_its_version(database_url: str, tmp_path: Path) -> None:
    app = app_for(settings_for(tmp_path, DATABASE_URL=database_url))
    with app.app_context():
        with begin_work(PUBLIC) as work:
            feedback_id = receive(work, new()).id

        def overtaken() -> None:
            with begin_work(WORKER) as work:
                feedback = work.session.get_one(Feedback, feedback_id)
                feedback.unread = False
                other = "update feedback set version = version + 1"
                work.session.connection().exec_driver_sql(other)

        with pytest.raises(StaleDataError):
            overtaken()
        db.session.remove()
        db.engine.dispose()


def test_writers_of_many_threads_lose_no_count(database_url: str, tmp_path: Path) -> None:
    app = app_for(settings_for(tmp_path, DATABASE_URL=database_url))
    with app.app_context(), begin_work(WORKER) as work:
        work.session.add(Throttle(key="k", failures=0, last_failure_at=work.now))
    faults: list[BaseException] = []

    def count() -> None:
        try:
            for _ in range(25):
                with app.app_context(), begin_work(WORKER) as work:
                    row = work.session.get_one(Throttle, "k", with_for_update=True)
                    row.failures += 1
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with app.app_context():
        assert db.session.get_one(Throttle, "k").failures == 100
        db.session.remove()
        db.engine.dispose()
