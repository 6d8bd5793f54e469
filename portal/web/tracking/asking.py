"""What a person asks for at /track: the next step, or to stop. One press, words if they like."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import TextAreaField
from wtforms.validators import Length

from portal.cases import asking
from portal.cases.messages import LONGEST_REPLY
from portal.procedures.state import Event
from portal.web.access import Access, opens_to
from portal.web.govform import GovForm
from portal.web.tracking import visit
from portal.web.widgets import TextArea
from portal.work import PUBLIC, begin_work

pages = Blueprint("asking", __name__)
CLOSED = "We closed the page because nothing happened for 30 minutes. Enter your words again."


def _why() -> TextAreaField:
    too_long = "Your words must be 20,000 characters or shorter"
    return TextAreaField(
        "You can say why, if you like",
        widget=TextArea(),
        validators=[Length(max=LONGEST_REPLY, message=too_long)],
    )


class AskForm(GovForm):
    """Words that go with a request for the next step. None are needed."""

    words = _why()


class StopForm(GovForm):
    """Words that go with a wish to stop. None are needed."""

    why = _why()


@pages.post("/track/matter/next-step")
@opens_to(Access.TRACKER)
def next_step() -> ResponseReturnValue:
    """Ask for the next step. It counts from today."""
    form, feedback = AskForm(), visit.feedback_now()
    if feedback is None:
        return _come_back()
    if not form.validate():
        flash(_first_error(form))
        return redirect(url_for("tracking.matter"))
    with begin_work(PUBLIC) as work:
        row = asking.ask_for_next(work, feedback, form.words.data or "")
    if row.event is Event.NEXT_STAGE_ASKED_EARLY:
        flash("We have written down that you asked for the next step.", "success")
    else:
        flash("You have asked for the next step. It counts from today.", "success")
    return redirect(url_for("tracking.matter"), 303)


@pages.post("/track/matter/no-next-step")
@opens_to(Access.TRACKER)
def no_next_step() -> ResponseReturnValue:
    """Take an early request back."""
    feedback = visit.feedback_now()
    if feedback is None:
        return _come_back()
    with begin_work(PUBLIC) as work:
        asking.take_back_request(work, feedback)
    flash("You do not ask for the next step any more. You can ask again.", "success")
    return redirect(url_for("tracking.matter"), 303)


@pages.post("/track/matter/stop")
@opens_to(Access.TRACKER)
def stop() -> ResponseReturnValue:
    """Ask us to stop looking into it."""
    form, feedback = StopForm(), visit.feedback_now()
    if feedback is None:
        return _come_back()
    if not form.validate():
        flash(_first_error(form))
        return redirect(url_for("tracking.matter"))
    with begin_work(PUBLIC) as work:
        asking.ask_to_stop(work, feedback, form.why.data or "")
    flash("We know that you want us to stop. We will talk to you first.", "success")
    return redirect(url_for("tracking.matter"), 303)


def _first_error(form: GovForm) -> str:
    return next((str(sentence) for errors in form.errors.values() for sentence in errors), "")


def _come_back() -> ResponseReturnValue:
    visit.end()
    flash(CLOSED)
    return redirect(url_for("tracking.start"))
