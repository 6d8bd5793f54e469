"""The page "Which procedure?" and the records beside it, as an officer's browser meets them."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.db import db
from portal.procedures.vocabulary import Relationship
from portal.records.consent import ConsentRecord
from portal.records.feedback import Feedback
from portal.records.interest_decision import InterestDecision
from portal.records.late_test import LateTest
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.records.routing import Routing
from portal.triage import sight
from tests.unit.triage.matters import a_result
from tests.unit.web.officer_pages import made, signed_in, words_of

FACTS = {
    "function_1": "child_in_need",
    "function_2": "",
    "function_3": "",
    "person": "parent",
    "acting": "own_right",
    "parental_responsibility": "unknown",
    "over_18": "unknown",
    "arose": ["1", "6", "2026"],
    "appeal": "unknown",
    "beside": "none",
    "kind": "court",
    "prejudice": "unknown",
}
VIEW = {
    "state": "asked",
    "on_day": ["1", "6", "2026"],
    "words": "Sam said: ask my nan.",
}
INTEREST = {
    "person": "sufficient_interest_child",
    "decision": "enough",
    "reasons": "She has had Sam every weekend for years.",
    "child_told": "told",
}


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    return signed_in(client)


def address(feedback: Feedback, page: str = "route") -> str:
    return f"/officers/feedback/{feedback.public_id}/{page}"


def rows(kind: Any) -> list[Any]:
    return list(db.session.scalars(select(kind)))


def test_the_page_begins_with_what_was_said_and_suggested(officer: FlaskClient) -> None:
    feedback = made(result=a_result(), relationship_said=Relationship.RELATIVE)
    page = officer.get(address(feedback))
    words = words_of(page.text)
    assert 'value="sufficient_interest_child" selected' in page.text
    assert "First decide on their interest in the child; then the statutory procedure" in words
    assert "Children Act 1989 s26(3)(e)" in words
    assert "Do they hold parental responsibility for the child?" in words
    assert "Yes: the statutory procedure" in words


def test_a_suggestion_that_is_held_back_is_held_back_here(
    officer: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sight, "is_blind", lambda _feedback: True)
    page = officer.get(address(made(result=a_result(), relationship_said=None)))
    assert 'value="unclear" selected' in page.text
    assert 'value="unknown" selected' in page.text


def test_without_a_suggestion_the_page_asks(officer: FlaskClient) -> None:
    words = words_of(officer.get(address(made())).text)
    assert "First find out what it is about" in words


def test_what_follows_is_shown_and_the_ticks_are_kept_without_a_choice(
    officer: FlaskClient,
) -> None:
    split = FACTS | {"function_2": "send_delay", "function_3": "school"}
    feedback = made()
    page = officer.post(address(feedback), data=split | {"look": "y"})
    words = words_of(page.text)
    assert page.status_code == 200
    assert "The statutory procedure" in words
    assert "The corporate procedure" in words
    assert "No formal investigation here (it is for the school)" in words
    (kept,) = rows(Routing)
    assert kept.procedure is None
    again = officer.get(address(feedback))
    assert 'value="send_delay" selected' in again.text
    assert "Recorded:" not in words_of(again.text)
    item = officer.get(f"/officers/feedback/{feedback.public_id}")
    assert 'value="statutory" checked' not in item.text
    officer.post(address(feedback), data=split | {"look": "y"})
    assert len(rows(Routing)) == 1


def test_a_choice_that_the_rules_make_is_recorded_and_begins_the_decision(
    officer: FlaskClient,
) -> None:
    feedback = made()
    sent = officer.post(address(feedback), data=FACTS | {"procedure": "statutory", "record": "y"})
    assert sent.status_code == 303
    (found,) = rows(Routing)
    assert (found.procedure.value, found.overridden) == ("statutory", False)
    item = officer.get(sent.headers["Location"])
    assert "Recorded: Statutory" in words_of(item.text)
    assert 'name="procedure" type="radio" value="statutory" checked' in item.text
    assert "Recorded: Statutory" in words_of(officer.get(address(feedback)).text)


def test_choosing_otherwise_asks_for_the_reason_and_keeps_what_was_ticked(
    officer: FlaskClient,
) -> None:
    feedback = made()
    chosen = FACTS | {"procedure": "corporate", "record": "y", "over_18": "no"}
    refused = officer.post(address(feedback), data=chosen)
    assert refused.status_code == 422
    assert "Write the reason for choosing otherwise" in refused.text
    assert 'value="no" checked' in refused.text
    assert rows(Routing) == []
    officer.post(address(feedback), data=chosen | {"reason": "The Ombudsman asked us to."})
    (found,) = rows(Routing)
    assert (found.overridden, found.reason) == (True, "The Ombudsman asked us to.")


@pytest.mark.parametrize(
    "odd",
    [
        {"person": "somebody"},
        {"function_1": ""},
        {"arose": ["31", "2", "2026"]},
        {"beside": "x"},
        {"kind": ""},
    ],
)
def test_odd_facts_get_a_sentence(officer: FlaskClient, odd: dict[str, Any]) -> None:
    page = officer.post(address(made()), data=FACTS | odd | {"look": "y"})
    assert page.status_code == 422
    assert "There is a problem" in page.text


def test_no_procedure_is_recorded_without_a_choice(officer: FlaskClient) -> None:
    page = officer.post(address(made()), data=FACTS | {"record": "y"})
    assert page.status_code == 422
    assert "Choose the procedure" in page.text


def test_interest_needs_the_childs_view_then_sends_its_letter(officer: FlaskClient) -> None:
    feedback = made(relationship_said=Relationship.RELATIVE)
    early = officer.post(address(feedback, "interest"), data=INTEREST)
    assert early.status_code == 422
    assert "Record what the child thinks first" in early.text
    assert "She has had Sam every weekend" in early.text
    assert "Nothing recorded. Record it" in words_of(early.text)
    assert officer.post(address(feedback, "childs-view"), data=VIEW).status_code == 303
    assert officer.post(address(feedback, "interest"), data=INTEREST).status_code == 303
    assert "Sam said: ask my nan." in officer.get(address(feedback, "interest")).text
    (found,) = rows(InterestDecision)
    letter = db.session.get_one(OutboxLetter, found.letter_id)
    assert letter.kind is LetterKind.INTEREST_DECIDED
    words = words_of(officer.get(address(feedback)).text)
    assert "Enough: we look into it with them" in words
    assert "The child was asked, 1 June 2026" in words


def test_consent_without_instructions_needs_a_review(officer: FlaskClient) -> None:
    feedback = made(relationship_said=Relationship.ADVOCATE)
    given = {
        "state": "non_instructed",
        "on_day": ["1", "6", "2026"],
        "words": "Sam has no words.",
        "decided_by": "Jo Reed",
    }
    refused = officer.post(address(feedback, "consent"), data=given)
    assert refused.status_code == 422
    assert 'href="#review_on-day"' in refused.text
    assert "Sam has no words." in refused.text
    sent = officer.post(
        address(feedback, "consent"), data=given | {"review_on": ["1", "6", "2099"]}
    )
    assert sent.status_code == 303
    (found,) = rows(ConsentRecord)
    assert found.decided_by == "Jo Reed"
    page = officer.get(address(feedback, "consent"))
    assert "What you record now counts instead" in words_of(page.text)


def test_the_late_test_keeps_both_halves(officer: FlaskClient) -> None:
    feedback = made()
    halves = {
        "procedure": "statutory",
        "arose_on": ["8", "1", "2024"],
        "no_sooner": "yes",
        "no_sooner_reasons": "He was ill.",
        "still_fair": "no",
        "still_fair_reasons": "Both workers have left and no notes were kept.",
    }
    missing = officer.post(address(feedback, "late"), data=halves | {"still_fair_reasons": ""})
    assert missing.status_code == 422
    assert "He was ill." in missing.text
    officer.post(address(feedback, "late"), data=halves)
    (found,) = rows(LateTest)
    assert (found.no_sooner, found.still_fair) == (True, False)


@pytest.mark.parametrize(
    ("page", "data"),
    [
        ("consent", {"state": "given", "on_day": ["1", "6", "2099"], "words": "She wants it."}),
        ("childs-view", VIEW | {"on_day": ["1", "6", "2099"]}),
    ],
)
def test_a_day_to_come_is_said_at_its_box(
    officer: FlaskClient, page: str, data: dict[str, Any]
) -> None:
    refused = officer.post(address(made(), page), data=data)
    assert refused.status_code == 422
    assert 'href="#on_day-day"' in refused.text


@pytest.mark.parametrize("page", ["consent", "childs-view", "interest", "late"])
def test_an_empty_form_gets_its_sentences(officer: FlaskClient, page: str) -> None:
    refused = officer.post(address(made(), page), data={})
    assert refused.status_code == 422
    assert "There is a problem" in refused.text


def test_each_empty_question_of_the_facts_has_a_sentence_of_its_own(officer: FlaskClient) -> None:
    refused = officer.post(address(made()), data={})
    assert refused.status_code == 422
    summary = refused.text.partition("There is a problem")[2].partition("</ul>")[0]
    said = re.findall(r'<a href="#[^"]+">([^<]+)</a>', summary)
    assert len(said) > 5
    assert len(set(said)) == len(said)


def test_the_item_leads_to_the_page(officer: FlaskClient) -> None:
    feedback = made()
    item = officer.get(f"/officers/feedback/{feedback.public_id}")
    assert address(feedback) in item.text
