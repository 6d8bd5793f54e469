"""A proposed no as its second officer meets it: read, agree, or send back with a reason."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import audit
from portal.access.acts import Act
from portal.correspondence.safe_contact import email_of
from portal.db import db
from portal.errors import Refused
from portal.matter_rows import fetch_matter
from portal.records.feedback import Feedback
from portal.records.refusal_proposal import ProposedFor, RefusalProposal
from portal.triage import proposals, second_officer
from portal.web.access import opens_to
from portal.web.officer import proposal_view
from portal.web.officer.blueprint import feedback_or_404, pages, staff
from portal.web.officer.item_pages import words_of
from portal.web.officer.writing_forms import SendBackForm
from portal.work import begin_work, council

# Where each kind of proposal is read about afterwards.
PAGES = {
    ProposedFor.DECISION: "officer.item",
    ProposedFor.INTEREST: "officer.item",
    ProposedFor.EVENT: "officer.case",
}


@pages.get("/feedback/<public_id>/second-officer", endpoint="second_officer")
@opens_to(Act.AGREE_TO_NO)
def proposed(public_id: str) -> ResponseReturnValue:
    """Show what is proposed, with everything it rests on and the letter as it will go."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        audit.note(work, "refusal_viewed", feedback)
    fetch_matter(db.session(), feedback)
    found = proposals.latest(db.session(), feedback)
    if found is None:
        return redirect(url_for("officer.item", public_id=public_id))
    return _page(feedback, found, SendBackForm(formdata=None))


@pages.post("/feedback/<public_id>/second-officer/agree")
@opens_to(Act.AGREE_TO_NO)
def agree_to_no(public_id: str) -> ResponseReturnValue:
    """Agree: what was proposed happens now, and its letter goes."""
    form = SendBackForm(formdata=None)
    try:
        with begin_work(staff()) as work:
            feedback = feedback_or_404(work.session, public_id)
            found = second_officer.agree(work, feedback, request.form.get("proposal", ""))
            decided = found.proposed_for is ProposedFor.DECISION
            page = "officer.done" if decided else PAGES[found.proposed_for]
            tells = found.letter is not None
    except second_officer.AnsweredAlready:
        raise
    except Refused as refused:
        # It can no longer be done as proposed: the sentence says why, and it can be sent back.
        return _again(public_id, form, refused)
    said = "Agreed. It is decided now, and the letter goes." if tells else "Agreed, and done."
    flash(said, "success")
    return redirect(url_for(page, public_id=public_id), 303)


@pages.post("/feedback/<public_id>/second-officer/send-back")
@opens_to(Act.AGREE_TO_NO)
def send_back(public_id: str) -> ResponseReturnValue:
    """Send it back with a reason: nothing goes out, and whoever proposed it is told."""
    form = SendBackForm()
    feedback = feedback_or_404(db.session(), public_id)
    if not form.validate():
        return _shown_again(feedback, form, 422)
    try:
        with begin_work(staff()) as work:
            feedback = feedback_or_404(work.session, public_id)
            seen = request.form.get("proposal", "")
            found = second_officer.send_back(work, feedback, seen, form.answer.data or "")
            page = PAGES[found.proposed_for]
    except second_officer.AnsweredAlready:
        raise
    except Refused as refused:
        return _again(public_id, form, refused)
    flash("Sent back. Nothing went out, and your colleague is told.", "success")
    return redirect(url_for(page, public_id=public_id), 303)


@pages.post("/feedback/<public_id>/second-officer/take-back")
@opens_to(Act.AGREE_TO_NO)
def take_back(public_id: str) -> ResponseReturnValue:
    """Take one's own proposal back."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        found = second_officer.take_back(work, feedback, request.form.get("proposal", ""))
        page = PAGES[found.proposed_for]
    flash("Taken back. Nothing went out, and it is open again.", "success")
    return redirect(url_for(page, public_id=public_id), 303)


def _again(public_id: str, form: SendBackForm, refused: Refused) -> ResponseReturnValue:
    form.form_errors = [refused.message]
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        audit.note(work, "refusal_viewed", feedback)
    return _shown_again(feedback, form, refused.status)


def _shown_again(feedback: Feedback, form: SendBackForm, status: int) -> ResponseReturnValue:
    found = proposals.latest(db.session(), feedback)
    if found is None:
        return redirect(url_for("officer.item", public_id=feedback.public_id))
    return _page(feedback, found, form), status


def _page(feedback: Feedback, found: RefusalProposal, form: SendBackForm) -> str:
    session = db.session()
    return render_template(
        "officer/second_officer.html",
        proposed=proposal_view.in_words(session, council(), feedback, found),
        page=PAGES[found.proposed_for],
        form=form,
        sends_email=email_of(session, feedback) is not None,
        **words_of(session, feedback),
    )
