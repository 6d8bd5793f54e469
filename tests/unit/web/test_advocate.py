"""/advocates/: only their own matters, joined by words, ended by the person at any time."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import advocacy, messages, passwords
from portal.cases.throttling import FREE_FAILURES
from portal.records.account import Account, Role
from portal.records.advocacy import Advocacy
from portal.records.audit_event import AuditEvent
from portal.records.feedback import Feedback
from portal.records.message import Message, Sender
from portal.work import WORKER, begin_work
from tests.matters import (
    LOW_COSTS,
    STORY,
    forget_between_requests,
    make_account,
    make_feedback,
    words_of,
)
from tests.signing_in import sign_in

SAM, ALEX = "sam@advocates.example", "alex@advocates.example"
SAID_YES = {"scope": ["speak", "letters", "decide"], "how": "Face to face, on Monday."}
NOON = datetime(2026, 12, 7, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def people(app: Flask) -> None:
    app.config[passwords.COSTS] = LOW_COSTS
    forget_between_requests(app)
    with begin_work(WORKER) as work:
        make_account(work, email=SAM)
        make_account(work, email=ALEX, name="Alex Sample")
        make_account(work, Role.OFFICER, "ola@council.example", "Ola Officer")


@pytest.fixture
def matter() -> tuple[str, str]:
    """Public id and reference of Robin's matter."""
    with begin_work(WORKER) as work:
        feedback = make_feedback(work)
        return feedback.public_id, feedback.reference


def signed_in(app: Flask, email: str = SAM) -> FlaskClient:
    client = app.test_client()
    assert sign_in(client, email).status_code == 302
    return client


def show_words(client: FlaskClient, reference: str, words: str | None = None):  # type: ignore[no-untyped-def]
    typed = words_of() if words is None else words
    return client.post("/advocates/join", data={"reference": reference, "words": typed})


@pytest.fixture
def sam(app: Flask, matter: tuple[str, str]) -> FlaskClient:
    """Sam, who follows Robin's matter."""
    client = signed_in(app)
    assert show_words(client, matter[1]).location == "/advocates/join/confirm"
    joined = client.post("/advocates/join/confirm", data=SAID_YES)
    assert joined.location == f"/advocates/{matter[0]}"
    return client


def acts(act: str) -> list[tuple[str, int | None]]:
    with begin_work(WORKER) as work:
        wanted = select(AuditEvent.actor_kind, AuditEvent.actor_id).where(AuditEvent.act == act)
        return [(kind, key) for kind, key in work.session.execute(wanted)]


def account_id(email: str = SAM) -> int:
    with begin_work(WORKER) as work:
        found = [a.id for a in work.session.scalars(select(Account)) if a.email == email]
        return found[0]


def test_it_is_for_advocates_only(app: Flask, client: FlaskClient) -> None:
    assert client.get("/advocates/").location == "/sign-in?next=/advocates/"
    assert signed_in(app, "ola@council.example").get("/advocates/").status_code == 404


def test_a_new_advocate_follows_nobody(app: Flask, matter: tuple[str, str]) -> None:
    page = signed_in(app).get("/advocates/").text
    assert "do not follow anyone" in page
    assert matter[1] not in page


def test_what_they_will_see_is_said_before_they_see_it(app: Flask, matter: tuple[str, str]) -> None:
    client = signed_in(app)
    show_words(client, matter[1])
    page = client.get("/advocates/join/confirm").text
    assert "You will see" in page
    assert STORY not in page
    assert "Robin" not in page
    assert client.get(f"/advocates/{matter[0]}").status_code == 404


def test_joining_is_recorded_and_the_person_sees_it(
    app: Flask, sam: FlaskClient, matter: tuple[str, str]
) -> None:
    assert acts("advocate_joined") == [("advocate", account_id())]
    person = app.test_client()
    person.post("/track", data={"reference": matter[1], "words": words_of()})
    assert "Sam Sample" in person.get("/track/matter").text


def test_the_list_has_name_status_date_and_what_is_new(
    sam: FlaskClient, matter: tuple[str, str]
) -> None:
    with begin_work(WORKER) as work:
        feedback = work.session.scalars(select(Feedback)).one()
        messages.add(work, feedback, Sender.COUNCIL, "Can we meet?")
    page = sam.get("/advocates/").text
    for words in (
        "Robin",
        matter[1],
        "We have got it",
        "<time",
        "You or the young person",
        "1 new",
    ):
        assert words in page
    assert "Robin Example" not in page
    sam.get(f"/advocates/{matter[0]}")
    assert "1 new" not in sam.get("/advocates/").text


def test_somebody_without_a_name_is_listed_by_reference(app: Flask) -> None:
    with begin_work(WORKER) as work:
        reference = make_feedback(work, name=None).reference
    client = signed_in(app)
    show_words(client, reference)
    client.post("/advocates/join/confirm", data=SAID_YES)
    page = client.get("/advocates/").text
    assert "No name given" in page
    assert reference in page


def test_two_advocates_see_nothing_of_each_other(
    app: Flask, sam: FlaskClient, matter: tuple[str, str]
) -> None:
    alex = signed_in(app, ALEX)
    assert matter[1] not in alex.get("/advocates/").text
    address = f"/advocates/{matter[0]}"
    unknown = alex.get("/advocates/AAAAAAAAAAAAAAAA")
    for answer in (
        alex.get(address),
        alex.post(address, data={"message": "Let me in."}),
        alex.post(f"{address}/leave"),
    ):
        assert answer.status_code == unknown.status_code == 404
        assert answer.text.count("Page not found") == unknown.text.count("Page not found")
        assert STORY not in answer.text
    with begin_work(WORKER) as work:
        assert work.session.scalars(select(Message)).all() == []
        assert len(work.session.scalars(select(Advocacy)).all()) == 1


def test_wrong_words_are_refused_as_at_track(app: Flask, matter: tuple[str, str]) -> None:
    client = signed_in(app)
    wrong = show_words(client, matter[1], "wombat wombat wombat wombat wombat")
    unknown = show_words(client, "2222-2222")
    assert wrong.status_code == unknown.status_code == 422
    for answer in (wrong, unknown):
        assert "do not go together" in answer.text
    assert "wombat" not in wrong.text
    assert f'value="{matter[1]}"' in wrong.text
    assert client.get("/advocates/join/confirm").location == "/advocates/join"


def test_guessing_at_join_is_throttled(app: Flask, matter: tuple[str, str]) -> None:
    client = signed_in(app)
    for _ in range(FREE_FAILURES):
        show_words(client, matter[1], "xx")
    assert show_words(client, matter[1]).status_code == 429


def test_empty_boxes_are_named(app: Flask) -> None:
    answer = signed_in(app).post("/advocates/join", data={})
    assert answer.status_code == 422
    assert "Enter the reference that they gave you" in answer.text
    assert "Enter their secret words" in answer.text


def test_words_shown_are_good_for_ten_minutes(app: Flask, matter: tuple[str, str]) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        client = signed_in(app)
        show_words(client, matter[1])
        clock.shift(timedelta(minutes=11))
        assert client.get("/advocates/join/confirm").location == "/advocates/join"
        late = client.post("/advocates/join/confirm", data=SAID_YES)
        assert (late.status_code, "Enter the reference" in late.text) == (403, True)
    with begin_work(WORKER) as work:
        assert work.session.scalars(select(Advocacy)).all() == []


def test_nobody_joins_without_showing_words(app: Flask, matter: tuple[str, str]) -> None:
    assert signed_in(app).post("/advocates/join/confirm").location == "/advocates/join"


def test_nothing_private_stands_in_an_address(sam: FlaskClient, matter: tuple[str, str]) -> None:
    pages = sam.get("/advocates/").text + sam.get(f"/advocates/{matter[0]}").text
    addresses = re.findall(r'(?:href|action)="([^"]+)"', pages)
    assert addresses
    for address in addresses:
        assert matter[1] not in address
        assert "robin" not in address.lower()


def test_the_page_shows_the_matter_and_takes_a_message(
    app: Flask, sam: FlaskClient, matter: tuple[str, str]
) -> None:
    address = f"/advocates/{matter[0]}"
    assert STORY in sam.get(address).text
    sent = sam.post(address, data={"message": "Robin asks for the next step."})
    assert sent.location == f"{address}#messages"
    page = sam.get(address).text
    assert "You: message" in page
    assert ("advocate", account_id()) in acts("message_added")
    person = app.test_client()
    person.post("/track", data={"reference": matter[1], "words": words_of()})
    assert "Your advocate: message" in person.get("/track/matter").text


def test_an_empty_message_and_an_old_form_lose_nothing(
    app: Flask, sam: FlaskClient, matter: tuple[str, str]
) -> None:
    address = f"/advocates/{matter[0]}"
    assert sam.post(address, data={"message": " "}).status_code == 422
    app.config["WTF_CSRF_ENABLED"] = True
    old = sam.post(address, data={"message": "Typed before.", "csrf_token": "old"})
    assert old.status_code == 422
    assert "Typed before." in old.text


def test_looking_leaves_a_trace(sam: FlaskClient, matter: tuple[str, str]) -> None:
    sam.get(f"/advocates/{matter[0]}")
    assert acts("advocate_viewed") == [("advocate", account_id())]


def test_switched_off_means_from_this_minute(
    app: Flask, sam: FlaskClient, matter: tuple[str, str]
) -> None:
    with begin_work(WORKER) as work:
        feedback = work.session.scalars(select(Feedback)).one()
        follower = advocacy.followers(work.session, feedback)[0]
        advocacy.switch_off(work, feedback, follower.public_id)
    assert sam.get(f"/advocates/{matter[0]}").status_code == 404
    assert f"{matter[1]}: the young person stopped this" in sam.get("/advocates/").text
    show_words(sam, matter[1])
    again = sam.post("/advocates/join/confirm", data=SAID_YES)
    assert again.status_code == 403
    assert "you were switched off" in again.text


def test_leaving_ends_it_and_leaves_a_trace(sam: FlaskClient, matter: tuple[str, str]) -> None:
    assert sam.post(f"/advocates/{matter[0]}/leave").location == "/advocates/"
    assert sam.get(f"/advocates/{matter[0]}").status_code == 404
    assert acts("advocate_left") == [("advocate", account_id())]


def test_buttons_need_a_token_too(app: Flask, sam: FlaskClient, matter: tuple[str, str]) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    assert sam.post(f"/advocates/{matter[0]}/leave").status_code == 400
    assert sam.post("/advocates/join/confirm").status_code == 422
    assert sam.get(f"/advocates/{matter[0]}").status_code == 200
