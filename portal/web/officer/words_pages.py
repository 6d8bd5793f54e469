"""New secret words for somebody who has lost theirs: shown once, to be read out."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal import audit
from portal.access.acts import Act
from portal.cases.tracking import IdentityCheck, give_new_words
from portal.db import db
from portal.records.feedback import Feedback
from portal.web.access import opens_to
from portal.web.govform import GovForm
from portal.web.officer import reading
from portal.web.officer.blueprint import feedback_or_404, pages, staff
from portal.web.officer.radio_question import asked
from portal.work import begin_work, council

CHECKS = {
    IdentityCheck.KNOWS_WHAT_WAS_SAID: "They told me something that only they would know from what"
    " they wrote",
    IdentityCheck.CALLED_BACK: "I called them back on the number that they gave us before",
    IdentityCheck.KNOWN_TO_STAFF: "A worker who knows them was there, or passed them on to me",
    IdentityCheck.SEEN_IN_PERSON: "They were here, and showed who they are",
}


class CheckedForm(GovForm):
    """How it was made sure of who gets the words."""

    checked = asked("How did you make sure who they are?", CHECKS, "Choose how you made sure")


@pages.get("/feedback/<public_id>/words")
@opens_to(Act.GIVE_WORDS)
def words(public_id: str) -> ResponseReturnValue:
    """Ask before the old words stop working: has the caller shown who they are?"""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        audit.note(work, "words_viewed", feedback)
    return _page(feedback, CheckedForm(formdata=None))


@pages.post("/feedback/<public_id>/words")
@opens_to(Act.GIVE_WORDS)
def new_words(public_id: str) -> ResponseReturnValue:
    """Give new words, once it is said how it was made sure of who gets them. They stand in this one
    answer and nowhere else: not even we can show them a second time."""
    form = CheckedForm()
    if not form.validate():
        return _page(feedback_or_404(db.session(), public_id), form), 422
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        given = give_new_words(work, feedback, IdentityCheck(form.checked.data))
    return _page(feedback, form, given.split())


def _page(feedback: Feedback, form: CheckedForm, words: list[str] | None = None) -> str:
    return render_template(
        "officer/words.html",
        feedback=feedback,
        form=form,
        words=words,
        contact_lines=reading.contact_lines(db.session(), council(), feedback),
    )
