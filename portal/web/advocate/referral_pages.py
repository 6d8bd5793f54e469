"""The provider's link: whoever finds advocates answers a referral without an account. The page
shows the reference that stood in their letter, and nothing else."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal import clock
from portal.cases import referring
from portal.db import db
from portal.records.advocacy_referral import AdvocacyReferral, ReferralState
from portal.records.feedback import Feedback
from portal.web.access import Access, opens_to
from portal.web.referral_form import ProviderForm
from portal.web.tracking.buttons import check_buttons
from portal.work import PUBLIC, begin_work

# A blueprint of its own: everybody with a letter's link may come here, without signing in.
pages = Blueprint("advocacy_referral", __name__, url_prefix="/advocates/referral")
check_buttons(pages, "answered")


@pages.get("/<token>")
@opens_to(Access.EVERYONE)
def asked(token: str) -> ResponseReturnValue:
    """Ask for the answer. Looking uses nothing up: mail scanners look too."""
    found = referring.by_token(db.session(), token, clock.now())
    return _page(found, ProviderForm(formdata=None))


@pages.post("/<token>")
@opens_to(Access.EVERYONE)
def answered(token: str) -> ResponseReturnValue:
    """Take the answer: the link ends with an advocate or a no."""
    form = ProviderForm()
    found = referring.by_token(db.session(), token, clock.now())
    if not form.validate():
        return _page(found, form), 422
    try:
        with begin_work(PUBLIC) as work:
            found = referring.by_token(work.session, token, work.now)
            feedback = work.session.get_one(Feedback, found.feedback_id)
            referring.record(work, feedback, found, form.said(work.today))
            more = found.state is ReferralState.ACCEPTED
    except referring.WrongAnswer as refused:
        form.form_errors = [refused.message]
        return _page(referring.by_token(db.session(), token, clock.now()), form), 422
    return render_template("advocate/referral_done.html", more=more)


def _page(referral: AdvocacyReferral, form: ProviderForm) -> str:
    feedback = db.session.get_one(Feedback, referral.feedback_id)
    return render_template(
        "advocate/referral.html", form=form, reference=feedback.reference, due_on=referral.due_on
    )
