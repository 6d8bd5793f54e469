"""Whom a person lets in at /track: what an advocate may do, and links for supporters."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.cases import advocacy, supporters
from portal.marking import marked
from portal.records.feedback import Feedback
from portal.web.access import Access, opens_to
from portal.web.advocate import scope_words
from portal.web.supporter.forms import SupporterForm
from portal.web.tracking import showing, visit
from portal.web.tracking.buttons import check_buttons
from portal.web.tracking.coming_back import come_back
from portal.web.tracking.forms import WordsForm
from portal.work import PUBLIC, begin_work, settings

pages = Blueprint("allowing", __name__, url_prefix="/track/matter")
check_buttons(pages, "supporter")


@pages.post("/allow/<public_id>")
@opens_to(Access.TRACKER)
def scope(public_id: str) -> ResponseReturnValue:
    """The person says what an advocate may do from this moment on."""
    feedback = visit.feedback_now()
    if feedback is None:
        return come_back()
    agreed = scope_words.chosen(request.form.getlist("scope"))
    with begin_work(PUBLIC) as work:
        name = advocacy.change_scope(work, feedback, public_id, agreed)
    if name is None:
        flash(marked("They cannot see this now. Nothing has changed."))
    else:
        flash(marked("We have changed what they can do."), "success")
    return redirect(url_for("tracking.matter", _anchor="advocates"), 303)


@pages.route("/supporter", methods=["GET", "POST"])
@opens_to(Access.TRACKER)
def supporter() -> ResponseReturnValue:
    """The person makes a link for somebody they trust; it is shown once."""
    form, feedback = SupporterForm(), visit.feedback_now()
    if feedback is None:
        return come_back(
            helper=form.name.data or "",
            helps=" ".join(form.scope.data or []),
            days=form.days.data or "",
        )
    if not form.validate_on_submit():
        return _page(feedback, form), 422 if form.is_submitted() else 200
    with begin_work(PUBLIC) as work:
        name, last_day = form.name.data or "", form.last_day(work.today)
        made, token = supporters.offer(work, feedback, name, form.agreed(), last_day)
        name = made.name
    return render_template(
        "tracking/supporter_link.html",
        name=name,
        last_day=last_day,
        address=link_address(token),
        layout=showing.layout_for(feedback),
    )


def still_to_make(feedback: Feedback, kept: WordsForm) -> ResponseReturnValue:
    """Show the form for a link as it was being filled in when the visit ended.

    Args:
        feedback: the matter of the visit that has just begun.
        kept: the words, shown again, with what came along.
    """
    ticked = (kept.helps.data or "").split()
    data = {"name": kept.helper.data, "scope": ticked, "days": kept.days.data}
    return _page(feedback, SupporterForm(formdata=None, data=data), still_to_make=True)


@pages.post("/supporters/<public_id>/end")
@opens_to(Access.TRACKER)
def end_supporter(public_id: str) -> ResponseReturnValue:
    """The person stops a supporter at once."""
    feedback = visit.feedback_now()
    if feedback is None:
        return come_back()
    with begin_work(PUBLIC) as work:
        name = supporters.end(work, feedback, public_id)
    if name is None:
        flash(marked("Nobody of that name helps you here. Nothing has changed."))
    else:
        flash(marked("They cannot see this any more."), "success")
    return redirect(url_for("tracking.matter", _anchor="advocates"), 303)


def _page(feedback: Feedback, form: SupporterForm, still_to_make: bool = False) -> str:
    return render_template(
        "tracking/supporter.html",
        form=form,
        layout=showing.layout_for(feedback),
        left=visit.left(),
        still_to_make=still_to_make,
    )


def link_address(token: str) -> str:
    """The whole address of a link, to copy."""
    return settings().public_url + url_for("supporter.link", token=token)
