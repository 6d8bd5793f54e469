"""Keeping files: bytes go sealed into the store before the commit, their row stands in the act.

A rollback therefore leaves bytes without a row (an orphan, swept later), never a row without
bytes.
"""

import secrets
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit, clock
from portal.attachments import file_store
from portal.attachments.checked_file import CheckedFile
from portal.attachments.filenames import safe_name
from portal.columns import data_keys, seal, unseal
from portal.errors import Refused
from portal.records.attachment import Attachment, AttachmentState
from portal.records.draft import Draft
from portal.records.feedback import Feedback
from portal.records.message import Message
from portal.work import Work, settings

OPENABLE = (AttachmentState.CLEAN, AttachmentState.UNSCANNED)
UNKNOWN_TYPE = "application/octet-stream"


class NotToBeOpened(Refused):
    """A file that was refused, or in which the scanner found something."""

    message = "This file cannot be opened: it was not taken, or our virus scanner stopped it."
    status = 403


class BytesMissing(Refused):
    """A row whose bytes are not in the store: `flask check` tells of it."""

    message = "This file is missing from our file store. Tell whoever runs this service."
    status = 500


def keep(
    work: Work,
    checked: CheckedFile,
    *,
    draft: Draft | None = None,
    feedback: Feedback | None = None,
    message: Message | None = None,
) -> Attachment:
    """Keep a checked file.

    Args:
        work: the open act.
        checked: what `checking.check` gave.
        draft, feedback, message: what it belongs to.

    Returns:
        The attachment, `unscanned`: the background process scans it, so that nobody waits.

    Raises:
        StoreAway: the store does not take it.
    """
    _write_first(work, draft, feedback, message)
    name = secrets.token_hex(16)
    stored_as = f"{name[:2]}/{name}"
    attachment = _row(work, checked.filename, checked.size, draft, feedback, message)
    attachment.content_type, attachment.sha256 = checked.content_type, checked.sha256
    attachment.stored_as, attachment.state = stored_as, AttachmentState.UNSCANNED
    attachment.refusal = checked.note
    # What an officer adds somebody has looked at already.
    attachment.unheard = checked.silent and work.who.kind != "staff"
    # The name is the seal's place: two sealed files cannot be exchanged in the store.
    sealed = seal(checked.data, stored_as, work.settings.data_keys)
    file_store.put(work.settings.files_url, stored_as, sealed)
    work.session.add(attachment)
    audit.note(work, "file_kept", attachment)
    return attachment


def keep_refused(
    work: Work,
    filename: str,
    size: int,
    reason: str,
    *,
    feedback: Feedback | None = None,
    message: Message | None = None,
) -> Attachment:
    """Note a file that was not taken, so that its sender can be told; no bytes are kept.

    Args:
        work: the open act.
        filename: as it came.
        size: its size in bytes.
        reason: the sentence of the refusal.
        feedback, message: what it came with; the raw e-mail still holds the file.
    """
    _write_first(work, feedback, message)
    ending = filename.rpartition(".")[2].casefold()
    endings = (ending,) if 1 <= len(ending) <= 8 and ending.isascii() and ending.isalnum() else ()
    name = safe_name(filename, endings or ("bin",))
    attachment = _row(work, name, size, None, feedback, message)
    attachment.content_type, attachment.sha256 = UNKNOWN_TYPE, ""
    attachment.state, attachment.refusal = AttachmentState.REFUSED, reason
    work.session.add(attachment)
    audit.note(work, "file_refused", attachment)
    return attachment


def hashes_of(session: Session, message: Message) -> frozenset[str]:
    """The hashes of what a message holds already: the same file pressed twice is kept once."""
    wanted = select(Attachment.sha256).where(Attachment.message_id == message.id)
    return frozenset(session.scalars(wanted))


def _write_first(work: Work, *owners: Draft | Feedback | Message | None) -> None:
    """Give a key to what the file belongs to, where it has none yet."""
    if any(owner is not None and owner.id is None for owner in owners):
        work.session.flush()


def read(attachment: Attachment) -> bytes:
    """Give a kept file's bytes, unsealed.

    Raises:
        NotToBeOpened: it was refused or is infected.
        BytesMissing: the store has none.
        StoreAway: the store does not answer.
        Unreadable: no data key opens them, or they were exchanged.
    """
    if attachment.state not in OPENABLE:
        raise NotToBeOpened
    return bytes_of(attachment)


def bytes_of(attachment: Attachment) -> bytes:
    """Give a kept file's bytes whatever its state: for the scanner and for no page.

    Raises:
        BytesMissing, StoreAway, Unreadable: as `read`.
    """
    name = attachment.stored_as
    sealed = file_store.get(settings().files_url, name) if name else None
    if sealed is None or name is None:
        raise BytesMissing
    return unseal(sealed, name, data_keys())


def orphans(session: Session) -> list[str]:
    """List names in the store that no attachment has: left by a rollback or an erasure."""
    return [name for name, _ in _orphans(session, timedelta(0))]


def sweep_orphans(session: Session, older_than: timedelta) -> int:
    """Delete orphans.

    Args:
        session: where the attachments are looked up.
        older_than: spares what an act that is still open has just put there.

    Returns:
        How many were deleted.
    """
    found = _orphans(session, older_than)
    for name, _ in found:
        file_store.delete(settings().files_url, name)
    return len(found)


def _orphans(session: Session, older_than: timedelta) -> list[tuple[str, object]]:
    # The store is listed first: a file that is put and committed meanwhile has its row by then.
    before = clock.now() - older_than
    kept = [(name, at) for name, at in file_store.names(settings().files_url) if at <= before]
    if not kept:
        return []
    rows = select(Attachment.stored_as).where(Attachment.stored_as.is_not(None))
    owned = set(session.scalars(rows))
    return [(name, at) for name, at in kept if name not in owned]


def _row(
    work: Work,
    filename: str,
    size: int,
    draft: Draft | None,
    feedback: Feedback | None,
    message: Message | None,
) -> Attachment:
    return Attachment(
        public_id=secrets.token_urlsafe(12),
        draft_id=draft.id if draft else None,
        feedback_id=feedback.id if feedback else None,
        message_id=message.id if message else None,
        filename=filename,
        size=size,
        added_at=work.now,
    )
