"""What a person asks for at /track: the next step, or to stop. One press, words if they like."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.cases import asking, experiences, referring
from portal.marking import marked
from portal.procedures.state import Event
from portal.records.experience import Experienced
from portal.web.access import Access, opens_to
from portal.web.tracking import visit
from portal.web.tracking.coming_back import come_back
from portal.web.tracking.forms import AskForm, ExperienceForm, ReplyForm, StopForm
from portal.web.tracking.pages import matter_page
from portal.web.tracking.part_shown import CameBack, part_asked, prefix
from portal.work import PUBLIC, begin_work

pages = Blueprint("asking", __name__)


@pages.post("/track/matter/next-step")
@opens_to(Access.TRACKER)
def next_step() -> ResponseReturnValue:
    """Ask for the next step. It counts from today."""
    part = part_asked()
    form, feedback = AskForm(prefix=prefix(part)), visit.feedback_now()
    if feedback is None:
        return _keep("asks", form.words.data, part)
    if not form.validate():
        return matter_page(feedback, ReplyForm(formdata=None), back=CameBack(asked={part: form}))
    with begin_work(PUBLIC) as work:
        row = asking.ask_for_next(
            work, feedback, form.stage.data or "", form.words.data or "", part
        )
    if row.event is Event.NEXT_STAGE_ASKED_EARLY:
        flash(marked("We have written down that you asked for the next step."), "success")
    else:
        flash(marked("You have asked for the next step. It counts from today."), "success")
    return redirect(url_for("tracking.matter"), 303)


@pages.post("/track/matter/no-next-step")
@opens_to(Access.TRACKER)
def no_next_step() -> ResponseReturnValue:
    """Take an early request back."""
    feedback = visit.feedback_now()
    if feedback is None:
        return come_back()
    with begin_work(PUBLIC) as work:
        asking.take_back_request(work, feedback, part_asked())
    flash(marked("You do not ask for the next step any more. You can ask again."), "success")
    return redirect(url_for("tracking.matter"), 303)


@pages.post("/track/matter/advocate")
@opens_to(Access.TRACKER)
def an_advocate() -> ResponseReturnValue:
    """A young person asks for an advocate, at any time. The referral goes today."""
    feedback = visit.feedback_now()
    if feedback is None:
        return come_back()
    with begin_work(PUBLIC) as work:
        asked = referring.ask(work, feedback)
    if asked:
        flash(marked("You asked for an advocate. We ask for one today."), "success")
    else:
        flash(marked("You asked for an advocate before. We are on it."))
    return redirect(url_for("tracking.matter", _anchor="advocates"), 303)


@pages.post("/track/matter/how-it-went")
@opens_to(Access.TRACKER)
def how_it_went() -> ResponseReturnValue:
    """Say how it went."""
    form, feedback = ExperienceForm(), visit.feedback_now()
    if feedback is None:
        return come_back(how=form.code.data or "", said=form.said.data or "")
    if not form.validate():
        return matter_page(feedback, ReplyForm(formdata=None), back=CameBack(experience=form))
    with begin_work(PUBLIC) as work:
        experiences.say(work, feedback, Experienced(form.code.data), form.said.data or "")
    flash(marked("Thank you for telling us how it went."), "success")
    return redirect(url_for("tracking.matter"), 303)


@pages.post("/track/matter/stop")
@opens_to(Access.TRACKER)
def stop() -> ResponseReturnValue:
    """Ask us to stop looking into it."""
    part = part_asked()
    form, feedback = StopForm(prefix=prefix(part)), visit.feedback_now()
    if feedback is None:
        return _keep("stops", form.why.data, part)
    if not form.validate():
        back = CameBack(stopping={part: form})
        return matter_page(feedback, ReplyForm(formdata=None), back=back)
    with begin_work(PUBLIC) as work:
        asking.ask_to_stop(work, feedback, form.why.data or "", part)
    flash(marked("We know that you want us to stop. We will talk to you first."), "success")
    return redirect(url_for("tracking.matter"), 303)


def _keep(box: str, words: str | None, part: int) -> ResponseReturnValue:
    """Ask for the secret words again; what was typed stands in its own box afterwards."""
    if not (words or "").strip():
        return come_back()
    return come_back(chose=False, **{box: words or "", "of_part": str(part)})
