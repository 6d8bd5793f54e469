"""The officers' page of an item that is decided before its suggestion is shown."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.cases.tokens import make_public_id
from portal.db import db
from portal.records.feedback import Feedback
from portal.records.similar import SimilarCase
from portal.triage import sight, suggesting
from portal.work import WORKER, begin_work
from tests.learning import set_suggestions, switch_on
from tests.unit.triage.matters import a_result, label
from tests.unit.web.officer_pages import OPEN_A_CASE, made, posted_again, signed_in, words_of

FIRST = "You decide this one first."


@pytest.fixture
def officer(app: Flask, client: FlaskClient) -> FlaskClient:
    switch_on(app)
    return signed_in(client)


def waiting(*, drawn: bool, **result: Any) -> Feedback:
    feedback = made(result=a_result(**result))
    with begin_work(WORKER) as work:
        kept = work.session.get_one(Feedback, feedback.id)
        while sight.drawn(kept.public_id) is not drawn:
            kept.public_id = make_public_id()
    return db.session.get_one(Feedback, feedback.id)


def page_of(officer: FlaskClient, feedback: Feedback) -> str:
    return officer.get(f"/officers/feedback/{feedback.public_id}").text


def decide(officer: FlaskClient, feedback: Feedback) -> str:
    address = f"/officers/feedback/{feedback.public_id}"
    checked = officer.post(f"{address}/check", data=OPEN_A_CASE)
    assert checked.status_code == 200, words_of(checked.text)
    done = officer.post(
        f"{address}/confirm", data=posted_again(checked.text), follow_redirects=True
    )
    return done.text


def test_nothing_of_the_suggestion_is_on_the_page_before(officer: FlaskClient) -> None:
    feedback = waiting(drawn=True, risk={**label("concern"), "reasons": ["No food at home."]})
    text = page_of(officer, feedback)
    words = words_of(text)
    assert FIRST in words
    assert "as soon as your decision is stored" in words
    for hidden in ("sure", "Find out first", "Whether a court", "No food at home", "A parent of"):
        assert hidden not in words, hidden
    assert "<mark" not in text
    assert 'label="Suggested"' not in text
    assert " checked" not in text.replace(" been checked", "")
    assert "heard-risk" not in text


def test_the_decided_page_then_shows_it(officer: FlaskClient) -> None:
    feedback = waiting(drawn=True, category=label("comment", 0.9), nature=None)
    for text in (decide(officer, feedback), page_of(officer, feedback)):
        words = words_of(text)
        assert "What the program had suggested" in words
        assert "Kind Comment decided: Complaint" in words
        assert "Team Care Planning and Court as decided" in words or "as decided" in words


def test_what_the_program_has_not_read_is_promised_for_later(officer: FlaskClient) -> None:
    feedback = waiting(drawn=True)
    with begin_work(WORKER) as work:
        stored = suggesting.find(work.session, feedback.id)
        work.session.delete(stored)
    words = words_of(decide(officer, feedback))
    assert "has not read this one yet" in words


def test_danger_now_is_told_before_as_well(officer: FlaskClient) -> None:
    feedback = waiting(drawn=True, risk={**label("now"), "reasons": ["Wording: a blade."]})
    words = words_of(page_of(officer, feedback))
    assert FIRST in words
    assert "somebody may be in danger now" in words
    assert "Wording: a blade." in words


def test_what_is_not_drawn_is_shown_and_compared_nowhere(officer: FlaskClient) -> None:
    feedback = waiting(drawn=False)
    words = words_of(page_of(officer, feedback))
    assert FIRST not in words
    assert "very sure, 93 %" in words
    assert "What the program had suggested" not in words_of(decide(officer, feedback))


def test_missing_facts_are_questions_that_lead_to_the_message(officer: FlaskClient) -> None:
    procedure = {**label("statutory"), "reasons": [], "missing": ["Is there a court case?"]}
    text = page_of(officer, waiting(drawn=False, procedure=procedure))
    words = words_of(text)
    assert "Find out first The answer could change the procedure. Is there a court case?" in words
    assert 'href="#body"' in text
    assert 'id="body"' in text


def test_switched_off_the_page_says_so(app: Flask, officer: FlaskClient) -> None:
    feedback = waiting(drawn=False)
    set_suggestions(app, False)
    words = words_of(page_of(officer, feedback))
    assert "Suggestions are switched off." in words
    assert "very sure" not in words


def test_similar_cases_are_links_with_what_was_decided(officer: FlaskClient) -> None:
    before, after = waiting(drawn=False), waiting(drawn=False)
    decide(officer, before)
    with begin_work(WORKER) as work:
        row = SimilarCase(feedback_id=after.id, other_id=before.id, likeness=0.9)
        work.session.add(row)
    text = page_of(officer, after)
    assert f'href="/officers/feedback/{before.public_id}"' in text
    assert "Case opened. Complaint about calls, letters and being kept informed" in words_of(text)


def test_similar_cases_wait_too_where_the_suggestion_does(officer: FlaskClient) -> None:
    before, after = waiting(drawn=False), waiting(drawn=True)
    decide(officer, before)
    with begin_work(WORKER) as work:
        row = SimilarCase(feedback_id=after.id, other_id=before.id, likeness=0.9)
        work.session.add(row)
    assert "Similar cases" not in words_of(page_of(officer, after))
