"""Entering what came by telephone, by post or over the counter."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from wtforms import ValidationError as FieldFault

from portal import audit, clock
from portal.cases import promises
from portal.cases.receiving import NewFeedback, receive
from portal.cases.references import make_reference
from portal.correspondence import outbox
from portal.correspondence.safe_contact import email_of
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind
from portal.web.access import Access, opens_to
from portal.web.officer.blueprint import officer, pages
from portal.web.officer.entering_form import EnteringForm
from portal.work import Work, begin_work, council


@pages.get("/enter")
@opens_to(Access.OFFICER)
def enter() -> ResponseReturnValue:
    """The empty form, with today as the day."""
    empty = {"reference": make_reference(), "received_on": clock.today()}
    return _page(EnteringForm(formdata=None, data=empty))


@pages.post("/enter")
@opens_to(Access.OFFICER)
def entered() -> ResponseReturnValue:
    """Receive it like everything else, once, and open it for a decision."""
    form = EnteringForm()
    if not form.validate():
        return _page(form), 422
    try:
        new = form.as_new(council().records_from)
    except FieldFault as fault:
        form.received_on.errors = [str(fault)]
        return _page(form), 422
    with begin_work(officer()) as work:
        feedback = _once(work, new)
    flash(
        f"Entered under {feedback.reference}. To let them follow it, read the reference out and"
        " give them secret words.",
        "success",
    )
    return redirect(url_for("officer.item", public_id=feedback.public_id))


def _once(work: Work, new: NewFeedback) -> Feedback:
    """Receive it, unless this very form was sent before."""
    known = work.session.scalar(select(Feedback).where(Feedback.reference == new.reference))
    if new.reference is not None and known is not None:
        return known
    feedback = receive(work, new)
    audit.note(work, "feedback_entered", feedback)
    if email_of(work, feedback) is not None:
        # As neutral as any receipt: see `portal.web.journey_sending`.
        promised = promises.first_promises(work.council, feedback.received_on, None)
        outbox.post(work, LetterKind.RECEIPT, feedback, {"promises": promised}, automatic=True)
    return feedback


def _page(form: EnteringForm) -> str:
    form.offer(council())
    return render_template("officer/enter.html", form=form)
