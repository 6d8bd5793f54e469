"""Files that an advocate saves: what the young person and they sent, and letters they may read."""

from dataclasses import replace

from flask.typing import ResponseReturnValue
from sqlalchemy import select

from portal import audit, clock
from portal.access.acts import Act
from portal.attachments import storing
from portal.correspondence import print_queue
from portal.correspondence.one_use_links import without_links
from portal.errors import Refused
from portal.records.attachment import Attachment
from portal.records.feedback import Feedback
from portal.records.outbox_letter import OutboxLetter
from portal.web.access import Of, opens_to
from portal.web.advocate.blueprint import pages, who
from portal.web.officer import paper
from portal.web.officer.sandboxed import FileAnswer
from portal.work import begin_work, council


class FileClosed(Refused):
    """A file that was found harmful, or was never kept."""

    title = "This file cannot be opened"
    message = "We did not take this file, or our virus scanner stopped it. Send it in another form."
    status = 409


@pages.get("/files/<public_id>")
@opens_to(Act.OPEN_THEIR_FILE, of=Of.THEIR_FILE)
def sent_file(public_id: str) -> ResponseReturnValue:
    """Save one file of a matter that they follow."""
    with begin_work(who()) as work:
        wanted = select(Attachment).where(Attachment.public_id == public_id)
        attachment = work.session.scalars(wanted).one()
        if attachment.stored_as is None or attachment.state not in storing.OPENABLE:
            raise FileClosed
        audit.note(work, "file_viewed", attachment)
    # Read after the commit: a slow store must not hold the database.
    data = storing.read(attachment)
    return FileAnswer.of(data, attachment.filename, attachment.content_type)


@pages.get("/letters/<public_id>")
@opens_to(Act.READ_THEIR_LETTER, of=Of.THEIR_LETTER)
def letter_file(public_id: str) -> ResponseReturnValue:
    """Save one letter to the young person as it is on paper, without where they live."""
    with begin_work(who()) as work:
        wanted = select(OutboxLetter).where(OutboxLetter.public_id == public_id)
        letter = work.session.scalars(wanted).one()
        written_on = letter.posted_on or clock.london_date(letter.written_at)
        sheet = replace(
            print_queue.sheet_of(work, letter),
            address=(),
            on=written_on,
            paragraphs=_paragraphs(letter),
        )
        reference = work.session.get_one(Feedback, letter.feedback_id).reference
        audit.note(work, "letter_saved", letter)
    # Set after the commit: nothing slow stands inside an act.
    return paper.answer([sheet], council(), f"letter-{reference}-{written_on.isoformat()}")


def _paragraphs(letter: OutboxLetter) -> tuple[str, ...]:
    # A link that works once is the person's own, whatever letter it stands in.
    parts = without_links(letter.body).strip().split("\n\n")
    return tuple(part for part in parts if part.strip())
