"""The sealed trail: whole when untouched, and telling where it was touched."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select, text, update

from portal import audit, sealing
from portal.cases import looks
from portal.db import Record
from portal.records.audit_event import AuditEvent
from portal.work import Work
from tests.matters import make_case, make_feedback


@pytest.fixture
def sealed(work: Work) -> Work:
    for number in range(30):
        audit.note(work, f"act_{number}", fields=["b", "a"])
    work.session.flush()
    work.now += timedelta(minutes=10)
    assert sealing.seal(work) == 30
    for number in range(5):
        audit.note(work, f"later_{number}")
    work.session.flush()
    work.now += timedelta(minutes=10)
    assert sealing.seal(work) == 5
    return work


def let_rows_be_changed(work: Work) -> None:
    """What somebody with the database in their hands would do first."""
    for table in ("audit_event", "audit_seal"):
        for verb in ("update", "delete"):
            work.session.execute(text(f"DROP TRIGGER {table}_no_{verb}"))


def test_an_untouched_trail_is_whole(sealed: Work) -> None:
    assert sealing.faults(sealed.session) == []
    assert sealing.seal(sealed) == 0


def test_a_changed_row_shows(sealed: Work) -> None:
    let_rows_be_changed(sealed)
    sealed.session.execute(update(AuditEvent).where(AuditEvent.id == 7).values(act="other"))
    sealed.session.expire_all()
    assert "between rows 1 and 30" in sealing.faults(sealed.session)[0]


def test_a_missing_row_shows(sealed: Work) -> None:
    let_rows_be_changed(sealed)
    sealed.session.execute(delete(AuditEvent).where(AuditEvent.id == 33))
    sealed.session.expire_all()
    assert "between rows 31 and 35" in sealing.faults(sealed.session)[0]


def test_erasing_a_matter_leaves_the_trail_whole_and_whoever_looked_answerable(work: Work) -> None:
    feedback = make_feedback(work)
    case = make_case(work, feedback)
    for act, about in (("feedback_viewed", feedback), ("case_viewed", case)):
        audit.note(work, act, about)
    work.session.flush()
    work.now += timedelta(minutes=10)
    sealing.seal(work)
    seen = looks.about(work.session, feedback)
    count = select(func.count(AuditEvent.id)).where(AuditEvent.act.in_(looks.LOOKS), seen)
    assert work.session.scalar(count) == 2
    for table in reversed(Record.metadata.sorted_tables):
        if table.name not in ("audit_event", "audit_seal"):
            work.session.execute(table.delete())
    work.session.expunge_all()
    assert sealing.faults(work.session) == []
    assert work.session.scalar(count) == 2


def test_young_rows_wait(work: Work) -> None:
    audit.note(work, "just_now")
    work.session.flush()
    assert sealing.seal(work) == 0
