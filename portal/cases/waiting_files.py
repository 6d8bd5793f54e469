"""Files that wait to go with what somebody still writes: a message in a matter, or what an officer
enters. They lie in a draft that the page's own token finds, and end with it after a day."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.attachments import storing
from portal.attachments.checked_file import CheckedFile
from portal.cases import drafts
from portal.cases.receiving import unused_reference
from portal.cases.tokens import make_token, token_key
from portal.records.attachment import Attachment, AttachmentState
from portal.records.draft import Draft
from portal.records.feedback import Feedback
from portal.records.message import Message
from portal.work import Work


class Place(StrEnum):
    """What the files are for. A token of one opens nothing of the other."""

    MESSAGE = "message_files"
    ENTERING = "entering_files"


def find(
    session: Session, place: Place, token: str | None, account_id: int | None, now: datetime
) -> Draft | None:
    """The draft of a page's token, unless it has ended or is somebody else's.

    Args:
        session: any session.
        place: what its files are for.
        token: as the page has it.
        account_id: of whoever is signed in; None at /track.
        now: this instant.
    """
    if not token:
        return None
    wanted = select(Draft).where(
        Draft.token_key == token_key(token, "files"),
        Draft.door == place.value,
        Draft.account_id.is_(None) if account_id is None else Draft.account_id == account_id,
        Draft.ends_at > now,
    )
    return session.scalar(wanted)


def of(session: Session, draft: Draft | None) -> list[Attachment]:
    """The files that wait, the oldest first."""
    if draft is None:
        return []
    held = select(Attachment).where(
        Attachment.draft_id == draft.id, Attachment.state != AttachmentState.REFUSED
    )
    return list(session.scalars(held.order_by(Attachment.id)))


def begin(work: Work, place: Place) -> tuple[Draft, str]:
    """Begin to wait.

    Args:
        work: the open act; the draft of somebody who is signed in is theirs alone.
        place: what the files are for.

    Returns:
        The draft, and the token for the page: only its hash is kept.
    """
    token = make_token()
    draft = Draft(
        token_key=token_key(token, "files"),
        door=place.value,
        account_id=work.who.account_id,
        reference=unused_reference(work),
        answers="{}",
        updated_at=work.now,
        ends_at=work.now + drafts.KEPT,
    )
    work.session.add(draft)
    work.session.flush()
    return draft, token


def add(work: Work, draft: Draft, files: Sequence[CheckedFile]) -> None:
    """Let files wait; one that waits already is not kept twice.

    Args:
        work: the open act.
        draft: where.
        files: checked.
    """
    held = {(one.sha256, one.filename) for one in of(work.session, draft)}
    for one in files:
        if (one.sha256, one.filename) not in held:
            storing.keep(work, one, draft=draft)
            held.add((one.sha256, one.filename))


def remove(work: Work, draft: Draft, public_id: str) -> None:
    """Remove one; a file of another draft stays where it is, and the sweep takes the bytes."""
    for one in of(work.session, draft):
        if one.public_id == public_id:
            work.session.delete(one)


def take(
    work: Work,
    draft: Draft | None,
    *,
    feedback: Feedback | None = None,
    message: Message | None = None,
) -> list[Attachment]:
    """Let the files go with what was written. What waited is nobody's any more.

    Args:
        work: the open act.
        draft: where they wait.
        feedback, message: what they go with. A file that it has already is not added to it.

    Returns:
        The files that went along.
    """
    if draft is None:
        return []
    work.session.flush()
    there = storing.hashes_of(work.session, message) if message is not None else frozenset()
    taken = [one for one in of(work.session, draft) if one.sha256 not in there]
    for one in taken:
        one.draft_id = None
        one.feedback_id = feedback.id if feedback is not None else None
        one.message_id = message.id if message is not None else None
    work.session.flush()
    work.session.delete(draft)
    return taken
