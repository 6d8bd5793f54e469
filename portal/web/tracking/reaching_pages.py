"""The person changes how we reach them: a page at /track, and one press that stops all of it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import audit
from portal.cases import contact_details, safe_contact_rules
from portal.correspondence.safe_contact import roles_of
from portal.db import db
from portal.marking import marked
from portal.records.feedback import ContactWay, Feedback
from portal.records.party import Party
from portal.records.safe_contact_rule import SaidBy
from portal.web.access import Access, opens_to
from portal.web.tracking import showing, visit
from portal.web.tracking.buttons import check_buttons
from portal.web.tracking.coming_back import come_back
from portal.web.tracking.forms import REACHED, WordsForm
from portal.web.tracking.reaching import ReachForm
from portal.work import PUBLIC, begin_work

pages = Blueprint("reaching", __name__)
check_buttons(pages, "reach")


@pages.route("/track/matter/reach", methods=["GET", "POST"])
@opens_to(Access.TRACKER)
def reach() -> ResponseReturnValue:
    """How we may reach the person; what they change holds from the next letter on."""
    form, feedback = ReachForm(), visit.feedback_now()
    if feedback is None:
        return come_back(chose=False, **{name: str(form[name].data or "") for name in REACHED})
    rule = safe_contact_rules.in_force(db.session(), feedback)
    if not form.is_submitted():
        form.show(feedback, rule, _person(feedback))
        return _page(feedback, form), 200
    form.keep_hours(rule)
    if not form.validate():
        return _page(feedback, form), 422
    with begin_work(PUBLIC) as work:
        party = contact_details.the_persons_own(work, feedback)
        details = form.as_details(party)
        safe_contact_rules.keep(
            work, feedback, form.chosen_way(), form.as_rule(rule), SaidBy.PERSON
        )
        contact_details.change(work, feedback, party, details, SaidBy.PERSON)
        contact_details.readdress(work, feedback)
        audit.note(work, "tracking_viewed", feedback)
    flash(marked("We have changed it. We do it this way from now on."), "success")
    return redirect(url_for("tracking.matter", _anchor="reach"), 303)


@pages.post("/track/matter/reach/stop")
@opens_to(Access.TRACKER)
def stop_reaching() -> ResponseReturnValue:
    """Stop all of it in one press."""
    feedback = visit.feedback_now()
    if feedback is None:
        return come_back()
    with begin_work(PUBLIC) as work:
        rule = safe_contact_rules.in_force(work.session, feedback)
        safe_contact_rules.keep(work, feedback, ContactWay.PORTAL_ONLY, rule, SaidBy.PERSON)
        contact_details.readdress(work, feedback)
        audit.note(work, "tracking_viewed", feedback)
    flash(marked("We do not contact you any more. You can read what we say here."), "success")
    return redirect(url_for("tracking.matter", _anchor="reach"), 303)


def still_to_save(feedback: Feedback, kept: WordsForm) -> ResponseReturnValue:
    """Show the form as it was being filled in when the visit ended; nothing of it holds yet.

    Args:
        feedback: the matter of the visit that has just begun.
        kept: the words, shown again, with what came along.
    """
    form = ReachForm(formdata=None)
    form.show(feedback, safe_contact_rules.in_force(db.session(), feedback), _person(feedback))
    for name in REACHED:
        form[name].data = kept[name].data
    return _page(feedback, form, still_to_save=True)


def _person(feedback: Feedback) -> Party | None:
    session = db.session()
    roles = roles_of(session, feedback)
    found = contact_details.parties(session, feedback)
    return next((one for role in roles for one in found if one.role is role), None)


def _page(feedback: Feedback, form: ReachForm, still_to_save: bool = False) -> str:
    with begin_work(PUBLIC) as work:
        audit.note(work, "tracking_viewed", feedback)
    return render_template(
        "tracking/reach.html",
        feedback=feedback,
        form=form,
        layout=showing.layout_for(feedback),
        left=visit.left(),
        still_to_save=still_to_save,
    )
