"""The acknowledgement: drafted from the person's own words, read as it will go, and sent."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import audit, clock
from portal.access.acts import Act
from portal.cases import acknowledging, allocating, others_told
from portal.correspondence import letters
from portal.correspondence.letters import WrittenLetter
from portal.correspondence.safe_contact import route_of
from portal.db import db
from portal.matter_rows import fetch_matter
from portal.records.case import Case
from portal.records.feedback import ContactWay, Feedback
from portal.web.access import may, opens_to
from portal.web.officer import case_dates, wording
from portal.web.officer.blueprint import pages, staff
from portal.web.officer.case_pages import found_or_404
from portal.web.officer.item_pages import words_of
from portal.web.officer.writing_forms import AcknowledgementForm
from portal.work import Work, begin_work, counting_council


@pages.get("/cases/<public_id>/acknowledge")
@opens_to(Act.ACKNOWLEDGE)
def acknowledge(public_id: str) -> ResponseReturnValue:
    """Write the acknowledgement, with the date that it will state."""
    with begin_work(staff()) as work:
        feedback, found = found_or_404(work.session, public_id)
        audit.note(work, "case_viewed", found)
        fetch_matter(work.session, feedback, [found])
        if acknowledging.is_written(work.session, found):
            raise acknowledging.AlreadyAcknowledged
        text = acknowledging.drafted(work.session, feedback, found)
        preview = _preview(work, feedback, found, text)
    form = AcknowledgementForm(formdata=None, data={"text": text})
    return _acknowledge_page(feedback, found, form, preview, drafted=True)


@pages.post("/cases/<public_id>/acknowledge")
@opens_to(Act.ACKNOWLEDGE)
def check_acknowledgement(public_id: str) -> ResponseReturnValue:
    """Show the letter before it goes."""
    form = AcknowledgementForm()
    preview = None
    valid = form.validate()
    with begin_work(staff()) as work:
        feedback, found = found_or_404(work.session, public_id)
        if acknowledging.is_written(work.session, found):
            raise acknowledging.AlreadyAcknowledged
        audit.note(work, "case_viewed", found)
        if valid:
            preview = _preview(work, feedback, found, form.text.data or "")
    return _acknowledge_page(feedback, found, form, preview), 200 if valid else 422


@pages.post("/cases/<public_id>/acknowledged")
@opens_to(Act.ACKNOWLEDGE)
def acknowledged(public_id: str) -> ResponseReturnValue:
    """Send the acknowledgement and count from it."""
    form = AcknowledgementForm()
    if not form.validate():
        return _again(public_id, form)
    try:
        with begin_work(staff()) as work:
            feedback, found = found_or_404(work.session, public_id)
            acknowledging.acknowledge(work, found, form.text.data or "")
            way = route_of(work.session, work.council, feedback).way
            gives = may(Act.CONDUCT, feedback.id) and allocating.can_be_given(work, found)
    except others_told.NamesSomebodyElse as refused:
        form.text.errors = [refused.message]
        return _again(public_id, form)
    begun = "Written" if way is ContactWay.POST else "Acknowledged"
    flash(f"{begun}. {wording.LETTERS_WENT[way]}", "success")
    # What comes next is giving it to whoever answers it, where somebody is offered.
    following = "officer.answering" if gives else "officer.case"
    return redirect(url_for(following, public_id=public_id))


def _again(public_id: str, form: AcknowledgementForm) -> ResponseReturnValue:
    """Show what was typed once more; the matter's words stand beside it, so it is a look."""
    with begin_work(staff()) as work:
        feedback, found = found_or_404(work.session, public_id)
        audit.note(work, "case_viewed", found)
    return _acknowledge_page(feedback, found, form, None), 422


def _preview(work: Work, feedback: Feedback, found: Case, text: str) -> WrittenLetter:
    stage = acknowledging.first_stage(work.session, found)
    due_on = acknowledging.date_to_state(work.council, feedback, found, stage, work.today)
    kind, facts = acknowledging.what_it_states(work.council, feedback, found, text, due_on)
    return letters.preview(work, kind, feedback, facts)


def _acknowledge_page(
    feedback: Feedback,
    found: Case,
    form: AcknowledgementForm,
    preview: WrittenLetter | None,
    *,
    drafted: bool = False,
) -> str:
    session = db.session()
    stage = acknowledging.first_stage(session, found)
    today = clock.today()
    return render_template(
        "officer/acknowledge.html",
        case=found,
        form=form,
        preview=preview,
        drafted=drafted,
        dates=case_dates.dates_of(session, found, stage, today),
        due_on=acknowledging.date_to_state(
            counting_council(session), feedback, found, stage, today
        ),
        **words_of(session, feedback),
    )
