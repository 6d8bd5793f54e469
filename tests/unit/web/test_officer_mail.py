"""Mail that became no feedback: seen by officers, taken on or settled once, shown safely."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from portal import clock
from portal.db import db
from portal.records.account import Role
from portal.records.feedback import Channel, Feedback
from portal.records.mail import Mail, MailState, RawMail
from portal.records.outbox_letter import OutboxLetter
from portal.triage import left_mail
from portal.work import COMMAND, Work, begin_work
from tests import matters

RAW = (
    b"From: Jo Marsh <jo@example.org>\r\nSubject: =?utf-8?q?My_son=E2=80=99s_bus?=\r\n"
    b"Auto-Submitted: auto-generated\r\n\r\nThe bus <b>never</b> came.\r\n"
)


def keep(work: Work, raw: bytes = RAW, state: MailState = MailState.AUTOMATIC) -> Mail:
    uid = len(work.session.scalars(select(Mail.id)).all()) + 1
    mail = Mail(
        public_id=f"mail-{uid}", mailbox="m", uid_validity=1, uid=uid, sha256="0" * 64,
        size=len(raw), arrived_at=clock.now(), stored_at=clock.now(), state=state,
    )  # fmt: skip
    work.session.add(mail)
    work.session.flush()
    work.session.add(RawMail(mail_id=mail.id, body=raw))
    return mail


@pytest.fixture
def staff(app: Flask) -> FlaskClient:
    with begin_work(COMMAND) as work:
        matters.make_account(work, Role.OFFICER, "officer@council.example")
        keep(work)
        keep(work, state=MailState.QUARANTINED)
        keep(work, state=MailState.NEW)
    client = app.test_client()
    given = {"email": "officer@council.example", "password": matters.PASSWORD}
    client.post("/sign-in", data=given)
    return client


def test_the_list_shows_what_nobody_looked_at_and_no_words(staff: FlaskClient) -> None:
    page = staff.get("/officers/mail").text
    assert page.count("/officers/mail/mail-") == 2
    assert "Could not be read" in page
    assert "bus" not in page


def test_a_message_is_shown_escaped_and_the_look_is_recorded(staff: FlaskClient) -> None:
    page = staff.get("/officers/mail/mail-1").text
    assert "My son’s bus" in page
    assert "The bus &lt;b&gt;never&lt;/b&gt; came." in page
    acts = db.session.execute(db.text("select act from audit_event")).scalars().all()
    assert "mail_viewed" in acts


def test_taking_it_on_makes_feedback_once_and_answers_nobody(staff: FlaskClient) -> None:
    answer = staff.post("/officers/mail/mail-1/take-on")
    assert answer.status_code == 303
    feedback = db.session.scalars(select(Feedback)).one()
    assert (feedback.channel, feedback.subject) == (Channel.EMAIL, "My son’s bus")
    assert staff.get(answer.headers["Location"]).status_code == 200
    assert staff.post("/officers/mail/mail-1/take-on").status_code == 409
    assert db.session.scalars(select(Feedback)).one()
    assert db.session.scalars(select(OutboxLetter)).all() == []


def test_settled_mail_leaves_the_list(staff: FlaskClient) -> None:
    staff.post("/officers/mail/mail-1/settle")
    assert "mail-1" not in staff.get("/officers/mail").text


def test_a_quarantined_message_can_be_read_again(staff: FlaskClient) -> None:
    staff.post("/officers/mail/mail-2/read-again")
    assert db.session.get_one(Mail, 2).state is MailState.STORED
    assert staff.post("/officers/mail/mail-1/read-again").status_code == 409


@given(raw=st.binary(max_size=400) | st.binary(max_size=200).map(lambda tail: RAW[:60] + tail))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_any_bytes_are_shown_somehow(app: Flask, raw: bytes) -> None:
    with begin_work(COMMAND) as work:
        found = left_mail.read(work.session, keep(work, raw))
    assert isinstance(found.text, str)
    found.text.encode("utf-8", "replace")


def test_an_html_message_is_read_as_words_and_its_sender_by_name(work: Work) -> None:
    raw = (
        b"From: Jo Marsh <jo@example.org>\r\nSubject: x\r\nAuto-Submitted: auto-generated\r\n"
        b"Content-Type: text/html; charset=utf-8\r\n\r\n<p>The bus <b>never</b> came.</p>\r\n"
    )
    found = left_mail.read(work.session, keep(work, raw))
    assert found.text.strip() == "The bus never came."
    assert (found.sender, found.sender_email) == ("Jo Marsh", "jo@example.org")
