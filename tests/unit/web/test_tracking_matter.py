"""/track/matter: one matter for half an hour, with what was said, and the way out."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import advocacy, messages, passwords, tracking
from portal.records.account import Account
from portal.records.audit_event import AuditEvent
from portal.records.feedback import Door, Feedback
from portal.records.message import Message, Sender
from portal.work import WORKER, begin_work
from tests.matters import (
    AGREED,
    LOW_COSTS,
    STORY,
    enter,
    forget_between_requests,
    make_account,
    make_case,
    make_feedback,
    words_of,
)


@pytest.fixture
def reference(app: Flask) -> str:
    app.config[passwords.COSTS] = LOW_COSTS
    forget_between_requests(app)
    with begin_work(WORKER) as work:
        return make_feedback(work).reference


@pytest.fixture
def visiting(client: FlaskClient, reference: str) -> FlaskClient:
    assert enter(client, reference).status_code == 302
    return client


def said() -> list[str]:
    with begin_work(WORKER) as work:
        return list(work.session.scalars(select(Message.body).order_by(Message.id)))


def acts() -> list[str]:
    with begin_work(WORKER) as work:
        return list(work.session.scalars(select(AuditEvent.act).order_by(AuditEvent.id)))


def test_without_words_there_is_no_matter(client: FlaskClient, reference: str) -> None:
    for answer in (
        client.get("/track/matter"),
        client.post("/track/matter", data={"message": "x"}),
    ):
        assert (answer.status_code, answer.location) == (302, "/track")
    assert said() == []


def test_a_visit_shows_its_own_matter_only(visiting: FlaskClient) -> None:
    with begin_work(WORKER) as work:
        other = make_feedback(work, name="Other Person", story="Words of somebody else.")
        messages.add(work, other, Sender.PERSON, "A secret of somebody else.")
        reference = other.reference
    page = visiting.get("/track/matter").text
    assert "somebody else" not in page
    assert reference not in page


def test_a_visit_ends_after_half_an_hour_without_a_look(
    client: FlaskClient, reference: str
) -> None:
    start = datetime(2026, 12, 7, 10, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as clock:
        enter(client, reference)
        for _ in range(3):
            clock.shift(timedelta(minutes=29))
            assert client.get("/track/matter").status_code == 200
        clock.shift(timedelta(minutes=31))
        ended = client.get("/track/matter", follow_redirects=True)
        assert "nothing happened for 30 minutes" in ended.text
        assert client.get("/track/matter").location == "/track"


def test_a_message_typed_too_late_is_not_lost(client: FlaskClient, reference: str) -> None:
    typed = "A long message.\n<b>With a second line.</b>"
    with time_machine.travel(datetime(2026, 12, 7, 10, tzinfo=UTC), tick=False) as clock:
        enter(client, reference)
        clock.shift(timedelta(hours=1))
        ended = client.post("/track/matter", data={"message": typed})
        assert ended.status_code == 403
        assert "&lt;b&gt;With a second line." in ended.text
        assert STORY not in ended.text
        again = enter(client, reference, kept=typed)
        assert "not sent yet" in again.text
        assert "&lt;b&gt;With a second line." in again.text
    assert said() == []


def test_new_words_end_visits_with_the_old_ones(visiting: FlaskClient) -> None:
    with begin_work(WORKER) as work:
        tracking.give_new_words(work, work.session.scalars(select(Feedback)).one())
    assert visiting.get("/track/matter").location == "/track"


def test_a_message_is_taken_once_and_shown(visiting: FlaskClient) -> None:
    data = {"message": "I still do not have my bag."}
    first = visiting.post("/track/matter", data=data)
    assert (first.status_code, first.location) == (302, "/track/matter#messages")
    visiting.post("/track/matter", data=data)
    page = visiting.get("/track/matter").text
    assert page.count("I still do not have my bag.") == 1
    assert "We have got your message" in page
    assert said() == ["I still do not have my bag."]
    with begin_work(WORKER) as work:
        assert work.session.scalars(select(Feedback.unread)).one() is True


@pytest.mark.parametrize(
    ("door", "heading"),
    [
        (Door.YOUNG_PEOPLE, "If you are not safe now"),
        (Door.EVERYONE, "If someone is not safe now"),
    ],
)
def test_beside_the_message_box_are_the_numbers_for_now(
    app: Flask, client: FlaskClient, door: Door, heading: str
) -> None:
    forget_between_requests(app)
    with begin_work(WORKER) as work:
        reference = make_feedback(work, door=door).reference
    enter(client, reference)
    below = client.get("/track/matter").text.split('name="message"', 1)[1].split("<footer", 1)[0]
    assert heading in below
    for number in ("tel:999", "tel:08001111", "tel:01632960199"):
        assert number in below


@pytest.mark.parametrize(
    ("message", "sentence"),
    [("", "Write your message first"), (" \n ", "Write your message first")],
)
def test_an_empty_message_is_refused(visiting: FlaskClient, message: str, sentence: str) -> None:
    answer = visiting.post("/track/matter", data={"message": message})
    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_message_too_long_stays_in_the_box(visiting: FlaskClient) -> None:
    answer = visiting.post("/track/matter", data={"message": "word " * 4001})
    assert answer.status_code == 422
    assert "20,000 characters" in answer.text
    assert "word word word" in answer.text
    assert visiting.post("/track/matter", data={"message": "a" * 20_000}).status_code == 302


def test_an_expired_form_token_loses_nothing(app: Flask, visiting: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    answer = visiting.post("/track/matter", data={"message": "Typed before.", "csrf_token": "old"})
    assert answer.status_code == 422
    assert "Typed before." in answer.text
    assert "What you wrote is still here" in answer.text
    assert said() == []


def test_forms_work_with_their_own_tokens(app: Flask, client: FlaskClient, reference: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = True

    def token(page: str) -> str:
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert found is not None
        return found[1]

    entered = enter(client, reference, kept="Kept.", csrf_token=token(client.get("/track").text))
    # The session was made anew while that page was being made; its token must belong to it.
    data = {"message": "Kept.", "csrf_token": token(entered.text)}
    assert client.post("/track/matter", data=data).status_code == 302
    assert client.post("/track/end").status_code == 400


def test_letters_and_the_case_stand_on_the_page(visiting: FlaskClient) -> None:
    with begin_work(WORKER) as work:
        feedback = work.session.scalars(select(Feedback)).one()
        make_case(work, feedback)
        messages.add(work, feedback, Sender.COUNCIL, "Shall we meet on Tuesday?")
    page = visiting.get("/track/matter").text
    assert "A manager is looking into it. You get our answer by" in page
    assert "day 0" in page
    assert "Shall we meet on Tuesday?" in page
    assert "LAC" not in page
    with begin_work(WORKER) as work:
        assert work.session.scalars(select(Message.read_at)).one() is not None


def test_what_an_email_quotes_is_not_shown_to_those_outside(visiting: FlaskClient) -> None:
    with begin_work(WORKER) as work:
        feedback = work.session.scalars(select(Feedback)).one()
        whole = "Not today.\n\n> A letter of somebody else's."
        messages.add(work, feedback, Sender.PERSON, "Not today.", by_email=True, whole=whole)
    page = visiting.get("/track/matter").text
    assert "Not today." in page
    assert "somebody else" not in page


def test_looking_leaves_a_trace(visiting: FlaskClient) -> None:
    visiting.get("/track/matter")
    assert acts()[-1] == "tracking_viewed"


def test_the_person_can_switch_an_advocate_off_and_on(app: Flask, visiting: FlaskClient) -> None:
    with begin_work(WORKER) as work:
        advocate = make_account(work)
        feedback = work.session.scalars(select(Feedback)).one()
        advocacy.join(work, advocate.id, feedback, AGREED)
        ids = (advocate.id, feedback.id, advocate.public_id)

    def may_see() -> bool:
        with begin_work(WORKER) as work:
            return advocacy.may_see(work.session, ids[0], ids[1])

    assert "Sam Sample" in visiting.get("/track/matter").text
    address = f"/track/matter/advocates/{ids[2]}"
    assert visiting.post(f"{address}/end").status_code == 302
    assert not may_see()
    assert "Let them see it again" in visiting.get("/track/matter").text
    visiting.post(f"{address}/allow")
    assert may_see()


def test_nobody_else_is_switched_off(visiting: FlaskClient) -> None:
    with begin_work(WORKER) as work:
        advocate = make_account(work)
        other = make_feedback(work)
        advocacy.join(work, advocate.id, other, AGREED)
        ids = (advocate.id, other.id)
        public_id = work.session.get_one(Account, ids[0]).public_id
    visiting.post(f"/track/matter/advocates/{public_id}/end")
    assert "Nothing has changed" in visiting.get("/track/matter").text
    with begin_work(WORKER) as work:
        assert advocacy.may_see(work.session, *ids)


def test_the_person_can_get_new_words(visiting: FlaskClient, reference: str) -> None:
    page = visiting.post("/track/matter/new-words").text
    words = re.findall(r'heard-words__word">([a-z]+)<', page)
    assert visiting.get("/track/matter").status_code == 200
    fresh = visiting.application.test_client()
    assert enter(fresh, reference, words_of()).status_code == 422
    assert enter(fresh, reference, " ".join(words)).status_code == 302


@pytest.mark.parametrize("way", ["close", "exit"])
def test_after_leaving_the_matter_is_closed(visiting: FlaskClient, way: str) -> None:
    answer = visiting.post("/track/end") if way == "close" else visiting.get("/track/exit")
    assert answer.status_code == 302
    assert visiting.get("/track/matter").location == "/track"


def test_pages_are_not_kept_by_the_browser(visiting: FlaskClient) -> None:
    headers = visiting.get("/track/matter").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    "address",
    ["/track/end", "/track/link/x", "/track/matter/new-words", "/track/matter/advocates/x/end"],
)
def test_buttons_need_a_token_too(app: Flask, visiting: FlaskClient, address: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    answer = visiting.post(address)
    assert answer.status_code == 400
    assert "open for too long" in answer.text
    assert visiting.get("/track/matter").status_code == 200


def test_buttons_work_over_https_although_we_send_no_referrer(
    app: Flask, visiting: FlaskClient
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', visiting.get("/track/matter").text)
    assert found is not None
    secure = {"wsgi.url_scheme": "https"}
    done = visiting.post("/track/end", data={"csrf_token": found[1]}, environ_overrides=secure)
    assert (done.status_code, done.location) == (302, "/track")
