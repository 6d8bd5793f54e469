"""Alerts that somebody may be in danger now: the list, and taking one with what was done."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from portal import audit
from portal.access.acts import Act
from portal.cases import danger
from portal.db import db
from portal.errors import Refused
from portal.records.account import Account
from portal.records.feedback import Feedback
from portal.web.access import opens_to, visible
from portal.web.govform import GovForm
from portal.web.officer.blueprint import feedback_or_404, pages, staff
from portal.web.officer.decision_form import LONGEST_LETTER, at_most
from portal.web.widgets import TextArea
from portal.work import begin_work


class TakingForm(GovForm):
    """What whoever takes an alert did."""

    done = TextAreaField(
        "What have you done?",
        description="Whom you called and when, who goes there, and what happens next.",
        validators=[
            DataRequired(danger.NothingDone.message),
            Length(min=danger.SHORTEST_DONE, message=danger.NothingDone.message),
            at_most(LONGEST_LETTER),
        ],
        widget=TextArea(),
    )


@pages.get("/danger")
@opens_to(Act.LIST)
def dangers() -> ResponseReturnValue:
    """Every alert that nobody has taken, the oldest first."""
    with begin_work(staff()) as work:
        audit.note(work, "danger_list_viewed")
    return render_template("officer/dangers.html", untaken=danger.untaken(db.session(), visible()))


@pages.get("/feedback/<public_id>/danger")
@opens_to(Act.READ)
def alert(public_id: str) -> ResponseReturnValue:
    """The alerts of one matter, and the form to take the one that is open."""
    return _page(public_id, TakingForm(formdata=None)), 200


@pages.post("/feedback/<public_id>/danger")
@opens_to(Act.WRITE)
def take_alert(public_id: str) -> ResponseReturnValue:
    """Take it: it is sent no more."""
    form = TakingForm()
    if not form.validate():
        return _page(public_id, form), 422
    try:
        with begin_work(staff()) as work:
            feedback = feedback_or_404(work.session, public_id)
            danger.take(work, feedback, form.done.data or "")
    except Refused as refused:
        form.done.errors = [refused.message]
        return _page(public_id, form), refused.status
    flash("You have taken this. No more alerts go out for it.", "success")
    return redirect(url_for("officer.item", public_id=public_id), 303)


def _page(public_id: str, form: TakingForm) -> str:
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        audit.note(work, "danger_viewed", feedback)
    alerts = danger.all_of(db.session(), feedback.id)
    return render_template(
        "officer/danger.html",
        form=form,
        feedback=feedback,
        alerts=alerts,
        untaken=danger.open_alert(db.session(), feedback.id),
        names=_names(feedback),
    )


def _names(feedback: Feedback) -> dict[int, str]:
    takers = [one.taken_by_id for one in danger.all_of(db.session(), feedback.id)]
    wanted = select(Account.id, Account.name).where(Account.id.in_([t for t in takers if t]))
    return {row.id: row.name for row in db.session.execute(wanted)}
