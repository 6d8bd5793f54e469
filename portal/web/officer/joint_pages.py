"""Answering the parts of a matter by one letter: read it, then confirm."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import TextAreaField

from portal import audit, clock, matter_rows
from portal.access.acts import Act
from portal.cases import joint_answering
from portal.cases.trying_out import tried_out
from portal.correspondence.safe_contact import email_of
from portal.db import db
from portal.errors import Refused
from portal.matter_rows import CASES
from portal.procedures.joint_answer import SENTENCES
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterState
from portal.web.access import opens_to
from portal.web.govform import GovForm
from portal.web.officer import case_view, parts_view
from portal.web.officer.blueprint import pages, part_asked, staff
from portal.web.officer.case_pages import found_or_404
from portal.web.officer.decision_form import LONGEST_LETTER, at_most
from portal.web.officer.item_pages import words_beside
from portal.web.widgets import TextArea
from portal.work import Work, begin_work, counting_council


class JointForm(GovForm):
    """The one letter, as the officer leaves it."""

    letter = TextAreaField("The letter", validators=[at_most(LONGEST_LETTER)], widget=TextArea())


@pages.get("/cases/<public_id>/one-letter")
@opens_to(Act.CONDUCT)
def joint_answer(public_id: str) -> ResponseReturnValue:
    """Show the parts, and the one letter where it may go."""
    form = JointForm(formdata=None)
    with begin_work(staff()) as work:
        feedback, case, parts = _parts_or_404(work.session, public_id)
        audit.note(work, "case_viewed", case)
        matter_rows.fetch_matter(work.session, feedback, parts, answers=True)
        refusal = _write(work, feedback, form)
    return _page(feedback, case, form, refusal)


@pages.post("/cases/<public_id>/one-letter")
@opens_to(Act.CONDUCT)
def joint_answered(public_id: str) -> ResponseReturnValue:
    """Answer every part that waits, and send the letter as the officer left it."""
    form = JointForm()
    if not form.validate():
        with begin_work(staff()) as work:
            feedback, case = found_or_404(work.session, public_id)
            audit.note(work, "case_viewed", case)
        return _page(feedback, case, form, None), 422
    try:
        with begin_work(staff()) as work:
            feedback, case = found_or_404(work.session, public_id)
            answered = joint_answering.answer(work, feedback, int(current_user.id), work.today)
            letter = joint_answering.send(work, feedback, answered, form.letter.data)
            withheld = letter.state is LetterState.WITHHELD
    except Refused as refused:
        with begin_work(staff()) as work:
            feedback, case = found_or_404(work.session, public_id)
            audit.note(work, "case_viewed", case)
        form.letter.errors = [refused.message]
        return _page(feedback, case, form, None), refused.status
    flash(
        "Answered by one letter. No e-mail may be sent: it is read at “follow your feedback”."
        if withheld
        else "Answered by one letter. It leaves by e-mail in the next minutes.",
        "success",
    )
    return redirect(url_for("officer.case", public_id=public_id), 303)


def _parts_or_404(session: Session, public_id: str) -> tuple[Feedback, Case, list[Case]]:
    """The feedback of an address, the part that it asks for, and every part, in one statement."""
    wanted = select(Feedback, Case).join(Case, Case.feedback_id == Feedback.id)
    found = session.execute(wanted.where(Feedback.public_id == public_id)).all()
    parts = [case for _, case in found]
    asked = next((case for case in parts if case.part == part_asked()), None)
    if asked is None:
        abort(404)
    CASES.have(session, asked.feedback_id, parts)
    return found[0][0], asked, parts


def _write(work: Work, feedback: Feedback, form: JointForm) -> Refused | None:
    """Let the answers happen, write the letter, and take both back."""
    try:
        with tried_out(work):
            answered = joint_answering.answer(work, feedback, int(current_user.id), work.today)
            form.letter.data = joint_answering.preview(work, feedback, answered).body
    except Refused as refused:
        return refused
    return None


def _page(feedback: Feedback, case: Case, form: JointForm, refusal: Refused | None) -> str:
    session = db.session()
    reasons = getattr(refusal, "reasons", None)
    said = [SENTENCES[one] for one in reasons] if reasons else [refusal.message] if refusal else []
    council = counting_council(session)
    return render_template(
        "officer/one_letter.html",
        case=case,
        form=form,
        why_not=said,
        parts=parts_view.parts(session, council, feedback, clock.today()),
        states=case_view.STATES,
        sends_email=email_of(session, feedback) is not None,
        **words_beside(session, feedback),
    )
