"""What an act holds to write it together: it is found when it is asked for, it has its keys, and it
is undone with its act."""

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm.exc import StaleDataError

from portal import audit, written_together
from portal.db import db
from portal.records.audit_event import AuditEvent
from portal.records.feedback import Feedback
from portal.records.party import Party, PartyRole
from portal.rows_together import table_of
from portal.work import WORKER, Work, begin_work
from tests import matters

NAMES = ("Petra Quill", "Robin Quill", "Sky Quill")


def _party(feedback: Feedback, name: str) -> Party:
    return Party(feedback_id=feedback.id, role=PartyRole.COMPLAINANT, name=name)


def _names(work: Work, feedback: Feedback) -> list[str | None]:
    wanted = select(Party).where(Party.feedback_id == feedback.id).order_by(Party.id)
    return [one.name for one in work.session.scalars(wanted)]


def test_whoever_asks_finds_what_is_held(work: Work) -> None:
    feedback = matters.make_feedback(work)
    work.session.flush()
    before = _names(work, feedback)
    with written_together.held(work.session, ()):
        work.session.add(_party(feedback, NAMES[0]))
        assert _names(work, feedback) == [*before, NAMES[0]]
        work.session.add_all(_party(feedback, name) for name in NAMES[1:])
        with work.session.no_autoflush:
            assert _names(work, feedback) == [*before, NAMES[0]]
    with work.session.no_autoflush:
        assert _names(work, feedback) == [*before, *NAMES]


def test_keys_that_were_taken_are_used_and_others_asked_for(work: Work) -> None:
    feedback = matters.make_feedback(work)
    work.session.flush()
    taken = written_together.next_keys("sqlite", (Party, Party))
    first, second = work.session.execute(select(*taken)).one()
    with written_together.held(work.session, ((Party, first), (Party, second))):
        several = [_party(feedback, name) for name in NAMES]
        work.session.add_all(several)
        written_together.see_keys(work.session)
        assert [one.id for one in several] == [first, second, second + 1]
        audit.note(work, "feedback_received", several[2])
    assert all(work.session.get(Party, one.id) is one for one in several)
    trail = work.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert trail is not None
    assert trail.about_id == second + 1


def test_what_another_act_changed_meanwhile_is_not_written_over(app: Flask) -> None:
    with begin_work(WORKER) as work:
        key = matters.make_feedback(work).id
    before = db.session.get_one(Feedback, key).subject

    def change() -> None:
        with begin_work(WORKER) as work, written_together.held(work.session, ()):
            feedback = work.session.get_one(Feedback, key)
            feedback.subject = "Another"
            table = table_of(Feedback)
            newer = update(table).where(table.c.id == key).values(version=feedback.version + 1)
            work.session.connection().execute(newer)

    with pytest.raises(StaleDataError):
        change()
    assert db.session.get_one(Feedback, key).subject == before


def test_a_change_raises_the_version_as_the_session_does(work: Work) -> None:
    feedback = matters.make_feedback(work)
    work.session.flush()
    version = feedback.version
    with written_together.held(work.session, ()):
        feedback.subject = "Another"
    assert (feedback.version, feedback.subject) == (version + 1, "Another")
    work.session.expire(feedback)
    assert (feedback.version, feedback.subject) == (version + 1, "Another")


def test_an_act_that_fails_leaves_nothing_behind(app: Flask) -> None:
    with begin_work(WORKER) as work:
        key = matters.make_feedback(work).id
    parties = select(Party.name).where(Party.feedback_id == key)
    before = db.session.scalars(parties).all()
    added = []

    def fail() -> None:
        with begin_work(WORKER) as work:
            feedback = work.session.get_one(Feedback, key)
            with written_together.held(work.session, ()):
                added.append(_party(feedback, NAMES[0]))
                work.session.add_all(added)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert added[0] not in db.session
    assert db.session.scalars(parties).all() == before
