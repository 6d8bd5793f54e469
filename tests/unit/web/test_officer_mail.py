"""Mail that became no feedback: seen by officers, taken on or settled once, shown safely."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from portal import clock
from portal.db import db
from portal.records.account import Role
from portal.records.automatic_answer import AutomaticAnswer, Held
from portal.records.feedback import Channel, Feedback
from portal.records.mail import Mail, MailState, RawMail, Settled
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.triage import left_mail
from portal.work import COMMAND, Work, begin_work
from tests import matters
from tests.signing_in import sign_in

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
    sign_in(client, "officer@council.example")
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
    assert staff.post("/officers/mail/mail-1/settle").status_code == 422
    assert staff.post("/officers/mail/mail-1/settle", data={"why": "machine"}).status_code == 303
    assert "mail-1" not in staff.get("/officers/mail").text
    assert db.session.get_one(Mail, 1).settled_as is Settled.MACHINE
    assert staff.post("/officers/mail/mail-1/settle", data={"why": "machine"}).status_code == 409


def test_a_quarantined_message_can_be_read_again(staff: FlaskClient) -> None:
    staff.post("/officers/mail/mail-2/read-again")
    assert db.session.get_one(Mail, 2).state is MailState.STORED
    assert staff.post("/officers/mail/mail-1/read-again").status_code == 409


def test_what_could_not_be_read_is_shown_as_it_came_and_can_be_saved(
    app: Flask, staff: FlaskClient
) -> None:
    raw = (
        b"From: =?utf-8?q?J=C3=B6?= <jo@example.org>\r\nSubject: =?nonsense?b?x?=\r\n\r\n"
        b"<script>alert(1)</script>\x00\x1b[2J\xe2\x80\xaegnp.exe \xff\r\n" + b"x" * 300_000
    )
    with begin_work(COMMAND) as work:
        public_id = keep(work, raw, MailState.QUARANTINED).public_id
    page = staff.get(f"/officers/mail/{public_id}").text
    assert "Jö" in page
    assert "=?nonsense?b?x?=" in page
    assert "&lt;script&gt;alert(1)" in page
    assert not {"\x00", "\x1b", "\u202e"} & set(page)
    assert "There is more" in page
    assert len(page) < 600_000
    saved = staff.get(f"/officers/mail/{public_id}/whole")
    assert saved.data == raw
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in saved.headers["Content-Security-Policy"]


def test_the_list_says_when_a_message_is_tried_again_and_when_nobody_will(
    app: Flask, staff: FlaskClient
) -> None:
    with begin_work(COMMAND) as work:
        mail = work.session.get_one(Mail, 2)
        mail.tries, mail.next_try_at = 1, clock.now()
    assert "Tried 1 time; again" in staff.get("/officers/mail").text
    with begin_work(COMMAND) as work:
        mail = work.session.get_one(Mail, 2)
        mail.tries, mail.next_try_at = 4, None
    assert "Tried 4 times; a person must look" in staff.get("/officers/mail").text


def test_a_message_is_entered_by_hand_once_and_tied_to_it(staff: FlaskClient) -> None:
    form = staff.get("/officers/enter?mail=mail-2").text
    assert 'name="mail" type="hidden" value="mail-2"' in form
    assert "The bus &lt;b&gt;never&lt;/b&gt; came." in form
    assert "jo@example.org" in form
    reference = re.search(r'name="reference"[^>]*value="([^"]+)"', form)
    assert reference is not None
    today = clock.today()
    entry = {
        "mail": "mail-2", "reference": reference[1], "channel": "email",
        "received_on": [str(today.day), str(today.month), str(today.year)],
        "story": "The bus never came.", "category": "complaint", "relationship": "parent",
        "contact_way": "email", "email": "jo@example.org", "consent": "not_asked",
    }  # fmt: skip
    assert staff.post("/officers/enter", data=entry).status_code == 302
    assert staff.post("/officers/enter", data=entry).status_code == 302
    feedback = db.session.scalars(select(Feedback)).one()
    mail = db.session.get_one(Mail, 2)
    assert (mail.feedback_id, mail.settled_as) == (feedback.id, Settled.ENTERED_BY_HAND)
    assert feedback.channel is Channel.EMAIL
    assert "mail-2" not in staff.get("/officers/mail").text
    assert staff.post("/officers/mail/mail-2/read-again").status_code == 409


def test_held_receipts_are_a_task_until_somebody_has_looked(app: Flask, staff: FlaskClient) -> None:
    with begin_work(COMMAND) as work:
        feedback = matters.make_feedback(work)
        letter = matters.make_letter(work, feedback, LetterKind.RECEIPT)
        for number in range(3):
            work.session.add(
                AutomaticAnswer(
                    public_id=f"held-{number}", recipient_key="k", feedback_id=feedback.id,
                    letter_id=letter.id, kind=LetterKind.RECEIPT, asked_at=work.now,
                    held=Held.RECIPIENT_BUDGET,
                )
            )  # fmt: skip
        reference = feedback.reference
    page = staff.get("/officers/mail").text
    assert reference in page
    assert "3 not sent" in page
    assert staff.post("/officers/mail/held/held-2/done").status_code == 303
    assert "not sent" not in staff.get("/officers/mail").text
    assert staff.post("/officers/mail/held/held-2/done").status_code == 409


@given(
    raw=st.binary(max_size=400) | st.binary(max_size=200).map(lambda tail: RAW[:60] + tail),
    state=st.sampled_from(left_mail.LEFT),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_any_bytes_are_shown_somehow(app: Flask, raw: bytes, state: MailState) -> None:
    with begin_work(COMMAND) as work:
        mail = keep(work, raw, state)
        found = left_mail.read(work.session, mail)
        shown = left_mail.raw_shown(work.session, mail)
    for text in (
        found.text,
        found.subject,
        found.sender,
        shown.text,
        *dict(shown.headers).values(),
    ):
        text.encode()
        assert "\x00" not in text


def test_an_html_message_is_read_as_words_and_its_sender_by_name(work: Work) -> None:
    raw = (
        b"From: Jo Marsh <jo@example.org>\r\nSubject: x\r\nAuto-Submitted: auto-generated\r\n"
        b"Content-Type: text/html; charset=utf-8\r\n\r\n<p>The bus <b>never</b> came.</p>\r\n"
    )
    found = left_mail.read(work.session, keep(work, raw))
    assert found.text.strip() == "The bus never came."
    assert (found.sender, found.sender_email) == ("Jo Marsh", "jo@example.org")
