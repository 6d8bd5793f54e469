"""What the reading process gives back for one message: its words, and its files already checked."""

from __future__ import annotations

from dataclasses import dataclass

from intake.incoming import IncomingMail
from portal.attachments.checked_file import CheckedFile


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that we do not keep. `reason` is the sentence for whoever sent it."""

    filename: str
    size: int
    reason: str
    too_large: bool


@dataclass(frozen=True, slots=True)
class ReadMail:
    """One message. `files` has one entry for each of `incoming.attachments`, in their order; the
    attachments themselves come without their bytes."""

    incoming: IncomingMail
    files: tuple[CheckedFile | RefusedFile, ...] = ()
