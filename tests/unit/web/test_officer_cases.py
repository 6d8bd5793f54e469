"""A case on its page: dates, the acknowledgement, messages, history; files, entry and new words."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import func, select

from portal import clock
from portal.attachments import checking, storing
from portal.cases import consent
from portal.cases.secret_words import words_match
from portal.db import db
from portal.procedures.matter import Consent
from portal.procedures.vocabulary import ProcedureCode, Risk, Team
from portal.records.account import Account
from portal.records.attachment import Attachment, AttachmentState
from portal.records.audit_event import AuditEvent
from portal.records.case import Case
from portal.records.feedback import Channel, ContactWay, Feedback
from portal.records.message import Message, Sender
from portal.records.outbox_letter import LetterKind, LetterState, OutboxLetter
from portal.triage import deciding
from portal.work import WORKER, Who, begin_work
from tests.unit.triage.matters import a_choice, an_officer
from tests.unit.web.officer_pages import made, signed_in, words_of

CORPORATE = {"procedure": ProcedureCode.CORPORATE, "team": Team.SEND}
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


def _case(**said: object) -> Feedback:
    """A corporate case that was opened just now."""
    choice = a_choice(**CORPORATE)
    feedback = made(**said)
    with begin_work(WORKER) as work:
        account_id = an_officer(work, "other@heard.example").id
    with begin_work(Who("staff", account_id)) as work:
        deciding.confirm(work, work.session.get_one(Feedback, feedback.id), choice)
    return db.session.get_one(Feedback, feedback.id)


def _acts(act: str) -> int:
    found = select(func.count()).select_from(AuditEvent).where(AuditEvent.act == act)
    return db.session.scalar(found) or 0


def test_the_case_page_shows_dates_with_their_working(officer: FlaskClient) -> None:
    feedback = _case()
    words = words_of(officer.get(f"/officers/cases/{feedback.public_id}").text)
    for shown in (
        "Corporate: council complaint",
        "The acknowledgement letter is due on",
        "is day 0",
        "Named officer Rowan Ashby",
        "Points of complaint",
        "Everything that was said and done",
    ):
        assert shown in words
    assert _acts("case_viewed") == 1
    done = words_of(officer.get(f"/officers/feedback/{feedback.public_id}/timeline").text)
    assert "Decided: a case" in done
    assert "Rowan Ashby" in done


def test_the_acknowledgement_is_read_before_it_goes_and_goes_once(officer: FlaskClient) -> None:
    feedback = _case()
    url = f"/officers/cases/{feedback.public_id}"
    empty = officer.post(f"{url}/acknowledge", data={"text": " "})
    assert empty.status_code == 422
    looked = officer.post(f"{url}/acknowledge", data={"text": "1. Nobody rang back."})
    assert "This is how we understand your complaint" in words_of(looked.text)
    assert db.session.scalar(select(Case.acknowledged_on)) is None
    sent = officer.post(
        f"{url}/acknowledged", data={"text": "1. Nobody rang back."}, follow_redirects=True
    )
    assert "Acknowledged. The letter leaves by e-mail" in words_of(sent.text)
    assert db.session.scalar(select(Case.acknowledged_on)) == clock.today()
    assert "the acknowledgement was written; the date moved from" in words_of(sent.text)
    assert officer.post(f"{url}/acknowledged", data={"text": "Again."}).status_code == 409
    assert officer.get(f"{url}/acknowledge").status_code == 409


@pytest.mark.parametrize(
    ("way", "state", "told"),
    [
        (ContactWay.EMAIL, LetterState.WAITING, "A notice without its words goes by e-mail"),
        (ContactWay.PORTAL_ONLY, LetterState.WITHHELD, "No e-mail was sent"),
    ],
)
def test_a_message_obeys_the_safe_contact_rule(
    officer: FlaskClient, way: ContactWay, state: LetterState, told: str
) -> None:
    feedback = _case(contact_way=way)
    url = f"/officers/cases/{feedback.public_id}/message"
    for _ in range(2):
        page = officer.post(url, data={"body": "We ring on Monday."}, follow_redirects=True)
        assert page.status_code == 200
    assert "is there already" in words_of(page.text)
    message = db.session.scalars(select(Message)).one()
    assert (message.sender, message.body) == (Sender.COUNCIL, "We ring on Monday.")
    notice = select(OutboxLetter).where(OutboxLetter.kind == LetterKind.NEW_MESSAGE)
    [letter] = db.session.scalars(notice)
    assert letter.state is state
    assert "We ring on Monday." not in letter.body + letter.subject
    assert told in words_of(
        officer.post(url, data={"body": "And again."}, follow_redirects=True).text
    )
    assert officer.post(url, data={"body": ""}).status_code == 422


def test_opening_the_case_reads_the_replies(officer: FlaskClient) -> None:
    feedback = _case()
    with begin_work(WORKER) as work:
        from portal.cases import messages

        messages.add(work, work.session.get_one(Feedback, feedback.id), Sender.PERSON, "News?")
    assert "New reply" in words_of(officer.get("/officers/?view=replies").text)
    assert "News?" in words_of(officer.get(f"/officers/cases/{feedback.public_id}").text)
    assert "New reply" not in words_of(officer.get("/officers/?view=replies").text)


def _picture() -> BytesIO:
    picture = BytesIO()
    Image.new("RGB", (4, 4), "navy").save(picture, "PNG")
    picture.seek(0)
    return picture


def _with_file(state: AttachmentState = AttachmentState.UNSCANNED) -> Attachment:
    feedback = made()
    with begin_work(WORKER) as work:
        kept = storing.keep(
            work,
            checking.check("visits ‘plan’.png", _picture().getvalue()),
            feedback=work.session.get_one(Feedback, feedback.id),
        )
        kept.state = state
    return db.session.get_one(Attachment, kept.id)


def test_a_file_is_saved_never_shown_and_the_trail_says_who(officer: FlaskClient) -> None:
    attachment = _with_file()
    feedback = db.session.get_one(Feedback, attachment.feedback_id)
    page = officer.get(f"/officers/feedback/{feedback.public_id}").text
    assert "these files were not scanned" in page
    answer = officer.get(f"/officers/files/{attachment.public_id}")
    assert answer.status_code == 200
    assert answer.data.startswith(b"\x89PNG")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "no-store"
    assert _acts("file_viewed") == 1


def test_a_harmful_file_and_an_unknown_one_stay_closed(officer: FlaskClient) -> None:
    attachment = _with_file(AttachmentState.INFECTED)
    assert officer.get(f"/officers/files/{attachment.public_id}").status_code == 422
    assert officer.get("/officers/files/nothing").status_code == 404
    assert _acts("file_viewed") == 0


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
    assert db.session.scalar(select(func.count()).select_from(Attachment)) == 0


def test_files_of_a_form_that_comes_back_are_asked_for_again(officer: FlaskClient) -> None:
    sent = {**ENTERED, "story": "", "files": [(_picture(), "page 1.png")]}
    page = officer.post("/officers/enter", data=sent)
    assert page.status_code == 422
    assert "Choose the files again" in words_of(page.text)


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


def test_new_words_are_shown_once_and_open_the_matter(officer: FlaskClient) -> None:
    feedback = made()
    url = f"/officers/feedback/{feedback.public_id}/words"
    assert "The old words stop working" in words_of(officer.get(url).text)
    unchecked = officer.post(url)
    assert unchecked.status_code == 422
    assert "Choose how you made sure" in words_of(unchecked.text)
    assert db.session.get_one(Feedback, feedback.id).words_hash is None
    page = words_of(officer.post(url, data={"checked": "called_back"}).text)
    given = page.split("Secret words")[1].split()[:5]
    kept = db.session.get_one(Feedback, feedback.id)
    assert words_match(kept.words_hash, " ".join(given))
    assert " ".join(given) not in words_of(officer.get(url).text)
    assert _acts("words_given") == 1
