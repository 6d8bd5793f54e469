"""New secret words for somebody who has lost theirs: shown once, to be read out."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal import audit
from portal.access.acts import Act
from portal.cases.tracking import give_new_words
from portal.web.access import opens_to
from portal.web.officer.blueprint import feedback_or_404, pages, staff
from portal.work import begin_work


@pages.get("/feedback/<public_id>/words")
@opens_to(Act.GIVE_WORDS)
def words(public_id: str) -> ResponseReturnValue:
    """Ask before the old words stop working: has the caller shown who they are?"""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        audit.note(work, "words_viewed", feedback)
    return render_template("officer/words.html", feedback=feedback, words=None)


@pages.post("/feedback/<public_id>/words")
@opens_to(Act.GIVE_WORDS)
def new_words(public_id: str) -> ResponseReturnValue:
    """Give new words. They stand in this one answer and nowhere else: not even we can show them
    a second time."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        given = give_new_words(work, feedback)
    return render_template("officer/words.html", feedback=feedback, words=given.split())
