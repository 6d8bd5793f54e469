"""The letters of one trial, and what must be true after it, however often the worker died."""

from collections import Counter
from email.message import EmailMessage
from functools import lru_cache

from flask import Flask
from sqlalchemy import func, select

from intake.counts import Counts
from portal.attachments import storing
from portal.db import db
from portal.records.attachment import Attachment
from portal.records.automatic_answer import AutomaticAnswer
from portal.records.feedback import Feedback
from portal.records.mail import Mail, MailPoll, MailState, RawMail
from portal.records.message import Message
from portal.records.outbox_letter import LetterKind, OutboxLetter
from tests.integration.mailing import mail
from tests.services.dovecot import Dovecot

FILES = {"note.txt": b"The note.", "diary.txt": b"Monday: no bus. Tuesday: no bus."}
CLASSES = {MailState.NEW: 3, MailState.REPLY: 1, MailState.KNOWN: 1, MailState.AUTOMATIC: 1}
ALL = Counts(found=6, new=3, replies=1, known=1, automatic=1)


@lru_cache
def letters() -> tuple[bytes, ...]:
    """Six messages: of each class one at least, and one with files."""
    first = mail("The bus", "It came late.\n", message_id="<first@example.org>")
    reply = mail(
        "Re: The bus", "And today again.\n", message_id="<reply@example.org>",
        In_Reply_To="<first@example.org>",
    )  # fmt: skip
    away = mail("Away", "I am away.\n", Auto_Submitted="auto-replied", message_id="<away@x.org>")
    bare = b"From: sam@example.org\r\nSubject: nothing else\r\n\r\nWords.\r\n"
    again = b"Received: by another.example; Mon, 1 Jun 2026 10:00:00 +0100\r\n" + first
    return first, _with_files(), again, reply, away, bare


def _with_files() -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "Alex Moor <alex@example.org>", "Two files"
    message["Message-ID"] = "<files@example.org>"
    message.set_content("See the files.")
    for name, content in FILES.items():
        message.add_attachment(content, "text", "plain", filename=name)
    return message.as_bytes()


def deliver(server: Dovecot) -> None:
    """Put all six into the mailbox, in order."""
    for raw in letters():
        server.deliver(raw)


def check(app: Flask, server: Dovecot) -> None:
    """Every message once in the ledger, every receipt once, every file, the mailbox in order.

    Args:
        app: an application on the database of the trial.
        server: its mail server.
    """
    sent = Counter(_unix(raw) for raw in letters())
    with app.app_context():
        session = db.session()
        assert Counter(_unix(body) for body in session.scalars(select(RawMail.body))) == sent
        assert Counter(session.scalars(select(Mail.state))) == CLASSES
        assert session.scalar(select(func.count(Feedback.id))) == 3
        assert session.scalar(select(func.count(Message.id))) == 1
        receipts = select(OutboxLetter.feedback_id).where(OutboxLetter.kind == LetterKind.RECEIPT)
        assert sorted(session.scalars(receipts)) == sorted(session.scalars(select(Feedback.id)))
        assert session.scalar(select(func.count(OutboxLetter.id))) == 3
        assert session.scalar(select(func.count(AutomaticAnswer.id))) == 3
        files = {f.filename: storing.read(f) for f in session.scalars(select(Attachment))}
        assert files == FILES
        last = session.scalars(select(MailPoll).order_by(MailPoll.id.desc()).limit(1)).one()
        assert last.error is None
        db.session.remove()
        db.engine.dispose()
    assert server.kept() == []
    assert Counter(_unix(raw) for raw in server.kept("Processed")) == sent


def _unix(raw: bytes) -> bytes:
    return raw.replace(b"\r\n", b"\n")
