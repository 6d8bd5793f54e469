"""Promises and recommendations on their pages."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import findings, gathering, points
from portal.db import db
from portal.procedures.finding import Finding, Giver
from portal.procedures.remedy import Compliance, RemedyState
from portal.procedures.state import Event
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.records.remedy import Remedy
from portal.work import WORKER, Who, begin_work
from tests import matters
from tests.unit.cases.procedure_world import case_with_points, let
from tests.unit.web.officer_pages import signed_in, words_of
from tests.unit.web.test_officer_points import a_manager

NEW = {
    "kind": "apology",
    "text": "Say sorry in writing.",
    "base": "answer",
    "length": "2",
    "unit": "weeks",
    "team": "care_planning_court",
    "shown": "y",
}


@pytest.fixture
def base() -> str:
    with begin_work(WORKER) as work:
        case, _ = case_with_points(work, 1)
        return f"/officers/cases/{work.session.get_one(Feedback, case.feedback_id).public_id}"


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    return signed_in(client)


def only() -> Remedy:
    db.session.expire_all()
    return db.session.scalars(select(Remedy)).one()


def answered() -> None:
    """The service answers, point by point."""
    with begin_work(WORKER) as work:
        case = work.session.scalars(select(Case)).one()
        work.who = Who("staff", case.officer_id)
        stage = gathering.current_stage(work.session, case)
        for point in points.live(work.session, case):
            findings.record_finding(work, point, stage, Giver.SERVICE, Finding.UPHELD, "Yes.")
        let(work, case, Event.ANSWERED)


def test_a_promise_is_made_kept_and_told(officer: FlaskClient, base: str) -> None:
    assert "Promised" not in words_of(officer.get(f"{base}/promises").text)
    page = officer.get(f"{base}/promises/add/service").text
    assert 'value="apology" selected' in page
    assert officer.post(f"{base}/promises/add/service", data=NEW).status_code == 303
    assert "14 days after the answer" in words_of(officer.get(f"{base}/promises").text)
    answered()
    promise = only()
    assert promise.due_on is not None
    one = f"{base}/promises/{promise.public_id}"
    assert "Say sorry in writing." in officer.get(one).text
    today = promise.made_at.date()
    day = [str(today.day), str(today.month), str(today.year)]
    wrong = {"on": day, "evidence": "", "version": promise.version, "tell": "y"}
    assert officer.post(f"{one}/done", data=wrong).status_code == 422
    done = officer.post(f"{one}/done", data={**wrong, "evidence": "Letter of today."})
    assert done.status_code == 303
    assert only().state is RemedyState.DONE
    letter = db.session.scalars(
        select(OutboxLetter).where(OutboxLetter.kind == LetterKind.PROMISE_DONE)
    ).one()
    assert "Say sorry in writing." in letter.body
    assert "Letter of today." not in letter.body


def test_a_promise_kept_before_the_answer_tells_nobody_of_the_answer(
    officer: FlaskClient, base: str
) -> None:
    officer.post(f"{base}/promises/add/service", data=NEW)
    promise = only()
    today = promise.made_at.date()
    data = {
        "on": [str(today.day), str(today.month), str(today.year)],
        "evidence": "Letter.", "version": promise.version, "tell": "y",
    }  # fmt: skip
    one = f"{base}/promises/{promise.public_id}"
    assert officer.post(f"{one}/done", data=data).status_code == 303
    kinds = set(db.session.scalars(select(OutboxLetter.kind)))
    assert LetterKind.PROMISE_DONE not in kinds


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"text": " "}, "Write what will be done"),
        ({"kind": "cake"}, "Choose what kind of thing it is"),
        ({"base": ""}, "Choose by when it will be done"),
        ({"length": "soon"}, "Enter how long, as a number, like 10"),
        ({"base": "day"}, "Enter the day by which it will be done"),
        ({"base": "day", "day": ["1", "6", "2020"]}, "Say by when"),
        ({"kind": "refund"}, "Enter who is paid"),
        ({"kind": "refund", "payee": "Kit", "amount": "ten"}, "Enter the amount in pounds"),
        ({"every_months": "3"}, "Enter the day on which it ends"),
        ({"every_months": "often"}, "Enter a number of months from 1 to 60"),
        ({"team": "nobody"}, "Choose the team that does it"),
    ],
)
def test_bad_input_says_what_to_do_and_keeps_the_words(
    officer: FlaskClient, base: str, wrong: dict[str, object], sentence: str
) -> None:
    answer = officer.post(f"{base}/promises/add/service", data={**NEW, **wrong})
    assert answer.status_code == 422
    page = words_of(answer.text)
    assert sentence in page
    if "text" not in wrong:
        assert NEW["text"] in page
    assert db.session.scalar(select(Remedy)) is None


def test_an_ombudsmans_recommendation_is_answered_told_and_kept(
    officer: FlaskClient, base: str
) -> None:
    asked = {**NEW, "kind": "symbolic_payment", "payee": "Kit", "amount": "£1,250.50",
             "base": "decision", "length": "1", "unit": "months"}  # fmt: skip
    assert officer.post(f"{base}/promises/add/ombudsman", data=asked).status_code == 303
    remedy = only()
    assert (remedy.state, remedy.amount_pence) == (RemedyState.PROPOSED, 125_050)
    one = f"{base}/promises/{remedy.public_id}"
    assert officer.post(f"{one}/accept", data={"version": remedy.version}).status_code == 303
    remedy = only()
    assert remedy.state is RemedyState.PROMISED
    today = remedy.made_at.date()
    told = {
        "ombudsman-on": [str(today.day), str(today.month), str(today.year)],
        "ombudsman-compliance": "late",
        "ombudsman-version": remedy.version,
    }
    assert officer.post(f"{one}/ombudsman", data=told).status_code == 303
    assert only().compliance is Compliance.LATE
    learning = {"learning-for_report": "y", "learning-made_known": "Team meeting",
                "learning-version": only().version}  # fmt: skip
    assert officer.post(f"{one}/learning", data=learning).status_code == 303
    assert only().made_known == "Team meeting"


def test_a_no_needs_its_reason_and_a_second_no_comes_too_late(
    officer: FlaskClient, base: str
) -> None:
    officer.post(f"{base}/promises/add/ombudsman", data=NEW)
    remedy = only()
    one, seen = f"{base}/promises/{remedy.public_id}", remedy.version
    empty = {"not-accepted-version": seen, "not-accepted-reasons": ""}
    assert officer.post(f"{one}/not-accept", data=empty).status_code == 422
    why = {**empty, "not-accepted-reasons": "It was put right in May."}
    assert officer.post(f"{one}/not-accept", data=why).status_code == 303
    late = {**empty, "not-accepted-reasons": "Another reason."}
    assert officer.post(f"{one}/not-accept", data=late).status_code == 409
    assert only().reasons == "It was put right in May."


def test_a_manager_keeps_promises_and_answers_no_recommendation(
    client: FlaskClient, base: str
) -> None:
    manager = signed_in(client, a_manager)
    assert manager.post(f"{base}/promises/add/service", data=NEW).status_code == 303
    promise = only()
    one = f"{base}/promises/{promise.public_id}"
    page = words_of(manager.get(one).text)
    assert "It is done" in page
    assert "It will not be done after all" not in page
    for path in ("accept", "not-accept", "give-up", "ombudsman", "learning"):
        assert manager.post(f"{one}/{path}", data={"version": 1}).status_code == 404
    for giver in ("investigator", "adjudicator", "panel", "council", "ombudsman"):
        assert manager.get(f"{base}/promises/add/{giver}").status_code == 404
    assert manager.get(f"{base}/promises/nowhere").status_code == 404


def test_whoever_it_is_about_is_not_offered_as_the_owner(officer: FlaskClient, base: str) -> None:
    from portal.cases import named_persons

    with begin_work(WORKER) as work:
        account = a_manager(work)
        work.session.flush()
        case = work.session.scalars(select(Case)).one()
        feedback = work.session.get_one(Feedback, case.feedback_id)
    assert "Bryony T" in officer.get(f"{base}/promises/add/service").text
    with begin_work(WORKER) as work:
        work.who = Who("staff", case.officer_id)
        account = work.session.get_one(type(account), account.id)
        named_persons.link(work, work.session.get_one(Feedback, feedback.id), account)
    assert "Bryony T" not in officer.get(f"{base}/promises/add/service").text


def test_a_stranger_to_the_case_sees_no_promise(client: FlaskClient, base: str) -> None:
    from portal.records.account import Role

    stranger = signed_in(
        client, lambda work: matters.make_account(work, Role.INVESTIGATOR, "x@outside.example")
    )
    assert stranger.get(f"{base}/promises").status_code == 404
