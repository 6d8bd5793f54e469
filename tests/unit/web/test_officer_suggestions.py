"""The officers' page of figures: periods, small numbers, blind decisions apart, nobody's words."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from portal.db import db
from portal.procedures.vocabulary import Team
from portal.records.decision import Sight
from portal.work import WORKER, begin_work
from tests.learning import set_suggestions, switch_on
from tests.unit.triage.matters import a_feedback
from tests.unit.triage.test_agreement import a_comparison
from tests.unit.web.officer_pages import signed_in, words_of

JULY, AUGUST = date(2026, 7, 1), date(2026, 8, 1)


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    return signed_in(client)


def compare(number: int, **other: object) -> None:
    with begin_work(WORKER) as work:
        for _ in range(number):
            work.session.add(a_comparison(a_feedback(work), **other))


def test_before_anything_is_compared_the_page_says_so(officer: FlaskClient) -> None:
    answer = officer.get("/officers/suggestions")
    assert answer.status_code == 200
    assert "Nothing has been compared yet." in words_of(answer.text)


def test_shares_small_numbers_and_blind_decisions_stand_apart(officer: FlaskClient) -> None:
    compare(45)
    compare(15, team_suggested=Team.LADO)
    compare(3, sight=Sight.BLIND)
    compare(1, sight=Sight.BLIND, team_suggested=Team.LADO)
    answer = officer.get("/officers/suggestions?question=team")
    assert answer.status_code == 200
    words = words_of(answer.text)
    assert "Team, the first suggested 3 of 4too few for a share 75 %" in words
    assert "of 60; 15 changed" in words
    assert "LADO Service" in words
    assert "There are too few decisions to judge by." not in words, "enough with it in view"
    assert "The council has not switched learning on" in words


def test_confidence_stands_as_a_chart_and_as_a_table(officer: FlaskClient) -> None:
    compare(40, team_confidence=0.95)
    compare(10, team_confidence=0.95, team_suggested=Team.LADO)
    text = officer.get("/officers/suggestions?question=team").text
    words = words_of(text)
    assert 'role="img" aria-labelledby="chart-title"' in text
    assert "confidence and truth are 15 points apart" in words
    assert "officers decided as suggested in 80 % of 50." in words
    assert "95 % 80 % 50" in words


def test_a_period_is_chosen_and_kept(officer: FlaskClient) -> None:
    compare(1, month=JULY)
    compare(2, month=AUGUST)
    address = "/officers/suggestions?first=2026-08-01&last=2026-08-01&question=risk"
    text = officer.get(address).text
    assert "Risk 2 of 2" in words_of(text)
    assert '<option value="2026-08-01" selected>August 2026</option>' in text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("first=2026-08-01&last=2026-07-01", "The first month must not be after the last"),
        ("first=2019-01-01", "Choose a month from the list"),
        ("last=now", "Choose a month from the list"),
        ("question=words", "Choose what to look at from the list"),
    ],
)
def test_a_wrong_period_says_what_to_choose(
    officer: FlaskClient, query: str, sentence: str
) -> None:
    compare(1, month=JULY)
    compare(1, month=AUGUST)
    answer = officer.get(f"/officers/suggestions?{query}")
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert sentence in words_of(answer.text)


def test_the_page_says_when_suggestions_or_learning_are_on_or_off(
    app: Flask, officer: FlaskClient
) -> None:
    compare(1)
    switch_on(app)
    set_suggestions(app, False)
    words = words_of(officer.get("/officers/suggestions").text)
    assert "Suggestions are switched off in this installation." in words
    assert "has not switched learning on" not in words


def test_no_private_text_is_read_and_few_queries_are_made(officer: FlaskClient) -> None:
    compare(3)
    statements: list[str] = []

    def keep(_c: object, _k: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", keep)
    try:
        officer.get("/officers/suggestions?question=nature")
    finally:
        event.remove(db.engine, "before_cursor_execute", keep)
    counted = [statement for statement in statements if "comparison" in statement]
    assert len(counted) == 5
    for statement in statements:
        for private in ("story", "suggestion.body", "explanation", "training_example"):
            assert private not in statement, statement
