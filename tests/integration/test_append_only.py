"""The trail and what is published cannot be changed from within the database, on either kind, and
seals wait for acts that are still open."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from portal import audit, sealing
from portal.db import db
from portal.records.account import Account
from portal.work import COMMAND, WORKER, begin_work
from tests.conftest import app_for, settings_for
from tests.matters import make_account
from tests.unit.reports.test_publishing import as_staff, publish


@pytest.mark.parametrize("table", ["audit_event", "audit_seal"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id + 1000", "DELETE FROM {}"])
def test_a_row_of_the_trail_cannot_be_changed(
    database_url: str, tmp_path: Path, table: str, change: str
) -> None:
    app = app_for(settings_for(tmp_path, DATABASE_URL=database_url))
    with app.app_context():
        with begin_work(COMMAND) as work:
            audit.note(work, "something")
            work.session.flush()
            work.now = work.now.replace(year=2099)
            sealing.seal(work)
        with pytest.raises(DBAPIError, match="only added to"), db.engine.begin() as connection:
            connection.execute(text(change.format(table)))
        with db.engine.connect() as connection:
            assert connection.scalar(text(f"SELECT count(*) FROM {table}")) == 1
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("table", ["published_report", "report_file"])
@pytest.mark.parametrize("change", ["UPDATE {} SET sha256 = 'x'", "DELETE FROM {}"])
def test_what_is_published_cannot_be_changed(
    database_url: str, tmp_path: Path, table: str, change: str
) -> None:
    app = app_for(settings_for(tmp_path, DATABASE_URL=database_url))
    with app.app_context():
        with begin_work(COMMAND) as work:
            as_staff(work)
            publish(work)
        with pytest.raises(DBAPIError, match="only added to"), db.engine.begin() as connection:
            connection.execute(text(change.format(table)))
        with db.engine.connect() as connection:
            kept = connection.scalars(text(f"SELECT sha256 FROM {table}")).all()
            assert [len(one) for one in kept] == [64]
        db.session.remove()
        db.engine.dispose()


def test_erasing_a_record_leaves_its_trail_whole(database_url: str, tmp_path: Path) -> None:
    app = app_for(settings_for(tmp_path, DATABASE_URL=database_url))
    with app.app_context():
        with begin_work(COMMAND) as work:
            account = make_account(work)
            audit.note(work, "account_viewed", account)
        with begin_work(WORKER) as work:
            work.now = work.now.replace(year=2099)
            sealed = sealing.seal(work)
        assert sealed > 0
        with begin_work(COMMAND) as work:
            work.session.delete(work.session.query(Account).one())
        assert sealing.faults(db.session()) == []
        db.session.remove()
        db.engine.dispose()


@pytest.mark.service
def test_a_seal_waits_for_an_act_that_is_still_open(
    postgres_server: object, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Rows get their keys before they are committed: a seal over the later one of two acts would
    be broken by the earlier one's commit."""
    from tests.conftest import TEMPLATE

    url = postgres_server.fresh_database(TEMPLATE)  # type: ignore[attr-defined]
    app = app_for(settings_for(tmp_path, DATABASE_URL=url))
    written, may_end = threading.Event(), threading.Event()

    def slow_act() -> None:
        with app.app_context(), begin_work(COMMAND) as work:
            audit.note(work, "slow")
            work.session.flush()
            written.set()
            assert may_end.wait(20)

    slow = threading.Thread(target=slow_act)
    with app.app_context():
        slow.start()
        assert written.wait(20)
        with begin_work(COMMAND) as work:
            audit.note(work, "quick")
        threading.Timer(1, may_end.set).start()
        with begin_work(WORKER) as work:
            work.now = work.now.replace(year=2099)
            assert sealing.seal(work) == 2
        slow.join()
        assert sealing.faults(db.session()) == []
        db.session.remove()
        db.engine.dispose()
    postgres_server.drop(url)  # type: ignore[attr-defined]
