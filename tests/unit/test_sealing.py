"""The sealed trail: whole when untouched, and telling where it was touched."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, text, update

from portal import audit, sealing
from portal.records.audit_event import AuditEvent
from portal.work import Work


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


def test_young_rows_wait(work: Work) -> None:
    audit.note(work, "just_now")
    work.session.flush()
    assert sealing.seal(work) == 0
