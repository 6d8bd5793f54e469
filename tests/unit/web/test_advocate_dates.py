"""An advocate's calendar file: the next date of each matter that they follow now, and nobody's
name."""

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import advocacy, parting
from portal.cases.progress import progress
from portal.db import db
from portal.records.agreed_scope import Scope
from portal.records.audit_event import AuditEvent
from portal.records.case import CaseStage
from portal.records.feedback import Feedback
from portal.work import PUBLIC, WORKER, begin_work
from tests.matters import STORY, forget_between_requests, make_case
from tests.unit.web.advocate_pages import ALEX, SAM, followed, signed_in
from tests.unit.web.test_other_children import answer, split_matter

MONDAY = "2026-06-01 10:00 +0100"
DUE = date(2026, 6, 15)


@pytest.fixture(autouse=True)
def monday() -> object:
    """Everything here happens on one day."""
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def sam(app: Flask) -> FlaskClient:
    forget_between_requests(app)
    return signed_in(app)


def followed_case(*scope: Scope, email: str = SAM, **more: object) -> Feedback:
    """A matter that is followed, with a case of which the officer's letter went today."""
    feedback = followed(*scope, email=email, **more)
    with begin_work(WORKER) as work:
        case = make_case(work, work.session.get_one(Feedback, feedback.id))
        case.acknowledged_on = work.today
    return db.session.get_one(Feedback, feedback.id)


def events(browser: FlaskClient) -> list[icalendar.Event]:
    answered = browser.get("/advocates/dates.ics")
    assert answered.status_code == 200
    assert answered.mimetype == "text/calendar"
    assert answered.headers["Content-Disposition"] == "attachment; filename=dates.ics"
    lines = answered.data.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in b"".join(lines)
    assert all(len(line) <= 75 for line in lines), "RFC 5545 3.1"
    calendar = icalendar.Calendar.from_ical(answered.data)
    assert calendar["version"] == "2.0"
    assert calendar["prodid"]
    return list(calendar.walk("VEVENT"))


def test_it_has_the_next_date_of_each_matter_with_a_link(sam: FlaskClient) -> None:
    feedback = followed_case(Scope.SEE)
    (one,) = events(sam)
    assert one["summary"] == f"{feedback.reference}: the council’s next date"
    assert one.decoded("dtstart") == DUE
    assert one.decoded("dtend") == DUE + timedelta(days=1)
    assert one.decoded("dtstamp") == datetime(2026, 6, 1, 9, tzinfo=UTC)
    assert str(one["url"]).endswith(f"/advocates/{feedback.public_id}")
    assert db.session.scalars(select(AuditEvent.act)).all().count("calendar_saved") == 1


def test_a_date_that_moves_keeps_its_uid(sam: FlaskClient) -> None:
    followed_case(Scope.SEE)
    (before,) = events(sam)
    with begin_work(WORKER) as work:
        work.session.scalars(select(CaseStage)).one().due_on = DUE + timedelta(days=3)
    (after,) = events(sam)
    assert after["uid"] == before["uid"]
    assert after.decoded("dtstart") == DUE + timedelta(days=3)


def test_nobodys_name_or_words_stand_in_it(sam: FlaskClient) -> None:
    followed_case(*Scope)
    text = sam.get("/advocates/dates.ics").text
    assert "VEVENT" in text
    for private in ("Robin", "Sam", STORY[:12], "complaint"):
        assert private not in text, private


def test_a_colleagues_matter_is_not_in_it(app: Flask, sam: FlaskClient) -> None:
    own = followed_case(Scope.SEE)
    signed_in(app, ALEX, "Alex Sample")
    followed_case(Scope.SEE, email=ALEX)
    (one,) = events(sam)
    assert str(one["url"]).endswith(own.public_id)


def test_what_the_young_person_ended_is_not_in_it(sam: FlaskClient) -> None:
    feedback = followed_case(*Scope)
    assert len(events(sam)) == 1
    with begin_work(PUBLIC) as work:
        here = work.session.get_one(Feedback, feedback.id)
        (follower,) = advocacy.followers(work.session, here)
        assert advocacy.switch_off(work, here, follower.public_id) is not None
    assert events(sam) == []


def test_what_has_run_out_is_not_in_it(
    app: Flask, sam: FlaskClient, monday: time_machine.Traveller
) -> None:
    last = date(2026, 6, 3)
    followed_case(Scope.SEE, last_day=last)
    monday.shift(timedelta(days=2))
    assert len(events(signed_in(app))) == 1, "the last day is one of theirs"
    monday.shift(timedelta(days=1))
    assert events(signed_in(app)) == []


def test_a_part_about_another_child_is_not_in_it(sam: FlaskClient) -> None:
    feedback = split_matter("Ivy Larkspur", "Ned Larkspur")
    with begin_work(WORKER) as work:
        here = work.session.get_one(Feedback, feedback.id)
        own, other = parting.parts(work.session, here)
        assert (own.other_child, other.other_child) == (False, True)
        for case, days in ((own, 9), (other, 1)):
            case.acknowledged_on = work.today
            wanted = select(CaseStage).where(CaseStage.case_id == case.id)
            work.session.scalars(wanted).one().due_on = work.today + timedelta(days=days)
        closed = progress(work.session, work.council, here, work.today, 2).next_on
    (one,) = events(sam)
    assert one.decoded("dtstart") == date(2026, 6, 10)
    assert closed == date(2026, 6, 2)
    answer(feedback, 1, "About Ivy.")
    assert events(sam) == [], "only the closed part has a date"
