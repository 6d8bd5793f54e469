"""Alerts that somebody may be in danger now: the list, and taking one with what was done."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import audit
from portal.access.acts import Act
from portal.cases import danger, danger_over, named_persons
from portal.db import db
from portal.errors import Refused
from portal.records.feedback import Feedback
from portal.web.access import may, opens_to, visible
from portal.web.govform import GovForm
from portal.web.officer import alert_words
from portal.web.officer.blueprint import feedback_or_404, pages, staff
from portal.web.officer.written_box import written_box
from portal.work import begin_work, council


class TakingForm(GovForm):
    """What whoever takes an alert did."""

    done = written_box(
        "What have you done?",
        "Whom you called and when, who goes there, and what happens next.",
        danger.NothingDone.message,
        shortest=danger.SHORTEST_DONE,
    )


@pages.get("/danger")
@opens_to(Act.LIST)
def dangers() -> ResponseReturnValue:
    """Every alert that nobody has taken and that the reader may take, the oldest first."""
    with begin_work(staff()) as work:
        audit.note(work, "danger_list_viewed")
    untaken = danger.untaken(db.session(), visible(Act.TAKE_ALERT))
    mine = [(alert, feedback) for alert, feedback in untaken if not _perhaps_mine(feedback)]
    return render_template("officer/dangers.html", untaken=mine)


@pages.get("/feedback/<public_id>/danger")
@opens_to(Act.TAKE_ALERT)
def alert(public_id: str) -> ResponseReturnValue:
    """The alerts of one matter, and the form to take the one that is open. Whom a wall keeps from
    the rest of the matter reads here what it takes to act."""
    return _page(public_id, TakingForm(formdata=None)), 200


@pages.post("/feedback/<public_id>/danger")
@opens_to(Act.TAKE_ALERT)
def take_alert(public_id: str) -> ResponseReturnValue:
    """Take it: it is sent no more."""
    form = TakingForm()
    if not form.validate():
        return _page(public_id, form), 422
    try:
        with begin_work(staff()) as work:
            feedback = _not_mine_or_404(feedback_or_404(work.session, public_id))
            danger.take(work, feedback, form.done.data or "")
    except Refused as refused:
        form.done.errors = [refused.message]
        return _page(public_id, form), refused.status
    flash("You have taken this. No more alerts go out for it.", "success")
    return redirect(_still_open(feedback), 303)


def _still_open(feedback: Feedback) -> str:
    """The nearest page that is open to whoever took an alert: all that was open to them may have
    been so by the alert alone."""
    for act, page in ((Act.READ, "officer.item"), (Act.TAKE_ALERT, "officer.alert")):
        if may(act, feedback.id):
            return url_for(page, public_id=feedback.public_id)
    return url_for("officer.dangers")


def _page(public_id: str, form: TakingForm) -> str:
    with begin_work(staff()) as work:
        feedback = _not_mine_or_404(feedback_or_404(work.session, public_id))
        untaken = danger.open_alert(work.session, feedback.id)
        # Past the wall as long as somebody must act, and no longer.
        walled = untaken is not None and not may(Act.READ, feedback.id)
        audit.note(work, "alert_words_viewed" if walled else "danger_viewed", feedback)
    alerts = danger.all_of(db.session(), feedback.id)
    return render_template(
        "officer/danger.html",
        form=form,
        feedback=feedback,
        alerts=alerts,
        untaken=untaken,
        reads=may(Act.READ, feedback.id),
        words=alert_words.of(db.session(), council(), feedback) if walled else None,
        stands=danger_over.stands(alerts, feedback),
        names=danger_over.names(db.session(), *alerts),
    )


def _not_mine_or_404(feedback: Feedback) -> Feedback:
    return abort(404) if _perhaps_mine(feedback) else feedback


def _perhaps_mine(feedback: Feedback) -> bool:
    """Whether only a wall that is not built yet would keep the reader out: the person wrote their
    name, and nobody has settled whom they mean. Somebody else on duty takes it then."""
    if may(Act.READ, feedback.id):
        return False
    return named_persons.perhaps_means(feedback, current_user.name)
