"""One file on a page of its own: a picture, a sound, or its words. Nothing in it is ever run."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.access.acts import Act
from portal.attachments import shown, storing
from portal.attachments.shown import Shown, ShownAs
from portal.db import db
from portal.records.attachment import Attachment
from portal.records.feedback import Feedback
from portal.records.message import Message
from portal.web.access import Of, opens_to
from portal.web.headers import let_play
from portal.web.officer import reading
from portal.web.officer.blueprint import pages, staff
from portal.work import begin_work


@pages.get("/files/<public_id>/look", endpoint="file_look")
@opens_to(Act.OPEN_FILE, of=Of.FILE)
def look(public_id: str) -> ResponseReturnValue:
    """Look at one file without saving it."""
    with begin_work(staff()) as work:
        file = _file_or_404(work.session, public_id)
        audit.note(work, "file_viewed", file)
    openable = reading.may_open(file)
    how = shown.as_what(file.content_type) if openable else ShownAs.NOTHING
    if how is ShownAs.SOUND:
        let_play()
    session = db.session()
    return render_template(
        "officer/file.html",
        file=file,
        openable=openable,
        # Read after the commit: a slow store must not hold the database.
        shown=_read(file) if how is ShownAs.TEXT else Shown(how),
        line=reading.file_line(session, file),
        feedback=_feedback_of(session, file),
    )


def _read(file: Attachment) -> Shown:
    return shown.text_of(file.content_type, storing.read(file))


def _file_or_404(session: Session, public_id: str) -> Attachment:
    found = session.scalar(select(Attachment).where(Attachment.public_id == public_id))
    if found is None or (found.feedback_id or found.message_id) is None:
        abort(404)
    return found


def _feedback_of(session: Session, file: Attachment) -> Feedback:
    key = file.feedback_id
    if key is None:
        key = session.scalar(select(Message.feedback_id).where(Message.id == file.message_id))
    return session.get_one(Feedback, key)
