"""Emergencies: opening a closed matter with a reason, and looking at who did."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from portal import audit
from portal.access.acts import Act
from portal.cases import glass as breaking
from portal.db import db
from portal.errors import Refused
from portal.records.feedback import Feedback
from portal.records.wall import GlassBreak
from portal.web.access import opens_to, visible
from portal.web.govform import GovForm
from portal.web.officer.blueprint import pages, staff
from portal.web.widgets import TextArea, TextInput
from portal.work import begin_work

LONGEST_REASON = 2000


class EmergencyForm(GovForm):
    """Which matter, and why now."""

    reference = StringField(
        "Reference",
        description="8 letters and numbers, like 7KQM-2XVD.",
        validators=[
            InputRequired("Enter the reference"),
            Length(max=40, message="A reference has 8 letters and numbers"),
        ],
        widget=TextInput(),
    )
    reason = TextAreaField(
        "Why do you need it now?",
        description="The complaints manager reads this today.",
        validators=[
            InputRequired("Write why you need it now"),
            Length(
                min=breaking.SHORTEST_REASON,
                max=LONGEST_REASON,
                message="Write a sentence: what has happened, and what you need to know",
            ),
        ],
        widget=TextArea(),
    )


@pages.route("/emergency", methods=["GET", "POST"])
@opens_to(Act.BREAK_GLASS)
def emergency() -> ResponseReturnValue:
    """Open a matter that is closed to whoever asks, for a few hours."""
    form = EmergencyForm()
    if not form.validate_on_submit():
        return _page(form, 422 if form.is_submitted() else 200)
    try:
        public_id = breaking.break_glass(
            current_user.person, form.reference.data or "", form.reason.data or ""
        )
    except Refused as refused:
        form.reference.errors = [refused.message]
        return _page(form, refused.status)
    return redirect(url_for("officer.item", public_id=public_id), 303)


@pages.get("/glass")
@opens_to(Act.REVIEW_GLASS)
def glass() -> ResponseReturnValue:
    """Every matter that was opened in an emergency, those first that nobody has looked at."""
    mine = set(db.session.scalars(select(GlassBreak.feedback_id).join(Feedback).where(visible())))
    listed = [one for one in breaking.latest(db.session()) if one.feedback.id in mine]
    with begin_work(staff()) as work:
        audit.note(work, "glass_breaks_viewed")
    return render_template(
        "officer/glass.html",
        new=[one for one in listed if one.glass.seen_at is None],
        seen=[one for one in listed if one.glass.seen_at is not None],
    )


@pages.post("/glass/<glass_id>/seen")
@opens_to(Act.REVIEW_GLASS)
def glass_seen(glass_id: str) -> ResponseReturnValue:
    """Note that a complaints manager has looked at it."""
    with begin_work(staff()) as work:
        wanted = (
            select(GlassBreak)
            .join(Feedback, Feedback.id == GlassBreak.feedback_id)
            .where(GlassBreak.public_id == glass_id, visible())
        )
        breaking.mark_seen(work, work.session.scalar(wanted) or abort(404))
    flash("Noted that you have looked at it.", "success")
    return redirect(url_for("officer.glass"), 303)


def _page(form: EmergencyForm, status: int) -> ResponseReturnValue:
    return render_template("officer/emergency.html", form=form), status
