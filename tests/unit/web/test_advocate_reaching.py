"""An advocate says how the young person may be reached: by the ways that the council has, with the
questions of the other doors, and what was said is obeyed."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock
from portal.cases import drafts, safe_contact_rules, sign_ins
from portal.cases.safe_contact_rules import ContactRule
from portal.db import db
from portal.procedures.contact_hours import HOURS, GoodTime
from portal.records.draft import Draft
from portal.records.feedback import ContactWay, Feedback
from portal.records.outbox_letter import OutboxLetter
from portal.records.party import Party
from portal.web.advocate.reaching_form import in_lines
from tests.matters import forget_between_requests
from tests.unit.web.advocate_pages import signed_in
from tests.unit.web.officer_pages import words_of
from tests.unit.web.test_advocate_starting import WHOLE, saved, send
from tests.unit.web.test_contact_ways import Can, can

__all__ = ["can"]

START = "/advocates/start"
DETAILS = {
    "email": "kim@home.example", "mobile": "07700 900 461", "phone": "01632 960 777",
    "address": "12 Elm Row\nStafford",
}  # fmt: skip
FOUND = {
    "email": ("kim@home.example", None, None),
    "text": (None, "07700 900 461", None),
    "phone": (None, "01632 960 777", None),
    "post": (None, None, "12 Elm Row\nStafford"),
    "portal_only": (None, None, None),
}


@pytest.fixture
def sam(app: Flask) -> FlaskClient:
    return signed_in(app)


def rule_of(feedback: Feedback) -> ContactRule:
    return safe_contact_rules.in_force(db.session(), feedback)


@pytest.mark.parametrize(("texts", "posts"), [(False, False), (True, False), (False, True)])
def test_only_what_the_council_can_send_is_offered(
    sam: FlaskClient, can: Can, texts: bool, posts: bool
) -> None:
    can(texts=texts, posts=posts)
    page = sam.get(START).text
    assert ('value="text"' in page) is texts
    assert ('value="post"' in page) is posts
    assert all(f'value="{way}"' in page for way in ("portal_only", "phone", "email"))


@pytest.mark.parametrize("way", FOUND)
def test_the_way_is_kept_with_its_own_details_alone(sam: FlaskClient, can: Can, way: str) -> None:
    can(texts=True)
    address = saved(sam, **{**WHOLE, **DETAILS, "way": way})
    feedback = send(sam, address)
    assert feedback.contact_way is ContactWay(way)
    party = db.session.scalars(select(Party)).one()
    assert (party.email, party.phone, party.address) == FOUND[way]
    # Of the ways, an e-mail alone says at once that we have it.
    assert len(db.session.scalars(select(OutboxLetter)).all()) == (way == "email")


@pytest.mark.parametrize(
    ("others", "neutral", "voicemail"),
    [(None, True, None), ("neutral", True, True), ("nothing", True, False), ("say", False, True)],
)
def test_a_young_person_is_written_to_neutrally_unless_they_said_otherwise(
    sam: FlaskClient, others: str | None, neutral: bool, voicemail: bool | None
) -> None:
    said = {**WHOLE, **DETAILS, "way": "phone", "good_time": "school_hours", "care": "Her brother"}
    address = saved(sam, **said, **({"others": others} if others is not None else {}))
    expected = ContactRule(HOURS[GoodTime.SCHOOL_HOURS], neutral, voicemail, "Her brother")
    assert rule_of(send(sam, address)) == expected


def test_a_way_that_somebody_else_uses_is_not_used(sam: FlaskClient) -> None:
    address = saved(sam, **{**WHOLE, **DETAILS, "way": "email", "shared": "portal_only"})
    checked = words_of(sam.get(f"{address}/check").text)
    assert "We do not write to the young person" in checked
    assert "Somebody else uses it, so we do not use it" in checked
    feedback = send(sam, address)
    assert feedback.contact_way is ContactWay.PORTAL_ONLY
    assert "Keep messages in the portal" in (feedback.contact_note or "")
    assert db.session.scalars(select(OutboxLetter)).all() == []


def test_officers_read_that_somebody_else_uses_it_and_that_it_is_safe(sam: FlaskClient) -> None:
    feedback = send(sam, saved(sam, **{**WHOLE, **DETAILS, "way": "phone", "shared": "safe"}))
    assert feedback.contact_way is ContactWay.PHONE
    assert "says it is safe to use" in (feedback.contact_note or "")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"way": "email"}, "Enter their e-mail address"),
        ({"way": "email", "email": "kim at home"}, "That is not an email we can use"),
        ({"way": "text", "mobile": "01632 960 777"}, "Enter a mobile number"),
        ({"way": "phone", "phone": "960"}, "Enter a phone number"),
        ({"way": "post"}, "Enter the address where we can write to them"),
    ],
)
def test_what_a_way_lacks_is_asked_for_before_it_is_sent_and_nothing_is_lost(
    sam: FlaskClient, can: Can, wrong: Mapping[str, str], told: str
) -> None:
    can(texts=True)
    more = {"shared": "safe", "others": "nothing", "good_time": "after_school", "care": "Mum"}
    answer = sam.post(START, data={**WHOLE, **wrong, **more, "check": "1"})
    assert answer.status_code == 422
    assert told in words_of(answer.text)
    kept = drafts.answers_of(db.session.scalars(select(Draft)).one())
    assert {name: kept[name] for name in (*wrong, *more)} == {**wrong, **more}
    # Saved for later, it may be half done.
    saved(sam, **{**WHOLE, **wrong, **more})


def test_what_was_said_stands_in_the_draft_when_it_is_opened_again(
    sam: FlaskClient, can: Can
) -> None:
    can(texts=True)
    said = {**DETAILS, "way": "text", "shared": "safe", "others": "nothing", "care": "Mum"}
    page = sam.get(saved(sam, **{**WHOLE, **said, "good_time": "daytime"})).text
    for value in ("text", "safe", "nothing", "daytime"):
        assert f'value="{value}" checked' in page, value
    for typed in ("kim@home.example", "07700 900 461", "01632 960 777", "12 Elm Row", "Mum"):
        assert typed in page, typed


def test_a_way_that_ended_while_the_draft_lay_is_chosen_anew(sam: FlaskClient, can: Can) -> None:
    can(texts=True)
    address = saved(sam, **{**WHOLE, **DETAILS, "way": "text"})
    can(texts=False)
    answer = sam.post(f"{address}/send")
    assert answer.status_code == 422
    assert "Choose another way" in words_of(answer.text)
    assert db.session.scalars(select(Feedback)).all() == []


def test_who_was_signed_out_meanwhile_gets_back_what_they_typed(app: Flask) -> None:
    forget_between_requests(app)
    sam = signed_in(app)
    with time_machine.travel(clock.now() + sign_ins.LONGEST + timedelta(minutes=1), tick=False):
        said = {
            "way": "post",
            "address": "12 Elm Row, Stafford",
            "care": "Her brother and his friend",
        }
        answer = sam.post(START, data={**WHOLE, **said, "save": "1"})
    assert answer.status_code == 401
    assert all(line in answer.text for line in (said["address"], said["care"]))


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        ({"way": "portal_only", "good_time": "daytime"}, ["We do not write to the young person"]),
        (
            {"way": "text", "mobile": "07700 900 461", "others": "neutral", "shared": "safe"},
            [
                "We send texts to 07700 900 461",
                "Somebody else uses it, and it is safe",
                "We may leave a message, but we do not say who we are",
            ],
        ),
        (
            {"way": "post", "address": "12 Elm Row\nStafford", "care": "Mum"},
            [
                "We send letters to 12 Elm Row, Stafford",
                "We do not say who we are",
                "Must not see or hear it: Mum",
            ],
        ),
        (
            {"way": "phone", "phone": "01632 960 777", "others": "say", "good_time": "daytime"},
            [
                "We call them on 01632 960 777",
                "We may say who we are, and leave a message",
                "A good time: In the day, 8am to 8pm",
            ],
        ),
    ],
)
def test_it_is_read_once_more_in_words(
    app: Flask, said: Mapping[str, Any], lines: list[str]
) -> None:
    with app.test_request_context():
        assert in_lines(said) == lines
