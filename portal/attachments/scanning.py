"""The virus scanner: clamd over TCP. Without its clear answer a file is unscanned, never clean."""

import socket
import struct
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import select

from portal import audit
from portal.attachments import storing
from portal.columns import Unreadable
from portal.db import db
from portal.errors import Refused
from portal.records.attachment import Attachment, AttachmentState
from portal.settings import SettingsError
from portal.work import WORKER, begin_work, settings

SECONDS = 20
PIECE = 64 * 1024
LONGEST_ANSWER = 4096
CLAMD_PORT = 3310
# So many files without an answer in a row are a scanner that is down, not files that are odd.
ENOUGH = 3


@dataclass(frozen=True)
class ScanResult:
    """One round: files found clean, files stopped, files that were tried and lack an answer."""

    clean: int
    infected: int
    unanswered: int


def scan(data: bytes) -> AttachmentState:
    """Ask the scanner about one file.

    Args:
        data: the file, unsealed.

    Returns:
        `clean` or `infected` by the scanner's own words; `unscanned` where CLAMD_URL is not set,
        the scanner is down, or its answer says neither.

    Raises:
        SettingsError: CLAMD_URL cannot be read.
    """
    url = settings().clamd_url
    if not url:
        return AttachmentState.UNSCANNED
    try:
        answer = _ask(scanner_at(url), data)
    except OSError:
        return AttachmentState.UNSCANNED
    if answer == "stream: OK":
        return AttachmentState.CLEAN
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return AttachmentState.INFECTED
    return AttachmentState.UNSCANNED


def scan_waiting(limit: int = 20) -> ScanResult:
    """Scan kept files that are unscanned, newest first: the background process's share.

    Opens its own acts, one a file, after the scanner has answered.

    Args:
        limit: how many files at most.

    Raises:
        SettingsError: CLAMD_URL cannot be read.
    """
    if not settings().clamd_url:
        return ScanResult(0, 0, 0)
    with current_app.app_context():
        waiting = select(Attachment.id).where(
            Attachment.state == AttachmentState.UNSCANNED, Attachment.stored_as.is_not(None)
        )
        ids = list(db.session.scalars(waiting.order_by(Attachment.id.desc()).limit(limit)))
    states: list[AttachmentState] = []
    for attachment_id in ids:
        states.append(_scan_kept(attachment_id))
        if states[-ENOUGH:] == [AttachmentState.UNSCANNED] * ENOUGH:
            break
    return ScanResult(
        states.count(AttachmentState.CLEAN),
        states.count(AttachmentState.INFECTED),
        states.count(AttachmentState.UNSCANNED),
    )


def scanner_at(url: str) -> tuple[str, int]:
    """Read CLAMD_URL, such as clamd://127.0.0.1:3310.

    Raises:
        SettingsError: with a sentence.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or CLAMD_PORT
    except ValueError:
        parts, port = urlsplit(""), 0
    if parts.scheme != "clamd" or not parts.hostname:
        raise SettingsError("CLAMD_URL must be like clamd://127.0.0.1:3310.")
    return parts.hostname, port


def _scan_kept(attachment_id: int) -> AttachmentState:
    with current_app.app_context():
        try:
            data = storing.bytes_of(db.session.get_one(Attachment, attachment_id))
        except (Refused, Unreadable):
            # `flask check` tells of files that are missing; the scanner has nothing to say.
            return AttachmentState.UNSCANNED
    state = scan(data)
    if state is not AttachmentState.UNSCANNED:
        with current_app.app_context(), begin_work(WORKER) as work:
            attachment = work.session.get(Attachment, attachment_id)
            if attachment is not None:
                attachment.state = state
                audit.note(work, f"file_{state.value}", attachment)
    return state


def _ask(address: tuple[str, int], data: bytes) -> str:
    with socket.create_connection(address, SECONDS) as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(data), PIECE):
            piece = data[start : start + PIECE]
            line.sendall(struct.pack("!I", len(piece)) + piece)
        line.sendall(struct.pack("!I", 0))
        answer = b""
        while b"\0" not in answer and len(answer) < LONGEST_ANSWER:
            more = line.recv(LONGEST_ANSWER)
            if not more:
                break
            answer += more
    return answer.partition(b"\0")[0].decode("ascii", "replace").strip()
