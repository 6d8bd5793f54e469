"""Writing down in English what a text says that is not: an officer's words, marked as theirs."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal import audit
from portal.access.acts import Act
from portal.cases import in_english
from portal.cases.receiving import LONGEST_STORY
from portal.db import db
from portal.matter_rows import MESSAGES
from portal.records.feedback import Feedback
from portal.records.message import Message, Sender
from portal.triage import suggesting
from portal.web.access import opens_to
from portal.web.govform import GovForm
from portal.web.officer.blueprint import feedback_or_404, pages, staff
from portal.web.officer.written_box import written_box
from portal.work import begin_work


class InEnglishForm(GovForm):
    """What it says in English."""

    words = written_box(
        "What does it say in English?",
        "All of it, as it is said. What you add yourself, put in brackets: who read it to you,"
        " what you are not sure of. If it is in English after all, write that.",
        "Write what it says. If you cannot tell, write that",
        longest=LONGEST_STORY,
    )


@pages.get("/feedback/<public_id>/in-english", endpoint="in_english")
@opens_to(Act.DECIDE)
def in_english_page(public_id: str) -> ResponseReturnValue:
    """Show a text with what is written down of it, to be written or mended."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        message = _message_or_404(work.session, feedback)
        audit.note(work, "in_english_viewed", feedback)
        row = in_english.of_text(work.session, feedback, message)
        written = row.words if row is not None else None
    return _page(feedback, message, InEnglishForm(formdata=None, data={"words": written}))


@pages.post("/feedback/<public_id>/in-english")
@opens_to(Act.DECIDE)
def write_in_english(public_id: str) -> ResponseReturnValue:
    """Keep it, and let what reads texts read it."""
    form = InEnglishForm()
    feedback = feedback_or_404(db.session(), public_id)
    if not form.validate():
        return _page(feedback, _message_or_404(db.session(), feedback), form), 422
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        message = _message_or_404(work.session, feedback)
        in_english.write_down(work, feedback, message, form.words.data or "")
        suggesting.ask_again(work, feedback)
    flash("Kept, as your words. A new suggestion is made from them.", "success")
    return redirect(url_for("officer.item", public_id=public_id), 303)


def _message_or_404(session: Session, feedback: Feedback) -> Message | None:
    """The message that the address names; None where it names none: the first words are meant."""
    asked = request.args.get("text")
    if asked is None:
        return None
    said = (one for one in MESSAGES.of(session, feedback.id) if one.sender is not Sender.COUNCIL)
    return next((one for one in said if one.public_id == asked), None) or abort(404)


def _page(feedback: Feedback, message: Message | None, form: InEnglishForm) -> str:
    return render_template("officer/in_english.html", feedback=feedback, message=message, form=form)
