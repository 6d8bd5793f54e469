"""`flask check` on a trail that was touched past the triggers: it names where, and fails."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from portal import audit, clock, sealing
from portal.commands import check
from portal.db import db
from portal.work import WORKER, begin_work

CHANGED = "The audit trail was changed between rows"
LATEST = "The latest seal of the audit trail is "
EARLIER = timedelta(minutes=10)


def run(app: Flask, *words: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(check.command, words)
    db.session.rollback()
    return done.exit_code, done.output


def act(*codes: str) -> None:
    """Rows that have settled, and their seal."""
    with begin_work(WORKER) as work:
        work.now = clock.now() - EARLIER
        for code in codes:
            audit.note(work, code)
        work.session.flush()
        work.now = clock.now()
        assert sealing.seal(work) == len(codes)


def tamper(*statements: str) -> None:
    """What somebody with the database in their hands can do: first the triggers go."""
    for table in ("audit_event", "audit_seal"):
        for verb in ("update", "delete"):
            db.session.execute(text(f"DROP TRIGGER {table}_no_{verb}"))
    for statement in statements:
        db.session.execute(text(statement))
    db.session.commit()


@pytest.fixture(autouse=True)
def sealed(app: Flask) -> None:
    act("case_viewed", "case_opened", "letter_sent")
    act("case_viewed", "case_closed")


def seal_told(said: str) -> str:
    return said.partition(LATEST)[2].partition(".")[0]


def test_an_untouched_trail_is_no_fault_and_its_latest_seal_is_told(app: Flask) -> None:
    _, said = run(app)
    assert CHANGED not in said
    assert seal_told(said).startswith("5-")
    assert "has no seal" not in run(app, "--seal", seal_told(said))[1]


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE audit_event SET act = 'other' WHERE id = 2", "1 and 3"),
        ("UPDATE audit_event SET actor_id = 7 WHERE id = 5", "4 and 5"),
        ("DELETE FROM audit_event WHERE id = 4", "4 and 5"),
        ("DELETE FROM audit_seal WHERE last_id = 3", "4 and 5"),
        ("UPDATE audit_seal SET hash = 'x' WHERE last_id = 3", "1 and 3"),
    ],
)
def test_a_changed_trail_is_told_and_fails(app: Flask, statement: str, where: str) -> None:
    tamper(statement)
    code, said = run(app)
    assert code == 1
    assert f"{CHANGED} {where}." in said
    assert "All is well." not in said


def test_an_end_that_was_cut_off_is_told_to_whoever_kept_the_seal(app: Flask) -> None:
    kept = seal_told(run(app)[1])
    tamper("DELETE FROM audit_event WHERE id > 3", "DELETE FROM audit_seal WHERE last_id > 3")
    _, said = run(app)
    assert CHANGED not in said, "What is left fits: only a seal kept elsewhere tells."
    code, said = run(app, "--seal", kept)
    assert code == 1
    assert f"The audit trail has no seal {kept}." in said
    # Rows put in the place of those that went get another seal.
    act("nothing", "happened")
    assert seal_told(run(app)[1]).startswith("5-")
    assert f"The audit trail has no seal {kept}." in run(app, "--seal", kept)[1]


@pytest.mark.parametrize("kept", ["", "5", "5-", "x-0123456789abcdef", "5-0123456789abcdef"])
def test_what_is_no_seal_of_it_is_not_there(app: Flask, kept: str) -> None:
    assert "The audit trail has no seal" in run(app, "--seal", kept)[1]
