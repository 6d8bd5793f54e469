"""Passing on and requests to see data on their pages: what is asked, kept, shown, and to whom."""

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock
from portal.db import db
from portal.records.access_request import AccessRequest
from portal.records.account import Role
from portal.records.decision import Decision
from portal.records.feedback import Feedback
from portal.records.handover import Handover
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.work import WORKER, begin_work
from tests.matters import make_account
from tests.unit.web.officer_pages import OPEN_A_CASE, made, posted_again, signed_in, words_of

PASSED_ON = {
    "what": "safeguarding",
    "team": "first_response",
    "words": "A neighbour hits the child.",
    "explanation": "They ring you today.",
}
REQUEST = {
    "from_whom": "Dana Whitlock",
    "reach_by": "By e-mail only.",
    "asked_for": "All that you wrote about Sky since 2020.",
}
STORY = "My story that nobody else may read."


def days(day: date, name: str = "on") -> dict[str, list[str]]:
    return {name: [str(day.day), str(day.month), str(day.year)]}


def letters(kind: LetterKind) -> list[OutboxLetter]:
    db.session.rollback()
    return list(db.session.scalars(select(OutboxLetter).where(OutboxLetter.kind == kind)))


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    return signed_in(client)


@pytest.fixture
def governance(app: Flask) -> FlaskClient:
    return signed_in(
        app.test_client(),
        lambda work: make_account(work, Role.INFORMATION_GOVERNANCE, "ig@heard.example", "Ira G"),
    )


def test_a_worry_is_passed_on_and_stays_in_sight_until_somebody_took_it(
    officer: FlaskClient,
) -> None:
    feedback = made()
    url = f"/officers/feedback/{feedback.public_id}/passed-on"
    assert "stays in the queue" in words_of(officer.get(url).text)
    wrong = officer.post(url, data={**PASSED_ON, "team": ""})
    assert wrong.status_code == 422
    assert "A neighbour hits the child." in wrong.text
    assert officer.post(url, data=PASSED_ON).status_code == 303
    (letter,) = letters(LetterKind.HANDED_ON)
    assert "A neighbour" not in letter.body
    for page in ("/officers/?view=passed_on", "/officers/"):
        assert "Passed on, not yet taken" in words_of(officer.get(page).text)
    item = words_of(officer.get(f"/officers/feedback/{feedback.public_id}").text)
    assert "Passed on, not yet taken: a worry about somebody’s safety" in item
    handover = db.session.scalars(select(Handover)).one()
    proof = {"name": "Kim Shaw", "role": "", "way": "phone", **days(clock.today())}
    again = officer.post(f"{url}/{handover.public_id}", data=proof)
    assert again.status_code == 422
    assert "Enter their role" in words_of(again.text)
    assert "Kim Shaw" in again.text
    late = {**proof, "role": "Duty", **days(clock.today() + timedelta(1))}
    refused = officer.post(f"{url}/{handover.public_id}", data=late)
    assert refused.status_code == 422
    assert "nor on a day to come" in words_of(refused.text)
    done = officer.post(
        f"{url}/{handover.public_id}", data={**proof, "role": "Duty"}, follow_redirects=True
    )
    assert "Kim Shaw, Duty" in words_of(done.text)
    assert feedback.reference not in officer.get("/officers/?view=passed_on").text
    assert (
        officer.post(f"{url}/{handover.public_id}", data={**proof, "role": "Duty"}).status_code
        == 409
    )
    assert officer.get(f"{url}/no-such-one").status_code == 404


def test_a_decision_cannot_pass_a_worry_on_and_lose_the_complaint(officer: FlaskClient) -> None:
    feedback = made()
    chosen = {
        **OPEN_A_CASE,
        "procedure": "duty",
        "outcome": "passed_on",
        "passed_on_reason": "safeguarding",
        "passed_on_explanation": "They have it.",
    }
    answer = officer.post(f"/officers/feedback/{feedback.public_id}/check", data=chosen)
    assert answer.status_code == 422
    assert "A complaint stays open" in words_of(answer.text)
    assert db.session.scalars(select(Decision)).all() == []


@pytest.mark.parametrize("wants", [True, False])
def test_a_comment_goes_to_the_team_and_a_letter_only_to_who_wants_one(
    officer: FlaskClient, wants: bool
) -> None:
    feedback = made()
    chosen = {
        **OPEN_A_CASE,
        "category": "comment",
        "procedure": "duty",
        "nature": "",
        "outcome": "passed_on",
        "passed_on_reason": "comment",
        "passed_on_explanation": "They meet in May.",
        **({} if wants else {"no_answer": "y"}),
    }
    url = f"/officers/feedback/{feedback.public_id}"
    checked = officer.post(f"{url}/check", data=chosen)
    assert ("no letter is sent" in words_of(checked.text)) is not wants
    done = officer.post(f"{url}/confirm", data=posted_again(checked.text), follow_redirects=True)
    assert done.status_code == 200
    (team,) = letters(LetterKind.COMMENT_FOR_TEAM)
    assert team.to_email == "care-planning-court@staffordshire.example"
    assert feedback.story in team.body
    told = letters(LetterKind.COMMENT_PASSED_ON)
    assert len(told) == int(wants)
    assert all("They meet in May." in one.body for one in told)


def test_a_request_to_see_data_shows_nothing_else_of_the_matter(
    officer: FlaskClient, governance: FlaskClient
) -> None:
    feedback = made(story=STORY)
    url = f"/officers/feedback/{feedback.public_id}/access-request"
    begun = words_of(officer.get(url).text)
    assert "The law gives one month" in begun
    assert "Dana Whitlock" in officer.get(url).text, "who wrote stands there already"
    data = {**REQUEST, **days(feedback.received_on, "received_on")}
    wrong = officer.post(url, data={**data, "asked_for": ""})
    assert wrong.status_code == 422
    assert "Write what they ask to see" in words_of(wrong.text)
    assert officer.post(url, data=data).status_code == 303
    assert officer.post(url, data=data).status_code == 409
    assert "Nobody yet" in words_of(officer.get(url).text)
    assert feedback.reference in governance.get("/officers/access-requests").text
    page = governance.get(f"/officers/access-requests/{feedback.public_id}")
    assert REQUEST["asked_for"] in page.text
    assert STORY not in page.text
    assert governance.get(f"/officers/feedback/{feedback.public_id}").status_code == 404
    assert officer.get(f"/officers/access-requests/{feedback.public_id}").status_code == 404
    assert officer.get("/officers/access-requests").status_code == 404


def test_it_is_taken_longer_and_answered_by_who_governs_information(
    officer: FlaskClient, governance: FlaskClient
) -> None:
    feedback = made(story=STORY)
    data = {**REQUEST, **days(feedback.received_on, "received_on")}
    officer.post(f"/officers/feedback/{feedback.public_id}/access-request", data=data)
    url = f"/officers/access-requests/{feedback.public_id}"
    assert governance.post(f"{url}/take").status_code == 303
    assert "Ira G" in words_of(governance.get(url).text)
    assert governance.post(f"{url}/more-time", data={"reason": " "}).status_code == 422
    assert governance.post(f"{url}/more-time", data={"reason": "Nine files."}).status_code == 303
    twice = governance.post(f"{url}/more-time", data={"reason": "Still nine."})
    assert twice.status_code == 422
    assert "Still nine." in twice.text
    assert len(letters(LetterKind.ACCESS_REQUEST_EXTENDED)) == 1
    assert governance.post(f"{url}/answered", data={"on": ["", "", ""]}).status_code == 422
    assert governance.post(f"{url}/answered", data=days(clock.today())).status_code == 303
    found = db.session.scalars(select(AccessRequest)).one()
    assert found.answered_on == clock.today()
    answered = words_of(officer.get(f"/officers/feedback/{feedback.public_id}/access-request").text)
    assert "Ira G" in answered


def test_without_an_information_governance_officer_it_says_what_to_do(
    officer: FlaskClient,
) -> None:
    feedback = made()
    data = {**REQUEST, **days(feedback.received_on, "received_on")}
    answer = officer.post(f"/officers/feedback/{feedback.public_id}/access-request", data=data)
    assert answer.status_code == 422
    assert "ask an administrator to add one" in words_of(answer.text)
    assert REQUEST["asked_for"] in answer.text
    assert db.session.scalars(select(AccessRequest)).all() == []


def test_who_may_not_decide_sees_nothing_of_what_was_passed_on(
    app: Flask, officer: FlaskClient
) -> None:
    feedback = made()
    officer.post(f"/officers/feedback/{feedback.public_id}/passed-on", data=PASSED_ON)
    with begin_work(WORKER) as work:
        work.session.get_one(Feedback, feedback.id).risk = "now"  # type: ignore[assignment]
    duty = signed_in(
        app.test_client(),
        lambda work: make_account(work, Role.DUTY_TEAM, "duty@heard.example", "Du Ty"),
    )
    page = duty.get(f"/officers/feedback/{feedback.public_id}")
    assert page.status_code == 200
    assert "Passed on, not yet taken" not in words_of(page.text)
    assert duty.get(f"/officers/feedback/{feedback.public_id}/passed-on").status_code == 404
