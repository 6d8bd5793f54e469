"""From the queue to a decision on pages: what is shown, what is kept, what happens once."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal.db import db
from portal.procedures.vocabulary import Category
from portal.records.audit_event import AuditEvent
from portal.records.case import Case
from portal.records.decision import Decision, Outcome
from portal.records.feedback import ContactWay, Feedback
from portal.records.outbox_letter import OutboxLetter
from tests.unit.triage.matters import STORY, a_result, label
from tests.unit.web.officer_pages import (
    OPEN_A_CASE,
    as_another,
    made,
    posted_again,
    proposal_in,
    signed_in,
    words_of,
)

DECLINE = {
    **OPEN_A_CASE,
    "procedure": "duty",
    "outcome": "declined",
    "declined_reason": "court_decision",
    "declined_explanation": "Only the court\ncan change its order.",
    "consulted": "The court team",
    "consulted_on": ["1", "6", "2026"],
    "evidence": "The order of May.",
}


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    return signed_in(client)


def _decide(officer: FlaskClient, feedback: Feedback, chosen: dict[str, Any]) -> str:
    """Walk both steps, and give the page that follows."""
    checked = officer.post(f"/officers/feedback/{feedback.public_id}/check", data=chosen)
    assert checked.status_code == 200, words_of(checked.text)
    done = officer.post(
        f"/officers/feedback/{feedback.public_id}/confirm",
        data=posted_again(checked.text),
        follow_redirects=True,
    )
    assert done.status_code == 200
    return words_of(done.text)


def test_the_queue_leads_to_the_item_and_reading_it_is_noted(officer: FlaskClient) -> None:
    feedback = made(result=a_result())
    page = officer.get("/officers/")
    assert feedback.reference in page.text
    assert "Unread" in words_of(page.text)
    item = officer.get(f"/officers/feedback/{feedback.public_id}")
    assert item.status_code == 200
    assert "Unread" not in words_of(officer.get("/officers/").text)
    seen = select(AuditEvent).where(AuditEvent.act == "feedback_viewed")
    [event] = db.session.scalars(seen)
    assert (event.about_id, event.actor_kind) == (feedback.id, "staff")


def test_the_item_shows_words_reasons_and_how_sure(officer: FlaskClient) -> None:
    feedback = made(result=a_result(), contact_note="Never ring the house.")
    page = officer.get(f"/officers/feedback/{feedback.public_id}").text
    words = words_of(page)
    told = STORY.replace("rang me back", "rang me back (points to nature: communication)")
    assert told in words
    assert '<mark class="heard-why heard-why--strong">Nobody rang me back' in page
    for shown in (
        "very sure, 93 %",
        "unsure, 40 %",
        "A parent of a child in care. (section 26(3))",
        "Whether a court is deciding it",
        "Never ring the house.",
    ):
        assert shown in words
    assert words.index("Never ring the house.") < words.index("In their own words")


def test_procedure_risk_and_outcome_are_never_chosen_beforehand(officer: FlaskClient) -> None:
    feedback = made(result=a_result())
    page = officer.get(f"/officers/feedback/{feedback.public_id}").text
    checked = [part[:200] for part in page.split("<input") if " checked" in part.split(">")[0]]
    assert len(checked) == 1
    assert 'name="category"' in checked[0]
    assert '<option value="care_planning_court" selected>' in page
    assert page.index('label="Suggested"') < page.index('<option value="fostering"')
    assert page.count('<option value="fostering"') == 1


def test_a_suggestion_of_no_investigation_is_a_test_to_apply(officer: FlaskClient) -> None:
    duty = {**label("duty", 0.7), "reasons": ["A judge has decided it."], "missing": []}
    feedback = made(result=a_result(procedure=duty))
    words = words_of(officer.get(f"/officers/feedback/{feedback.public_id}").text)
    assert "Procedure if it is taken on Statutory: children's social care complaint" in words
    assert "Apply the test before you decide: A judge has decided it." in words
    assert "refus" not in words.lower()


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", '"><img src=x onerror=y>', "{{7*7}}"]
)
def test_hostile_words_are_only_words(officer: FlaskClient, hostile: str) -> None:
    spans = [
        {"start": -5, "end": 9_999, "label": hostile, "weight": 1},
        {"start": 3, "end": 2, "label": "x", "weight": 1},
        {"start": 1, "end": 8, "label": "x", "weight": 1},
    ]
    feedback = made(
        story=f"Before {hostile} after", subject=hostile, wanted=hostile, result=a_result(why=spans)
    )
    page = officer.get(f"/officers/feedback/{feedback.public_id}").text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "49" not in words_of(page).split("Suggested")[0].split("own words")[1]


@pytest.mark.parametrize("story", ["word " * 40_000, "x" * 200_000])
def test_a_long_story_is_folded_and_whole(officer: FlaskClient, story: str) -> None:
    feedback = made(story=story)
    page = officer.get(f"/officers/feedback/{feedback.public_id}").text
    shown = page.split('<div class="heard-story">')[1:]
    text = "".join(part.split("</div>")[0] for part in shown)
    assert text == story
    assert "The rest of it" in page


def test_without_a_suggestion_the_officer_decides_all_the_same(officer: FlaskClient) -> None:
    feedback = made(category_said=Category.COMPLAINT)
    assert (
        "There is no suggestion yet" in officer.get(f"/officers/feedback/{feedback.public_id}").text
    )
    assert "Case opened" in _decide(officer, feedback, OPEN_A_CASE)


def test_checking_changes_nothing_and_shows_date_and_letter(officer: FlaskClient) -> None:
    feedback = made()
    page = officer.post(f"/officers/feedback/{feedback.public_id}/check", data=OPEN_A_CASE)
    words = words_of(page.text)
    assert "Answer by" in words
    assert "is day 0. 10 working days later is" in words
    assert "When we will answer" in posted_again(page.text)["letter"]
    assert db.session.scalar(select(func.count()).select_from(Decision)) == 0
    assert db.session.scalar(select(func.count()).select_from(OutboxLetter)) == 0


def test_a_case_opens_and_the_next_one_comes(officer: FlaskClient) -> None:
    feedback, following = made(), made()
    words = _decide(officer, feedback, OPEN_A_CASE)
    assert f"Case opened: {feedback.reference}" in words
    assert "Here is the next one." in words
    assert f"Feedback {following.reference}" in words
    assert db.session.scalar(select(Case.feedback_id)) == feedback.id


def test_a_no_is_proposed_and_decided_by_a_second_officer(officer: FlaskClient) -> None:
    feedback = made()
    asked = _decide(officer, feedback, DECLINE)
    assert "Nothing is decided, and nothing went out." in asked
    for record in (Decision, OutboxLetter):
        assert db.session.scalar(select(func.count()).select_from(record)) == 0
    second = as_another(officer)
    url = f"/officers/feedback/{feedback.public_id}/second-officer"
    page = second.get(url).text
    for shown in ("A court has decided this", "The court team", "1 June 2026", "The order of May."):
        assert shown in words_of(page)
    agreed = second.post(
        f"{url}/agree", data={"proposal": proposal_in(page)}, follow_redirects=True
    )
    assert "No formal investigation" in words_of(agreed.text)
    decision = db.session.scalars(select(Decision)).one()
    assert decision.explanation == DECLINE["declined_explanation"]
    assert decision.outcome is Outcome.DECLINED
    assert decision.agreed_by_id not in (None, decision.decided_by_id)


def test_what_does_not_go_together_comes_back_filled(officer: FlaskClient) -> None:
    feedback = made()
    url = f"/officers/feedback/{feedback.public_id}/check"
    empty = officer.post(url, data={})
    assert empty.status_code == 422
    for sentence in ("Choose the procedure", "Choose whether anybody is at risk"):
        assert sentence in words_of(empty.text)
    wrong = officer.post(url, data={**DECLINE, "procedure": "statutory"})
    assert wrong.status_code == 422
    assert "You chose an investigation, and an outcome without one" in words_of(wrong.text)
    assert "Only the court&#10;can change its order." in wrong.text
    assert officer.post(url, data={**OPEN_A_CASE, "team": "nobody"}).status_code == 422


def test_going_back_from_the_check_page_keeps_everything(officer: FlaskClient) -> None:
    feedback = made()
    checked = officer.post(f"/officers/feedback/{feedback.public_id}/check", data=DECLINE)
    again = officer.post(
        f"/officers/feedback/{feedback.public_id}", data=posted_again(checked.text)
    )
    assert again.status_code == 200
    assert "There is a problem" not in again.text
    assert '<option value="court_decision" selected>' in again.text
    assert "Only the court&#10;can change its order." in again.text


def test_an_ombudsman_edited_out_is_put_back_with_the_text_still_there(
    officer: FlaskClient,
) -> None:
    feedback = made()
    again = officer.post(
        f"/officers/feedback/{feedback.public_id}/confirm",
        data={**DECLINE, "letter": "We cannot.\nSorry."},
    )
    assert again.status_code == 422
    assert "how to reach the Ombudsman" in words_of(again.text)
    assert posted_again(again.text)["letter"] == "We cannot.\nSorry."


def test_the_second_of_two_officers_is_told_kindly(officer: FlaskClient) -> None:
    feedback = made()
    url = f"/officers/feedback/{feedback.public_id}"
    first = officer.post(f"{url}/check", data=OPEN_A_CASE)
    second = officer.post(f"{url}/check", data=DECLINE)
    officer.post(f"{url}/confirm", data=posted_again(first.text))
    late = officer.post(f"{url}/confirm", data=posted_again(second.text))
    assert late.status_code == 409
    assert "A decision has already been made on this" in words_of(late.text)
    assert officer.post(f"{url}/check", data=OPEN_A_CASE).status_code == 409
    assert db.session.scalar(select(func.count()).select_from(OutboxLetter)) == 1


def test_where_no_email_may_go_the_pages_say_so(officer: FlaskClient) -> None:
    feedback = made(contact_way=ContactWay.PORTAL_ONLY)
    item = words_of(officer.get(f"/officers/feedback/{feedback.public_id}").text)
    assert "Do not contact this person" in item
    assert "not sent: read at" in _decide(officer, feedback, OPEN_A_CASE)


def test_near_matches_are_offered_for_linking(officer: FlaskClient) -> None:
    first = made()
    feedback = made()
    page = officer.get(f"/officers/feedback/{feedback.public_id}").text
    assert first.reference in page
    assert "same e-mail address" in page
    linked = {**OPEN_A_CASE, "outcome": "linked", "linked_reference": first.reference}
    assert "Linked" in _decide(officer, feedback, linked)
    decided = officer.get(f"/officers/feedback/{feedback.public_id}").text
    assert f"/officers/feedback/{first.public_id}" in decided
