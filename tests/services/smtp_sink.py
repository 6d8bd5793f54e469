"""A mail server that takes letters and keeps them for a test to look at."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.services.missing import free_port


@dataclass(frozen=True)
class TakenLetter:
    """A letter as it arrived, with its envelope; `sender` is empty for a null sender."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        """The letter, read by the standard library."""
        return message_from_bytes(self.raw, policy=policy.default)


@dataclass
class SmtpSink:
    """The sink; it can be told to refuse somebody, to refuse all, and to be down."""

    port: int
    letters: list[TakenLetter] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    refuse_with: str | None = None
    _controller: Controller | None = None

    @property
    def url(self) -> str:
        """The address for `SMTP_URL`."""
        return f"smtp://127.0.0.1:{self.port}"

    def up(self) -> None:
        """Listen, on the same port as before."""
        if self._controller is None:
            self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
            self._controller.start()

    def down(self) -> None:
        """Stop listening: connections are refused."""
        controller, self._controller = self._controller, None
        if controller is not None:
            controller.stop()

    def clear(self) -> None:
        """Forget letters and refusals, and be up."""
        self.letters.clear()
        self.refused.clear()
        self.refuse_with = None
        self.up()

    def wait_for(self, number: int, seconds: float = 10.0) -> list[TakenLetter]:
        """Wait until that many letters have come; returns them, or what there is at the end."""
        end = time.monotonic() + seconds
        while len(self.letters) < number and time.monotonic() < end:
            time.sleep(0.02)
        return list(self.letters)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take or refuse a recipient."""
        if address.lower() in self.refused:
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep a letter, or answer with what `refuse_with` says."""
        if self.refuse_with is not None:
            return self.refuse_with
        content = envelope.original_content or b""
        sender = (envelope.mail_from or "").replace("<>", "")
        self.letters.append(TakenLetter(sender, tuple(envelope.rcpt_tos), content))
        return "250 OK"


@contextmanager
def smtp_sink() -> Iterator[SmtpSink]:
    """Run a sink until the block ends."""
    sink = SmtpSink(free_port())
    try:
        sink.up()
        yield sink
    finally:
        sink.down()
