"""A young person's advocate: the referral, what the provider said, and asking again."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit, clock
from portal.access.acts import Act
from portal.cases import gathering, referring
from portal.correspondence.voices import Voice, voice_of
from portal.db import db
from portal.records.advocacy_referral import AdvocacyReferral, ReferralState
from portal.records.case import Case, CaseState
from portal.records.feedback import Feedback
from portal.web.access import opens_to
from portal.web.officer import wording
from portal.web.officer.blueprint import feedback_or_404, pages, staff
from portal.web.officer.offer_form import ANSWERS, OfferForm
from portal.web.referral_form import ReferralForm
from portal.work import begin_work, council


@pages.get("/feedback/<public_id>/advocate", endpoint="referral")
@opens_to(Act.DECIDE)
def referral_page(public_id: str) -> ResponseReturnValue:
    """What was asked of the advocacy provider, and what came of it."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        audit.note(work, "referral_viewed", feedback)
    return _page(feedback, None)


@pages.post("/feedback/<public_id>/advocate/refer")
@opens_to(Act.DECIDE)
def refer(public_id: str) -> ResponseReturnValue:
    """Send a referral, because they said yes to an officer or the last one was declined."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        referring.refer(work, feedback)
        feedback.advocate_wanted = "yes"
    flash(f"The referral goes to {council().advocacy.name} now.", "success")
    return redirect(url_for("officer.referral", public_id=public_id), 303)


@pages.post("/feedback/<public_id>/advocate/said")
@opens_to(Act.DECIDE)
def advocate_answer(public_id: str) -> ResponseReturnValue:
    """Record that they want none now, have one, or gave no answer."""
    form = OfferForm()
    feedback = feedback_or_404(db.session(), public_id)
    if not _is_theirs(feedback):
        abort(404)
    if not form.validate():
        with begin_work(staff()) as work:
            audit.note(work, "referral_viewed", feedback)
        return _page(feedback, None, form), 422
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        referring.record_answer(work, feedback, form.said.data)
    flash("Recorded.", "success")
    return redirect(url_for("officer.referral", public_id=public_id), 303)


@pages.post("/feedback/<public_id>/advocate/<referral_id>")
@opens_to(Act.DECIDE)
def referral_answer(public_id: str, referral_id: str) -> ResponseReturnValue:
    """Record what the provider said."""
    form = ReferralForm().in_officers_words()
    feedback = feedback_or_404(db.session(), public_id)
    _find_or_404(db.session(), feedback, referral_id)
    if not form.validate():
        return _page(feedback, form), 422
    try:
        with begin_work(staff()) as work:
            feedback = feedback_or_404(work.session, public_id)
            found = _find_or_404(work.session, feedback, referral_id)
            referring.record(work, feedback, found, form.said(work.today))
    except referring.WrongAnswer as refused:
        form.form_errors = [refused.message]
        return _page(feedback_or_404(db.session(), public_id), form), 422
    flash("Recorded.", "success")
    return redirect(url_for("officer.referral", public_id=public_id), 303)


def _find_or_404(session: Session, feedback: Feedback, public_id: str) -> AdvocacyReferral:
    wanted = select(AdvocacyReferral).where(
        AdvocacyReferral.feedback_id == feedback.id, AdvocacyReferral.public_id == public_id
    )
    return session.scalar(wanted) or abort(404)


def _may_extend(latest: AdvocacyReferral | None, case: Case | None) -> bool:
    """As long as they want an advocate and none is there, also when the provider has said no."""
    wanted = latest is not None and latest.state is not ReferralState.APPOINTED
    return wanted and case is not None and case.state is CaseState.OPEN


def _is_theirs(feedback: Feedback) -> bool:
    """Whether a young person complains, by what they said or by what an officer decided."""
    return voice_of(db.session(), feedback) is Voice.YOUNG


def _offer_form(
    feedback: Feedback, latest: AdvocacyReferral | None, offer: OfferForm | None
) -> OfferForm | None:
    """Only for a young person of whom nobody heard a yes."""
    if latest is not None or not _is_theirs(feedback):
        return None
    said = feedback.advocate_wanted
    return offer or OfferForm(formdata=None, data={"said": said if said in ANSWERS else None})


def _page(feedback: Feedback, form: ReferralForm | None, offer: OfferForm | None = None) -> str:
    session = db.session()
    latest = referring.latest(session, feedback.id)
    waits = latest is not None and latest.state in referring.WAITS
    if form is None and waits:
        form = ReferralForm(formdata=None, data={"on": clock.today()}).in_officers_words()
    case = gathering.case_of(session, feedback)
    every = select(AdvocacyReferral).where(AdvocacyReferral.feedback_id == feedback.id)
    shown = _offer_form(feedback, latest, offer)
    return render_template(
        "officer/referral.html",
        feedback=feedback,
        referrals=session.scalars(every.order_by(AdvocacyReferral.id.desc())).all(),
        waits=waits,
        may_extend=_may_extend(latest, case),
        form=form,
        offer=shown,
        forms=[one for one in (form, shown) if one is not None],
        states=wording.REFERRALS,
    )
