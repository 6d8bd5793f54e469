"""A real SMTP server on loopback whose answers a test may choose."""

import socket
import ssl
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

OK = "250 OK"


@dataclass
class Inbox:
    """What arrived, and what the server answers to MAIL, RCPT and DATA."""

    got: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    on_mail: str = OK
    on_rcpt: dict[str, str] = field(default_factory=dict)
    on_data: str = OK
    connections: int = 0

    async def handle_EHLO(
        self, server: Any, session: Any, envelope: Envelope, name: str, answers: list[str]
    ) -> list[str]:
        """Count who comes."""
        self.connections += 1
        session.host_name = name
        return answers

    async def handle_MAIL(
        self, server: Any, session: Any, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer to a sender."""
        envelope.mail_from = address
        return self.on_mail

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer to a recipient."""
        answer = self.on_rcpt.get(address, OK)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        """Take a message."""
        if self.on_data == OK:
            content = cast(bytes, envelope.content)
            self.got.append(message_from_bytes(content, policy=default))
            self.recipients += envelope.rcpt_tos
        return self.on_data


def free_port() -> int:
    """A loopback port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(inbox: Inbox, port: int, tls: ssl.SSLContext | None = None) -> Controller:
    """Start a server; the caller stops it."""
    controller = Controller(inbox, hostname="127.0.0.1", port=port, ssl_context=tls)
    controller.start()
    return controller
