"""A young person's advocate on the pages: asked for, referred at once, answered by its link."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock
from portal.cases.receiving import NewParty
from portal.db import db
from portal.logs import SECRET
from portal.procedures.vocabulary import Relationship
from portal.records.account import Role
from portal.records.advocacy_referral import AdvocacyReferral, ReferralState
from portal.records.audit_event import AuditEvent
from portal.records.case import CaseStage
from portal.records.feedback import Channel, ContactWay, Door, Feedback
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.records.party import PartyRole
from portal.work import WORKER, begin_work
from tests.matters import (
    enter,
    forget_between_requests,
    make_account,
    make_case,
    make_feedback,
)
from tests.unit.web.journey_steps import YOUNG, told, walk
from tests.unit.web.officer_pages import signed_in, words_of
from tests.unit.web.test_young import OLDEST_GRADE, grade
from tests.unit.web.test_young import words_of as main_words

SKY = NewParty(PartyRole.COMPLAINANT, name="Sky", email="sky@example.org")


def days(day: date, name: str) -> dict[str, list[str]]:
    return {name: [str(day.day), str(day.month), str(day.year)]}


def referral() -> AdvocacyReferral:
    db.session.rollback()
    wanted = select(AdvocacyReferral).order_by(AdvocacyReferral.id.desc())
    return db.session.scalars(wanted).first()  # type: ignore[return-value]


def sent() -> list[OutboxLetter]:
    db.session.rollback()
    wanted = select(OutboxLetter).where(OutboxLetter.kind == LetterKind.ADVOCACY_REFERRAL)
    return list(db.session.scalars(wanted))


def stage_due() -> date:
    db.session.rollback()
    return db.session.scalars(select(CaseStage.due_on)).one()


@pytest.fixture
def officer(app: Flask) -> FlaskClient:
    return signed_in(app.test_client())


def test_yes_in_the_form_sends_one_referral_however_often_they_press(client: FlaskClient) -> None:
    walk(client, "young-people", YOUNG)
    for _ in range(2):
        client.post("/young-people/check")
    (letter,) = sent()
    assert letter.to_email == "referrals@brightside-advocacy.example"
    assert "01632 960 777" in letter.body
    assert "bag" not in letter.body
    assert letter.feedback_id == told()[0].id


def test_not_now_sends_none_and_they_can_ask_later(app: Flask, client: FlaskClient) -> None:
    forget_between_requests(app)
    with begin_work(WORKER) as work:
        reference = make_feedback(work, advocate_wanted="not_now").reference
    enter(client, reference)
    assert sent() == []
    assert "Yes, I want an advocate" in client.get("/track/matter").text
    for _ in range(2):
        page = client.post("/track/matter/advocate", follow_redirects=True)
    assert "We asked Brightside Advocacy on" in words_of(page.text)
    assert len(sent()) == 1


@pytest.mark.parametrize(
    ("contact", "shared", "reached", "to"),
    [
        ({"way": "phone", "phone": "01632 960 777"}, "safe", True, ""),
        ({"way": "phone", "phone": "01632 960 777"}, "portal_only", False, "safe-contact"),
        ({"way": "portal_only"}, None, False, "contact"),
        ({}, None, False, "contact"),
    ],
)
def test_nobody_is_promised_a_call_whom_we_are_not_to_contact(
    client: FlaskClient, contact: dict[str, str], shared: str | None, reached: bool, to: str
) -> None:
    last = [("safe-contact", {"shared": shared})] if shared else []
    walk(client, "young-people", (*YOUNG[:3], ("contact", contact), *last))
    page = client.get("/young-people/check").text
    plain = words_of(page)
    assert "today that you want an advocate" in plain
    assert ("your name and how to reach you" in plain) is reached
    assert ("They cannot reach you" in plain) is not reached
    if not reached:
        assert "Call them on" in plain
        assert f'href="/young-people/{to}?change=1">pick a way to reach you' in page
    assert grade(main_words(page)) <= OLDEST_GRADE
    client.post("/young-people/check")
    letter = sent()[0].body
    assert ("01632 960 777" in letter) is reached


@pytest.mark.parametrize("way", [ContactWay.EMAIL, ContactWay.PORTAL_ONLY])
def test_at_track_too_the_advocate_reaches_only_whom_we_may_contact(
    app: Flask, client: FlaskClient, way: ContactWay
) -> None:
    forget_between_requests(app)
    with begin_work(WORKER) as work:
        matter = make_feedback(work, contact_way=way, parties=(SKY,))
        reference = matter.reference
    enter(client, reference)
    reached = way is ContactWay.EMAIL
    offered = words_of(client.get("/track/matter").text)
    assert "Yes, I want an advocate" in offered
    assert ("your name and how to reach you" in offered) is reached
    asked = client.post("/track/matter/advocate", follow_redirects=True).text
    assert "We asked Brightside Advocacy on" in words_of(asked)
    for page in (offered, words_of(asked)):
        assert ("They cannot reach you, as we are not to contact you" in page) is not reached
    assert grade(main_words(asked)) <= OLDEST_GRADE
    assert ('href="/track/matter/reach">pick a way to reach you' in asked) is not reached


def test_an_officer_records_what_the_provider_said(officer: FlaskClient) -> None:
    with begin_work(WORKER) as work:
        feedback = make_feedback(work)
        make_case(work, feedback)
        public_id = feedback.public_id
    url = f"/officers/feedback/{public_id}/advocate"
    assert "No referral was sent" in words_of(officer.get(url).text)
    assert officer.post(f"{url}/refer").status_code == 303
    assert officer.post(f"{url}/refer").status_code == 409
    page = officer.get(url).text
    assert "Sent, no answer yet" in page
    assert "extended?reason=advocate_needed" in page
    extend = officer.get(f"/officers/cases/{public_id}/do/extended?reason=advocate_needed").text
    assert re.search(r'value="advocate_needed"[^>]* checked', extend)
    before = stage_due()
    later = before + timedelta(days=7)
    more_time = {
        "reason": "advocate_needed",
        "words": "We look for an advocate for you.",
        **days(clock.today(), "on"),
        **days(later, "new_date"),
    }
    did = officer.post(f"/officers/cases/{public_id}/did/extended", data=more_time)
    assert did.status_code == 303, words_of(did.text)
    assert stage_due() == later
    answer = f"{url}/{referral().public_id}"
    today = days(clock.today(), "on")
    wrong = officer.post(answer, data={"answer": "declined", **today})
    assert wrong.status_code == 422
    assert "Write why they cannot help" in wrong.text
    assert officer.post(answer, data={"answer": "", **today}).status_code == 422
    yes = {"answer": "accepted", "advocate": "Mina Fairfax", **today}
    done = officer.post(answer, data={**yes, **days(clock.today(), "appointed_on")})
    assert done.status_code == 303
    assert referral().state is ReferralState.APPOINTED
    assert "Advocate appointed" in words_of(officer.get(url).text)
    case = words_of(officer.get(f"/officers/feedback/{public_id}").text)
    assert "Advocate appointed: Mina Fairfax" in case
    assert officer.post(answer, data=yes).status_code == 409


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("not_now", "Not now"),
        ("have_one", "Have one"),
        ("offered", "Offered, and they gave no answer"),
    ],
)
def test_an_officer_records_what_they_said_who_were_asked_by_telephone(
    officer: FlaskClient, said: str, shown: str
) -> None:
    with begin_work(WORKER) as work:
        feedback = make_feedback(
            work, door=None, relationship_said=Relationship.YOUNG_PERSON, channel=Channel.PHONE
        )
        public_id = feedback.public_id
    url = f"/officers/feedback/{public_id}/advocate"
    assert "If they did not say yes" in words_of(officer.get(url).text)
    empty = officer.post(f"{url}/said", data={})
    assert empty.status_code == 422
    assert "Choose what they said" in empty.text
    assert officer.post(f"{url}/said", data={"said": said}).status_code == 303
    db.session.rollback()
    assert db.session.scalars(select(Feedback.advocate_wanted)).one() == said
    acts = db.session.scalars(select(AuditEvent.act)).all()
    assert acts.count("advocate_answer_recorded") == 1
    assert shown in words_of(officer.get(f"/officers/feedback/{public_id}").text)
    assert re.search(rf'value="{said}"[^>]* checked', officer.get(url).text)
    assert sent() == []
    # A yes later is a referral, and is not written over.
    assert officer.post(f"{url}/refer").status_code == 303
    assert officer.post(f"{url}/said", data={"said": said}).status_code == 409
    assert "If they did not say yes" not in words_of(officer.get(url).text)


def test_who_is_not_sure_is_to_be_asked(officer: FlaskClient) -> None:
    with begin_work(WORKER) as work:
        public_id = make_feedback(work, advocate_wanted="not_sure").public_id
    page = words_of(officer.get(f"/officers/feedback/{public_id}").text)
    assert "They are not sure. Ask them." in page


def test_nobody_records_it_of_an_adult(officer: FlaskClient) -> None:
    with begin_work(WORKER) as work:
        public_id = make_feedback(work, door=Door.EVERYONE).public_id
    url = f"/officers/feedback/{public_id}/advocate"
    assert "If they did not say yes" not in words_of(officer.get(url).text)
    assert officer.post(f"{url}/said", data={"said": "not_now"}).status_code == 404


def test_a_no_by_the_link_is_told_to_the_managers_and_kindly_to_the_young_person(
    app: Flask, client: FlaskClient, officer: FlaskClient
) -> None:
    with begin_work(WORKER) as work:
        make_account(work, Role.COMPLAINTS_MANAGER, "lead@council.example")
        feedback = make_feedback(work)
        make_case(work, feedback)
        public_id, reference = feedback.public_id, feedback.reference
    url = f"/officers/feedback/{public_id}/advocate"
    officer.post(f"{url}/refer")
    (letter,) = sent()
    (link,) = re.findall(r"/advocates/referral/[\w-]+", letter.body)
    provider = app.test_client()
    no = provider.post(link, data={"answer": "declined", "why_not": "We are full."})
    assert no.status_code == 200, words_of(no.text)
    assert referral().state is ReferralState.DECLINED
    told = db.session.scalars(
        select(OutboxLetter).where(OutboxLetter.kind == LetterKind.ADVOCACY_REMINDER)
    ).all()
    assert [one.to_email for one in told] == ["lead@council.example"]
    assert "have said no" in told[0].body
    assert "The provider has no advocate for them" in words_of(officer.get("/officers/").text)
    page = officer.get(url).text
    assert "We are full." in page
    assert "extended?reason=advocate_needed" in page, "stage 1 may still take longer for it"
    enter(client, reference)
    theirs = client.get("/track/matter").text
    assert "could not find one this time" in words_of(theirs)
    assert "Yes, I want an advocate" in theirs
    assert client.post("/track/matter/advocate").status_code == 303
    assert "could not find one this time" not in words_of(client.get("/track/matter").text)
    assert "The provider has no advocate" not in words_of(officer.get("/officers/").text)


def test_the_provider_answers_by_its_link_and_sees_a_reference_only(client: FlaskClient) -> None:
    walk(client, "young-people", YOUNG)
    client.post("/young-people/check")
    (letter,) = sent()
    (link,) = re.findall(r"/advocates/referral/[\w-]+", letter.body)
    assert SECRET.sub(r"\1…", link) == "/advocates/referral/…"
    page = client.get(link)
    assert told()[0].reference in page.text
    assert "Sky" not in page.text
    assert "bag" not in page.text
    assert client.get(link).status_code == 200, "looking uses nothing up"
    assert client.post(link, data={}).status_code == 422
    assert "Use the same link again" in client.post(link, data={"answer": "accepted"}).text
    last = client.post(
        link,
        data={"answer": "accepted", "advocate": "Mina", **days(clock.today(), "appointed_on")},
    )
    assert "The link has ended now" in last.text
    assert client.get(link).status_code == 410
    assert client.get("/advocates/referral/no-such-link").status_code == 410
    assert referral().recorded_by_id is None
