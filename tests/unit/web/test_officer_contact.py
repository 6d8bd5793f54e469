"""Officers' pages of reaching a person: the rule first, mended with a reason; two people for one
letter past it."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import contact_details, safe_contact_rules
from portal.cases.receiving import NewParty
from portal.cases.safe_contact_rules import ContactRule
from portal.correspondence import outbox
from portal.db import db
from portal.procedures.contact_hours import ContactHours
from portal.records.account import Role
from portal.records.audit_event import AuditEvent
from portal.records.contact_override import ContactOverride, OverrideState
from portal.records.feedback import ContactWay, Feedback
from portal.records.outbox_letter import LetterKind, LetterState, OutboxLetter
from portal.records.party import PartyRole
from portal.records.safe_contact_rule import SaidBy
from portal.work import WORKER, begin_work
from tests import matters
from tests.unit.web.officer_pages import as_another, signed_in, words_of

EMAIL, PHONE = "wren@post.example", "01632 960 461"
PARTY = NewParty(PartyRole.COMPLAINANT, "Wren Marlow", EMAIL, PHONE)
RULE = ContactRule(ContactHours(9, 15, weekdays_only=True), True, False, "My aunt.")
SAID = {
    "way": "email",
    "begins": "10",
    "ends": "16",
    "weekdays_only": "y",
    "voicemail": "no",
    "not_to_see": "Nobody at home.",
    "reason": "She rang on Monday.",
}
MONDAY_NIGHT = datetime(2026, 11, 30, 22, tzinfo=UTC)


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    return signed_in(client)


@pytest.fixture
def public_id(officer: FlaskClient) -> str:
    return told()


def told(way: ContactWay = ContactWay.PHONE, rule: ContactRule = RULE) -> str:
    with begin_work(WORKER) as work:
        feedback = matters.make_feedback(work, parties=(PARTY,), contact_way=way, contact_rule=rule)
        outbox.post(work, LetterKind.THANKS, feedback)
        return feedback.public_id


def feedback_now() -> Feedback:
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(Feedback)).one()


def acts() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(AuditEvent.act)))


def test_the_rule_stands_before_everything_else(officer: FlaskClient, public_id: str) -> None:
    page = words_of(officer.get(f"/officers/feedback/{public_id}").text)
    rule = page.index("Must not see, hear or open it: My aunt.")
    for said in ("Only 9am to 3pm, Monday to Friday.", "Say nothing on the outside", "Leave no"):
        assert said in page
    assert rule < page.index("In their own words")
    assert f"{EMAIL} (not to be used)" in page
    assert f"{PHONE} (not to be used)" not in page


def test_an_officer_mends_the_rule_with_a_reason(officer: FlaskClient, public_id: str) -> None:
    url = f"/officers/feedback/{public_id}/contact"
    assert "By telephone" in officer.get(url).text
    without = officer.post(url, data={**SAID, "reason": ""})
    assert without.status_code == 422
    assert "Write why it changes" in without.text
    assert "Nobody at home." in without.text
    assert officer.post(url, data=SAID).status_code == 303
    feedback = feedback_now()
    assert feedback.contact_way is ContactWay.EMAIL
    rule = safe_contact_rules.in_force(db.session(), feedback)
    assert rule == ContactRule(ContactHours(10, 16, True), False, False, "Nobody at home.")
    history = words_of(officer.get(url).text)
    assert "Reason: She rang on Monday." in history
    assert "My aunt." in history, "what was said before stays in the history"
    assert "safe_contact_changed" in acts()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"way": "post"}, "There is nothing to reach them by that way"),
        ({"way": "pigeon"}, "Choose by which way"),
        ({"begins": "16", "ends": "10"}, "Choose an hour that is later"),
    ],
)
def test_a_rule_that_cannot_be_kept_is_refused(
    officer: FlaskClient, public_id: str, said: dict[str, str], sentence: str
) -> None:
    answer = officer.post(f"/officers/feedback/{public_id}/contact", data={**SAID, **said})
    assert answer.status_code == 422
    assert sentence in words_of(answer.text)
    assert feedback_now().contact_way is ContactWay.PHONE


def test_a_party_moves_and_the_history_says_so(officer: FlaskClient, public_id: str) -> None:
    url = f"/officers/feedback/{public_id}/contact/1"
    assert f'value="{EMAIL}"' in officer.get(url).text
    said = {"name": "Wren Marlow", "email": "new@post.example", "phone": PHONE, "reason": ""}
    wrong = officer.post(url, data={**said, "email": "new"})
    assert wrong.status_code == 422
    assert "like name@example.com" in wrong.text
    assert "Write why it changes" in wrong.text
    assert officer.post(url, data={**said, "reason": "A new account."}).status_code == 303
    page = words_of(officer.get(f"/officers/feedback/{public_id}/contact").text)
    assert f"E-mail address: {EMAIL} → new@post.example" in page
    assert "Reason: A new account." in page
    (party,) = contact_details.parties(db.session(), feedback_now())
    assert party.email == "new@post.example"


@pytest.mark.parametrize("number", ["0", "2", "sample", "99999"])
def test_nobody_of_another_number(officer: FlaskClient, public_id: str, number: str) -> None:
    assert officer.get(f"/officers/feedback/{public_id}/contact/{number}").status_code == 409


def propose(officer: FlaskClient, public_id: str, **more: str) -> int:
    url = f"/officers/feedback/{public_id}/contact-override"
    page = officer.get(url).text
    key = re.search(r'name="by"[^>]*value="([^"]+)"', page)
    letter = re.search(r'name="letter"[^>]*value="([^"]+)"', page)
    assert key is not None
    assert letter is not None
    said = {"letter": letter[1], "by": key[1], "reason": "She cannot know.", **more}
    return officer.post(url, data=said).status_code


def override() -> ContactOverride:
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(ContactOverride)).one()


def test_two_people_let_one_letter_go(officer: FlaskClient, public_id: str) -> None:
    assert propose(officer, public_id, reason="") == 422
    assert propose(officer, public_id, by="another") == 422
    assert propose(officer, public_id) == 303
    url = f"/officers/feedback/{public_id}/contact-override"
    mine = words_of(officer.get(url).text)
    assert "You proposed this, so another person must agree" in mine
    act = f"{url}/{override().public_id}"
    assert officer.post(f"{act}/agree").status_code == 404, "an officer is no manager"
    manager = as_another(officer, Role.COMPLAINTS_MANAGER)
    assert "Agree: this letter goes" in words_of(manager.get(url).text)
    assert manager.post(f"{act}/agree").status_code == 303
    assert override().state is OverrideState.AGREED
    letter = db.session.scalars(select(OutboxLetter)).one()
    assert (letter.state, letter.to_email) == (LetterState.WAITING, EMAIL)
    assert manager.post(f"{act}/agree").status_code == 409


def test_a_manager_says_no(officer: FlaskClient, public_id: str) -> None:
    propose(officer, public_id)
    manager = as_another(officer, Role.COMPLAINTS_MANAGER)
    url = f"/officers/feedback/{public_id}/contact-override"
    manager.post(f"{url}/{override().public_id}/refuse", data={"why": "It can wait."})
    assert override().state is OverrideState.REFUSED
    assert "It can wait." in words_of(officer.get(url).text)
    assert db.session.scalars(select(OutboxLetter.state)).one() is LetterState.WITHHELD


def test_a_manager_does_not_agree_alone(client: FlaskClient) -> None:
    def a_manager(work):  # type: ignore[no-untyped-def]
        return matters.make_account(work, Role.COMPLAINTS_MANAGER, "m@heard.example")

    manager = signed_in(client, a_manager)
    public_id = told()
    propose(manager, public_id)
    url = f"/officers/feedback/{public_id}/contact-override/{override().public_id}/agree"
    assert manager.post(url).status_code == 403
    assert override().state is OverrideState.PROPOSED


def test_nobody_is_to_be_called_at_night(officer: FlaskClient, public_id: str) -> None:
    with time_machine.travel(MONDAY_NIGHT, tick=False):
        browser = as_another(officer)
        page = words_of(browser.get("/officers/post").text)
        assert "call them later: not before" in page
        assert "Leave no message." in page
        assert "I have told them" not in page
        assert PHONE not in page


def test_the_list_of_calls_says_who_must_not_hear_of_it(officer: FlaskClient) -> None:
    rule = ContactRule(voicemail=True, not_to_see="My aunt.")
    public_id = told(rule=rule)
    page = officer.get("/officers/post").text
    assert "Must not see, hear or open it: My aunt." in words_of(page)
    assert PHONE in words_of(page).replace("\xa0", " ")
    with begin_work(WORKER) as work:
        feedback = work.session.scalars(
            select(Feedback).where(Feedback.public_id == public_id)
        ).one()
        rule = ContactRule(voicemail=True, not_to_see="Wren at the office")
        safe_contact_rules.keep(work, feedback, feedback.contact_way, rule, SaidBy.PERSON)
    page = officer.get("/officers/post").text
    assert "somebody who must not hear of it" in words_of(page)
    assert "I have told them" not in page
    assert PHONE not in words_of(page).replace("\xa0", " ")


def test_a_letter_that_was_held_back_stands_in_the_queue_until_it_is_seen_to(
    officer: FlaskClient,
) -> None:
    public_id = told(ContactWay.EMAIL, ContactRule(not_to_see="Wren must not see it"))
    assert "A letter was held back" in words_of(officer.get("/officers/").text)
    url = f"/officers/feedback/{public_id}/contact-override"
    page = officer.get(url).text
    assert "It was going to somebody who must not see it" in words_of(page)
    (leave,) = re.findall(rf'action="({url}/[^"]+/leave)"', page)
    assert officer.post(leave).status_code == 303
    assert officer.post(leave).status_code == 409
    assert "A letter was held back" not in words_of(officer.get("/officers/").text)
    assert "going to somebody who must not see it" not in words_of(officer.get(url).text)
