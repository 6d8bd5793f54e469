"""A case on its page: dates, the acknowledgement, messages, history; files and new words."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import func, select

from portal import clock
from portal.attachments import checking, storing
from portal.cases.secret_words import words_match
from portal.db import db
from portal.procedures.vocabulary import ProcedureCode, Team
from portal.records.attachment import Attachment, AttachmentState
from portal.records.audit_event import AuditEvent
from portal.records.case import Case
from portal.records.feedback import ContactWay, Feedback
from portal.records.message import Message, Sender
from portal.records.outbox_letter import LetterKind, LetterState, OutboxLetter
from portal.triage import deciding
from portal.work import WORKER, Who, begin_work
from tests.unit.triage.matters import a_choice, an_officer
from tests.unit.web.officer_pages import made, signed_in, words_of

CORPORATE = {"procedure": ProcedureCode.CORPORATE, "team": Team.SEND}


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
