"""A way by which the council cannot send is not offered, and one that is chosen is obeyed."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock, health
from portal.app import Heard
from portal.correspondence import outbox, phone_notices
from portal.db import db
from portal.records.feedback import ContactWay, Feedback
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.records.party import Party, PartyRole
from portal.records.phone_notice import PhoneNotice
from portal.settings import Settings
from portal.work import WORKER, begin_work
from tests import matters
from tests.keys import TEST_KEYS
from tests.matters import NewParty
from tests.services.notify_server import API_KEY, TEMPLATE_ID
from tests.unit.web.journey_steps import EVERYONE, YOUNG, told, walk
from tests.unit.web.officer_pages import signed_in, words_of

GATEWAY = {
    "TEXT_GATEWAY": "notify",
    "NOTIFY_API_KEY": API_KEY,
    "NOTIFY_TEMPLATE_ID": TEMPLATE_ID,
}
MOBILE = "07700 900 461"
CALL = {
    "consent": "not_asked",
    "channel": "phone",
    "story": "Nobody rang me back.",
    "category": "complaint",
    "relationship": "parent",
    "name": "Noor Whitfield",
}
Can = Callable[..., None]


@pytest.fixture
def can(app: Flask) -> Can:
    """Says by what the council can send: `can(texts=True, posts=False)`."""

    def set_to(*, texts: bool = False, posts: bool = True) -> None:
        heard = app.extensions["heard"]
        gateway = Settings.from_environment({**TEST_KEYS, **(GATEWAY if texts else {})})
        posting = heard.council.posting.model_copy(update={"sends": posts})
        app.extensions["heard"] = Heard(
            replace(heard.settings, text_gateway=gateway.text_gateway),
            replace(heard.council, posting=posting),
        )

    return set_to


def entered() -> list[str]:
    today = clock.today()
    return [str(today.day), str(today.month), str(today.year)]


@pytest.mark.parametrize("page", ["/give-feedback/contact", "/young-people/contact"])
@pytest.mark.parametrize(("texts", "posts"), [(False, False), (True, False), (False, True)])
def test_only_what_can_be_sent_is_offered(
    client: FlaskClient, can: Can, page: str, texts: bool, posts: bool
) -> None:
    can(texts=texts, posts=posts)
    html = client.get(page).text
    assert ('value="text"' in html) is texts
    assert ('value="post"' in html) is posts
    assert 'value="email"' in html
    assert 'value="portal_only"' in html


@pytest.mark.parametrize("texts", [True, False])
def test_who_gets_a_number_is_told_where_texts_are_sent(
    client: FlaskClient, can: Can, texts: bool
) -> None:
    can(texts=texts)
    assert ("GOV.UK Notify gets your number" in client.get("/privacy").text) is texts


@pytest.mark.parametrize("way", ["text", "post"])
def test_a_way_that_is_not_offered_is_not_taken(client: FlaskClient, can: Can, way: str) -> None:
    can(texts=False, posts=False)
    given = {"way": way, "mobile": MOBILE, "address": "12 Elm Row"}
    assert client.post("/give-feedback/contact", data=given).status_code == 422
    signed_in(client)
    page = client.get("/officers/enter").text
    assert f'value="{way}"' not in page.partition("How may we reach them?")[2]
    said = {**CALL, "received_on": entered(), "contact_way": way, **given}
    answer = client.post("/officers/enter", data=said)
    assert answer.status_code == 422
    assert "Choose how we may reach them" in words_of(answer.text)
    assert told() == []


@pytest.mark.parametrize(
    ("folder", "answers"), [("give-feedback", EVERYONE), ("young-people", YOUNG)]
)
def test_who_chooses_texts_is_texted_at_that_number(
    client: FlaskClient, can: Can, folder: str, answers: tuple[tuple[str, dict[str, str]], ...]
) -> None:
    can(texts=True)
    # A number for calls that was typed first and left is not kept.
    contact = {"way": "text", "mobile": MOBILE, "phone": "01632 960 777"}
    walk(client, folder, tuple((k, contact if k == "contact" else v) for k, v in answers))
    assert MOBILE in client.get(f"/{folder}/check").text
    client.post(f"/{folder}/check")
    [feedback] = told()
    assert feedback.contact_way is ContactWay.TEXT
    assert MOBILE in db.session.scalars(select(Party.phone)).all()
    theirs = select(OutboxLetter).where(OutboxLetter.kind != LetterKind.ADVOCACY_REFERRAL)
    assert db.session.scalars(theirs).all() == [], "no receipt by text"


@pytest.mark.parametrize("number", ["", "01632 960 461", "07700 900"])
def test_a_number_that_no_text_can_go_to_comes_back(
    client: FlaskClient, can: Can, number: str
) -> None:
    can(texts=True)
    answer = client.post("/give-feedback/contact", data={"way": "text", "mobile": number})
    assert answer.status_code == 422
    assert "Enter a mobile number" in words_of(answer.text)
    assert f'value="{number}"' in answer.text


def test_an_officer_enters_a_call_from_somebody_who_wants_texts(
    client: FlaskClient, can: Can
) -> None:
    can(texts=True)
    signed_in(client)
    said = {**CALL, "received_on": entered(), "contact_way": "text"}
    assert client.post("/officers/enter", data=said).status_code == 422
    assert client.post("/officers/enter", data={**said, "mobile": MOBILE}).status_code == 302
    [feedback] = told()
    assert feedback.contact_way is ContactWay.TEXT
    page = words_of(client.get(f"/officers/feedback/{feedback.public_id}").text)
    assert "By text only" in page


def test_a_way_that_others_use_is_closed_for_texts_too(client: FlaskClient, can: Can) -> None:
    can(texts=True)
    given = {
        "contact": {"way": "text", "mobile": MOBILE},
        "safe-contact": {"shared": "portal_only"},
    }
    walk(client, "give-feedback", tuple((k, given.get(k, v)) for k, v in EVERYONE))
    client.post("/give-feedback/check")
    [feedback] = told()
    assert feedback.contact_way is ContactWay.PORTAL_ONLY
    with begin_work(WORKER) as work:
        outbox.post(work, LetterKind.THANKS, work.session.get_one(Feedback, feedback.id))
    assert db.session.scalars(select(PhoneNotice)).all() == []


def test_check_tells_of_letters_that_lie_too_long_and_of_texts_that_wait(
    app: Flask, can: Can
) -> None:
    can(texts=True)
    with begin_work(WORKER) as work:
        address = NewParty(PartyRole.COMPLAINANT, "Noor", phone=MOBILE, address="12 Elm Row")
        by_post = matters.make_feedback(work, contact_way=ContactWay.POST, parties=(address,))
        by_text = matters.make_feedback(work, contact_way=ContactWay.TEXT, parties=(address,))
        by_call = matters.make_feedback(work, contact_way=ContactWay.PHONE, parties=(address,))
        letters = [outbox.post(work, LetterKind.THANKS, one) for one in (by_post, by_text, by_call)]
        assert phone_notices.count_by_hand(work.session) == 1
    said = " ".join(health.faults(db.session()))
    assert "should have been posted" not in said
    assert "texts have waited" not in said
    facts = " ".join(health.facts(db.session()))
    assert "1 letters wait to be posted; 1 people wait to be told" in facts
    with begin_work(WORKER) as work:
        early = clock.now().replace(year=clock.now().year - 1)
        work.session.get_one(OutboxLetter, letters[0].id).written_at = early
        for notice in work.session.scalars(select(PhoneNotice)):
            notice.made_at = early
    said = " ".join(health.faults(db.session()))
    assert "1 letters should have been posted by now" in said
    assert "1 texts have waited for over an hour" in said


def test_a_number_that_fails_stands_on_the_page_and_can_be_cleared(
    client: FlaskClient, can: Can
) -> None:
    from portal.correspondence import failing

    can(texts=True)
    signed_in(client)
    with begin_work(WORKER) as work:
        party = NewParty(PartyRole.COMPLAINANT, "Noor", phone=MOBILE)
        feedback = matters.make_feedback(work, contact_way=ContactWay.TEXT, parties=(party,))
        failing_id = failing.mark_number(work, "+447700900461").public_id
        public_id = feedback.public_id
    page = f"/officers/feedback/{public_id}"
    assert "did not arrive" in words_of(client.get(page).text)
    client.post(f"{page}/addresses/{failing_id}/works")
    assert "did not arrive" not in words_of(client.get(page).text)
