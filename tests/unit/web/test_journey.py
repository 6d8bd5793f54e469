"""Journeys from the first question to the confirmation page, both doors."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal.cases import safe_contact_rules
from portal.cases.referring import OFFERED
from portal.cases.secret_words import words_match
from portal.db import db
from portal.procedures.vocabulary import Category, Relationship, Risk
from portal.records.draft import Draft
from portal.records.feedback import Channel, ContactWay, Door
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.records.party import Party, PartyRole
from portal.web.young.questions import MOST_SCREENS, QUESTIONS
from tests.unit.web.journey_steps import EVERYONE, STORY, YOUNG, told, walk, words_on

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def test_everyone_from_first_question_to_record(client: FlaskClient) -> None:
    assert walk(client, "give-feedback", EVERYONE).location == "/give-feedback/check"
    check = client.get("/give-feedback/check")
    for shown in ("Something is wrong", "Nobody rang us back.", "petra.quill@example.org"):
        assert shown in check.text
    assert client.post("/give-feedback/check").location == "/give-feedback/sent"
    (feedback,) = told()
    assert feedback.story == STORY
    assert feedback.channel is Channel.WEB
    assert feedback.door is Door.EVERYONE
    assert feedback.category_said is Category.COMPLAINT
    assert feedback.relationship_said is Relationship.PARENT
    assert feedback.wanted == "A bus that comes."
    assert feedback.service_said == "Education"
    assert feedback.about_whom == "Transport desk"
    assert feedback.contact_way is ContactWay.EMAIL
    rule = safe_contact_rules.in_force(db.session(), feedback)
    assert (rule.not_to_see, rule.neutral) == ("Not before nine.", False)
    assert feedback.risk is Risk.NONE
    people = {party.role: party for party in db.session.scalars(select(Party))}
    assert people[PartyRole.COMPLAINANT].name == "Petra Quill"
    assert people[PartyRole.COMPLAINANT].email == "petra.quill@example.org"
    assert people[PartyRole.YOUNG_PERSON].name == "Robin Quill"


def test_confirmation_shows_what_opens_the_record(client: FlaskClient) -> None:
    with time_machine.travel(MONDAY, tick=False):
        walk(client, "give-feedback", EVERYONE)
        client.post("/give-feedback/check")
        page = client.get("/give-feedback/sent")
    (feedback,) = told()
    words = words_on(page)
    assert len(words) == 5
    assert words_match(feedback.words_hash, " ".join(words))
    assert feedback.reference in page.text
    for shown in ("Monday 30 November 2026", "Monday 7 December 2026", "tel:08001111", "/track"):
        assert shown in page.text
    assert "Ombudsman" in page.text
    assert "Robin" not in page.text


def test_young_journey_is_short_and_keeps_their_choice(client: FlaskClient) -> None:
    # With the first page, the check and "we have got it" there are eight screens, and no ninth.
    assert len(YOUNG) == len(QUESTIONS)
    assert len(QUESTIONS) + 3 <= MOST_SCREENS == 8
    assert walk(client, "young-people", YOUNG).location == "/young-people/check"
    client.post("/young-people/check")
    (feedback,) = told()
    assert feedback.door is Door.YOUNG_PEOPLE
    assert feedback.relationship_said is Relationship.YOUNG_PERSON
    assert feedback.advocate_wanted == "yes"
    assert feedback.contact_way is ContactWay.PHONE
    assert "safe to use" in (feedback.contact_note or "")
    # Nothing said is the careful answer.
    assert safe_contact_rules.in_force(db.session(), feedback).neutral
    page = client.get("/young-people/sent")
    assert len(words_on(page)) == 5
    assert "Brightside Advocacy" in page.text


def test_young_person_may_skip_all_but_the_words(client: FlaskClient) -> None:
    following = "/young-people/what-happened"
    seen = []
    while not following.endswith("/check"):
        seen.append(following)
        given = {"story": "It is loud here."} if "what" in following else {"skip": "1"}
        following = client.post(following, data=given).location or ""
    assert len(seen) == 4
    assert client.post("/young-people/check").location == "/young-people/sent"
    assert told()[0].contact_way is ContactWay.PORTAL_ONLY
    assert told()[0].category_said is None
    assert told()[0].advocate_wanted == OFFERED, "they saw the offer and did not answer"


def test_who_never_saw_the_offer_of_an_advocate_was_not_offered_one(client: FlaskClient) -> None:
    client.post("/young-people/what-happened", data={"story": "It is loud here."})
    assert client.post("/young-people/check").location == "/young-people/sent"
    assert told()[0].advocate_wanted is None


def test_sending_twice_and_going_back_make_one_record(client: FlaskClient) -> None:
    walk(client, "give-feedback", EVERYONE)
    client.post("/give-feedback/check")
    first = client.get("/give-feedback/sent").text
    assert client.post("/give-feedback/check").location == "/give-feedback/sent"
    assert client.get("/give-feedback/check").location == "/give-feedback/sent"
    assert client.get("/give-feedback/what-kind").location == "/give-feedback/sent"
    assert client.get("/give-feedback/sent").text.split("<main")[1].count("heard-words__word") == 5
    assert told()[0].reference in first
    assert len(told()) == 1
    assert db.session.scalar(select(func.count()).select_from(OutboxLetter)) == 1


def test_changing_an_answer_after_sending_loses_neither(client: FlaskClient) -> None:
    walk(client, "give-feedback", EVERYONE)
    client.post("/give-feedback/check")
    late = client.post("/give-feedback/what-happened", data={"story": "One more thing."})
    assert late.status_code == 409
    assert "One more thing." in late.text
    assert "already sent" in late.text
    assert told()[0].story == STORY


def test_words_are_shown_for_half_an_hour_only(client: FlaskClient) -> None:
    with time_machine.travel(MONDAY, tick=False) as travel:
        walk(client, "give-feedback", EVERYONE)
        client.post("/give-feedback/check")
        travel.shift(timedelta(minutes=29))
        assert len(words_on(client.get("/give-feedback/sent"))) == 5
        travel.shift(timedelta(minutes=2))
        page = client.get("/give-feedback/sent")
        assert page.status_code == 200
        assert words_on(page) == []
        assert "cannot be shown again" in page.text
        travel.shift(timedelta(days=2))
        assert client.get("/give-feedback/sent").status_code == 410


@pytest.mark.parametrize(
    ("contact", "letters"),
    [
        ({"way": "email", "email": "petra.quill@example.org"}, 1),
        ({"way": "phone", "phone": "01632 960 123", "email": "petra.quill@example.org"}, 0),
        ({"way": "portal_only"}, 0),
    ],
)
def test_receipt_goes_only_to_who_chose_email(
    client: FlaskClient, contact: dict[str, str], letters: int
) -> None:
    walk(client, "give-feedback", (*EVERYONE[:6], ("contact", contact)))
    client.post("/give-feedback/check")
    found = list(db.session.scalars(select(OutboxLetter)))
    assert len(found) == letters
    for letter in found:
        assert letter.kind is LetterKind.RECEIPT
        assert letter.to_email == "petra.quill@example.org"
        assert "bus" not in letter.body


def test_an_address_that_others_use_is_not_written_to(client: FlaskClient) -> None:
    walk(client, "give-feedback", (*EVERYONE[:7], ("safe-contact", {"shared": "portal_only"})))
    client.post("/give-feedback/check")
    assert told()[0].contact_way is ContactWay.PORTAL_ONLY
    assert db.session.scalar(select(OutboxLetter)) is None


@pytest.mark.parametrize(("said", "risk"), [("yes", Risk.NOW), ("not_sure", Risk.NOW)])
def test_danger_is_read_first_and_never_blocks(client: FlaskClient, said: str, risk: Risk) -> None:
    walk(client, "give-feedback", (*EVERYONE[:8], ("danger", {"danger": said})))
    assert client.post("/give-feedback/check").location == "/give-feedback/sent"
    assert told()[0].risk is risk


def test_questions_follow_from_answers(client: FlaskClient) -> None:
    client.post("/give-feedback/what-kind", data={"kind": "comment"})
    after = client.post("/give-feedback/what-happened", data={"story": "A slide for the park."})
    # Only a complaint has points.
    assert after.location == "/give-feedback/put-right"
    after = client.post("/give-feedback/you", data={"relationship": "young_person"})
    assert after.location == "/give-feedback/advocate"
    after = client.post("/give-feedback/contact", data={"way": "portal_only"})
    assert after.location == "/give-feedback/adjustments"


def test_change_comes_back_to_the_check_page(client: FlaskClient) -> None:
    walk(client, "give-feedback", EVERYONE)
    assert "/give-feedback/contact?change=1" in client.get("/give-feedback/check").text
    changed = client.post(
        "/give-feedback/contact?change=1", data={"way": "phone", "phone": "01632 960 124"}
    )
    assert changed.location == "/give-feedback/check"
    page = client.get("/give-feedback/check").text
    assert "01632 960 124" in page
    assert "petra.quill@example.org" not in page


def test_starting_again_forgets_everything(client: FlaskClient) -> None:
    walk(client, "give-feedback", EVERYONE)
    assert client.post("/give-feedback/start-again").location == "/give-feedback"
    assert db.session.scalar(select(Draft)) is None
    assert STORY not in client.get("/give-feedback/what-happened").text


def test_something_else_is_a_second_record(client: FlaskClient) -> None:
    for _ in range(2):
        walk(client, "give-feedback", EVERYONE)
        client.post("/give-feedback/check")
    assert len({feedback.reference for feedback in told()}) == 2


def test_hiding_the_page_keeps_the_record(client: FlaskClient) -> None:
    walk(client, "young-people", YOUNG)
    client.post("/young-people/check")
    client.post("/young-people/start-again")
    assert client.get("/young-people/sent").status_code == 410
    assert len(told()) == 1


def test_looking_leaves_no_row_behind(client: FlaskClient) -> None:
    for path in ("/give-feedback", "/give-feedback/what-kind", "/young-people/"):
        assert client.get(path).status_code == 200
    client.post("/give-feedback/begin-now")
    assert db.session.scalar(select(Draft)) is None


def test_nothing_personal_in_addresses_or_cookies(app: Flask) -> None:
    browser = app.test_client()
    pages = [browser.post(f"/give-feedback/{key}", data=given) for key, given in EVERYONE]
    pages += [browser.post("/give-feedback/check"), browser.get("/give-feedback/sent")]
    page = pages[-1]
    cookies = [text for each in pages for text in each.headers.getlist("Set-Cookie")]
    seen = [each.location or "" for each in pages]
    seen.append(page.text.split("<title")[1].split("</title")[0])
    secrets = ["Quill", "petra", "bus", "Robin", told()[0].reference, *words_on(page)]
    for text in seen:
        assert not [secret for secret in secrets if secret.lower() in text.lower()], text
    # What a cookie is called and when it expires may share a word with them, and chance letters of
    # its value a short one.
    for text in cookies:
        value = text.partition(";")[0].partition("=")[2].lower()
        assert not [one for one in secrets if len(one) > 4 and one.lower() in value], text
    ours = [text for text in cookies if text.startswith("heard_draft_everyone=")]
    assert ours
    assert all("HttpOnly" in text and "SameSite=Lax" in text for text in ours)


def test_the_lines_of_their_words_are_kept_on_the_check(client: FlaskClient) -> None:
    told_so = ("what-happened", {"story": "One.\r\n\r\n  Two <b>."})
    walk(client, "young-people", (told_so, *YOUNG[1:]))
    # As references: the page itself has no empty lines and no indentation.
    assert ">One.&#10;&#10;  Two &lt;b&gt;.</dd>" in client.get("/young-people/check").text
