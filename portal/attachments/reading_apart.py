"""Reading the texts of files, each in a process of its own: a bomb costs that process, no more.

A file is read once, when its matter is indexed, and what it says is kept beside it.
"""

import os
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

import structlog
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.attachments import storing
from portal.attachments.kinds import TOLD, Kind
from portal.attachments.reading import READABLE
from portal.columns import Unreadable
from portal.errors import Refused
from portal.records.attachment import Attachment, AttachmentState
from portal.records.file_text import FileText, FileTextState
from portal.records.message import Message
from portal.work import Work, settings

log = structlog.get_logger()
ROOT = Path(__file__).resolve().parents[2]
MODULE = "portal.attachments.reading_process"
MEMORY = 1024 * 1024 * 1024
SECONDS = 20
# What a program needs to start. No address of a database, no password, no key.
ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TMPDIR", "PYTHONHOME", "SYSTEMROOT")
KINDS = {TOLD[kind].content_type: kind for kind in READABLE}


def unread(session: Session, feedback_ids: Collection[int]) -> list[Attachment]:
    """The files of some matters that can be read and were not.

    Args:
        session: any session.
        feedback_ids: the keys of the matters.

    Returns:
        The oldest first. Where there is a scanner, what it has not passed waits.
    """
    passed = [AttachmentState.CLEAN]
    if not settings().clamd_url:
        passed.append(AttachmentState.UNSCANNED)
    wanted = (
        select(Attachment)
        .outerjoin(Message, Message.id == Attachment.message_id)
        .outerjoin(FileText, FileText.attachment_id == Attachment.id)
        .where(
            or_(Attachment.feedback_id.in_(feedback_ids), Message.feedback_id.in_(feedback_ids)),
            FileText.attachment_id.is_(None),
            Attachment.stored_as.is_not(None),
            Attachment.state.in_(passed),
            Attachment.content_type.in_(KINDS),
        )
    )
    return list(session.scalars(wanted.order_by(Attachment.id)))


def read(attachment: Attachment) -> tuple[FileTextState, str | None]:
    """Have one file read; slow, so outside any act.

    Args:
        attachment: from `unread`.

    Returns:
        What came of it, and its text where there is any.
    """
    try:
        data = storing.bytes_of(attachment)
    except (Refused, Unreadable):
        # `flask check` tells of files that are missing.
        return FileTextState.FAILED, None
    text = text_apart(KINDS[attachment.content_type], data)
    if text is None:
        return FileTextState.FAILED, None
    return (FileTextState.READ, text) if text else (FileTextState.EMPTY, None)


def keep(work: Work, attachment_id: int, state: FileTextState, text: str | None) -> None:
    """Keep what was read; a file that was taken away meanwhile has nothing kept.

    Args:
        work: the open act.
        attachment_id: the file's key.
        state, text: from `read`.
    """
    if work.session.get(Attachment, attachment_id) is None:
        return
    row = FileText(attachment_id=attachment_id, state=state, text=text, read_at=work.now)
    work.session.merge(row)


def text_apart(kind: Kind, data: bytes, memory: int = MEMORY, seconds: int = SECONDS) -> str | None:
    """Read a file in a process of its own.

    Args:
        kind: what it is.
        data: its bytes.
        memory: bytes of address space for the process.
        seconds: that it may take.

    Returns:
        Its text, or None where it crashed, took too long or too much, or could not be read.
    """
    environment = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
    # Nothing of a file is in the command.
    command = [sys.executable, "-m", MODULE, kind.value, str(memory), str(seconds)]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=data, cwd=ROOT, timeout=seconds * 2, check=True,
            env={**environment, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except (subprocess.SubprocessError, OSError) as failure:
        log.info("file_not_read", kind=kind.value, failure=type(failure).__name__)
        return None
    return done.stdout.decode("utf-8", "replace")
