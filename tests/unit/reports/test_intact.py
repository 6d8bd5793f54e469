"""`flask check` hashes what was published anew, and says which of it is not as it was."""

import pytest
from flask import Flask
from sqlalchemy import text

from portal.commands import check
from portal.db import db
from portal.reports import filing, intact
from portal.work import WORKER, begin_work
from tests.unit.reports.test_publishing import as_staff, corrected, publish

CHANGED = "is not as it was published: it does not match its SHA-256. Restore it from a backup."


@pytest.fixture
def published(app: Flask) -> Flask:
    """A report with a file, and a supplement; and a database that lets itself be changed."""
    with begin_work(WORKER) as work:
        as_staff(work)
        first = publish(work)
        publish(work, corrected(), "One complaint was entered twice.")
        filing.keep(work, first.id, "json", b"{}")
    for table in ("published_report", "report_file"):
        db.session.execute(text(f"DROP TRIGGER {table}_no_update"))
    db.session.commit()
    return app


def change(statement: str) -> None:
    db.session.execute(text(statement))
    db.session.commit()


def test_what_was_left_alone_is_as_it_was_published(published: Flask) -> None:
    assert intact.faults(db.session()) == []


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (
            "UPDATE published_report SET extract = replace(extract, '73', '72') WHERE number = 0",
            "The annual report of 2019-20",
        ),
        (
            "UPDATE published_report SET sha256 = 'x' WHERE number = 1",
            "Supplement 1 to the annual report of 2019-20",
        ),
        (
            "UPDATE report_file SET content = X'7B7D7D' WHERE form = 'json'",
            "The annual report of 2019-20, its json file,",
        ),
    ],
)
def test_what_was_changed_is_named(published: Flask, statement: str, named: str) -> None:
    change(statement)
    assert intact.faults(db.session()) == [f"{named} {CHANGED}"]
    db.session.rollback()
    checked = published.test_cli_runner().invoke(check.command)
    assert checked.exit_code == 1
    assert f"{named} {CHANGED}" in checked.output
