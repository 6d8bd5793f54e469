"""Files that people sent: an officer may save one, and the trail says who did."""

from flask import abort
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from portal import audit
from portal.access.acts import Act
from portal.attachments import storing
from portal.errors import Refused
from portal.records.attachment import Attachment
from portal.web.access import Of, opens_to
from portal.web.officer.blueprint import pages, staff
from portal.web.officer.reading import may_open
from portal.web.officer.sandboxed import FileAnswer
from portal.work import begin_work


class FileClosed(Refused):
    """A file that was found harmful, or was never kept."""

    message = "This file cannot be opened. Ask the person to send it again in another form."


@pages.get("/files/<public_id>")
@opens_to(Act.OPEN_FILE, of=Of.FILE)
def file(public_id: str) -> ResponseReturnValue:
    """Save one file. A draft's file belongs to nobody yet, so it is no page of ours."""
    with begin_work(staff()) as work:
        wanted = select(Attachment).where(Attachment.public_id == public_id)
        attachment = work.session.scalar(wanted)
        if attachment is None or (attachment.feedback_id or attachment.message_id) is None:
            abort(404)
        if not may_open(attachment):
            raise FileClosed
        audit.note(work, "file_viewed", attachment)
    # Read after the commit: a slow store must not hold the database.
    data = storing.read(attachment)
    return FileAnswer.of(data, attachment.filename, attachment.content_type)
