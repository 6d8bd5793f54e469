"""Officers' notes on a matter: a page of its own, closed to everybody but complaints officers."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import audit
from portal.access.acts import Act
from portal.cases import alarming_words, case_notes
from portal.db import db
from portal.matter_rows import fetch_matter
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.web.access import may, opens_to
from portal.web.govform import GovForm
from portal.web.officer import case_bar
from portal.web.officer.blueprint import feedback_or_404, pages, part_or_404, staff
from portal.web.officer.history import at_words
from portal.web.officer.item_pages import words_of
from portal.web.officer.written_box import written_box
from portal.work import begin_work

ASKS = (
    "The note is kept. Some of its words may mean that somebody is in danger now. Nobody has been"
    " told: if it is so, say it here."
)


class NoteForm(GovForm):
    """One note."""

    text = written_box(
        "A note for your colleagues",
        "Complaints officers read it, and nobody else. Who asks for what is held about them may be"
        " shown it: write what you could say to them.",
        "Write the note",
    )


@pages.get("/feedback/<public_id>/notes", endpoint="notes")
@opens_to(Act.CONDUCT)
def notes_page(public_id: str) -> ResponseReturnValue:
    """Read the notes; the look is recorded."""
    with begin_work(staff()) as work:
        feedback, case = part_or_404(work.session, public_id)
        audit.note(work, "notes_viewed", feedback)
    return _page(feedback, case, NoteForm(formdata=None))


@pages.post("/feedback/<public_id>/notes")
@opens_to(Act.CONDUCT)
def add_note(public_id: str) -> ResponseReturnValue:
    """Add one."""
    form = NoteForm()
    if not form.validate():
        return _page(*part_or_404(db.session(), public_id), form), 422
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        case_notes.add(work, feedback, form.text.data or "")
        asks = alarming_words.asks(work.session, feedback, form.text.data or "")
    if asks and may(Act.DECIDE, feedback.id):
        flash(ASKS, "success")
        return redirect(url_for("officer.say_danger", public_id=public_id), 303)
    flash("The note is kept.", "success")
    return redirect(url_for("officer.notes", public_id=public_id), 303)


def _page(feedback: Feedback, case: Case | None, form: NoteForm) -> str:
    session = db.session()
    fetch_matter(session, feedback, [case] if case is not None else [])
    return render_template(
        "officer/notes.html",
        form=form,
        notes=case_notes.of(session, feedback),
        at_words=at_words,
        bar=case_bar.of(session, feedback, case),
        here="notes",
        **words_of(session, feedback),
    )
