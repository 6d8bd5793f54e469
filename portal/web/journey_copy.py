"""A copy of what was sent, for half an hour, in the browser that sent it."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from portal import audit
from portal.attachments import storing
from portal.cases import drafts
from portal.records.attachment import Attachment
from portal.records.feedback import Feedback
from portal.web import draft_cookie, our_sentences, text_file
from portal.web.journey import Journey
from portal.web.journey_pages import bound
from portal.wording import moment, say
from portal.work import PUBLIC, Work, begin_work

FILENAME = "copy.txt"


def add_copy(pages: Blueprint, journey: Journey) -> None:
    """Put the copy of what was sent on the blueprint of a journey.

    Args:
        pages: the blueprint, on which the journey lies already.
        journey: the questions and where they lie.
    """
    pages.add_url_rule(f"/{journey.folder}/sent/copy", "sent_copy", bound(_copy, journey))


def _copy(journey: Journey) -> ResponseReturnValue:
    with begin_work(PUBLIC) as work:
        draft = draft_cookie.find(work, journey.door)
        if draft is None or not drafts.has_copy(draft, work.now):
            return render_template("public/sent_ended.html", journey=journey), 410
        feedback = work.session.get_one(Feedback, draft.feedback_id)
        audit.note(work, "copy_saved", feedback)
        return text_file.answer(_lines(work, feedback), FILENAME)


def _lines(work: Work, feedback: Feedback) -> list[str]:
    """Their own words, points and wish, with the reference. The secret words are never in it."""
    kept = select(Attachment.filename).where(
        Attachment.feedback_id == feedback.id, Attachment.state.in_(storing.OPENABLE)
    )
    names = list(work.session.scalars(kept.order_by(Attachment.id)))
    wanted = [say("What you want to happen"), feedback.wanted] if feedback.wanted else []
    told = our_sentences.pieces_of(work.session, feedback, to_the_person=True)
    sent = [say("Sent with it"), "\n".join(names)] if names else []
    return [
        say("Reference: %(reference)s", reference=feedback.reference),
        say("Sent: %(moment)s", moment=moment(feedback.received_at)),
        say("What you told us"),
        *(one.text for one in told),
        *wanted,
        *sent,
    ]
