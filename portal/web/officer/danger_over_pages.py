"""An officer says that a danger is over: why, and what risk is left; decided or not, whenever."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField
from wtforms import ValidationError as FieldFault

from portal import audit
from portal.access.acts import Act
from portal.cases import danger_over as ending
from portal.cases.danger_over import LEFT, NoReason
from portal.db import db
from portal.errors import Refused
from portal.procedures.vocabulary import Risk
from portal.records.feedback import Feedback
from portal.web.access import opens_to
from portal.web.govform import GovForm
from portal.web.officer import wording
from portal.web.officer.blueprint import feedback_or_404, pages, staff
from portal.web.officer.written_box import written_box
from portal.web.widgets import Radios
from portal.work import begin_work, council


class OverForm(GovForm):
    """How it is known, and what stands instead."""

    why = written_box(
        "How do you know that it is over?",
        "Who saw or spoke to whom, when, and what makes it safe now. Everybody who may read this"
        " matter reads it.",
        NoReason.message,
        shortest=ending.SHORTEST_WHY,
    )
    left = RadioField(
        "Is anybody still at risk?",
        widget=Radios(classes="govuk-radios--small"),
        validate_choice=False,
    )

    def validate_left(self, field: RadioField) -> None:
        """One of the two must be chosen."""
        if field.data not in LEFT:
            raise FieldFault("Choose whether anybody is still at risk")


@pages.get("/feedback/<public_id>/danger/over")
@opens_to(Act.DECIDE)
def danger_over(public_id: str) -> ResponseReturnValue:
    """Say what follows, and ask why. Where nothing stands that could be over, show what happened:
    an alert that is out is to be taken first."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        audit.note(work, "danger_page_viewed", feedback)
        last = ending.last_alert(work.session, feedback)
    if last is None or not last.stands:
        return redirect(url_for("officer.alert", public_id=public_id), 303)
    return _page(feedback, _form(fresh=True))


@pages.post("/feedback/<public_id>/danger/over")
@opens_to(Act.DECIDE)
def say_over(public_id: str) -> ResponseReturnValue:
    """Keep it. The matter falls back to its place among those of the risk that is left."""
    form = _form()
    if not form.validate():
        return _page(feedback_or_404(db.session(), public_id), form), 422
    try:
        with begin_work(staff()) as work:
            feedback = feedback_or_404(work.session, public_id)
            ending.say_over(work, feedback, form.why.data or "", Risk(form.left.data))
    except Refused as refused:
        form.why.errors = [refused.message]
        return _page(feedback_or_404(db.session(), public_id), form), refused.status
    flash("You have said that this danger is over.", "success")
    return redirect(url_for("officer.item", public_id=public_id), 303)


def _form(*, fresh: bool = False) -> OverForm:
    form = OverForm(formdata=None) if fresh else OverForm()
    form.left.choices = [(risk.value, wording.capital(council().label(risk))) for risk in LEFT]
    return form


def _page(feedback: Feedback, form: OverForm) -> str:
    return render_template("officer/danger_over.html", form=form, feedback=feedback)
