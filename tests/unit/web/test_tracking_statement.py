"""/track at stage 2: the person says yes to the statement of complaint, or "this isn't what I
said"; a yes to one that was changed meanwhile counts for nothing."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import agreeing, points
from portal.procedures.finding import PointState
from portal.procedures.state import Event, State
from portal.records.case import Case
from portal.records.case_event import CaseEvent
from portal.records.point import Point
from portal.work import WORKER, begin_work
from tests.matters import enter, forget_between_requests
from tests.unit.cases.investigated_case import with_statement
from tests.unit.cases.procedure_world import WORDS, let
from tests.unit.web.officer_pages import words_of
from tests.unit.web.test_tracking_points import MATTER, mark_on, one_case, states

YES = "Yes, this is right"


@pytest.fixture
def visiting(app: Flask, client: FlaskClient) -> FlaskClient:
    """A young person who reads the statement that was sent to them."""
    forget_between_requests(app)
    with begin_work(WORKER) as work:
        reference = with_statement(work).feedback.reference
    assert enter(client, reference).status_code == 302
    return client


def last_event() -> tuple[Event, str, int | None]:
    with begin_work(WORKER) as work:
        event = work.session.scalars(select(CaseEvent).order_by(CaseEvent.id.desc())).first()
        assert event is not None
        return event.event, event.by, event.account_id


def stands() -> State:
    with begin_work(WORKER) as work:
        return work.session.scalars(select(Case.procedure_state)).one()


def test_a_yes_to_the_statement_is_theirs_and_settles_it(visiting: FlaskClient) -> None:
    page = visiting.get(MATTER).text
    assert "Is this what you told us?" in page
    assert YES in page
    assert all(words in words_of(page) for words in WORDS[:2])
    done = visiting.post(f"{MATTER}/points/1/agree", data={"mark": mark_on(page)})
    assert (done.status_code, done.location) == (302, f"{MATTER}#points")
    assert last_event() == (Event.STATEMENT_AGREED, "person", None)
    assert states() == [PointState.AGREED] * 2
    after = words_of(visiting.get(MATTER).text)
    assert "You said yes" in after
    assert YES not in after
    with begin_work(WORKER) as work:
        assert not agreeing.statement(work.session, one_case(work)).asks


def test_this_is_not_what_i_said_goes_back_to_the_officer(visiting: FlaskClient) -> None:
    before, mark = stands(), mark_on(visiting.get(MATTER).text)
    said = {"point-1-2-wrong": "It was three times.", "point-1-2-mark": mark}
    assert visiting.post(f"{MATTER}/points/1/2/dispute", data=said).status_code == 302
    assert last_event() == (Event.STATEMENT_DISPUTED, "person", None)
    assert states() == [PointState.SENT, PointState.DISPUTED]
    assert stands() is before, "it waits until a new one is sent"
    page = words_of(visiting.get(MATTER).text)
    assert "It was three times." in page
    assert "We will change it and show it to you again." in page
    # Until then nobody can say yes to what they called wrong.
    assert YES not in page
    with begin_work(WORKER) as work:
        case = one_case(work)
        _, second = points.live(work.session, case)
        points.edit(work, case, second, "My worker did not come three times.", second.version)
        let(work, case, Event.STATEMENT_SENT)
    page = visiting.get(MATTER).text
    assert "My worker did not come three times." in page
    visiting.post(f"{MATTER}/points/1/agree", data={"mark": mark_on(page)})
    assert last_event()[0] is Event.STATEMENT_AGREED


def test_a_yes_or_no_to_an_older_statement_counts_for_nothing(visiting: FlaskClient) -> None:
    old = mark_on(visiting.get(MATTER).text)
    with begin_work(WORKER) as work:
        case = one_case(work)
        first = points.live(work.session, case)[0]
        points.edit(work, case, first, "Other words.", first.version)
        let(work, case, Event.STATEMENT_SENT)
    visiting.post(f"{MATTER}/points/1/agree", data={"mark": old})
    assert "We have just changed this list." in words_of(visiting.get(MATTER).text)
    said = {"point-1-2-wrong": "No, three times.", "point-1-2-mark": old}
    disputed = visiting.post(f"{MATTER}/points/1/2/dispute", data=said)
    assert disputed.status_code == 422
    assert "No, three times." in disputed.text
    assert last_event()[0] is Event.STATEMENT_SENT
    with begin_work(WORKER) as work:
        kept = set(work.session.scalars(select(Point.state)))
    assert kept == {PointState.SENT}
