"""The person saves a letter to them from /track, as a text that opens on any phone."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from portal import audit, clock
from portal.access.let_in import WITH_A_KEY
from portal.cases.messages import TITLES
from portal.correspondence.one_use_links import without_links
from portal.correspondence.outbox import NOT_IN_THE_THREAD
from portal.records.outbox_letter import OutboxLetter
from portal.web import text_file
from portal.web.access import Access, opens_to
from portal.web.tracking import visit
from portal.web.tracking.coming_back import come_back
from portal.wording import day_in_words, say, worded
from portal.work import PUBLIC, begin_work

pages = Blueprint("saving", __name__)


@pages.get("/track/matter/letters/<public_id>")
@opens_to(Access.TRACKER)
def letter(public_id: str) -> ResponseReturnValue:
    """Save one letter of this visit's matter, as the page shows it."""
    feedback = visit.feedback_now()
    if feedback is None:
        return come_back()
    with begin_work(PUBLIC) as work:
        wanted = select(OutboxLetter).where(
            OutboxLetter.public_id == public_id,
            OutboxLetter.feedback_id == feedback.id,
            OutboxLetter.shown_to_person,
            OutboxLetter.kind.not_in([*NOT_IN_THE_THREAD, *WITH_A_KEY]),
        )
        found = work.session.scalar(wanted)
        if found is None:
            abort(404)
        audit.note(work, "letter_saved_by_person", found)
        on = found.posted_on or clock.london_date(found.written_at)
        lines = [
            say("Reference: %(reference)s", reference=feedback.reference),
            day_in_words(on),
            worded(TITLES.get(found.kind, found.subject)),
            # What is saved stays on the device: a link that works once is no part of it.
            without_links(found.body),
        ]
    return text_file.answer(lines, f"letter-{on.isoformat()}.txt")
