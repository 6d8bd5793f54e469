"""Writing down what a voice note says or a picture shows: an officer's words, marked as theirs."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.access.acts import Act
from portal.cases import alarming_words
from portal.cases import hearing as hearing_files
from portal.cases.receiving import LONGEST_STORY
from portal.db import db
from portal.records.attachment import Attachment
from portal.records.feedback import Feedback, FeedbackState
from portal.records.message import Message
from portal.triage import suggesting
from portal.web.access import Of, opens_to
from portal.web.govform import GovForm
from portal.web.officer.blueprint import pages, staff
from portal.web.officer.written_box import written_box
from portal.work import begin_work


class HeardForm(GovForm):
    """What it says or shows."""

    heard = written_box(
        "What does it say or show?",
        "Write down their words as they are said. Of a picture, say what it shows. What you add"
        " yourself, put in brackets.",
        "Write what it says or shows. If you cannot tell, write that",
        longest=LONGEST_STORY,
    )


@pages.get("/files/<public_id>/words", endpoint="hearing")
@opens_to(Act.DECIDE, of=Of.FILE)
def hearing_page(public_id: str) -> ResponseReturnValue:
    """Show what is written down of a file, to be written or mended."""
    with begin_work(staff()) as work:
        file, feedback = _file_or_404(work.session, public_id)
        audit.note(work, "hearing_viewed", feedback)
        form = HeardForm(formdata=None, data={"heard": file.heard})
    return _page(file, feedback, form)


@pages.post("/files/<public_id>/words")
@opens_to(Act.DECIDE, of=Of.FILE)
def write_heard(public_id: str) -> ResponseReturnValue:
    """Keep it, and let what reads texts read it."""
    form = HeardForm()
    file, feedback = _file_or_404(db.session(), public_id)
    if not form.validate():
        return _page(file, feedback, form), 422
    with begin_work(staff()) as work:
        file, feedback = _file_or_404(work.session, public_id)
        hearing_files.write_down(work, feedback, file, form.heard.data or "")
        suggesting.ask_again(work, feedback)
        raised = alarming_words.read_heard(work, feedback, form.heard.data or "")
        decided = feedback.state is FeedbackState.DECIDED
        page = "officer.alert" if raised else "officer.item"
        address = url_for(page, public_id=feedback.public_id)
    flash(_kept(decided, raised), "success")
    return redirect(address, 303)


def _kept(decided: bool, raised: bool) -> str:
    """What happens with the words now."""
    if raised:
        return "Kept, as your words. They may mean danger now, so the duty team is being told."
    if decided:
        return "Kept, as your words. This is decided, so no new suggestion is made from them."
    return "Kept, as your words. A new suggestion is made from them."


def _file_or_404(session: Session, public_id: str) -> tuple[Attachment, Feedback]:
    """The file of an address with its matter, which the view's rule has found open already."""
    file = session.scalar(select(Attachment).where(Attachment.public_id == public_id))
    if file is None:
        abort(404)
    key = file.feedback_id
    if key is None:
        key = session.scalar(select(Message.feedback_id).where(Message.id == file.message_id))
    feedback = session.get(Feedback, key) if key is not None else None
    return (file, feedback) if feedback is not None else abort(404)


def _page(file: Attachment, feedback: Feedback, form: HeardForm) -> str:
    return render_template("officer/hearing.html", file=file, feedback=feedback, form=form)
