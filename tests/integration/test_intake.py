"""Mail from a real Dovecot into both databases: once, whole, answered once, filed after commit."""

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from intake import collecting, ledger
from intake.counts import Counts
from intake.mailbox import ImapMailbox
from intake.taking_in import TakingIn
from portal.correspondence import sender
from portal.db import db
from portal.records.attachment import Attachment, AttachmentState
from portal.records.feedback import Channel, ContactWay, Feedback
from portal.records.mail import Mail, MailPoll, MailState, RawMail
from portal.records.message import Message
from portal.records.outbox_letter import LetterKind, LetterState, OutboxLetter
from portal.records.party import Party
from portal.triage import left_mail
from portal.work import COMMAND, begin_work
from tests.conftest import app_for, settings_for
from tests.integration.mailing import look, mail
from tests.services.dovecot import Dovecot
from tests.services.smtp_sink import SmtpSink

pytestmark = pytest.mark.service
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def installation(database_url: str, tmp_path: Path, sink: SmtpSink) -> Iterator[Flask]:
    """An application on each database, sending to the real sink."""
    sink.clear()
    app = app_for(
        settings_for(
            tmp_path,
            DATABASE_URL=database_url,
            SMTP_URL=sink.url.replace("smtp:", "smtp+insecure:"),
        )
    )
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def only_feedback() -> Feedback:
    return db.session.scalars(select(Feedback)).one()


def test_a_message_becomes_feedback_once_and_is_moved(
    installation: Flask, mail_server: Dovecot
) -> None:
    raw = mail()
    mail_server.deliver(raw)
    assert look(installation, mail_server) == Counts(found=1, new=1)
    with installation.app_context():
        feedback = only_feedback()
        assert (feedback.channel, feedback.subject) == (Channel.EMAIL, "My son's bus")
        assert feedback.story.strip() == "The bus came late again."
        assert feedback.contact_way is ContactWay.EMAIL
        party = db.session.scalars(select(Party)).one()
        assert (party.name, party.email) == ("Jo Marsh", "jo@example.org")
        kept = db.session.scalars(select(RawMail)).one().body
        assert kept.replace(b"\r\n", b"\n") == raw.replace(b"\r\n", b"\n")
    assert mail_server.kept() == []
    assert len(mail_server.kept("Processed")) == 1
    assert look(installation, mail_server) == Counts()


def test_the_receipt_opens_track_quotes_nothing_and_is_marked_automatic(
    installation: Flask, mail_server: Dovecot, sink: SmtpSink
) -> None:
    mail_server.deliver(mail())
    look(installation, mail_server)
    with installation.app_context():
        assert sender.send_waiting().sent == 1
        reference = only_feedback().reference
    receipt = sink.wait_for(1)[0].message
    assert receipt["To"] == "jo@example.org"
    assert receipt["Auto-Submitted"] == "auto-replied"
    text = receipt.get_content()
    assert "/track/link/" in text
    assert reference in text
    assert "bus" not in (text + receipt["Subject"]).lower()


def test_a_reply_attaches_and_a_strangers_does_not(
    installation: Flask, mail_server: Dovecot
) -> None:
    mail_server.deliver(mail())
    look(installation, mail_server)
    with installation.app_context():
        reference = only_feedback().reference
        ours = db.session.scalars(select(OutboxLetter)).one().message_id
    mail_server.deliver(mail("Re: hello", "It was the number 9.\n", In_Reply_To=ours))
    mail_server.deliver(mail(f"re [{reference.lower()}]", "And the number 10.\n"))
    mail_server.deliver(mail("Fwd", "Me too.\n", In_Reply_To=ours, sender="stranger@example.net"))
    assert look(installation, mail_server) == Counts(found=3, replies=2, new=1)
    with installation.app_context():
        said = [m.body.strip() for m in db.session.scalars(select(Message).order_by(Message.id))]
        assert said == ["It was the number 9.", "And the number 10."]
        assert db.session.scalar(select(func.count(Feedback.id))) == 2


def test_a_reply_of_a_photo_alone_attaches_with_its_photo(
    installation: Flask, mail_server: Dovecot
) -> None:
    mail_server.deliver(mail(message_id="<first@example.org>"))
    look(installation, mail_server)
    photo = EmailMessage()
    photo["From"], photo["Subject"] = "jo@example.org", "Re: My son's bus"
    photo["In-Reply-To"], photo["Message-ID"] = "<first@example.org>", "<photo@example.org>"
    photo.set_content("")
    photo.add_attachment(b"What it says.", "text", "plain", filename="letter.txt")
    mail_server.deliver(photo.as_bytes())
    assert look(installation, mail_server) == Counts(found=1, replies=1)
    with installation.app_context():
        message = db.session.scalars(select(Message)).one()
        assert "See the files" in message.body
        assert db.session.scalars(select(Attachment)).one().message_id == message.id


def test_an_answer_of_a_machine_without_words_is_automatic(
    installation: Flask, mail_server: Dovecot
) -> None:
    mail_server.deliver(mail(message_id="<first@example.org>"))
    look(installation, mail_server)
    with installation.app_context():
        ours = db.session.scalars(select(OutboxLetter)).one().message_id
    mail_server.deliver(
        mail("Away", "", In_Reply_To=ours, Auto_Submitted="auto-replied", message_id="<a@x.org>")
    )
    assert look(installation, mail_server) == Counts(found=1, automatic=1)


def test_a_second_mail_in_the_senders_own_thread_attaches(
    installation: Flask, mail_server: Dovecot
) -> None:
    mail_server.deliver(mail(message_id="<first@example.org>"))
    look(installation, mail_server)
    more = {"In_Reply_To": "<first@example.org>", "References": "<first@example.org>"}
    mail_server.deliver(mail("Re: My son's bus", "And today again.\n", **more))
    other = mail("Re: My son's bus", "Ours too.\n", sender="pat@example.net", **more)
    mail_server.deliver(other)
    assert look(installation, mail_server) == Counts(found=2, replies=1, new=1)


def test_a_second_delivery_is_known_and_a_reused_message_id_is_not(
    installation: Flask, mail_server: Dovecot
) -> None:
    first = mail(message_id="<same@example.org>")
    again = b"Received: by another.example; Mon, 1 Jun 2026 10:00:00 +0100\r\n" + first
    other = mail(body="Something else altogether.\n", message_id="<same@example.org>")
    for raw in (first, again, other):
        mail_server.deliver(raw)
    assert look(installation, mail_server) == Counts(found=3, new=2, known=1)


def test_machines_are_recorded_and_never_answered(
    installation: Flask, mail_server: Dovecot
) -> None:
    mail_server.deliver(mail("Out of office", "I am away.\n", Auto_Submitted="auto-replied"))
    mail_server.deliver(mail("List", "A real worry.\n", List_Id="<parents.example.org>"))
    assert look(installation, mail_server) == Counts(found=2, automatic=1, new=1)
    with installation.app_context():
        letters = db.session.scalars(select(OutboxLetter)).all()
        assert {letter.state for letter in letters} <= {LetterState.WITHHELD}


def test_files_are_kept_and_a_refused_one_is_named(
    installation: Flask, mail_server: Dovecot
) -> None:
    message = EmailMessage()
    message["From"] = "jo@example.org"
    message["Subject"] = "With files"
    message.set_content("See the files.")
    message.add_attachment(b"The note.", "text", "plain", filename="note.txt")
    message.add_attachment(b"MZ\x90\x00", "application", "octet-stream", filename="run.exe")
    mail_server.deliver(message.as_bytes())
    look(installation, mail_server)
    with installation.app_context():
        files = {f.filename: f.state for f in db.session.scalars(select(Attachment))}
        assert files == {
            "note.txt": AttachmentState.UNSCANNED,
            "run.exe": AttachmentState.REFUSED,
        }


def test_one_message_that_breaks_us_never_stops_the_next(
    installation: Flask, mail_server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail_server.deliver(mail("poison"))
    mail_server.deliver(mail("good"))
    real = TakingIn.take_in

    def breaks(self, row, read):  # type: ignore[no-untyped-def]
        if read.incoming.subject == "poison":
            raise ValueError("broken")
        return real(self, row, read)

    monkeypatch.setattr(TakingIn, "take_in", breaks)
    assert look(installation, mail_server) == Counts(found=2, quarantined=1, new=1)
    monkeypatch.setattr(TakingIn, "take_in", real)
    with installation.app_context(), begin_work(COMMAND) as work:
        poison = work.session.scalars(select(Mail).where(Mail.error.is_not(None))).one()
        left_mail.read_again(work, poison)
    assert look(installation, mail_server) == Counts()
    with installation.app_context():
        assert db.session.scalar(select(func.count(Feedback.id))) == 2


@pytest.mark.parametrize("step", ["before_reading", "before_filing"])
def test_a_crash_repeats_nothing_and_loses_nothing(
    installation: Flask, mail_server: Dovecot, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    class Crash(BaseException):
        pass

    def crash(*_args: object) -> None:
        raise Crash

    mail_server.deliver(mail("one"))
    mail_server.deliver(mail("two"))
    reading = (collecting, "take_in_together")
    target = reading if step == "before_reading" else (ImapMailbox, "file_as_done")
    with monkeypatch.context() as broken:
        broken.setattr(*target, crash)
        with pytest.raises(Crash):
            look(installation, mail_server)
    look(installation, mail_server)
    with installation.app_context():
        assert db.session.scalar(select(func.count(Feedback.id))) == 2
        assert db.session.scalar(select(func.count(OutboxLetter.id))) == 2
        states = set(db.session.scalars(select(Mail.state)))
        assert states == {MailState.NEW}
    assert mail_server.kept() == []


def test_a_message_kept_but_moved_by_another_is_still_taken_in(
    installation: Flask, mail_server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Crash(BaseException):
        pass

    def crash(*_args: object) -> None:
        raise Crash

    mail_server.deliver(mail())
    with monkeypatch.context() as broken:
        broken.setattr(collecting, "take_in_together", crash)
        with pytest.raises(Crash):
            look(installation, mail_server)
    mail_server.empty()
    monkeypatch.setattr(ledger, "ABANDONED_AFTER", ledger.ABANDONED_AFTER * 0)
    look(installation, mail_server)
    with installation.app_context():
        assert db.session.scalar(select(func.count(Feedback.id))) == 1


def test_a_new_uidvalidity_doubles_nothing(installation: Flask, mail_server: Dovecot) -> None:
    mail_server.deliver(mail())
    look(installation, mail_server)
    mail_server.empty(new_uid_validity=True)
    mail_server.deliver(mail())
    assert look(installation, mail_server) == Counts(found=1, known=1)


def test_the_equation_is_recorded(installation: Flask, mail_server: Dovecot) -> None:
    for number in range(3):
        mail_server.deliver(mail(f"number {number}"))
    look(installation, mail_server)
    with installation.app_context():
        poll = db.session.scalars(select(MailPoll)).one()
        assert (poll.found, poll.new, poll.error) == (3, 3, None)
        receipts = select(func.count(OutboxLetter.id)).where(
            OutboxLetter.kind == LetterKind.RECEIPT
        )
        assert db.session.scalar(receipts) == 3
