"""Following someone new: with their reference and words, or by an officer's approval."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.access.acts import Act
from portal.attachments.file_store import StoreAway
from portal.cases import advocacy, advocate_requests, tracking
from portal.cases.advocacy import SwitchedOff
from portal.errors import Refused
from portal.marking import marked
from portal.records.feedback import Feedback
from portal.web.access import opens_to
from portal.web.advocate import joining
from portal.web.advocate.blueprint import pages, who
from portal.web.advocate.consent_form import AskForm, ConsentForm, again, carried, looked_at
from portal.web.advocate.forms import JoinForm
from portal.web.sign_in import login
from portal.work import begin_work

ASKED = marked(
    "We have your request. We check it with the young person and answer you on this page."
)


@pages.route("/join", methods=["GET", "POST"])
@opens_to(Act.FOLLOW_LIST)
def join() -> ResponseReturnValue:
    """Ask for a young person's reference and words."""
    form = JoinForm()
    if not form.validate_on_submit():
        return _join_page(form, 422 if form.is_submitted() else 200)
    try:
        feedback = tracking.open_with_words(
            who(), form.reference.data or "", form.words.data or "", request.remote_addr or ""
        )
    except Refused as refusal:
        form.reference.errors = [refusal.message]
        return _join_page(form, refusal.status)
    # What was agreed for one young person is not taken for another.
    goes_on = form.keeps and joining.is_same(feedback)
    joining.remember(feedback)
    if goes_on:
        return _confirm_page(feedback, again(form))
    return redirect(url_for(".confirm"))


@pages.get("/join/confirm")
@opens_to(Act.FOLLOW_LIST)
def confirm() -> ResponseReturnValue:
    """Say what the advocate will see, and ask what the young person agreed to."""
    feedback = joining.remembered()
    if feedback is None:
        return _join_again()
    return _confirm_page(feedback, ConsentForm(formdata=None))


@pages.post("/join/confirm")
@opens_to(Act.FOLLOW_LIST)
def confirmed() -> ResponseReturnValue:
    """Join, with what was agreed and how."""
    form, feedback = ConsentForm(), joining.remembered()
    is_valid = form.validate()
    if feedback is None:
        # A post from another site is told nothing, not even that it came too late.
        stale = "csrf_token" in form.errors
        return _join_page(JoinForm(formdata=None), 422) if stale else _join_again(form)
    upload = looked_at(form.file) if is_valid else None
    if not is_valid or form.errors:
        return _confirm_page(feedback, form), 422
    try:
        with begin_work(who()) as work:
            here = work.session.get_one(Feedback, feedback.id)
            advocacy.join(work, int(current_user.id), here, form.as_agreed(upload))
            public_id = here.public_id
    except SwitchedOff:
        joining.forget()
        raise
    except StoreAway as away:
        form.file.errors = [away.message]
        return _confirm_page(feedback, form), away.status
    except Refused as refused:
        form.refuse(refused)
        return _confirm_page(feedback, form), 422
    joining.forget()
    flash(marked("You follow this now. The young person can see that you do."), "success")
    return redirect(url_for(".matter", public_id=public_id))


@pages.route("/ask", methods=["GET", "POST"])
@opens_to(Act.FOLLOW_LIST)
def ask_officer() -> ResponseReturnValue:
    """Ask the complaints team. The answer is the same whether there is such a matter or not."""
    form = AskForm()
    if not form.validate_on_submit():
        return _ask_page(form, 422 if form.is_submitted() else 200)
    try:
        with begin_work(who()) as work:
            reference = form.reference.data or ""
            advocate_requests.ask(work, int(current_user.id), reference, form.as_agreed())
    except Refused as refused:
        form.refuse(refused)
        return _ask_page(form, 422)
    flash(ASKED, "success")
    return redirect(url_for(".matters"))


def _join_page(form: JoinForm, status: int) -> ResponseReturnValue:
    # Words are never sent back to a page.
    form.words.data = None
    return render_template("advocate/join.html", form=form, left=login.left()), status


def _join_again(late: ConsentForm | None = None) -> ResponseReturnValue:
    flash(marked("Enter the reference and the words again. We keep them for 10 minutes only."))
    form = JoinForm(formdata=None, data=carried(late) if late is not None else None)
    if not form.keeps:
        return redirect(url_for(".join"))
    return _join_page(form, 403)


def _confirm_page(feedback: Feedback, form: ConsentForm) -> str:
    return render_template("advocate/confirm.html", feedback=feedback, form=form, left=login.left())


def _ask_page(form: AskForm, status: int) -> ResponseReturnValue:
    return render_template("advocate/ask.html", form=form, left=login.left()), status
