"""The pages of alerts: who sees them, taking one, and what it says afterwards."""

import pytest
from flask.testing import FlaskClient

from portal.commands import dangers
from portal.db import db
from portal.procedures.vocabulary import Risk
from portal.records.account import Role
from portal.records.danger_alert import DangerAlert
from portal.records.feedback import Feedback
from portal.work import COMMAND, begin_work
from tests.matters import make_account
from tests.unit.web.officer_pages import made, signed_in, words_of

DONE = "Rang the police at 23:50; they are on their way to the flat."


def in_danger() -> Feedback:
    feedback = made()
    with begin_work(COMMAND) as work:
        work.session.get_one(Feedback, feedback.id).risk = Risk.NOW
    dangers.send_alerts()
    return db.session.get_one(Feedback, feedback.id)


@pytest.fixture
def duty(client: FlaskClient) -> FlaskClient:
    return signed_in(
        client, lambda work: make_account(work, Role.DUTY_TEAM, "duty@council.example", "Dev Day")
    )


def test_the_menu_counts_what_nobody_took_and_the_list_names_it(duty: FlaskClient) -> None:
    feedback = in_danger()
    page = duty.get("/officers/danger")
    assert "Danger now (1)" in page.text
    assert feedback.reference in page.text
    assert "sent 1 time" in words_of(page.text)


def test_whoever_is_on_duty_takes_it_and_everybody_reads_what_was_done(duty: FlaskClient) -> None:
    feedback = in_danger()
    where = f"/officers/feedback/{feedback.public_id}/danger"
    assert "nobody has taken it" in duty.get(f"/officers/feedback/{feedback.public_id}").text
    taken = duty.post(where, data={"done": DONE}, follow_redirects=True)
    assert taken.status_code == 200
    assert "You have taken this" in words_of(taken.text)
    assert "nobody has taken it" not in taken.text
    page = words_of(duty.get(where).text)
    assert "Taken by Dev Day" in page
    assert DONE in page
    assert "I take this" not in page


@pytest.mark.parametrize("words", ["", "ok"])
def test_it_is_not_taken_without_what_was_done(duty: FlaskClient, words: str) -> None:
    feedback = in_danger()
    page = duty.post(f"/officers/feedback/{feedback.public_id}/danger", data={"done": words})
    assert page.status_code == 422
    assert "Write what you did" in words_of(page.text)
    assert db.session.query(DangerAlert).one().ended_at is None


def test_the_second_of_two_is_told_kindly_and_keeps_the_words(duty: FlaskClient) -> None:
    feedback = in_danger()
    where = f"/officers/feedback/{feedback.public_id}/danger"
    duty.post(where, data={"done": DONE})
    second = duty.post(where, data={"done": "I went to the flat myself."})
    assert second.status_code == 409
    assert "Somebody has taken this already" in words_of(second.text)
    assert DONE in words_of(second.text)
    assert "I went to the flat myself." in words_of(second.text)


def test_another_team_sees_no_alert(client: FlaskClient) -> None:
    feedback = in_danger()
    other = signed_in(
        client, lambda work: make_account(work, Role.TEAM_MANAGER, "tm@council.example")
    )
    assert feedback.reference not in other.get("/officers/danger").text
    assert other.get(f"/officers/feedback/{feedback.public_id}/danger").status_code == 404
