"""/advocates/: an advocate follows the matters that young people have let them follow."""

from collections.abc import Mapping

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from portal import clock
from portal.access.acts import Act
from portal.cases import advocacy, messages, tracking
from portal.db import db
from portal.errors import Refused
from portal.records.feedback import Feedback
from portal.records.message import Sender
from portal.web.access import opens_to
from portal.web.advocate import joining, listing
from portal.web.advocate.forms import JoinForm
from portal.web.tracking import complaint, saying, showing
from portal.web.tracking.buttons import check_buttons
from portal.web.tracking.forms import DisputeForm, ReplyForm
from portal.web.tracking.part_shown import CameBack, headline, parts_shown
from portal.work import Who, begin_work, council, counting_council

pages = Blueprint("advocate", __name__, url_prefix="/advocates")
check_buttons(pages, "join", "matter", "dispute_point")


@pages.get("/")
@opens_to(Act.FOLLOW_LIST)
def matters() -> ResponseReturnValue:
    """List the advocate's own matters."""
    mine = advocacy.matters(db.session(), current_user.id)
    rows = listing.rows(db.session(), council(), mine, clock.today())
    return render_template("advocate/matters.html", rows=rows)


@pages.route("/join", methods=["GET", "POST"])
@opens_to(Act.FOLLOW_LIST)
def join() -> ResponseReturnValue:
    """Ask for a young person's reference and words."""
    form = JoinForm()
    if not form.validate_on_submit():
        return _join_page(form, 422 if form.is_submitted() else 200)
    try:
        feedback = tracking.open_with_words(
            _who(), form.reference.data or "", form.words.data or "", request.remote_addr or ""
        )
    except Refused as refusal:
        form.reference.errors = [refusal.message]
        return _join_page(form, refusal.status)
    joining.remember(feedback)
    return redirect(url_for(".confirm"))


@pages.get("/join/confirm")
@opens_to(Act.FOLLOW_LIST)
def confirm() -> ResponseReturnValue:
    """Say what the advocate will see, before they see it."""
    feedback = joining.remembered()
    if feedback is None:
        return _join_again()
    return render_template("advocate/confirm.html", feedback=feedback)


@pages.post("/join/confirm")
@opens_to(Act.FOLLOW_LIST)
def confirmed() -> ResponseReturnValue:
    """Join, with the trail."""
    feedback = joining.remembered()
    if feedback is None:
        return _join_again()
    joining.forget()
    with begin_work(_who()) as work:
        advocacy.join(work, current_user.id, feedback)
    flash("You follow this now. The young person can see that you do.", "success")
    return redirect(url_for(".matter", public_id=feedback.public_id))


@pages.route("/<public_id>", methods=["GET", "POST"])
@opens_to(Act.FOLLOW)
def matter(public_id: str) -> ResponseReturnValue:
    """Show one matter; take a message."""
    feedback = _followed(public_id)
    form = ReplyForm()
    if not form.validate_on_submit():
        return _matter_page(feedback, form)
    with begin_work(_who()) as work:
        messages.reply(work, feedback, Sender.ADVOCATE, form.message.data or "", current_user.id)
    flash("We have got your message. We will read it and answer here.", "success")
    return redirect(url_for(".matter", public_id=public_id, _anchor="messages"))


@pages.post("/<public_id>/points/<part>/agree")
@opens_to(Act.FOLLOW)
def agree_points(public_id: str, part: str) -> ResponseReturnValue:
    """The advocate says for the young person that the points are right."""
    feedback = _followed(public_id)
    try:
        saying.agree(_who(), feedback, saying.number_of(part), request.form.get("mark", ""))
    except Refused as refused:
        flash(refused.message)
    else:
        flash(saying.AGREED, "success")
    return redirect(url_for(".matter", public_id=public_id, _anchor="points"))


@pages.post("/<public_id>/points/<part>/<number>/dispute")
@opens_to(Act.FOLLOW)
def dispute_point(public_id: str, part: str, number: str) -> ResponseReturnValue:
    """The advocate says for the young person that a point is not what they said."""
    at = saying.number_of(part), saying.number_of(number)
    feedback, form = _followed(public_id), complaint.form_for(*at)
    if form.validate():
        try:
            saying.dispute(_who(), feedback, *at, form)
        except Refused as refused:
            form.wrong.errors = [refused.message]
        else:
            flash(saying.DISPUTED, "success")
            return redirect(url_for(".matter", public_id=public_id, _anchor="points"))
    return _matter_page(feedback, ReplyForm(formdata=None), {at: form})


@pages.post("/<public_id>/leave")
@opens_to(Act.FOLLOW)
def leave(public_id: str) -> ResponseReturnValue:
    """Stop following a matter."""
    feedback = _followed(public_id)
    with begin_work(_who()) as work:
        advocacy.leave(work, current_user.id, feedback)
    flash("You do not follow that matter any more.", "success")
    return redirect(url_for(".matters"))


def _who() -> Who:
    return Who("advocate", current_user.id)


def _followed(public_id: str) -> Feedback:
    """The matter, if this advocate follows it now: somebody else's is the same as none."""
    feedback = db.session.scalar(select(Feedback).where(Feedback.public_id == public_id))
    if feedback is None or not advocacy.may_see(db.session(), current_user.id, feedback.id):
        abort(404)
    return feedback


def _join_page(form: JoinForm, status: int) -> ResponseReturnValue:
    # Words are never sent back to a page.
    form.words.data = None
    return render_template("advocate/join.html", form=form), status


def _join_again() -> ResponseReturnValue:
    flash("Enter the reference and the words again. We keep them for 10 minutes only.")
    return redirect(url_for(".join"))


def _matter_page(
    feedback: Feedback,
    form: ReplyForm,
    posted: Mapping[tuple[int, int], DisputeForm] | None = None,
) -> ResponseReturnValue:
    with begin_work(_who()) as work:
        advocacy.note_viewed(work, feedback)
    back = CameBack(disputes=posted or {})
    council = counting_council(db.session())
    parts = parts_shown(db.session(), council, feedback, clock.today(), back)
    first_name = advocacy.first_name(db.session(), feedback)
    entries = messages.thread(db.session(), feedback)
    page = render_template(
        "advocate/matter.html",
        feedback=feedback,
        form=form,
        forms=[form, *back.disputes.values()],
        parts=parts,
        headline=headline(parts),
        name=first_name or listing.NO_NAME,
        thread=showing.for_an_advocate(entries, current_user.id, first_name),
        received=showing.moment(feedback.received_at),
    )
    return page, 422 if any(one.errors for one in (form, *back.disputes.values())) else 200
