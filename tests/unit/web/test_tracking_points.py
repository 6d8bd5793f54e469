"""/track: the person says yes to the points or "this isn't what I said", and reads the answer."""

import re
from datetime import timedelta

import pytest
import textstat
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import (
    advocacy,
    agreeing,
    event_words,
    findings,
    gathering,
    passwords,
    points,
    remedies,
)
from portal.cases.remedies import NewRemedy
from portal.cases.remedy_dates import Counting
from portal.procedures.finding import Finding, Giver, PointState
from portal.procedures.remedy import Base, Kept, RemedyKind
from portal.procedures.state import Event
from portal.procedures.vocabulary import Team
from portal.records.case import Case
from portal.records.case_event import CaseEvent
from portal.records.feedback import Feedback
from portal.records.point import Point
from portal.web.tracking import complaint, saying
from portal.work import WORKER, Who, Work, begin_work
from tests.matters import AGREED, LOW_COSTS, enter, make_account
from tests.signing_in import sign_in
from tests.unit.cases.procedure_world import WORDS, case_with_points, let
from tests.unit.web.officer_pages import words_of

MATTER = "/track/matter"


@pytest.fixture
def visiting(app: Flask, client: FlaskClient) -> FlaskClient:
    """Somebody who reads their matter; its points are written and not sent."""
    app.config[passwords.COSTS] = LOW_COSTS
    with begin_work(WORKER) as work:
        case, _ = case_with_points(work)
        reference = work.session.get_one(Feedback, case.feedback_id).reference
    assert enter(client, reference).status_code == 302
    return client


def as_officer(deed: str) -> None:
    """Something that an officer does to the only case."""
    with begin_work(WORKER) as work:
        case = one_case(work)
        if deed == "send":
            let(work, case, Event.POINTS_SENT)
        elif deed == "answer":
            stage = gathering.current_stage(work.session, case)
            for point, found in zip(
                points.live(work.session, case),
                (Finding.UPHELD, Finding.NOT_UPHELD, None), strict=True,
            ):  # fmt: skip
                if found is None:
                    findings.record_resolution(work, point, stage, Giver.SERVICE, "It is Jo now.")
                else:
                    findings.record_finding(work, point, stage, Giver.SERVICE, found, "We looked.")
            let(work, case, Event.ANSWERED)


def one_case(work: Work) -> Case:
    case = work.session.scalars(select(Case)).one()
    work.who = Who("staff", case.officer_id)
    return case


def mark_on(page: str) -> str:
    found = re.search(r'name="mark" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def states() -> list[PointState]:
    with begin_work(WORKER) as work:
        return list(work.session.scalars(select(Point.state).order_by(Point.number)))


def test_points_are_shown_when_they_are_sent_and_not_before(visiting: FlaskClient) -> None:
    assert WORDS[1] not in visiting.get(MATTER).text
    as_officer("send")
    page = words_of(visiting.get(MATTER).text)
    assert "Is this what you told us?" in page
    assert WORDS[1] in page
    assert page.count("This isn’t what I said") >= 3


def test_a_yes_is_kept_with_who_said_it(visiting: FlaskClient) -> None:
    as_officer("send")
    mark = mark_on(visiting.get(MATTER).text)
    answer = visiting.post(f"{MATTER}/points/1/agree", data={"mark": mark})
    assert (answer.status_code, answer.location) == (302, f"{MATTER}#points")
    assert states() == [PointState.AGREED] * 3
    page = words_of(visiting.get(MATTER).text)
    assert "Yes, this is right" not in page
    assert "You said yes" in page
    with begin_work(WORKER) as work:
        last = work.session.scalars(select(CaseEvent).order_by(CaseEvent.id.desc())).first()
        assert last is not None
        assert (last.event, last.by, last.account_id) == (Event.POINTS_AGREED, "person", None)


def test_a_yes_to_what_was_changed_meanwhile_is_asked_again(visiting: FlaskClient) -> None:
    as_officer("send")
    old = mark_on(visiting.get(MATTER).text)
    with begin_work(WORKER) as work:
        case = one_case(work)
        first = points.live(work.session, case)[0]
        points.edit(work, case, first, "Other words.", first.version)
        let(work, case, Event.POINTS_SENT)
    visiting.post(f"{MATTER}/points/1/agree", data={"mark": old})
    assert PointState.AGREED not in states()
    assert "We have just changed this list." in words_of(visiting.get(MATTER).text)


def test_this_is_not_what_i_said_goes_to_the_officer_and_keeps_what_was_typed(
    visiting: FlaskClient,
) -> None:
    as_officer("send")
    mark = mark_on(visiting.get(MATTER).text)
    address = f"{MATTER}/points/1/2/dispute"
    empty = visiting.post(address, data={"point-1-2-wrong": " ", "point-1-2-mark": mark})
    assert empty.status_code == 422
    assert "Tell us what is wrong. A few words are enough." in empty.text
    old = visiting.post(address, data={"point-1-2-wrong": "Three times.", "point-1-2-mark": "1:9"})
    assert old.status_code == 422
    assert "Three times." in old.text
    said = {"point-1-2-wrong": "It was three times.", "point-1-2-mark": mark}
    assert visiting.post(address, data=said).status_code == 302
    assert states() == [PointState.SENT, PointState.DISPUTED, PointState.SENT]
    page = words_of(visiting.get(MATTER).text)
    assert "We will change it and show it to you again." in page
    assert "It was three times." in page
    assert "Yes, this is right" not in page
    for nowhere in ("1/99", "9/1", "x/y"):
        prefix = f"point-{nowhere.replace('/', '-')}-" if nowhere != "x/y" else "point-0-0-"
        lost = visiting.post(
            f"{MATTER}/points/{nowhere}/dispute",
            data={f"{prefix}wrong": "Some words.", f"{prefix}mark": mark},
        )
        assert lost.status_code == 422


def test_what_is_typed_when_the_visit_has_ended_comes_back(client: FlaskClient) -> None:
    answer = client.post(f"{MATTER}/points/1/2/dispute", data={"point-1-2-wrong": "My words."})
    assert answer.status_code == 302


def test_the_answer_and_the_promises_stand_there_in_plain_words(visiting: FlaskClient) -> None:
    with begin_work(WORKER) as work:
        case = one_case(work)
        for text, late in (("Send you a new pass.", False), ("Ring you each week.", True)):
            day = work.today + timedelta(days=5)
            new = NewRemedy(Giver.SERVICE, RemedyKind.SERVICE, text, Team.SEND,
                            Counting(Base.DAY, day=day))  # fmt: skip
            remedy = remedies.add(work, case, new)
            if late:
                remedy.due_on = work.today - timedelta(days=1)
    assert "new pass" not in visiting.get(MATTER).text
    as_officer("answer")
    page = words_of(visiting.get(MATTER).text)
    assert f"{WORDS[0]} We agree. We looked." in page
    assert f"{WORDS[1]} We do not agree." in page
    assert f"{WORDS[2]} You told us that this is put right now." in page
    assert "It is Jo now." in page
    assert "Send you a new pass. To do We will do this by" in page
    assert "We have not done it yet. We are sorry." in page


def test_what_the_person_should_not_see_is_not_there(visiting: FlaskClient) -> None:
    with begin_work(WORKER) as work:
        case = one_case(work)
        day = Counting(Base.DAY, day=work.today)
        for giver, text, shown in (
            (Giver.SERVICE, "Hidden training.", False),
            (Giver.OMBUDSMAN, "Nobody said yes.", True),
        ):
            new = NewRemedy(giver, RemedyKind.TRAINING, text, Team.SEND, day,
                            shown_to_person=shown)  # fmt: skip
            remedies.add(work, case, new)
    as_officer("answer")
    page = visiting.get(MATTER).text
    assert "Hidden training." not in page
    assert "Nobody said yes." not in page


def test_an_advocate_says_it_for_them_and_the_trail_says_who(
    app: Flask, visiting: FlaskClient
) -> None:
    as_officer("send")
    with begin_work(WORKER) as work:
        account = make_account(work)
        feedback = work.session.scalars(select(Feedback)).one()
        advocacy.join(work, account.id, feedback, AGREED)
        account_id, public_id = account.id, feedback.public_id
    advocate = app.test_client()
    sign_in(advocate, "sam@advocates.example")
    page = advocate.get(f"/advocates/{public_id}").text
    assert "This isn’t what I said" in page
    said = {"point-1-1-wrong": "Twice.", "point-1-1-mark": mark_on(page)}
    answer = advocate.post(f"/advocates/{public_id}/points/1/1/dispute", data=said)
    assert answer.status_code == 302
    with begin_work(WORKER) as work:
        last = work.session.scalars(select(CaseEvent).order_by(CaseEvent.id.desc())).first()
        assert last is not None
        assert (last.event, last.account_id) == (Event.POINTS_DISPUTED, account_id)
    empty = advocate.post(f"/advocates/{public_id}/points/1/2/dispute", data={})
    assert empty.status_code == 422


def test_the_words_are_as_plain_as_for_a_child(visiting: FlaskClient) -> None:
    fixed = [
        *complaint.WE_FOUND.values(), complaint.SETTLED, saying.AGREED, saying.DISPUTED,
        agreeing.NotAskedNow.message, agreeing.PointsMoved.message, agreeing.NotSaid.message,
    ]  # fmt: skip
    assert textstat.flesch_kincaid_grade(" ".join(fixed)) <= 5.0
    as_officer("send")
    page = words_of(visiting.get(MATTER).text)
    start, end = page.index("Is this what you told us?"), page.index("Yes, this is right")
    assert textstat.flesch_kincaid_grade(page[start:end]) <= 5.0
    assert set(complaint.TAGS) == set(Kept)


def test_the_page_says_what_the_letter_says() -> None:
    assert dict(complaint.WE_FOUND) == dict(event_words.FINDINGS)
