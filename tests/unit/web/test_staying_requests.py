"""Words that go with a request at /track come back in their own box after the visit has ended."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.db import db
from portal.procedures.state import Event, State
from portal.records.case import Case
from portal.records.case_event import CaseEvent
from portal.records.message import Message
from portal.work import WORKER, begin_work
from tests.matters import forget_between_requests
from tests.unit.web.officer_pages import words_of
from tests.unit.web.test_staying import after, again, hidden
from tests.unit.web.test_tracking_asking import followed

NEXT, STOP, MATTER = "/track/matter/next-step", "/track/matter/stop", "/track/matter"
WORDS = "You did not ask my sister."
NOT_YET = "You have not asked us yet. Your words are in the box below."


@pytest.fixture
def person(app: Flask, client: FlaskClient) -> FlaskClient:
    forget_between_requests(app)
    return client


def box(page: str, name: str) -> str:
    """What stands in a box of several lines."""
    return page.split(f'name="{name}"', 1)[1].split(">", 1)[1].split("</textarea>", 1)[0].strip()


def acts() -> set[Event]:
    db.session.rollback()
    return set(db.session.scalars(select(CaseEvent.event)))


@pytest.mark.parametrize(
    ("path", "name", "event"),
    [(NEXT, "words", Event.NEXT_STAGE_ASKED), (STOP, "why", Event.WITHDRAWAL_ASKED)],
)
def test_they_come_back_in_their_own_box_and_are_no_message(
    person: FlaskClient, path: str, name: str, event: Event
) -> None:
    state = State.ANSWERED if path == NEXT else State.ANSWERING
    reference = followed(person, state).reference
    with after(31):
        late = person.post(path, data={name: WORDS, "stage": "stage_1"})
        assert (late.status_code, hidden(late.text, "kept")) == (403, "")
        shown = again(person, reference, late)
        assert NOT_YET in words_of(shown.text)
        assert "Your message is not sent yet." not in shown.text
        assert (box(shown.text, name), box(shown.text, "message")) == (WORDS, "")
        assert event not in acts()
        stage = hidden(shown.text, "stage")
        assert person.post(path, data={name: WORDS, "stage": stage}).status_code == 303
        assert NOT_YET not in words_of(person.get(MATTER).text)
    assert event in acts()
    assert db.session.scalar(select(Message)) is None


def test_a_part_has_boxes_of_its_own(person: FlaskClient) -> None:
    reference = followed(person).reference
    with after(31):
        late = person.post(f"{NEXT}?part=2", data={"part-2-words": WORDS, "part-2-stage": "x"})
        shown = again(person, reference, late)
    # There is no second part here any more: what was typed can be sent as a message.
    assert (box(shown.text, "words"), box(shown.text, "message")) == ("", WORDS)
    assert "Your message is not sent yet." in shown.text


def test_what_cannot_be_asked_any_more_stands_in_the_message_box(person: FlaskClient) -> None:
    reference = followed(person).reference
    with after(31):
        late = person.post(NEXT, data={"words": WORDS, "stage": "stage_1"})
        with begin_work(WORKER) as work:
            work.session.scalars(select(Case)).one().procedure_state = State.WITHDRAWN
        shown = again(person, reference, late)
        assert box(shown.text, "message") == WORDS
        assert NOT_YET not in words_of(shown.text)


def test_a_press_without_words_is_asked_for_again(person: FlaskClient) -> None:
    followed(person)
    with after(31):
        assert person.post(NEXT, data={"words": " ", "stage": "stage_1"}).location == "/track"
