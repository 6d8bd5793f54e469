"""Passing a compliment on to the worker whom it praises, and to their manager."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from portal import audit
from portal.access.acts import Act
from portal.cases import praising, staff_search
from portal.cases.staff_search import MOST_FOUND
from portal.db import db
from portal.errors import Refused
from portal.records.account import Account
from portal.records.feedback import Feedback
from portal.web.access import opens_to
from portal.web.officer.blueprint import feedback_or_404, pages, staff
from portal.web.officer.people_forms import FindForm
from portal.work import begin_work


@pages.get("/feedback/<public_id>/praise")
@opens_to(Act.DECIDE)
def praise(public_id: str) -> ResponseReturnValue:
    """Whom the compliment was passed on to, and whom it could be."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        audit.note(work, "praise_viewed", feedback)
    return _page(feedback, FindForm(formdata=None))


@pages.post("/feedback/<public_id>/praise")
@opens_to(Act.DECIDE)
def find_praised(public_id: str) -> ResponseReturnValue:
    """Whom of the staff list it could be; posted, because names have no place in an address."""
    form = FindForm()
    feedback = feedback_or_404(db.session(), public_id)
    if not form.validate():
        return _page(feedback, form), 422
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        audit.note(work, "staff_searched", feedback, ["name"])
    return _page(feedback, form)


@pages.post("/feedback/<public_id>/praise/<account_id>")
@opens_to(Act.DECIDE)
def tell_praised(public_id: str, account_id: str) -> ResponseReturnValue:
    """Send it to them and to their manager."""
    try:
        with begin_work(staff()) as work:
            feedback = feedback_or_404(work.session, public_id)
            wanted = select(Account).where(Account.public_id == account_id)
            account = work.session.scalar(wanted) or abort(404)
            told = praising.tell(work, feedback, account)
            both = " and their manager" if told.manager_told else ""
            said = f"The compliment goes to {account.name}{both} by e-mail."
    except Refused as refused:
        form = FindForm(formdata=None)
        form.form_errors = [refused.message]
        return _page(feedback_or_404(db.session(), public_id), form), refused.status
    flash(said, "success")
    return redirect(url_for("officer.praise", public_id=public_id), 303)


def _page(feedback: Feedback, form: FindForm) -> str:
    session = db.session()
    typed = (form.name.data or "").strip() if not form.errors else ""
    told = praising.praised(session, feedback.id)
    return render_template(
        "officer/praise.html",
        feedback=feedback,
        form=form,
        typed=typed,
        thanked=praising.is_thanked(session, feedback),
        told=told,
        found=staff_search.find(session, typed, {account.id for account, _ in told}),
        most_found=MOST_FOUND,
    )
