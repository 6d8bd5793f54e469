"""An officer says that somebody is in danger now: by a call, a visit, a colleague, at any time."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import audit
from portal.access.acts import Act
from portal.cases import danger
from portal.db import db
from portal.errors import Refused
from portal.records.feedback import Feedback
from portal.web.access import opens_to
from portal.web.govform import GovForm
from portal.web.officer.blueprint import feedback_or_404, pages, staff
from portal.web.officer.written_box import written_box
from portal.work import begin_work, council


class DangerForm(GovForm):
    """What the officer knows."""

    why = written_box(
        "What do you know?",
        "Who is in danger, where they are, and how you learned of it. Whoever takes the alert"
        " reads this.",
        danger.NoReason.message,
        shortest=danger.SHORTEST_WHY,
    )


@pages.get("/feedback/<public_id>/danger/now")
@opens_to(Act.DECIDE)
def say_danger(public_id: str) -> ResponseReturnValue:
    """Say what happens then, and ask what is known. An alert that is out is to be taken instead."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        audit.note(work, "danger_page_viewed", feedback)
        out = danger.open_alert(work.session, feedback.id)
    if out is not None:
        return redirect(url_for("officer.alert", public_id=public_id), 303)
    return _page(feedback, DangerForm(formdata=None))


@pages.post("/feedback/<public_id>/danger/now")
@opens_to(Act.DECIDE)
def tell_duty(public_id: str) -> ResponseReturnValue:
    """Tell the duty team; their first alert leaves with the next round of the work process."""
    form = DangerForm()
    if not form.validate():
        return _page(feedback_or_404(db.session(), public_id), form), 422
    try:
        with begin_work(staff()) as work:
            feedback = feedback_or_404(work.session, public_id)
            danger.say_by_officer(work, feedback, form.why.data or "")
    except Refused as refused:
        form.why.errors = [refused.message]
        return _page(feedback_or_404(db.session(), public_id), form), refused.status
    flash("The duty team is being told. Ring them as well.", "success")
    return redirect(url_for("officer.alert", public_id=public_id), 303)


def _page(feedback: Feedback, form: DangerForm) -> str:
    minutes = council().danger.repeat_minutes
    return render_template("officer/say_danger.html", form=form, feedback=feedback, minutes=minutes)
