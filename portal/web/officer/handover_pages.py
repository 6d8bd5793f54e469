"""Passing a worry or a request on, and recording who took it."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import audit, clock
from portal.access.acts import Act
from portal.cases import handing_over
from portal.db import db
from portal.errors import Refused
from portal.records.feedback import Feedback
from portal.records.handover import Handover
from portal.records.outbox_letter import LetterState
from portal.web.access import opens_to
from portal.web.officer import wording
from portal.web.officer.blueprint import feedback_or_404, pages, staff
from portal.web.officer.handover_forms import WAYS, PassOnForm, TakenForm
from portal.work import begin_work, council


@pages.get("/feedback/<public_id>/passed-on")
@opens_to(Act.DECIDE)
def handovers(public_id: str) -> ResponseReturnValue:
    """What was passed on, and who took it."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        audit.note(work, "handovers_viewed", feedback)
    return _page(feedback, PassOnForm(formdata=None))


@pages.post("/feedback/<public_id>/passed-on")
@opens_to(Act.DECIDE)
def pass_on(public_id: str) -> ResponseReturnValue:
    """Pass something on. What else stands in the feedback stays as it is."""
    form = PassOnForm()
    feedback = feedback_or_404(db.session(), public_id)
    form.offer(council(), clock.today())
    if not form.validate():
        return _page(feedback, form), 422
    what, team = form.chosen()
    try:
        with begin_work(staff()) as work:
            feedback = feedback_or_404(work.session, public_id)
            _, letter = handing_over.pass_on(
                work, feedback, what, team, form.words.data or "", form.explanation.data or ""
            )
            withheld = letter.state is LetterState.WITHHELD
    except Refused as refused:
        form.words.errors = [refused.message]
        return _page(feedback_or_404(db.session(), public_id), form), refused.status
    told = (
        "The letter is read at “follow your feedback” only."
        if withheld
        else "The person is told by letter."
    )
    flash(f"Passed on. {told} It stays in sight until you record who took it.", "success")
    return redirect(url_for("officer.handovers", public_id=public_id), 303)


@pages.get("/feedback/<public_id>/passed-on/<handover_id>")
@opens_to(Act.DECIDE)
def taking(public_id: str, handover_id: str) -> ResponseReturnValue:
    """Ask who took it."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        handover = handing_over.find(work.session, feedback, handover_id) or abort(404)
        audit.note(work, "handovers_viewed", feedback)
        form = TakenForm(formdata=None, data={"on": work.today})
    return _taken_page(feedback, handover, form)


@pages.post("/feedback/<public_id>/passed-on/<handover_id>")
@opens_to(Act.DECIDE)
def taken(public_id: str, handover_id: str) -> ResponseReturnValue:
    """Record who took it."""
    form = TakenForm()
    feedback = feedback_or_404(db.session(), public_id)
    handover = handing_over.find(db.session(), feedback, handover_id) or abort(404)
    if not form.validate():
        return _taken_page(feedback, handover, form), 422
    try:
        with begin_work(staff()) as work:
            feedback = feedback_or_404(work.session, public_id)
            handover = handing_over.find(work.session, feedback, handover_id) or abort(404)
            handing_over.take(work, feedback, handover, form.taken())
    except Refused as refused:
        form.form_errors = [refused.message]
        with begin_work(staff()) as work:
            feedback = feedback_or_404(work.session, public_id)
            handover = handing_over.find(work.session, feedback, handover_id) or abort(404)
            audit.note(work, "handovers_viewed", feedback)
        return _taken_page(feedback, handover, form), refused.status
    flash("Recorded who took it.", "success")
    return redirect(url_for("officer.handovers", public_id=public_id), 303)


def _page(feedback: Feedback, form: PassOnForm) -> str:
    form.offer(council(), clock.today())
    return render_template(
        "officer/handovers.html",
        feedback=feedback,
        form=form,
        handovers=handing_over.of(db.session(), feedback.id),
        rest_is_open=handing_over.rest_is_open(feedback),
        ways=WAYS,
        wording=wording,
    )


def _taken_page(feedback: Feedback, handover: Handover, form: TakenForm) -> str:
    return render_template(
        "officer/handover_taken.html",
        feedback=feedback,
        handover=handover,
        form=form,
        wording=wording,
    )
