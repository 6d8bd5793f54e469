"""Sending files later, at /track: they come as a message with its files."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import MultipleFileField, SubmitField, TextAreaField
from wtforms.validators import Length

from portal import audit
from portal.attachments import storing
from portal.attachments.file_store import StoreAway
from portal.cases import messages
from portal.cases.messages import LONGEST_REPLY
from portal.records.feedback import Feedback
from portal.records.message import Sender
from portal.web import csrf, posted_files
from portal.web.access import Access, opens_to
from portal.web.govform import GovForm
from portal.web.tracking import showing, visit
from portal.web.tracking.coming_back import come_back
from portal.web.widgets import FileInput, Submit, TextArea
from portal.work import PUBLIC, begin_work

pages = Blueprint("tracking_files", __name__)
# The form checks its own token, so that an expired one shows the page again, filled.
csrf.exempt(pages)
MOST_FILES = 10
TOO_MANY = "You can send 10 files at a time. Send the others after these"
NOTHING_CHOSEN = "Choose a photo or a file first"
SENT = "We have got your files. We will look at them and answer you here."
NO_WORDS = "[No words were typed. See the files that came with this.]"


class FilesForm(GovForm):
    """Files, and words about them if the person likes."""

    files = MultipleFileField("Choose one or more files", widget=FileInput())
    words = TextAreaField(
        "What are they? (optional)",
        [Length(max=LONGEST_REPLY, message="Your words must be 20,000 characters or shorter")],
        widget=TextArea(),
    )
    submit = SubmitField("Send files", widget=Submit())


@pages.get("/track/files")
@opens_to(Access.TRACKER)
def ask() -> ResponseReturnValue:
    """The box for files."""
    feedback = visit.feedback_now()
    return come_back() if feedback is None else _page(feedback, FilesForm(formdata=None))


@pages.post("/track/files")
@opens_to(Access.TRACKER)
def send() -> ResponseReturnValue:
    """Take the files as one message."""
    form, feedback = FilesForm(), visit.feedback_now()
    if feedback is None:
        return come_back(form.words.data or "")
    if not form.validate():
        status = 400 if "csrf_token" in form and form["csrf_token"].errors else 422
        return _page(feedback, form), status
    good = posted_files.checked(form.files, MOST_FILES, TOO_MANY)
    if not good and not form.files.errors:
        form.files.errors = [NOTHING_CHOSEN]
    if form.files.errors:
        return _page(feedback, form), 422
    try:
        with begin_work(PUBLIC) as work:
            words = (form.words.data or "").strip() or NO_WORDS
            message = messages.add(work, feedback, Sender.PERSON, words)
            for file in good:
                storing.keep(work, file, message=message)
    except StoreAway as away:
        form.files.errors = [away.message]
        return _page(feedback, form), away.status
    flash(SENT, "success")
    return redirect(url_for("tracking.matter", _anchor="messages"), 303)


def _page(feedback: Feedback, form: FilesForm) -> str:
    with begin_work(PUBLIC) as work:
        audit.note(work, "tracking_viewed", feedback)
    return render_template("tracking/files.html", form=form, layout=showing.layout_for(feedback))
