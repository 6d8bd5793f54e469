"""What waits for proceedings to end, and bringing it again when they have."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import audit, clock
from portal.access.acts import Act
from portal.cases import linking, resubmitting
from portal.cases.references import make_reference
from portal.db import db
from portal.errors import Refused
from portal.web.access import may, opens_to, visible
from portal.web.officer.blueprint import feedback_or_404, pages, staff
from portal.web.officer.resubmission_forms import BringAgainForm, TiesToForm
from portal.work import begin_work


@pages.get("/set-aside")
@opens_to(Act.LIST)
def set_aside() -> ResponseReturnValue:
    """Everything that was put off for proceedings, with the day until which it may come back."""
    with begin_work(staff()) as work:
        audit.note(work, "set_aside_viewed")
    return render_template(
        "officer/set_aside.html",
        listed=resubmitting.set_aside(db.session(), visible()),
        today=clock.today(),
        readable=lambda one: may(Act.READ, one.id),
    )


@pages.get("/feedback/<public_id>/resubmission")
@opens_to(Act.DECIDE)
def resubmission(public_id: str) -> ResponseReturnValue:
    """What of it waits, what has come back, and the forms for both."""
    return _page(public_id, _begun(), TiesToForm(formdata=None))


@pages.post("/feedback/<public_id>/resubmission")
@opens_to(Act.DECIDE)
def bring_again(public_id: str) -> ResponseReturnValue:
    """The person asked for it: new feedback, from the day on which they asked."""
    form = BringAgainForm()
    if not form.validate():
        return _page(public_id, form, TiesToForm(formdata=None)), 422
    assert form.asked_on.data is not None, "The form validated."
    try:
        with begin_work(staff()) as work:
            earlier = feedback_or_404(work.session, public_id)
            reference = form.drawn() or make_reference()
            words = form.words.data or ""
            feedback = resubmitting.bring_again(work, earlier, reference, form.asked_on.data, words)
            made, theirs = feedback.public_id, feedback.reference
    except Refused as refused:
        form.form_errors.append(refused.message)
        return _page(public_id, form, TiesToForm(formdata=None)), refused.status
    flash(f"It is in the queue as {theirs}. Their secret words open it as well.", "success")
    return redirect(url_for("officer.item", public_id=made), 303)


@pages.post("/feedback/<public_id>/takes-up")
@opens_to(Act.DECIDE)
def takes_up(public_id: str) -> ResponseReturnValue:
    """This came by itself, and takes up something that waited."""
    form = TiesToForm()
    if not form.validate():
        return _page(public_id, _begun(), form), 422
    try:
        with begin_work(staff()) as work:
            feedback = feedback_or_404(work.session, public_id)
            typed = form.earlier.data or ""
            earlier = linking.find_by_reference(work.session, typed, visible(Act.DECIDE))
            resubmitting.tie(work, feedback, earlier)
    except Refused as refused:
        form.earlier.errors = [refused.message]
        return _page(public_id, _begun(), form), refused.status
    flash("Noted. Both pages lead to each other.", "success")
    return redirect(url_for("officer.resubmission", public_id=public_id), 303)


def _begun() -> BringAgainForm:
    begun = {"reference": make_reference(), "asked_on": clock.today()}
    return BringAgainForm(formdata=None, data=begun)


def _page(public_id: str, form: BringAgainForm, tie_form: TiesToForm) -> str:
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        audit.note(work, "resubmission_viewed", feedback)
    session = db.session()
    earlier = resubmitting.taken_up_by(session, feedback)
    return render_template(
        "officer/resubmission.html",
        feedback=feedback,
        form=form,
        tie_form=tie_form,
        waits=resubmitting.waits(session, feedback),
        takes_up=earlier is not None,
        earlier=earlier if earlier is not None and may(Act.READ, earlier.id) else None,
        readable=lambda one: may(Act.READ, one.id),
        today=clock.today(),
    )
