"""An advocate's own notes on a matter."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.access.acts import Act
from portal.cases import advocate_notes
from portal.marking import marked
from portal.web.access import opens_to
from portal.web.advocate.blueprint import followed, pages, who
from portal.web.advocate.forms import NoteForm
from portal.web.advocate.matter_pages import matter_page
from portal.web.tracking.forms import ReplyForm
from portal.work import begin_work


@pages.post("/<public_id>/notes")
@opens_to(Act.FOLLOW)
def add_note(public_id: str) -> ResponseReturnValue:
    """Keep a note."""
    feedback, form = followed(public_id), NoteForm()
    if not form.validate():
        return matter_page(public_id, ReplyForm(formdata=None), note_form=form)
    with begin_work(who()) as work:
        advocate_notes.add(work, feedback, int(current_user.id), form.note.data or "")
    flash(marked("Your note is kept. Only you can read it."), "success")
    return redirect(url_for(".matter", public_id=public_id, _anchor="notes"))


@pages.post("/<public_id>/notes/<note_id>/delete")
@opens_to(Act.FOLLOW)
def delete_note(public_id: str, note_id: str) -> ResponseReturnValue:
    """Delete a note."""
    feedback = followed(public_id)
    with begin_work(who()) as work:
        advocate_notes.delete(work, feedback, int(current_user.id), note_id)
    flash(marked("The note is deleted."), "success")
    return redirect(url_for(".matter", public_id=public_id, _anchor="notes"))
