"""Letters from invented people, and one look of the intake into a real mailbox."""

from email.message import EmailMessage

from flask import Flask

from intake.collecting import collect
from intake.counts import Counts
from intake.mailbox import ImapMailbox
from intake.mailbox_url import MailboxAddress
from tests.services.dovecot import Dovecot


def mail(
    subject: str = "My son's bus", body: str = "The bus came late again.\n", **headers: str
) -> bytes:
    message = EmailMessage()
    message["From"] = headers.pop("sender", "Jo Marsh <jo@example.org>")
    message["To"] = "feedback@example.gov.uk"
    message["Subject"] = subject
    message["Message-ID"] = headers.pop("message_id", f"<{abs(hash((subject, body)))}@example.org>")
    message["Date"] = "Mon, 01 Jun 2026 09:00:00 +0100"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return message.as_bytes()


def look(app: Flask, server: Dovecot) -> Counts:
    mailbox = ImapMailbox(MailboxAddress.parse(server.url), ca_file=server.ca_file)
    mailbox.connect()
    try:
        return collect(app, mailbox)
    finally:
        mailbox.close()
