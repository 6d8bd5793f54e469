"""A holding letter: drafted before a date is missed, filled in and sent by an officer."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from portal import audit, clock
from portal.access.acts import Act
from portal.cases import holding
from portal.correspondence.safe_contact import email_of
from portal.db import db
from portal.errors import Refused
from portal.procedures.working_days import relative_words
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.holding_letter import HoldingLetter
from portal.records.outbox_letter import LetterState
from portal.web.access import opens_to
from portal.web.dates import GovDateField
from portal.web.officer.blueprint import pages, staff
from portal.web.officer.case_pages import found_or_404
from portal.web.officer.decision_form import at_most
from portal.web.officer.item_pages import words_of
from portal.web.officer.letter_form import WithLetter
from portal.web.officer.points_forms import version_of
from portal.web.widgets import TextArea
from portal.work import Work, begin_work, counting_council


class HoldingForm(WithLetter):
    """Why it is late, and when the answer will come."""

    reason = TextAreaField(
        "Why is it late?",
        description="In words for the person. They read it in the letter.",
        validators=[DataRequired("Write why it is late"), at_most(holding.LONGEST_REASON)],
        widget=TextArea(),
    )
    new_date = GovDateField(
        "When will they hear from us?", validators=[InputRequired("Enter the day")]
    )
    version = HiddenField()


@pages.get("/cases/<public_id>/holding", endpoint="holding")
@opens_to(Act.CONDUCT)
def holding_page(public_id: str) -> ResponseReturnValue:
    """Show the draft: its reason, its day, its letter once it was looked at."""
    with begin_work(staff()) as work:
        feedback, case = found_or_404(work.session, public_id)
        row = _draft(work, case)
        audit.note(work, "holding_viewed", case)
        form = HoldingForm(formdata=None, data={"reason": row.reason, "new_date": row.new_date})
        form.version.data = str(row.version)
    return _page(feedback, row, form)


@pages.post("/cases/<public_id>/holding", endpoint="holding_check")
@opens_to(Act.CONDUCT)
def check_holding(public_id: str) -> ResponseReturnValue:
    """Keep what was written, and show the letter before it goes."""
    form = HoldingForm()
    if not form.validate():
        return _again(public_id, form)
    try:
        with begin_work(staff()) as work:
            feedback, case = found_or_404(work.session, public_id)
            row = _edited(work, case, form)
            letter = holding.preview(work, case, row)
            work.session.flush()
            form.version.data = str(row.version)
            audit.note(work, "holding_viewed", case)
    except holding.NothingDrafted:
        raise
    except Refused as refused:
        return _again(public_id, form, refused)
    form.put_letter(letter.body)
    return _page(feedback, row, form, checked=True)


@pages.post("/cases/<public_id>/holding/send", endpoint="holding_sent")
@opens_to(Act.CONDUCT)
def send_holding(public_id: str) -> ResponseReturnValue:
    """Send it, as the officer left it."""
    form = HoldingForm()
    if not form.validate():
        return _again(public_id, form)
    try:
        with begin_work(staff()) as work:
            _, case = found_or_404(work.session, public_id)
            letter = holding.send(work, case, _edited(work, case, form), form.letter.data)
            withheld = letter.state is LetterState.WITHHELD
    except holding.NothingDrafted:
        raise
    except Refused as refused:
        return _again(public_id, form, refused)
    said = "The holding letter is sent. No date has moved."
    if withheld:
        said += " No e-mail may be sent: it is read at “follow your feedback”."
    flash(said, "success")
    return redirect(url_for("officer.case", public_id=public_id), 303)


@pages.post("/cases/<public_id>/holding/discard", endpoint="holding_discarded")
@opens_to(Act.CONDUCT)
def discard_holding(public_id: str) -> ResponseReturnValue:
    """Throw it away: nothing goes to the person."""
    form = HoldingForm()
    with begin_work(staff()) as work:
        _, case = found_or_404(work.session, public_id)
        holding.discard(work, case, version_of(form))
    flash("The draft is thrown away. Nothing was sent, and no date has moved.", "success")
    return redirect(url_for("officer.case", public_id=public_id), 303)


def _draft(work: Work, case: Case) -> HoldingLetter:
    row = holding.drafted(work.session, case)
    if row is None:
        raise holding.NothingDrafted
    return row


def _edited(work: Work, case: Case, form: HoldingForm) -> HoldingLetter:
    new_date = form.new_date.data
    assert new_date is not None, "The form has been validated."
    return holding.edit(work, case, version_of(form), form.reason.data or "", new_date)


def _again(
    public_id: str, form: HoldingForm, refused: Refused | None = None
) -> ResponseReturnValue:
    """The page with what was typed, and what is wrong with it."""
    with begin_work(staff()) as work:
        feedback, case = found_or_404(work.session, public_id)
        row = _draft(work, case)
        audit.note(work, "holding_viewed", case)
    if refused is not None:
        form.form_errors.append(refused.message)
        form.version.data = str(row.version)
    checked = bool(form.letter.data)
    return _page(feedback, row, form, checked), refused.status if refused is not None else 422


def _page(feedback: Feedback, row: HoldingLetter, form: HoldingForm, checked: bool = False) -> str:
    session = db.session()
    calendar = counting_council(session).calendar
    return render_template(
        "officer/holding.html",
        form=form,
        draft=row,
        relative=relative_words(row.due_on, clock.today(), calendar),
        checked=checked,
        sends_email=email_of(session, feedback) is not None,
        **words_of(session, feedback),
    )
