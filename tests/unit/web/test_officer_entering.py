"""Entering a call, a letter or a visit: what is missing, what is a scan, and once."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import func, select

from portal import clock
from portal.cases import consent, safe_contact_rules
from portal.db import db
from portal.procedures.matter import Consent
from portal.procedures.vocabulary import Risk
from portal.records.account import Account
from portal.records.attachment import Attachment
from portal.records.feedback import Channel, Feedback
from portal.records.outbox_letter import LetterKind, OutboxLetter
from tests.unit.web.officer_pages import signed_in, words_of

ENTERED = {
    "channel": "phone",
    "received_on": ["1", "6", "2026"],
    "story": "She said that the bus never comes.",
    "name": "Dana Whitlock",
    "relationship": "parent",
    "category": "complaint",
    "contact_way": "phone",
    "phone": "01632 960111",
    "consent": "not_asked",
}


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    return signed_in(client)


def _picture() -> BytesIO:
    picture = BytesIO()
    Image.new("RGB", (4, 4), "navy").save(picture, "PNG")
    picture.seek(0)
    return picture


def test_a_call_is_entered_once_under_the_day_it_came(officer: FlaskClient) -> None:
    reference = posted_again_reference(officer.get("/officers/enter").text)
    sent = {**ENTERED, "reference": reference, "danger_said": "y"}
    for _ in range(2):
        page = officer.post("/officers/enter", data=sent, follow_redirects=True)
        assert page.status_code == 200
    feedback = db.session.scalars(select(Feedback)).one()
    assert (feedback.reference, feedback.channel) == (reference, Channel.PHONE)
    assert feedback.received_on.isoformat() == "2026-06-01"
    assert clock.london_date(feedback.received_at) == feedback.received_on
    assert feedback.risk is Risk.NOW
    assert "By telephone only" in words_of(page.text)


def posted_again_reference(page: str) -> str:
    return page.split('name="reference" type="hidden" value="')[1].split('"')[0]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"story": ""}, "Write what they said"),
        ({"contact_way": "email"}, "Enter the e-mail address that we may write to"),
        ({"contact_way": "email", "email": "dana"}, "like name@example.org"),
        ({"phone": ""}, "Enter the number that we may call"),
        ({"channel": "web"}, "Choose how it came"),
        ({"consent": "given"}, "Write what was agreed and how you know"),
        ({"consent": "perhaps"}, "Choose whether the child or young person agrees"),
        ({"received_on": ["31", "2", "2026"]}, "must be a real date"),
        ({"received_on": ["1", "1", "1999"]}, "or later"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(
    officer: FlaskClient, wrong: dict[str, object], sentence: str
) -> None:
    page = officer.post("/officers/enter", data={**ENTERED, **wrong})
    assert page.status_code == 422
    assert sentence in words_of(page.text)
    assert "Dana Whitlock" in page.text
    assert db.session.scalar(select(func.count()).select_from(Feedback)) == 0


def test_a_letter_is_entered_with_its_scans_its_consent_and_who_took_it(
    officer: FlaskClient,
) -> None:
    scans = [(_picture(), "page 1.png"), (_picture(), "page 2.png")]
    said = {
        "channel": "post",
        "taken_by": "Robin at the front desk",
        "consent": "given",
        "consent_words": "A signed form of 28 May lies with it.",
        "files": scans,
    }
    page = officer.post("/officers/enter", data={**ENTERED, **said}, follow_redirects=True)
    assert page.status_code == 200
    feedback = db.session.scalars(select(Feedback)).one()
    by = db.session.get_one(Account, feedback.entered_by_id).name
    assert f"{by}; taken by Robin at the front desk" in words_of(page.text)
    kept = db.session.scalars(select(Attachment.filename).order_by(Attachment.id)).all()
    assert kept == ["page 1.png", "page 2.png"]
    agreed = consent.latest(db.session(), feedback)
    assert agreed is not None
    assert (agreed.state, agreed.on_day) == (Consent.GIVEN, feedback.received_on)
    assert agreed.words == "A signed form of 28 May lies with it."


def test_a_refused_scan_is_named_and_nothing_is_entered(officer: FlaskClient) -> None:
    files = [(_picture(), "page 1.png"), (BytesIO(b"MZ\x90\x00"), "page 2.exe")]
    page = officer.post("/officers/enter", data={**ENTERED, "files": files})
    assert page.status_code == 422
    assert "page 2.exe:" in words_of(page.text)
    assert "Dana Whitlock" in page.text
    assert db.session.scalar(select(func.count()).select_from(Feedback)) == 0


def test_files_of_a_form_that_comes_back_are_still_there(officer: FlaskClient) -> None:
    sent = {**ENTERED, "story": "", "files": [(_picture(), "page 1.png")]}
    page = officer.post("/officers/enter", data=sent)
    assert page.status_code == 422
    assert "Remove page 1.png" in words_of(page.text)
    token = page.text.split('name="waiting" type="hidden" value="')[1].split('"')[0]
    mended = {**ENTERED, "waiting": token}
    assert officer.post("/officers/enter", data=mended).status_code == 302
    feedback = db.session.scalars(select(Feedback)).one()
    kept = db.session.scalars(select(Attachment)).one()
    assert (kept.feedback_id, kept.draft_id, kept.unheard) == (feedback.id, None, False)


def test_adding_a_file_enters_nothing_yet_and_complains_of_nothing(officer: FlaskClient) -> None:
    added = {"add": "1", "story": "Half a sen", "files": [(_picture(), "page 1.png")]}
    page = officer.post("/officers/enter", data=added)
    assert page.status_code == 200
    assert "Half a sen" in page.text
    assert "Remove page 1.png" in words_of(page.text)
    assert "There is a problem" not in page.text
    assert db.session.scalar(select(func.count()).select_from(Feedback)) == 0


def test_more_files_than_we_take_are_told_with_the_number(officer: FlaskClient) -> None:
    files = [(_picture(), f"page {number}.png") for number in range(11)]
    page = officer.post("/officers/enter", data={**ENTERED, "files": files})
    assert page.status_code == 422
    assert "Choose at most 10 files" in words_of(page.text)


def test_nothing_comes_tomorrow(officer: FlaskClient) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    day = [str(tomorrow.day), str(tomorrow.month), str(tomorrow.year)]
    page = officer.post("/officers/enter", data={**ENTERED, "received_on": day})
    assert page.status_code == 422
    assert "must be today or in the past" in words_of(page.text)


def test_an_email_caller_gets_a_receipt(officer: FlaskClient) -> None:
    officer.post(
        "/officers/enter",
        data={**ENTERED, "contact_way": "email", "email": "dana@home.example"},
    )
    letter = db.session.scalars(select(OutboxLetter)).one()
    assert (letter.kind, letter.automatic) == (LetterKind.RECEIPT, True)


def entered(officer: FlaskClient, **said: object) -> Feedback:
    reference = posted_again_reference(officer.get("/officers/enter").text)
    assert officer.post("/officers/enter", data={**ENTERED, "reference": reference, **said})
    return db.session.scalars(select(Feedback).where(Feedback.reference == reference)).one()


def test_how_it_is_safe_to_reach_them_is_a_rule_that_every_letter_keeps_to(
    officer: FlaskClient,
) -> None:
    by_post = {"contact_way": "post", "address": "3 Mill Lane\nAmberford\nAM1 3XX"}
    careful = {"others": "nothing", "good_time": "school_hours", "care": "Robin Whitlock"}
    feedback = entered(officer, **by_post, **careful)
    rule = safe_contact_rules.in_force(db.session(), feedback)
    assert (rule.neutral, rule.voicemail, rule.not_to_see) == (True, False, "Robin Whitlock")
    assert rule.hours is not None
    page = words_of(officer.get(f"/officers/feedback/{feedback.public_id}").text)
    assert "Robin Whitlock" in page


@pytest.mark.parametrize(("relationship", "neutral"), [("parent", False), ("young_person", True)])
def test_a_young_person_who_was_not_asked_is_written_to_neutrally(
    officer: FlaskClient, relationship: str, neutral: bool
) -> None:
    feedback = entered(officer, relationship=relationship)
    assert safe_contact_rules.in_force(db.session(), feedback).neutral is neutral
