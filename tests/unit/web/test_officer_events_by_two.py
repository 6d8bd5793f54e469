"""What two officers say together in a procedure: proposed on one page, agreed on another."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock
from portal.db import db
from portal.procedures.finding import Giver, PointState
from portal.procedures.state import Event, State
from portal.records.case_event import CaseEvent
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind
from portal.records.point import Point
from tests.unit.web.officer_events import (
    CORPORATE,
    STATUTORY,
    case,
    do,
    find,
    latest_letter,
    on_day,
    opened,
    until,
)
from tests.unit.web.officer_pages import as_another, proposal_in, signed_in, words_of


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    return signed_in(client)


def test_a_part_waits_for_the_court_only_when_a_second_officer_agrees(
    officer: FlaskClient,
) -> None:
    feedback = opened(STATUTORY)
    given = {
        "points": ["1"],
        "proceedings": "The care proceedings about your son.",
        "prejudice": "The same people would be asked about the same thing.",
        **until(clock.today() + timedelta(days=400)),
    }
    url = f"/officers/cases/{feedback.public_id}"
    given |= on_day(clock.today())
    page = officer.post(f"{url}/did/part_not_considered", data=given)
    assert page.status_code == 422
    assert "Choose what kind of proceedings they are" in words_of(page.text)
    assert "The care proceedings about your son." in page.text
    given["proceedings_kind"] = "concurrent_court"
    checked = officer.post(f"{url}/do/part_not_considered", data=given)
    assert "Ask for a second officer’s agreement" in words_of(checked.text)
    asked = officer.post(f"{url}/did/part_not_considered", data=given, follow_redirects=True)
    assert "Waits for a second officer" in words_of(asked.text)
    assert {point.state for point in db.session.scalars(select(Point))} == {PointState.DRAFTED}
    assert "Waits for a second officer" in words_of(officer.get(url).text)

    second = as_another(officer)
    proposal = {"proposal": proposal_in(asked.text)}
    second.post(f"/officers/feedback/{feedback.public_id}/second-officer/agree", data=proposal)
    states = {point.number: point.state for point in db.session.scalars(select(Point))}
    assert states == {1: PointState.NOT_CONSIDERED, 2: PointState.DRAFTED}
    row = db.session.scalars(select(CaseEvent)).one()
    assert row.reason == "concurrent_court"
    assert row.details["second_officer_id"] not in (None, row.account_id)
    letter = latest_letter()
    assert "The care proceedings about your son." in letter.body
    assert "Nobody rang back." in letter.body
    assert "The bag was lost." not in letter.body


def review_refused(officer: FlaskClient) -> tuple[Feedback, str]:
    """A corporate case whose review an officer proposes to refuse; its proposal."""
    feedback = opened(CORPORATE)
    find(Giver.SERVICE)
    do(officer, feedback, Event.ANSWERED)
    do(officer, feedback, Event.NEXT_STAGE_ASKED, words="Please look again.")
    do(officer, feedback, Event.NEXT_STAGE_REFUSED, words="Nobody could find more than we did.")
    assert case().procedure_state is State.REVIEW_ASKED
    page = officer.get(f"/officers/feedback/{feedback.public_id}/second-officer").text
    assert "A review would add nothing" in words_of(page)
    return feedback, proposal_in(page)


def test_a_review_is_refused_by_two_and_not_by_one(officer: FlaskClient) -> None:
    feedback, proposal = review_refused(officer)
    url = f"/officers/feedback/{feedback.public_id}/second-officer/agree"
    assert officer.post(url, data={"proposal": proposal}).status_code == 403
    second = as_another(officer)
    assert second.post(url, data={"proposal": proposal}).status_code == 303
    assert case().procedure_state is State.ANSWERED
    letter = latest_letter()
    assert letter.kind is LetterKind.NEXT_STAGE_DECLINED
    assert "Nobody could find more than we did." in letter.body
    assert "Ombudsman" in letter.body


def test_what_the_case_has_left_behind_is_not_agreed_to_but_sent_back(
    officer: FlaskClient,
) -> None:
    feedback, proposal = review_refused(officer)
    do(officer, feedback, Event.NEXT_STAGE_ACCEPTED)
    second = as_another(officer)
    url = f"/officers/feedback/{feedback.public_id}/second-officer"
    late = second.post(f"{url}/agree", data={"proposal": proposal})
    assert late.status_code == 409
    assert "The case does not stand where this can be done" in words_of(late.text)
    back = {"proposal": proposal, "answer": "The review was accepted meanwhile."}
    assert second.post(f"{url}/send-back", data=back).status_code == 303
    assert case().procedure_state is State.REVIEWING
    shown = words_of(officer.get(f"/officers/cases/{feedback.public_id}").text)
    assert "The review was accepted meanwhile." in shown
