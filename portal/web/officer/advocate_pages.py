"""Who speaks for the young person: advocates and what was agreed, requests, supporters."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit, clock
from portal.access.acts import Act
from portal.cases import advocacy, advocacy_consent, advocate_requests, supporters
from portal.cases.advocate_requests import UNKNOWN, AnsweredAlready, Asking
from portal.db import db
from portal.errors import Refused
from portal.records.advocate_request import AdvocateRequest
from portal.records.feedback import Feedback
from portal.web.access import may, opens_to, visible
from portal.web.advocate import scope_words
from portal.web.officer.advocate_forms import AnswerForm, Said
from portal.web.officer.blueprint import feedback_or_404, pages, staff
from portal.web.supporter.forms import SupporterForm
from portal.web.tracking.allowing import link_address
from portal.work import begin_work


@pages.get("/advocates", endpoint="advocate_requests")
@opens_to(Act.LIST)
def list_requests() -> ResponseReturnValue:
    """Every request that waits and whose matter the officer may see; and, for whoever sits at the
    desk, those with a reference that we do not have."""
    with begin_work(staff()) as work:
        audit.note(work, "advocates_listed")
    session = db.session()
    waiting = advocate_requests.waiting(session, visible(Act.ADMIT_ADVOCATES))
    unknown = []
    if may(Act.ENTER):
        unknown = advocate_requests.waiting(session, AdvocateRequest.feedback_id.is_(None))
    return render_template("officer/advocate_requests.html", waiting=waiting, unknown=unknown)


@pages.post("/advocates/<request_id>/unknown")
@opens_to(Act.ENTER)
def decline_unknown(request_id: str) -> ResponseReturnValue:
    """Say that we have nothing with that reference."""
    with begin_work(staff()) as work:
        request = _request_or_404(work.session, request_id, None)
        advocate_requests.decline(work, request, UNKNOWN)
    flash("The advocate can read that we have nothing with this reference.", "success")
    return redirect(url_for(".advocate_requests"), 303)


@pages.get("/feedback/<public_id>/advocates")
@opens_to(Act.ADMIT_ADVOCATES)
def advocates_of(public_id: str) -> ResponseReturnValue:
    """One matter's advocates and supporters, in one place."""
    return _page(public_id, None, SupporterForm(formdata=None))


@pages.post("/feedback/<public_id>/advocates/<request_id>")
@opens_to(Act.ADMIT_ADVOCATES)
def answer_advocate(public_id: str, request_id: str) -> ResponseReturnValue:
    """Let an advocate in, or not."""
    form = AnswerForm(prefix=_prefix(request_id))
    feedback = feedback_or_404(db.session(), public_id)
    request = _request_or_404(db.session(), request_id, feedback)
    if not form.validate():
        return _page(public_id, form, SupporterForm(formdata=None), request.public_id)
    try:
        with begin_work(staff()) as work:
            feedback = feedback_or_404(work.session, public_id)
            request = _request_or_404(work.session, request_id, feedback)
            if form.said.data == Said.YES:
                advocate_requests.approve(work, request, form.reason.data or "")
            else:
                advocate_requests.decline(work, request, form.reason.data or "")
    except AnsweredAlready:
        raise
    except Refused as refused:
        form.reason.errors = [refused.message]
        return _page(public_id, form, SupporterForm(formdata=None), request_id)
    flash("Your answer is recorded. The advocate can read it.", "success")
    return redirect(url_for(".advocates_of", public_id=public_id), 303)


@pages.post("/feedback/<public_id>/advocates/<account_id>/end")
@opens_to(Act.ADMIT_ADVOCATES)
def end_advocate(public_id: str, account_id: str) -> ResponseReturnValue:
    """The young person has told us to stop an advocate. It ends at once."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        name = advocacy.switch_off(work, feedback, account_id)
    if name is None:
        abort(404)
    flash(f"{name} cannot see it any more.", "success")
    return redirect(url_for(".advocates_of", public_id=public_id), 303)


@pages.post("/feedback/<public_id>/supporters")
@opens_to(Act.ADMIT_ADVOCATES)
def offer_supporter(public_id: str) -> ResponseReturnValue:
    """Make a link for somebody whom the young person trusts, as they asked; it is shown once."""
    form = SupporterForm()
    if not form.validate():
        return _page(public_id, None, form)
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        last_day = form.last_day(work.today)
        made, token = supporters.offer(
            work, feedback, form.name.data or "", form.agreed(), last_day
        )
        name, reference = made.name, feedback.reference
    return render_template(
        "officer/supporter_link.html",
        public_id=public_id,
        reference=reference,
        name=name,
        last_day=last_day,
        address=link_address(token),
    )


@pages.post("/feedback/<public_id>/supporters/<supporter_id>/end")
@opens_to(Act.ADMIT_ADVOCATES)
def end_supporter(public_id: str, supporter_id: str) -> ResponseReturnValue:
    """End a supporter's link at once."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        name = supporters.end(work, feedback, supporter_id)
    if name is None:
        abort(404)
    flash(f"{name} cannot see it any more.", "success")
    return redirect(url_for(".advocates_of", public_id=public_id), 303)


def _page(
    public_id: str, form: AnswerForm | None, offer: SupporterForm, answered: str = ""
) -> ResponseReturnValue:
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        audit.note(work, "advocates_viewed", feedback)
    session, today = db.session(), clock.today()
    asked = advocate_requests.waiting(session, AdvocateRequest.feedback_id == feedback.id)
    waiting = [(one.request.public_id, one) for one in asked]
    page = render_template(
        "officer/advocates.html",
        feedback=feedback,
        followers=advocacy.followers(session, feedback),
        history=advocacy_consent.history(session, feedback),
        waiting=[(one, _form(one, form if here == answered else None)) for here, one in waiting],
        supporters=supporters.of(session, feedback, today),
        offer=offer,
        forms=[one for one in (form, offer) if one is not None],
        in_words=scope_words.in_words,
    )
    return page, 422 if offer.errors or (form is not None and form.errors) else 200


def _form(one: Asking, posted: AnswerForm | None) -> AnswerForm:
    """The form of one request; names of its boxes are those of no other on the page."""
    return posted or AnswerForm(formdata=None, prefix=_prefix(one.request.public_id))


def _prefix(request_id: str) -> str:
    # The hyphen is ours: WTForms adds none after an id that happens to end in one.
    return f"{request_id}-"


def _request_or_404(
    session: Session, request_id: str, feedback: Feedback | None
) -> AdvocateRequest:
    wanted = select(AdvocateRequest).where(
        AdvocateRequest.public_id == request_id,
        AdvocateRequest.feedback_id == (feedback.id if feedback is not None else None),
    )
    found = session.scalar(wanted)
    return found if found is not None else abort(404)
