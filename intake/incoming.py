"""What the portal knows of one message after reading it: plain frozen data, nothing that acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class AutomaticReason(StrEnum):
    """Why a message is taken for a machine's; stored with the message, so the codes are stable."""

    BOUNCE = "bounce"
    AUTO_SUBMITTED = "auto_submitted"
    PRECEDENCE = "precedence"
    RESPONSE_SUPPRESS = "response_suppress"
    AUTOREPLY_HEADER = "autoreply_header"
    NULL_SENDER = "null_sender"
    MAILING_LIST = "mailing_list"
    NO_REPLY_SENDER = "no_reply_sender"
    REPORT = "report"
    SUBJECT = "subject"


@dataclass(frozen=True, slots=True)
class Address:
    """A name and an address as the sender wrote them; either may be empty."""

    name: str
    address: str

    def as_json(self) -> dict[str, str]:
        """Return the pair as the contract of `python -m intake parse` names it."""
        return {"name": self.name, "address": self.address}


@dataclass(frozen=True, slots=True)
class IncomingAttachment:
    """One file of a message; the name is safe to show and to offer, never a path.

    `opened` says that all it holds (winmail.dat, a signed wrapping) is listed on its own.
    """

    filename: str
    content_type: str
    size: int
    sha256: str
    inline: bool
    content: bytes
    opened: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return what describes the file; its bytes stay out of the JSON."""
        return {
            "filename": self.filename,
            "content_type": self.content_type,
            "size": self.size,
            "sha256": self.sha256,
            "inline": self.inline,
        }


@dataclass(frozen=True, slots=True)
class IncomingMail:
    """A message as read.

    `text` is all that can be read, quoted parts and signature included; `reply_text` is what the
    sender wrote this time. `defects` are sentences for an officer; they quote nothing of the mail.
    """

    message_id: str | None = None
    date: datetime | None = None
    subject: str = ""
    from_: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    text: str = ""
    reply_text: str = ""
    attachments: tuple[IncomingAttachment, ...] = ()
    automatic_reason: AutomaticReason | None = None
    bounce: bool = False
    failed_recipients: tuple[str, ...] = ()
    charset_guessed: bool = False
    defects: tuple[str, ...] = ()

    @property
    def automatic(self) -> bool:
        """Whether a machine wrote it, so that no machine of ours may answer it."""
        return self.automatic_reason is not None

    def as_json(self) -> dict[str, Any]:
        """Return the line that `python -m intake parse` prints: ISO 8601 date, no file bytes."""
        return {
            "message_id": self.message_id,
            "date": self.date.isoformat() if self.date else None,
            "subject": self.subject,
            "from": [one.as_json() for one in self.from_],
            "to": [one.as_json() for one in self.to],
            "cc": [one.as_json() for one in self.cc],
            "in_reply_to": self.in_reply_to,
            "references": list(self.references),
            "text": self.text,
            "reply_text": self.reply_text,
            "attachments": [one.as_json() for one in self.attachments],
            "automatic": self.automatic,
            "bounce": self.bounce,
            "charset_guessed": self.charset_guessed,
            "defects": list(self.defects),
        }
