"""Telling somebody near a young person what they told us: by their yes, or by a manager's."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal import audit, clock
from portal.access.acts import Act
from portal.cases import telling
from portal.cases.young_people import is_young
from portal.db import db
from portal.errors import Refused
from portal.procedures.telling import Lacking
from portal.records.feedback import Feedback
from portal.records.telling import Telling
from portal.web.access import opens_to
from portal.web.govform import GovForm
from portal.web.officer import wording, young_words
from portal.web.officer.blueprint import feedback_or_404, pages, staff
from portal.web.officer.telling_forms import AGREED, AnswerForm, TellForm, ToldForm
from portal.work import begin_work


@pages.get("/feedback/<public_id>/telling")
@opens_to(Act.READ)
def tellings(public_id: str) -> ResponseReturnValue:
    """Whom near the young person somebody wanted to tell, and what became of it."""
    with begin_work(staff()) as work:
        feedback = _young(work.session, public_id)
        audit.note(work, "tellings_viewed", feedback)
    return _page(feedback)


@pages.post("/feedback/<public_id>/telling")
@opens_to(Act.DECIDE)
def propose_telling(public_id: str) -> ResponseReturnValue:
    """Prepare to tell somebody."""
    form = TellForm()
    feedback = _young(db.session(), public_id)
    if not form.validate():
        return _page(feedback, form), 422
    try:
        with begin_work(staff()) as work:
            feedback = feedback_or_404(work.session, public_id)
            made = telling.propose(work, feedback, form.new())
            by_their_yes = made.by_their_yes
    except telling.NotReady as refused:
        box = form.reason if refused.missing is Lacking.REASON else form.unsafe
        return _again(public_id, form, box.name, refused)
    except telling.DayOfNobody as refused:
        return _again(public_id, form, "told_first_on", refused)
    said = (
        "The young person said yes to this. Tell them yourself, then record the day."
        if by_their_yes
        else "A manager has to agree first. Tell nobody before that."
    )
    flash(said, "success")
    return redirect(url_for("officer.tellings", public_id=public_id), 303)


@pages.post("/feedback/<public_id>/telling/<telling_id>/answer")
@opens_to(Act.AGREE_TO_TELL)
def answer_telling(public_id: str, telling_id: str) -> ResponseReturnValue:
    """A manager agrees, or says no."""
    feedback = _young(db.session(), public_id)
    found = telling.find(db.session(), feedback, telling_id) or abort(404)
    form = AnswerForm(prefix=_prefix(found))
    agreed = form.answer.data == AGREED
    valid = form.validate()
    if valid and not agreed and not (form.why.data or "").strip():
        form.why.errors, valid = ["Write why not, so that your colleague knows what to do"], False
    if not valid:
        return _page(feedback, shown=(found.public_id, form)), 422
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        found = telling.find(work.session, feedback, telling_id) or abort(404)
        telling.answer(work, feedback, found, agreed=agreed, why=form.why.data or "")
    flash("You agreed. They may be told now." if agreed else "You said no.", "success")
    return redirect(url_for("officer.tellings", public_id=public_id), 303)


@pages.post("/feedback/<public_id>/telling/<telling_id>/told")
@opens_to(Act.DECIDE)
def record_told(public_id: str, telling_id: str) -> ResponseReturnValue:
    """Record the day on which they were told."""
    feedback = _young(db.session(), public_id)
    found = telling.find(db.session(), feedback, telling_id) or abort(404)
    form = ToldForm(prefix=_prefix(found))
    if not form.validate():
        return _page(feedback, shown=(found.public_id, form)), 422
    try:
        with begin_work(staff()) as work:
            feedback = feedback_or_404(work.session, public_id)
            found = telling.find(work.session, feedback, telling_id) or abort(404)
            telling.record_told(work, feedback, found, form.day())
    except telling.DayOfNobody as refused:
        form.on.errors = [refused.message]
        feedback = feedback_or_404(db.session(), public_id)
        return _page(feedback, shown=(telling_id, form)), 422
    flash("Recorded.", "success")
    return redirect(url_for("officer.tellings", public_id=public_id), 303)


def _young(session: Session, public_id: str) -> Feedback:
    """The young person's matter of an address.

    Raises:
        NotAYoungPerson: an adult wrote.
    """
    feedback = feedback_or_404(session, public_id)
    if not is_young(feedback):
        raise telling.NotAYoungPerson
    return feedback


def _again(public_id: str, form: TellForm, box: str, refused: Refused) -> ResponseReturnValue:
    form[box].errors = [refused.message]
    return _page(feedback_or_404(db.session(), public_id), form), 422


def _page(
    feedback: Feedback, form: TellForm | None = None, shown: tuple[str, GovForm] | None = None
) -> str:
    """The page; `shown` is the form of one telling that comes back."""
    found = telling.of(db.session(), feedback.id)
    form = form or TellForm(formdata=None)
    return render_template(
        "officer/tellings.html",
        feedback=feedback,
        rows=[(one, _form_of(one, shown)) for one in found],
        form=form,
        forms=[form, *([shown[1]] if shown else [])],
        near=wording.NEAR,
        said_yes=young_words.near(feedback),
        asked=feedback.may_tell is not None,
        may_be_told=telling.may_be_told,
    )


def _form_of(one: Telling, shown: tuple[str, GovForm] | None) -> GovForm | None:
    """The form that a telling waits for."""
    if shown is not None and shown[0] == one.public_id:
        return shown[1]
    if one.told_on is not None or one.agreed is False:
        return None
    if telling.may_be_told(one):
        return ToldForm(formdata=None, prefix=_prefix(one), data={"on": clock.today()})
    return AnswerForm(formdata=None, prefix=_prefix(one))


def _prefix(one: Telling) -> str:
    # Several of these forms may stand on one page, and each box needs a name of its own.
    return f"{one.public_id}-"
