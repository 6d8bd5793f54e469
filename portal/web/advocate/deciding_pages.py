"""What an advocate decides for a young person who agreed to that: points, next step, stopping."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.acts import Act
from portal.cases import asking, other_children
from portal.db import db
from portal.errors import Refused
from portal.marking import marked
from portal.procedures.state import Event
from portal.records.feedback import Feedback
from portal.web.access import opens_to
from portal.web.advocate.blueprint import followed, pages, who
from portal.web.advocate.matter_pages import matter_page
from portal.web.tracking import complaint, saying
from portal.web.tracking.forms import AskForm, ReplyForm, StopForm
from portal.web.tracking.part_shown import CameBack, part_asked, prefix
from portal.work import begin_work


@pages.post("/<public_id>/points/<part>/agree")
@opens_to(Act.DECIDE_FOR)
def agree_points(public_id: str, part: str) -> ResponseReturnValue:
    """The advocate says for the young person that the points are right."""
    number = saying.number_of(part)
    feedback = _followed(public_id, number)
    try:
        saying.agree(who(), feedback, number, request.form.get("mark", ""))
    except Refused as refused:
        flash(refused.message)
    else:
        flash(saying.AGREED, "success")
    return redirect(url_for(".matter", public_id=public_id, _anchor="points"))


@pages.post("/<public_id>/points/<part>/<number>/dispute")
@opens_to(Act.DECIDE_FOR)
def dispute_point(public_id: str, part: str, number: str) -> ResponseReturnValue:
    """The advocate says for the young person that a point is not what they said."""
    at = saying.number_of(part), saying.number_of(number)
    feedback, form = _followed(public_id, at[0]), complaint.form_for(*at)
    if form.validate():
        try:
            saying.dispute(who(), feedback, *at, form)
        except Refused as refused:
            form.wrong.errors = [refused.message]
        else:
            flash(saying.DISPUTED, "success")
            return redirect(url_for(".matter", public_id=public_id, _anchor="points"))
    return matter_page(public_id, ReplyForm(formdata=None), CameBack(disputes={at: form}))


@pages.post("/<public_id>/next-step")
@opens_to(Act.DECIDE_FOR)
def next_step(public_id: str) -> ResponseReturnValue:
    """The advocate asks for the next step for the young person. It counts from today."""
    part = part_asked()
    feedback = _followed(public_id, part)
    form = AskForm(prefix=prefix(part))
    if not form.validate():
        return matter_page(public_id, ReplyForm(formdata=None), CameBack(asked={part: form}))
    with begin_work(who()) as work:
        words = form.words.data or ""
        row = asking.ask_for_next(work, feedback, form.stage.data or "", words, part)
    if row.event is Event.NEXT_STAGE_ASKED_EARLY:
        flash(marked("We have written down that you asked for the next step."), "success")
    else:
        flash(marked("You have asked for the next step. It counts from today."), "success")
    return redirect(url_for(".matter", public_id=public_id), 303)


@pages.post("/<public_id>/no-next-step")
@opens_to(Act.DECIDE_FOR)
def no_next_step(public_id: str) -> ResponseReturnValue:
    """Take an early request back."""
    part = part_asked()
    feedback = _followed(public_id, part)
    with begin_work(who()) as work:
        asking.take_back_request(work, feedback, part)
    flash(marked("The next step is not asked for any more. You can ask again."), "success")
    return redirect(url_for(".matter", public_id=public_id), 303)


@pages.post("/<public_id>/stop")
@opens_to(Act.DECIDE_FOR)
def stop(public_id: str) -> ResponseReturnValue:
    """Ask us to stop, for the young person."""
    part = part_asked()
    feedback = _followed(public_id, part)
    form = StopForm(prefix=prefix(part))
    if not form.validate():
        return matter_page(public_id, ReplyForm(formdata=None), CameBack(stopping={part: form}))
    with begin_work(who()) as work:
        asking.ask_to_stop(work, feedback, form.why.data or "", part)
    flash(marked("We know that they want us to stop. We will talk to them first."), "success")
    return redirect(url_for(".matter", public_id=public_id), 303)


def _followed(public_id: str, part: int) -> Feedback:
    """The matter, in a part of which the advocate decides: never in one about another child."""
    feedback = followed(public_id)
    other_children.check_open(db.session(), feedback, part)
    return feedback
