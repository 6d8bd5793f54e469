"""On both databases: the roles of a conflict in the queue, and a danger that is over and comes
back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from portal.cases import awaiting, conflicts, danger, danger_over
from portal.cases.awaiting import Awaited
from portal.counted import part_of
from portal.db import db
from portal.procedures.state import AppointedAs
from portal.procedures.vocabulary import Risk
from portal.records.audit_event import AuditEvent
from portal.records.danger_alert import RaisedBy
from portal.records.feedback import Feedback
from portal.work import WORKER, begin_work
from tests.conftest import app_for, settings_for
from tests.unit.cases.investigated_case import investigated

WORDS = "The worker lives next door to me."


@pytest.fixture
def portal(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    made = app_for(settings_for(tmp_path, DATABASE_URL=database_url))
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()


def test_both_roles_stand_in_the_queue_until_the_office_has_looked(portal: Flask) -> None:
    with begin_work(WORKER) as work:
        made = investigated(work)
        for account in (made.independent, made.investigator):
            conflicts.say(made.as_(account), made.case, WORDS)
        key = made.feedback.id
    with begin_work(WORKER) as work:
        found = awaiting.of(work.session, work.council, [key])[key]
    (one,) = (one for one in found if one.what is Awaited.CONFLICT)
    assert set(one.roles) == {AppointedAs.INVESTIGATOR, AppointedAs.INDEPENDENT_PERSON}


def test_a_danger_that_is_over_raises_a_new_alert_when_it_comes_back(portal: Flask) -> None:
    with begin_work(WORKER) as work:
        made = investigated(work)
        made.as_(made.officer)
        danger.say_danger(work, made.feedback, RaisedBy.WORDS)
        danger.take(work, made.feedback, "Called the police; they go there now.")
        danger_over.say_over(work, made.feedback, "He moved out on Monday.", Risk.NONE)
        key = made.feedback.id
    with begin_work(WORKER) as work:
        assert danger.unraised(work.session) == []
        danger.place_at(work, work.session.get_one(Feedback, key), Risk.NOW)
    with begin_work(WORKER) as work:
        assert danger.unraised(work.session) == [key]


def test_a_page_of_the_trail_is_read(portal: Flask) -> None:
    with begin_work(WORKER) as work:
        investigated(work)
    found = part_of(db.session(), select(AuditEvent).order_by(AuditEvent.id), 2, 3)
    assert (len(found.rows), found.page, found.more) == (3, 2, True)
