"""Nothing automatic of ours answers a machine, nor anybody without end; bounces are heard."""

from collections.abc import Mapping
from datetime import timedelta
from email.message import EmailMessage

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from intake.counts import Counts
from portal import clock
from portal.attachments.refusals import LARGEST
from portal.cases.opening import open_case
from portal.correspondence import automatic_gate, delivery, failing, outbox
from portal.correspondence.mail_message import as_mail, return_path
from portal.db import db
from portal.records.automatic_answer import AutomaticAnswer, Held
from portal.records.case import CaseStage
from portal.records.failing_address import FailingAddress
from portal.records.feedback import Feedback, FeedbackState
from portal.records.mail import Mail
from portal.records.message import Message
from portal.records.outbox_letter import LetterKind, LetterState, OutboxLetter
from portal.work import INTAKE, WORKER, begin_work, council
from tests.integration.mailing import mail
from tests.matters import decide
from tests.services.fake_mailbox import FakeMailbox
from tests.unit.intake.mailroom import look_into

# Each alone must keep us from answering; the values are those that peers did not understand.
MACHINES: Mapping[str, dict[str, str]] = {
    "auto-submitted": {"Auto_Submitted": "auto-generated (by a script)"},
    "precedence": {"Precedence": "Bulk"},
    "suppress-one-of-several": {"X_Auto_Response_Suppress": "DR, OOF, AutoReply"},
    "suppress-all": {"X_Auto_Response_Suppress": "All"},
    "null-sender-not-first": {"Received": "from a by b; x", "Return_Path": "<>"},
    "list": {"List_Id": "Parents <parents.example.org>"},
    "no-reply": {"sender": "School <no-reply@school.example>"},
    "do-not-reply": {"sender": "x.DoNotReply+7@school.example"},
    "postmaster": {"sender": "postmaster@school.example"},
    "bounce-address": {"sender": "bounces+jo=example.org@list.example"},
    "ourselves": {"sender": "Heard <feedback@example.gov.uk>"},
    "ourselves-plus": {"sender": "feedback+7kqm2xvd.0123456789ab@example.gov.uk"},
}


def letters(state: LetterState) -> list[OutboxLetter]:
    wanted = select(OutboxLetter).where(OutboxLetter.state == state).order_by(OutboxLetter.id)
    return list(db.session.scalars(wanted))


@pytest.mark.parametrize("kind", MACHINES)
def test_no_machine_is_answered(app: Flask, box: FakeMailbox, kind: str) -> None:
    box.deliver(mail("Something", **MACHINES[kind]))
    counts = look_into(app, box)
    assert counts.holds()
    assert letters(LetterState.WAITING) == []


def test_an_ordinary_message_is_answered_once_and_says_what_it_is(
    app: Flask, box: FakeMailbox
) -> None:
    box.deliver(mail())
    look_into(app, box)
    [receipt] = letters(LetterState.WAITING)
    with begin_work(WORKER) as work:
        claimed = delivery.claim_next(work)
    assert claimed is not None
    message = as_mail(claimed, council(), "Heard <feedback@example.gov.uk>")
    assert message["Auto-Submitted"] == "auto-replied"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert return_path(claimed, "feedback@example.gov.uk") == ""
    assert receipt.message_id == message["Message-ID"]


def test_our_own_letter_that_comes_back_is_no_feedback(app: Flask, box: FakeMailbox) -> None:
    box.deliver(mail())
    look_into(app, box)
    [receipt] = letters(LetterState.WAITING)
    box.deliver(mail("Fwd", sender="kim@example.net", message_id=receipt.message_id))
    assert look_into(app, box) == Counts(found=1, automatic=1)


def test_a_flood_ends_in_a_task_and_every_word_is_kept(app: Flask, box: FakeMailbox) -> None:
    for number in range(40):
        box.deliver(mail(f"number {number}", message_id=f"<{number}@example.org>"))
    assert look_into(app, box) == Counts(found=40, new=40)
    assert len(letters(LetterState.WAITING)) == automatic_gate.TO_ONE_ADDRESS[0][1]
    [(answer, held)] = automatic_gate.tasks(db.session())
    assert (answer.held, held) == (Held.RECIPIENT_BUDGET, 34)
    assert all("/track/link/" not in one.body for one in letters(LetterState.WITHHELD))
    with begin_work(WORKER) as work:
        automatic_gate.settle(work, work.session.get_one(AutomaticAnswer, answer.id))
    assert automatic_gate.tasks(db.session()) == []


def test_budgets_grow_again_with_time(app: Flask, box: FakeMailbox) -> None:
    sent = []
    with time_machine.travel(clock.now(), tick=False) as now:
        for hour in range(30):
            box.deliver(mail(f"number {hour}", message_id=f"<{hour}@example.org>"))
            look_into(app, box)
            now.shift(timedelta(hours=1))
            sent.append(len(letters(LetterState.WAITING)))
    assert sent[9] == 10
    assert sent[20] == 10
    assert sent[29] > 10


def test_one_matter_has_an_end_too(app: Flask, box: FakeMailbox) -> None:
    box.deliver(mail())
    look_into(app, box)
    with begin_work(INTAKE) as work:
        feedback = work.session.scalars(select(Feedback)).one()
        for _ in range(4):
            facts = {"number": 1, "megabytes": 30, "limit": 20}
            outbox.post(work, LetterKind.FILE_TOO_LARGE, feedback, facts, automatic=True)
    held = db.session.scalars(select(AutomaticAnswer.held)).all()
    assert held == [None, None, None, Held.MATTER_BUDGET, Held.MATTER_BUDGET]


def bounce(of: str, failed: str) -> bytes:
    message = EmailMessage()
    message["From"] = "MAILER-DAEMON@mx.example"
    message["Subject"] = "Undelivered Mail Returned to Sender"
    message["In-Reply-To"] = of
    message["Auto-Submitted"] = "auto-replied"
    message["Message-ID"] = "<bounce@mx.example>"
    message.set_content("It could not be delivered.")
    text = message.as_string().partition("\n\n")
    head = "\n".join(
        line for line in text[0].splitlines() if not line.lower().startswith(("content-", "mime-"))
    )
    return (
        f"{head}\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status;"
        f' boundary="b"\n\n--b\nContent-Type: text/plain\n\nIt could not be delivered.\n--b\n'
        f"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        f"Final-Recipient: rfc822; {failed}\nAction: failed\nStatus: 5.1.1\n\n--b--\n"
    ).encode()


@pytest.mark.parametrize("quotes", [True, False])
def test_a_bounce_marks_the_address_and_moves_nothing(
    app: Flask, box: FakeMailbox, quotes: bool
) -> None:
    box.deliver(mail(message_id="<first@example.org>"))
    look_into(app, box)
    with begin_work(WORKER) as work:
        feedback = work.session.scalars(select(Feedback)).one()
        open_case(work, feedback, decide(work, feedback))
        feedback.unread = False
    before = db.session.scalars(select(CaseStage)).one()
    dates = (before.start_on, before.due_on, before.answered_on)
    ours = letters(LetterState.WAITING)[0].message_id
    db.session.rollback()
    box.deliver(bounce(ours if quotes else "<nothing@known.example>", "jo@example.org"))
    assert look_into(app, box) == Counts(found=1, automatic=1)
    feedback = db.session.scalars(select(Feedback)).one()
    assert feedback.state is FeedbackState.DECIDED
    assert feedback.unread
    stage = db.session.scalars(select(CaseStage)).one()
    assert (stage.start_on, stage.due_on, stage.answered_on) == dates
    said = db.session.scalars(select(Message)).one()
    assert (said.feedback_id, said.automatic) == (feedback.id, True)
    [failed] = failing.failing_of(db.session(), feedback.id)
    assert (failed.address, failed.failures) == ("jo@example.org", 1)
    stored = db.session.execute(db.text("select address from failing_address")).scalar_one()
    assert b"example" not in stored


def test_a_bounce_that_names_somebody_else_silences_nobody(app: Flask, box: FakeMailbox) -> None:
    box.deliver(mail(message_id="<first@example.org>"))
    look_into(app, box)
    ours = letters(LetterState.WAITING)[0].message_id
    db.session.rollback()
    box.deliver(bounce(ours, "victim@example.com"))
    look_into(app, box)
    assert db.session.scalar(select(func.count(FailingAddress.id))) == 0


def test_no_receipt_goes_to_a_failing_address_until_it_writes_again(
    app: Flask, box: FakeMailbox
) -> None:
    with begin_work(WORKER) as work:
        failing.mark(work, "jo@example.org")
    list_mail = mail("First", message_id="<1@x.org>", List_Id="<l.example>")
    box.deliver(list_mail)
    look_into(app, box)
    assert letters(LetterState.WAITING) == []
    with begin_work(INTAKE) as work:
        feedback = work.session.scalars(select(Feedback)).one()
        letter = outbox.post(work, LetterKind.RECEIPT, feedback, {"promises": (), "link": None})
        assert (letter.state, letter.shown_to_person) == (LetterState.WITHHELD, False)
        officers = outbox.post(work, LetterKind.THANKS, feedback)
        assert officers.state is LetterState.WAITING
    box.deliver(mail("Second", message_id="<2@x.org>"))
    look_into(app, box)
    assert [one.kind for one in letters(LetterState.WAITING)] == [
        LetterKind.THANKS, LetterKind.RECEIPT,
    ]  # fmt: skip
    assert failing.failing_of(db.session(), 1) == []


def test_an_out_of_office_answer_stays_on_the_thread_and_asks_nothing(
    app: Flask, box: FakeMailbox
) -> None:
    box.deliver(mail(message_id="<first@example.org>"))
    look_into(app, box)
    ours = letters(LetterState.WAITING)[0].message_id
    with begin_work(WORKER) as work:
        work.session.scalars(select(Feedback)).one().unread = False
    box.deliver(
        mail("Automatic reply: We have your message", "I am away.\n", In_Reply_To=ours,
             Auto_Submitted="auto-replied", message_id="<away@example.org>")
    )  # fmt: skip
    assert look_into(app, box) == Counts(found=1, automatic=1)
    assert db.session.scalars(select(Message.automatic)).one()
    assert not db.session.scalars(select(Feedback)).one().unread
    assert len(db.session.scalars(select(OutboxLetter)).all()) == 1
    assert db.session.scalars(select(Mail.feedback_id).order_by(Mail.id)).all() == [1, 1]


def test_a_file_that_is_too_large_is_told_without_its_name(app: Flask, box: FakeMailbox) -> None:
    message = EmailMessage()
    message["From"], message["Message-ID"] = "jo@example.org", "<big@example.org>"
    message.set_content("See the video.")
    large = b"\x00" * (LARGEST + 1)
    message.add_attachment(large, "video", "mp4", filename="visit www.evil.example.mp4")
    box.deliver(message.as_bytes())
    look_into(app, box)
    told = [one for one in letters(LetterState.WAITING) if one.kind is LetterKind.FILE_TOO_LARGE]
    assert len(told) == 1
    assert told[0].automatic
    assert "25 MB" in told[0].body
    assert "evil" not in told[0].body
    assert db.session.scalars(select(Feedback.story)).one().strip() == "See the video."
