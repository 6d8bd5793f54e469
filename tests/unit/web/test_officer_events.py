"""Taking a case through its procedure on the pages: asked, read, recorded, and refused kindly."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock
from portal.db import db
from portal.procedures.finding import Giver, PointState
from portal.procedures.state import Event, State
from portal.procedures.vocabulary import ProcedureCode
from portal.records.account import Account, Role
from portal.records.case import CaseStage, CaseState
from portal.records.case_event import CaseEvent
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind
from portal.records.point import Point
from portal.work import WORKER, begin_work
from tests.matters import make_account
from tests.unit.web.officer_events import (
    CORPORATE,
    EVERYTHING,
    STATUTORY,
    case,
    do,
    find,
    latest_letter,
    on_day,
    opened,
    until,
)
from tests.unit.web.officer_pages import signed_in, words_of


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    return signed_in(client)


def test_more_time_needs_a_reason_a_later_date_and_the_longest_time(officer: FlaskClient) -> None:
    feedback = opened(STATUTORY)
    stage = db.session.scalars(select(CaseStage)).one()
    due = stage.due_on
    page = do(officer, feedback, Event.EXTENDED, 422, reason="complex", words="", **until(due))
    assert "Write the reason" in page
    assert "Choose a date after the present one" in page
    far = due + timedelta(days=90)
    typed = "We must talk to one more person, who is away."
    page = do(officer, feedback, Event.EXTENDED, 422, reason="complex", words=typed, **until(far))
    assert "past the longest time" in page
    assert typed in page, "nothing typed is lost"
    later = due + timedelta(days=7)
    do(officer, feedback, Event.EXTENDED, reason="complex", words=typed, **until(later))
    stage = db.session.scalars(select(CaseStage)).one()
    assert (stage.due_on, stage.first_due_on) == (later, due)
    letter = latest_letter()
    assert letter.kind is LetterKind.EXTENSION
    assert typed in letter.body
    assert f"{later.day} {later:%B %Y}" in letter.body
    assert "Ombudsman" in letter.body


def test_an_answer_waits_for_every_point_and_states_each(officer: FlaskClient) -> None:
    feedback = opened(STATUTORY)
    page = do(officer, feedback, Event.ANSWERED, 422)
    assert "Each point needs a finding" in page
    find(Giver.SERVICE)
    do(officer, feedback, Event.ANSWERED)
    assert case().procedure_state is State.ANSWERED
    assert db.session.scalars(select(CaseStage.answered_on)).one() == clock.today()
    body = latest_letter().body
    assert "1. Nobody rang back." in body
    assert body.count("We saw the notes.") == 2
    assert "people from outside" in body
    shown = words_of(officer.get(f"/officers/cases/{feedback.public_id}").text)
    assert "Answered: the person may ask for the next stage" in shown


def test_the_letter_goes_as_the_officer_left_it(officer: FlaskClient) -> None:
    feedback = opened(STATUTORY)
    find(Giver.SERVICE)
    url = f"/officers/cases/{feedback.public_id}"
    data = on_day(clock.today())
    looked = officer.post(f"{url}/do/answered", data=data)
    written = re.search(r'name="written"[^>]*value="([^"]*)"', looked.text)
    assert written is not None
    changed = "Dear Dana,\n\nI am sorry."
    again = officer.post(
        f"{url}/do/answered", data={**data, "letter": changed, "written": "as it was"}
    )
    assert "I am sorry." in again.text, "a changed letter is kept when looked at again"
    officer.post(f"{url}/did/answered", data={**data, "letter": changed})
    assert latest_letter().body == f"{changed}\n"


def test_a_statutory_complaint_goes_to_its_last_stage(officer: FlaskClient) -> None:
    feedback = opened(STATUTORY)
    with begin_work(WORKER) as work:
        for number, role in enumerate(
            (Role.INVESTIGATOR, Role.INDEPENDENT_PERSON, Role.PANEL_MEMBER)
        ):
            make_account(work, role, f"outside{number}@heard.example", f"Person {number}")
    find(Giver.SERVICE)
    do(officer, feedback, Event.ANSWERED)
    do(officer, feedback, Event.NEXT_STAGE_ASKED, words="Thank you, but please look again.")
    assert case().stage_key == "stage_2"
    assert latest_letter().kind is LetterKind.NEXT_STAGE
    do(officer, feedback, Event.STATEMENT_SENT)
    do(officer, feedback, Event.STATEMENT_AGREED)
    assert {p.state for p in db.session.scalars(select(Point))} == {PointState.AGREED}
    appoint(officer, feedback)
    do(officer, feedback, Event.INVESTIGATION_BEGUN)
    find(Giver.INVESTIGATOR, "stage_2")
    do(officer, feedback, Event.REPORTS_RECEIVED)
    find(Giver.ADJUDICATOR, "stage_2")
    do(officer, feedback, Event.ADJUDICATED)
    do(officer, feedback, Event.NEXT_STAGE_ASKED, words="I want the panel.")
    assert case().procedure_state is State.PANEL_ASKED
    panel(officer, feedback)
    do(officer, feedback, Event.CONCLUDED)
    assert (case().state, case().procedure_state) == (CaseState.CLOSED, State.CONCLUDED)
    shown = words_of(officer.get(f"/officers/cases/{feedback.public_id}").text)
    assert "Closed" in shown


def appoint(officer: FlaskClient, feedback: Feedback) -> None:
    """The investigating officer and the independent person, each declared as the law asks."""
    accounts = {a.name: a.public_id for a in db.session.scalars(select(Account))}
    last_day = until(clock.today() + timedelta(days=60), "access_until")
    page = do(officer, feedback, Event.INVESTIGATOR_APPOINTED, 422, appointee=accounts["Person 0"])
    assert "Say until when" in page
    do(
        officer, feedback, Event.INVESTIGATOR_APPOINTED,
        appointee=accounts["Person 0"], declared=["no_part_in_case"], **last_day,
    )  # fmt: skip
    page = do(
        officer, feedback, Event.INDEPENDENT_PERSON_APPOINTED, 422,
        appointee=accounts["Person 1"], declared=EVERYTHING[:2], **last_day,
    )  # fmt: skip
    assert "tick each condition" in page
    do(
        officer, feedback, Event.INDEPENDENT_PERSON_APPOINTED,
        appointee=accounts["Person 1"], declared=EVERYTHING, **last_day,
    )  # fmt: skip


def panel(officer: FlaskClient, feedback: Feedback) -> None:
    """Three people from outside, without accounts; the papers; the meeting; report and answer."""
    page = do(officer, feedback, Event.PAPERS_SENT, 422, words="Tuesday at ten.")
    assert "A panel is three people" in page
    do(
        officer, feedback, Event.CHAIR_APPOINTED, appointee_name="Ash Penrose",
        declared=EVERYTHING,
    )  # fmt: skip
    for name in ("Billie Thorne", "Casey Marlow"):
        do(
            officer, feedback, Event.PANELLIST_APPOINTED, appointee_name=name,
            declared=EVERYTHING,
        )  # fmt: skip
    do(officer, feedback, Event.PAPERS_SENT, words="Tuesday at ten in room 4.")
    do(officer, feedback, Event.PANEL_HELD)
    find(Giver.PANEL, "stage_3")
    do(officer, feedback, Event.PANEL_REPORTED)
    find(Giver.COUNCIL, "stage_3")
    do(officer, feedback, Event.PANEL_ANSWERED)
    assert "There are no more steps here" in latest_letter().body


def test_moving_to_the_other_procedure_keeps_the_day_of_receipt(officer: FlaskClient) -> None:
    feedback = opened(CORPORATE)
    do(officer, feedback, Event.REROUTED, track="statutory", words="It is about section 17.")
    assert case().procedure is ProcedureCode.STATUTORY
    first, second = db.session.scalars(select(CaseStage).order_by(CaseStage.id))
    assert first.ended_on == clock.today()
    assert second.start_on == feedback.received_on
    assert "You lose no time" in latest_letter().body


def test_what_has_no_place_here_is_refused_and_changes_nothing(officer: FlaskClient) -> None:
    feedback = opened(STATUTORY)
    url = f"/officers/cases/{feedback.public_id}"
    assert officer.get(f"{url}/do/panel_held").status_code == 409
    assert officer.get(f"{url}/do/nonsense").status_code == 404
    assert officer.post(f"{url}/did/panel_held", data=on_day(clock.today())).status_code == 409
    tomorrow = clock.today() + timedelta(days=1)
    page = officer.post(f"{url}/did/meeting_offered", data={**on_day(tomorrow), "words": "x"})
    assert page.status_code == 422
    assert "must not be in the future" in words_of(page.text)
    assert db.session.scalars(select(CaseEvent)).all() == []
