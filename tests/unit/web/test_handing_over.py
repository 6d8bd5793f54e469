"""Handing a young person over to a colleague, pressed on the advocates' pages."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.db import db
from portal.records.agreed_scope import Scope
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind, OutboxLetter
from tests.matters import STORY
from tests.unit.web.advocate_pages import (
    ALEX,
    account_of,
    acts,
    at_track,
    followed,
    page_of,
    signed_in,
)
from tests.unit.web.officer_pages import words_of

NOTE = "Ask about the bag before Friday."
ANSWER = re.compile(r"/advocates/asked/[\w-]+/(?:yes|no)")


@pytest.fixture
def sam(app: Flask) -> FlaskClient:
    return signed_in(app)


@pytest.fixture
def alex(app: Flask) -> FlaskClient:
    return signed_in(app, ALEX, "Alex Sample")


@pytest.fixture
def feedback(sam: FlaskClient) -> Feedback:
    return followed(Scope.SPEAK)


def hand_over(sam: FlaskClient, feedback: Feedback) -> str:
    """Sam asks Alex; gives what Sam's page says then."""
    path = f"/advocates/{feedback.public_id}/hand-over"
    asked = {"colleague": account_of(ALEX).public_id}
    return words_of(sam.post(path, data=asked, follow_redirects=True).text)


def answers(alex: FlaskClient) -> dict[str, str]:
    """Where the buttons of Alex's list lead, by yes and no."""
    found = ANSWER.findall(alex.get("/advocates/").text)
    return {address.rpartition("/")[2]: address for address in found}


def told() -> list[str]:
    """What the young person was written about their advocates."""
    wanted = select(OutboxLetter.body).where(OutboxLetter.kind == LetterKind.ADVOCATE_CHANGED)
    return list(db.session.scalars(wanted.order_by(OutboxLetter.id)))


def test_a_yes_hands_the_young_person_over_with_the_notes(
    app: Flask, sam: FlaskClient, alex: FlaskClient, feedback: Feedback
) -> None:
    sam.post(f"/advocates/{feedback.public_id}/notes", data={"note": NOTE})
    before = told()
    assert "You have asked Alex Sample." in hand_over(sam, feedback)
    assert page_of(sam, feedback).status_code == 200
    listed = words_of(alex.get("/advocates/").text)
    assert f"Sam Sample asks you to take over {feedback.reference}." in listed
    assert STORY not in listed
    assert "Robin" not in listed
    assert page_of(alex, feedback).status_code == 404
    assert told() == before
    said = alex.post(answers(alex)["yes"])
    assert said.location == f"/advocates/{feedback.public_id}"
    page = words_of(page_of(alex, feedback).text)
    assert "You follow this now. We have told the young person." in page
    assert "You may see it and write to us." in page
    assert STORY in page
    assert NOTE in page
    assert page_of(sam, feedback).status_code == 404
    assert feedback.reference not in sam.get("/advocates/").text
    (letter,) = told()[len(before) :]
    assert "Alex Sample" in letter
    assert "Sam Sample does not do this any more." in letter
    follower = words_of(at_track(app, feedback).get("/track/matter").text)
    assert "Alex Sample, advocate" in follower
    assert "Sam Sample, advocate" not in follower
    assert {"takeover_asked", "takeover_accepted", "advocacy_handed_over"} <= set(acts())


def test_a_no_leaves_it_with_whoever_asked(
    sam: FlaskClient, alex: FlaskClient, feedback: Feedback
) -> None:
    before = told()
    hand_over(sam, feedback)
    no = answers(alex)["no"]
    said = alex.post(no, follow_redirects=True)
    assert "You have said no. Your colleague goes on following it." in words_of(said.text)
    assert answers(alex) == {}
    assert page_of(alex, feedback).status_code == 404
    assert page_of(sam, feedback).status_code == 200
    assert told() == before
    assert alex.post(no.replace("/no", "/yes")).status_code == 409
    assert "takeover_declined" in acts()


def test_what_was_taken_back_and_what_others_are_asked_is_not_answered(
    app: Flask, sam: FlaskClient, alex: FlaskClient, feedback: Feedback
) -> None:
    hand_over(sam, feedback)
    yes = answers(alex)["yes"]
    third = signed_in(app, "kit@advocates.example", "Kit Sample")
    assert third.post(yes).status_code == 409
    assert sam.post(yes).status_code == 409
    sam.post(f"/advocates/{feedback.public_id}/hand-over/take-back")
    assert answers(alex) == {}
    late = alex.post(yes)
    assert (late.status_code, "Nobody asks you this any more." in late.text) == (409, True)
    assert page_of(alex, feedback).status_code == 404
    assert page_of(sam, feedback).status_code == 200
