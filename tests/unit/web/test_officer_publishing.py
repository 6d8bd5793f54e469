"""Praise and publication on their pages, data protection and enquiries from decision to answer."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock
from portal.cases import publishing_consent
from portal.db import db
from portal.procedures.procedure import Track
from portal.procedures.state import State
from portal.records.account import Account, Role
from portal.records.case import Case, CaseState
from portal.records.decision import Decision
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.records.publication import Publication, PublicationState
from portal.records.publishing_consent import PublishingConsent
from portal.work import WORKER, begin_work
from tests.matters import make_account
from tests.unit.triage.matters import an_officer
from tests.unit.web.journey_steps import YOUNG, told, walk
from tests.unit.web.officer_pages import OPEN_A_CASE, made, posted_again, signed_in, words_of

THANK = {
    **OPEN_A_CASE,
    "category": "compliment",
    "procedure": "none",
    "nature": "",
    "outcome": "thanked",
}
ABOUT_DATA = {**OPEN_A_CASE, "nature": "data", "procedure": "data_protection"}
ENQUIRY = {
    **OPEN_A_CASE,
    "category": "mp_enquiry",
    "nature": "",
    "procedure": "duty",
    "relationship": "professional",
}


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    return signed_in(client)


def days(day: date, name: str = "on") -> dict[str, list[str]]:
    return {name: [str(day.day), str(day.month), str(day.year)]}


def decided(officer: FlaskClient, chosen: dict[str, str], **said: object) -> Feedback:
    """Feedback that was decided on its pages."""
    feedback = made(**said)
    url = f"/officers/feedback/{feedback.public_id}"
    checked = officer.post(f"{url}/check", data=chosen)
    assert checked.status_code == 200, words_of(checked.text)
    done = officer.post(f"{url}/confirm", data=posted_again(checked.text), follow_redirects=True)
    assert done.status_code == 200
    return feedback


def letter(kind: LetterKind) -> OutboxLetter:
    db.session.rollback()
    return db.session.scalars(select(OutboxLetter).where(OutboxLetter.kind == kind)).one()


def second(app: Flask) -> FlaskClient:
    """Another officer."""
    make: Callable[..., Account] = lambda work: an_officer(work, "second@heard.example")  # noqa: E731
    return signed_in(app.test_client(), make)


def test_a_compliment_is_published_by_two_officers_and_withdrawn(
    app: Flask, officer: FlaskClient
) -> None:
    feedback = decided(officer, THANK, story="Dana here. Kim helped.")
    url = f"/officers/feedback/{feedback.public_id}/publication"
    page = words_of(officer.get(url).text)
    assert "They were not asked." in page
    assert "Without their yes it stays private" in page
    assert officer.post(url).status_code == 422
    said = {"agrees": "yes", "how": "phone", "words": "", **days(clock.today(), "said_on")}
    assert officer.post(f"{url}/consent", data=said).status_code == 422
    kept = officer.post(f"{url}/consent", data={**said, "words": "She told me."})
    assert kept.status_code == 303
    assert officer.post(url).status_code == 303
    assert "being written" in words_of(officer.get(url).text)
    empty = officer.post(f"{url}/offer", data={"text": " "})
    assert empty.status_code == 422
    assert officer.post(f"{url}/offer", data={"text": "X says that Y helped."}).status_code == 303
    assert "Another officer must look at it" in words_of(officer.get(url).text)
    own = officer.post(f"{url}/agree")
    assert own.status_code == 422
    assert "You wrote the text" in words_of(own.text)
    other = second(app)
    read = words_of(other.get(url).text)
    assert "Dana here. Kim helped." in read
    assert "X says that Y helped." in read
    assert other.post(f"{url}/back", data={"why": ""}).status_code == 422
    assert other.post(f"{url}/agree").status_code == 303
    found = db.session.scalars(select(Publication)).one()
    assert (found.state, found.text) == (PublicationState.AGREED, "X says that Y helped.")
    assert "Agreed for publication" in words_of(officer.get("/officers/publications").text)
    assert other.post(f"{url}/agree").status_code == 409
    assert officer.post(f"{url}/withdraw", data={"why": "She asked."}).status_code == 303
    db.session.rollback()
    assert db.session.scalars(select(Publication)).one().state is PublicationState.WITHDRAWN


@pytest.mark.parametrize(("answer", "agrees"), [("yes", True), ("no", False), (None, None)])
def test_the_form_asks_who_thanks_and_keeps_their_answer(
    client: FlaskClient, answer: str | None, agrees: bool | None
) -> None:
    walk(client, "give-feedback", (("what-kind", {"kind": "compliment", "praise": "Thank you."}),))
    assert "without names" in client.get("/give-feedback/check").text
    client.post("/give-feedback/check", data={"may_publish": answer} if answer else {})
    (feedback,) = told()
    found = publishing_consent.latest(db.session(), feedback.id)
    assert (found.agrees if found else None) is agrees


def test_a_young_person_is_asked_only_about_what_is_good(client: FlaskClient) -> None:
    praise = {"wanted": "", "kind": "compliment"}
    changed = {**YOUNG[2][1], "may_publish": "yes"}
    walk(client, "young-people", (*YOUNG[:2], ("next", changed), *YOUNG[3:]))
    assert "Show it to other people" not in client.get("/young-people/check").text
    client.post("/young-people/check")
    client.post("/young-people/begin-now")
    walk(client, "young-people", (*YOUNG[:2], ("next", {**praise, "may_publish": "yes"})))
    assert "Show it to other people" in client.get("/young-people/check").text
    client.post("/young-people/check")
    assert [one.agrees for one in db.session.scalars(select(PublishingConsent))] == [True]


def test_praise_goes_to_the_worker_and_their_manager(officer: FlaskClient) -> None:
    with begin_work(WORKER) as work:
        manager = make_account(work, Role.TEAM_MANAGER, "lee@heard.example", "Lee Marsh")
        kim = make_account(work, Role.AUDITOR, "kim@heard.example", "Kim Shaw")
        kim.reports_to_id, public_id = manager.id, kim.public_id
    feedback = decided(officer, THANK)
    url = f"/officers/feedback/{feedback.public_id}/praise"
    assert officer.post(url, data={"name": ""}).status_code == 422
    assert "Kim Shaw" in words_of(officer.post(url, data={"name": "shaw"}).text)
    told_them = officer.post(f"{url}/{public_id}", follow_redirects=True)
    assert "goes to Kim Shaw and their manager" in words_of(told_them.text)
    wanted = select(OutboxLetter).where(OutboxLetter.kind == LetterKind.COMPLIMENT_FOR_WORKER)
    assert len(db.session.scalars(wanted).all()) == 2
    assert officer.post(f"{url}/{public_id}").status_code == 422
    assert officer.post(f"{url}/nobody").status_code == 404


def test_a_complaint_about_data_has_its_own_dates_letters_and_end(officer: FlaskClient) -> None:
    feedback = decided(officer, ABOUT_DATA)
    case = db.session.scalars(select(Case)).one()
    assert case.chosen_track is Track.DATA_PROTECTION
    opened = letter(LetterKind.DATA_PROTECTION_OPENED)
    assert "Information Commissioner" in opened.body
    assert "Ombudsman" not in opened.body
    url = f"/officers/cases/{feedback.public_id}"
    page = words_of(officer.get(url).text)
    assert "Data protection: acknowledged within 30 days" in page
    assert "acknowledgement letter" in words_of(officer.get("/officers/?view=open").text)
    sent = {"text": "1. A letter went to the old house."}
    preview = officer.post(f"{url}/acknowledge", data=sent)
    assert "complaint about personal information" in words_of(preview.text)
    assert officer.post(f"{url}/acknowledged", data=sent).status_code == 302
    told_them = letter(LetterKind.DATA_PROTECTION_ACKNOWLEDGED)
    assert "A letter went to the old house." in told_them.body
    answer = {**days(clock.today()), "words": "You are right. We are sorry."}
    assert officer.post(f"{url}/did/answered", data=answer).status_code == 303
    db.session.rollback()
    db.session.refresh(case)
    assert (case.state, case.procedure_state) == (CaseState.CLOSED, State.CONCLUDED)
    body = letter(LetterKind.DATA_PROTECTION_ANSWER).body
    assert "You are right. We are sorry." in body
    assert "Information Commissioner" in body


def test_a_complaint_about_data_can_move_to_a_procedure(officer: FlaskClient) -> None:
    feedback = decided(officer, ABOUT_DATA)
    moved = {**days(clock.today()), "track": "corporate", "words": "It is about the service."}
    done = officer.post(f"/officers/cases/{feedback.public_id}/did/rerouted", data=moved)
    assert done.status_code == 303
    case = db.session.scalars(select(Case)).one()
    assert (case.chosen_track, case.procedure.value) == (None, "corporate")


@pytest.mark.parametrize(
    ("enquirer", "track"), [("mp", Track.MP_ENQUIRY), ("member", Track.MEMBER_ENQUIRY)]
)
def test_an_enquiry_is_counted_by_who_asks_and_answered_once(
    officer: FlaskClient, enquirer: str, track: Track
) -> None:
    feedback = made()
    url = f"/officers/feedback/{feedback.public_id}/check"
    nobody = officer.post(url, data=ENQUIRY)
    assert nobody.status_code == 422
    assert "Choose who enquires" in words_of(nobody.text)
    feedback = decided(officer, {**ENQUIRY, "enquirer": enquirer})
    assert db.session.scalars(select(Decision.chosen_track)).one() is track
    case_url = f"/officers/cases/{feedback.public_id}"
    asked = {"state": "asked", "words": "We need Sky’s agreement.", "ask_by_letter": "y"}
    consent = f"/officers/feedback/{feedback.public_id}/consent"
    assert "Does the person agree whom they write for?" in words_of(officer.get(consent).text)
    assert "Consent of the person they write for" in words_of(officer.get(case_url).text)
    recorded = officer.post(consent, data={**asked, **days(clock.today(), "on_day")})
    assert recorded.status_code == 303, words_of(recorded.text)
    assert "somebody whom you represent" in letter(LetterKind.CONSENT_ASKED).body
    answer = {**days(clock.today()), "words": "The pass was sent."}
    waits = officer.post(f"{case_url}/did/answered", data=answer)
    assert waits.status_code == 422
    assert "Consent was asked for and has not come" in words_of(waits.text)
    given = {"state": "given", "words": "Sky rang us.", **days(clock.today(), "on_day")}
    assert officer.post(consent, data=given).status_code == 303
    assert officer.post(f"{case_url}/did/answered", data=answer).status_code == 303
    case = db.session.scalars(select(Case)).one()
    assert case.state is CaseState.CLOSED
    body = letter(LetterKind.ENQUIRY_ANSWER).body
    assert "The pass was sent." in body
    assert "Ombudsman" not in body


def test_the_rules_lead_to_the_data_protection_procedure(officer: FlaskClient) -> None:
    feedback = made()
    url = f"/officers/feedback/{feedback.public_id}/route"
    facts = {
        "function_1": "data_request", "person": "parent", "acting": "own_right",
        "parental_responsibility": "yes", "over_18": "no", "appeal": "none", "beside": "none",
        "kind": "court", "prejudice": "no",
    }  # fmt: skip
    page = words_of(officer.post(url, data=facts).text)
    assert "The data-protection procedure" in page
    assert "Pass a request to see what is held" in page
    recorded = officer.post(
        url, data={**facts, "procedure": "data_protection", "record": "y"}, follow_redirects=True
    )
    assert "Recorded: Data protection" in words_of(recorded.text)
    assert 'value="data_protection" checked' in recorded.text
