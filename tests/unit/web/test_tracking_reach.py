"""/track: how we reach the person, changed by them; files with a message; how it went."""

import re
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock
from portal.attachments import checking
from portal.cases import experiences, safe_contact_rules, waiting_files
from portal.cases.receiving import NewParty
from portal.cases.safe_contact_rules import ContactRule
from portal.cases.waiting_files import Place
from portal.correspondence.safe_contact import route_of
from portal.db import db
from portal.procedures.contact_hours import ContactHours
from portal.procedures.vocabulary import Risk
from portal.records.account import Role
from portal.records.attachment import Attachment, AttachmentState
from portal.records.audit_event import AuditEvent
from portal.records.contact_change import ContactChange
from portal.records.decision import Outcome
from portal.records.draft import Draft
from portal.records.experience import Experienced
from portal.records.feedback import ContactWay, Door, Feedback
from portal.records.message import Message
from portal.records.outbox_letter import LetterState, OutboxLetter
from portal.records.party import PartyRole
from portal.work import WORKER, Who, begin_work, council
from tests.matters import decide, enter, make_account, make_feedback, make_letter
from tests.unit.attachments.invented import picture

EMAIL = "robin@home.example"
PARTY = NewParty(PartyRole.COMPLAINANT, "Robin Example", EMAIL, "07700 900461")
SAFE = {"good_time": "any", "others": "say", "care": ""}


@pytest.fixture
def visiting(app: Flask, client: FlaskClient) -> FlaskClient:
    with begin_work(WORKER) as work:
        rule = ContactRule(ContactHours(10, 13, weekdays_only=True), neutral=True)
        feedback = make_feedback(
            work, parties=(PARTY,), contact_way=ContactWay.EMAIL, contact_rule=rule
        )
        reference = feedback.reference
    assert enter(client, reference).status_code == 302
    return client


def feedback_now() -> Feedback:
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(Feedback)).one()


def route() -> tuple[ContactWay, str]:
    found = route_of(db.session(), council(), feedback_now())
    return found.way, found.to


def acts() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(AuditEvent.act).order_by(AuditEvent.id)))


def test_the_page_says_how_we_reach_them_now(visiting: FlaskClient) -> None:
    page = visiting.get("/track/matter").text
    assert "We email you." in page
    assert "10am to 1pm, Monday to Friday" in page
    assert "Is this still safe?" in page
    form = visiting.get("/track/matter/reach").text
    assert f'value="{EMAIL}"' in form
    assert re.search(r'value="kept"\s+checked', form), "hours that an officer set are kept"


def test_a_change_holds_from_the_next_letter_on(visiting: FlaskClient) -> None:
    said = {"way": "email", "email": "new@home.example", **SAFE, "care": "My aunt."}
    answer = visiting.post("/track/matter/reach", data=said)
    assert (answer.status_code, answer.location) == (303, "/track/matter#reach")
    assert route() == (ContactWay.EMAIL, "new@home.example")
    rule = safe_contact_rules.in_force(db.session(), feedback_now())
    assert rule == ContactRule(None, neutral=False, voicemail=True, not_to_see="My aunt.")
    change = db.session.scalars(select(ContactChange)).one()
    assert (change.before, change.after) == (EMAIL, "new@home.example")
    assert {"safe_contact_changed", "contact_details_changed"} <= set(acts())


@pytest.mark.parametrize(
    ("door", "checked"), [(Door.YOUNG_PEOPLE, "neutral"), (Door.EVERYONE, "say")]
)
def test_a_young_person_who_chooses_a_way_later_begins_with_the_careful_answer(
    client: FlaskClient, door: Door, checked: str
) -> None:
    with begin_work(WORKER) as work:
        reference = make_feedback(work, door=door).reference
    enter(client, reference)
    form = client.get("/track/matter/reach").text
    assert re.search(rf'name="others"[^>]*value="{checked}"\s+checked', form)


def test_hours_that_were_set_stay_where_they_are_not_changed(visiting: FlaskClient) -> None:
    said = {"way": "email", "email": EMAIL, **SAFE, "good_time": "kept"}
    visiting.post("/track/matter/reach", data=said)
    rule = safe_contact_rules.in_force(db.session(), feedback_now())
    assert rule.hours == ContactHours(10, 13, weekdays_only=True)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Choose how we can reach you"),
        ({"way": "email", "email": "robin"}, "like name@example.com"),
        ({"way": "phone", "phone": "12"}, "Enter a phone number"),
        ({"way": "post", "address": " "}, "Enter the address"),
        ({"way": "email", "email": EMAIL, "care": "a" * 2_001}, "Use fewer words here"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(
    visiting: FlaskClient, said: dict[str, str], sentence: str
) -> None:
    answer = visiting.post("/track/matter/reach", data=said)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert route() == (ContactWay.EMAIL, EMAIL)


def test_one_press_stops_all_of_it(visiting: FlaskClient) -> None:
    with begin_work(WORKER) as work:
        make_letter(work, feedback_now(), state=LetterState.TO_POST, to_address="1 Old Lane")
    visiting.post("/track/matter/reach/stop")
    assert route() == (ContactWay.PORTAL_ONLY, "")
    assert db.session.scalars(select(OutboxLetter.to_address)).one() is None
    page = visiting.get("/track/matter").text
    assert "We do not contact you." in page
    assert "Stop contacting me" not in page


@pytest.mark.parametrize("path", ["/track/matter/reach", "/track/matter/reach/stop"])
def test_without_words_there_is_nothing_to_change(
    client: FlaskClient, visiting: FlaskClient, path: str
) -> None:
    fresh = client.application.test_client()
    answer = fresh.post(path, data={"way": "portal_only"})
    assert (answer.status_code, answer.location) == (302, "/track")
    assert route() == (ContactWay.EMAIL, EMAIL)


@pytest.mark.parametrize(
    "path", ["/track/matter/reach", "/track/matter/reach/stop", "/track/matter/how-it-went"]
)
def test_a_post_without_its_token_changes_nothing(
    app: Flask, visiting: FlaskClient, path: str
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    said = {"way": "portal_only", "code": "good"}
    assert visiting.post(path, data=said).status_code in (400, 422)
    assert route() == (ContactWay.EMAIL, EMAIL)
    assert experiences.latest(db.session(), feedback_now().id) is None


def send(client: FlaskClient, message: str, *files: tuple[bytes, str]) -> int:
    data = {"message": message, "files": [(BytesIO(data), name) for data, name in files]}
    return client.post("/track/matter", data=data).status_code


def test_files_come_with_a_message_and_are_named_in_the_thread(visiting: FlaskClient) -> None:
    assert send(visiting, "This is my letter.", (b"Dear all", "letter.txt")) == 302
    send(visiting, "This is my letter.", (b"Dear all", "letter.txt"))
    kept = db.session.scalars(select(Attachment)).one()
    assert (kept.filename, kept.state) == ("letter.txt", AttachmentState.UNSCANNED)
    assert db.session.scalars(select(Message.body)).one() == "This is my letter."
    assert "letter.txt" in visiting.get("/track/matter").text


def test_a_file_speaks_for_itself(visiting: FlaskClient) -> None:
    assert send(visiting, "", (b"Dear all", "letter.txt")) == 302
    assert db.session.scalars(select(Message.body)).one() == "I have added something."
    page = visiting.get("/track/matter").text
    # Nobody wrote that: the page says in its own words what came.
    assert "I have added something." not in page
    assert "No words were typed. A file came with this." in page


def test_a_file_that_we_do_not_take_is_named_and_the_words_stay(visiting: FlaskClient) -> None:
    data = {"message": "My words.", "files": [(BytesIO(b"MZ" + b"\0" * 300), "run.exe")]}
    answer = visiting.post("/track/matter", data=data)
    assert answer.status_code == 422
    assert "We cannot take this kind of file" in answer.text
    assert "My words." in answer.text
    assert db.session.scalar(select(Message)) is None


def waiting_in(page: str) -> str:
    """The token by which a page finds the files that wait."""
    found = re.search(r'name="waiting" type="hidden" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def test_files_wait_while_the_words_are_written(visiting: FlaskClient) -> None:
    first = {"add": "1", "message": "Half a sen", "files": [(BytesIO(b"Dear all"), "letter.txt")]}
    page = visiting.post("/track/matter", data=first)
    assert page.status_code == 200
    assert "Half a sen" in page.text
    assert "There is a problem" not in page.text
    assert "letter.txt" in page.text
    token = waiting_in(page.text)
    second = {"add": "1", "waiting": token, "files": [(BytesIO(b"More"), "more.txt")]}
    page = visiting.post("/track/matter", data=second)
    more = db.session.scalars(select(Attachment).order_by(Attachment.id.desc())).first()
    assert more is not None
    gone = visiting.post("/track/matter", data={"remove": more.public_id, "waiting": token})
    assert "more.txt" not in gone.text
    assert db.session.scalar(select(Message)) is None
    sent = visiting.post("/track/matter", data={"message": "Here it is.", "waiting": token})
    assert sent.status_code == 302
    kept = db.session.scalars(select(Attachment)).one()
    message = db.session.scalars(select(Message)).one()
    assert (kept.filename, kept.message_id, kept.draft_id) == ("letter.txt", message.id, None)
    assert db.session.scalar(select(Draft)) is None


def test_a_good_file_is_still_there_after_a_mistake(visiting: FlaskClient) -> None:
    both = [(BytesIO(b"Dear all"), "letter.txt"), (BytesIO(b"MZ" + b"\0" * 300), "run.exe")]
    page = visiting.post("/track/matter", data={"message": "Both.", "files": both})
    assert page.status_code == 422
    assert "run.exe: We cannot take this kind of file" in page.text
    assert 'Remove<span class="govuk-visually-hidden"> letter.txt' in page.text
    token = waiting_in(page.text)
    assert visiting.post("/track/matter", data={"waiting": token}).status_code == 302
    assert db.session.scalars(select(Message.body)).one() == "I have added something."


def test_a_token_opens_nobody_elses_files_and_no_officers(
    app: Flask, visiting: FlaskClient
) -> None:
    with begin_work(WORKER) as work:
        officer = Who("staff", make_account(work, Role.OFFICER, "olu@council.example").id)
    with begin_work(officer) as work:
        draft, token = waiting_files.begin(work, Place.ENTERING)
        waiting_files.add(work, draft, [checking.check("scan.txt", b"A scan")])
    page = visiting.post("/track/matter", data={"add": "1", "waiting": token})
    assert page.status_code == 422
    assert "Choose a photo or document first" in page.text
    assert "scan.txt" not in page.text
    assert visiting.post("/track/matter", data={"waiting": token}).status_code == 422
    assert db.session.scalar(select(Message)) is None
    session, now = db.session(), clock.now()
    assert waiting_files.find(session, Place.ENTERING, token, None, now) is None
    assert waiting_files.find(session, Place.ENTERING, token, officer.account_id, now) is not None


def test_a_voice_note_that_comes_later_is_heard_sooner(visiting: FlaskClient) -> None:
    assert send(visiting, "", (picture("JPEG"), "drawing.jpg")) == 302
    db.session.expire_all()
    assert feedback_now().risk is Risk.CONCERN


def finish() -> None:
    with begin_work(WORKER) as work:
        feedback = work.session.scalars(select(Feedback)).one()
        decide(work, feedback, Outcome.THANKED)


def test_how_it_went_is_asked_at_the_end_and_not_before(visiting: FlaskClient) -> None:
    assert "How did we do?" not in visiting.get("/track/matter").text
    finish()
    assert "How did we do?" in visiting.get("/track/matter").text
    unsaid = visiting.post("/track/matter/how-it-went", data={"said": "It took long."})
    assert unsaid.status_code == 422
    assert "Choose how we did" in unsaid.text
    assert "It took long." in unsaid.text
    for _ in range(2):
        visiting.post("/track/matter/how-it-went", data={"code": "bad", "said": "It took long."})
    said = experiences.latest(db.session(), feedback_now().id)
    assert said is not None
    assert (said.code, said.words) == (Experienced.BAD, "It took long.")
    assert acts().count("experience_said") == 1
    assert "You told us how it went" in visiting.get("/track/matter").text
