"""A link by e-mail: only where e-mail is safe, never changed by being looked at, used once."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import messages, tracking
from portal.cases.receiving import NewParty
from portal.cases.references import make_reference
from portal.cases.safe_contact_rules import ContactRule
from portal.correspondence import delivery
from portal.db import db
from portal.records.audit_event import AuditEvent
from portal.records.feedback import ContactWay, Feedback
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.records.party import PartyRole
from portal.records.tracking_link import TrackingLink
from portal.work import WORKER, begin_work
from tests.matters import enter, make_feedback, words_of

EMAIL = "robin@home.example"
PARTY = NewParty(PartyRole.COMPLAINANT, "Robin Example", EMAIL)
SAID = "a link is on its way"


def told(way: ContactWay = ContactWay.EMAIL, *, neutral: bool = False) -> str:
    with begin_work(WORKER) as work:
        rule = ContactRule(neutral=neutral)
        return make_feedback(work, parties=(PARTY,), contact_way=way, contact_rule=rule).reference


def ask(client: FlaskClient, reference: str) -> str:
    asked = {"reference": reference}
    return client.post("/track/link-by-email", data=asked, follow_redirects=True).text


def sent() -> delivery.Claimed | None:
    with begin_work(WORKER) as work:
        return delivery.claim_next(work)


def link_in(body: str) -> str:
    found = re.search(r"/track/link/[\w-]+", body)
    assert found is not None
    return found[0]


@pytest.mark.parametrize("neutral", [False, True])
def test_a_link_goes_to_the_address_that_we_have_and_opens_the_matter(
    client: FlaskClient, neutral: bool
) -> None:
    reference = told(neutral=neutral)
    assert SAID in ask(client, reference.lower())
    letter = sent()
    assert letter is not None
    assert letter.to_email == EMAIL
    page = client.post(link_in(letter.body)).text
    assert reference in page
    words = re.findall(r'heard-words__word">([a-z]+)<', page)
    fresh = client.application.test_client()
    assert enter(fresh, reference, " ".join(words)).status_code == 302


@pytest.mark.parametrize("way", [way for way in ContactWay if way is not ContactWay.EMAIL])
def test_nothing_goes_where_email_is_not_safe_and_nobody_is_told_so(
    client: FlaskClient, way: ContactWay
) -> None:
    unsafe, unknown = ask(client, told(way)), ask(client, make_reference())
    assert SAID in unsafe
    assert SAID in unknown
    assert db.session.scalar(select(OutboxLetter)) is None
    assert db.session.scalar(select(TrackingLink)) is None


def test_a_scanner_that_opens_it_changes_nothing(client: FlaskClient) -> None:
    ask(client, told())
    letter = sent()
    assert letter is not None
    address = link_in(letter.body)

    def state() -> tuple[object, ...]:
        db.session.rollback()
        db.session.expire_all()
        feedback = db.session.scalars(select(Feedback)).one()
        link = db.session.scalars(select(TrackingLink)).one()
        acts = db.session.scalars(select(AuditEvent.id)).all()
        return feedback.words_hash, feedback.version, link.used_at, len(acts)

    before = state()
    scanner = client.application.test_client()
    for method in ("GET", "HEAD", "GET", "OPTIONS"):
        assert scanner.open(address, method=method).status_code == 200
    assert state() == before
    assert client.post(address).status_code == 200
    assert state() != before


def test_the_link_stands_on_no_page(client: FlaskClient) -> None:
    reference = told()
    ask(client, reference)
    enter(client, reference, words_of())
    assert "/track/link/" not in client.get("/track/matter").text
    feedback = db.session.scalars(select(Feedback)).one()
    kinds = [entry.title for entry in messages.thread(db.session(), feedback)]
    assert kinds == []


def test_nobodys_mailbox_is_filled(client: FlaskClient) -> None:
    reference = told()
    for _ in range(tracking.LINKS_A_DAY):
        assert SAID in ask(client, reference)
    for _ in range(5):
        assert "Wait" in ask(client, reference)
    letters = select(OutboxLetter).where(OutboxLetter.kind == LetterKind.TRACKING_LINK)
    assert len(db.session.scalars(letters).all()) == tracking.LINKS_A_DAY


def test_the_reference_is_needed_and_the_page_has_its_token(
    app: Flask, client: FlaskClient
) -> None:
    assert "Enter the reference that we gave you" in ask(client, "")
    app.config["WTF_CSRF_ENABLED"] = True
    reference = told()
    answer = client.post("/track/link-by-email", data={"reference": reference})
    assert answer.status_code == 422
    assert db.session.scalar(select(OutboxLetter)) is None
