"""Requests to see what is held about somebody: passed on by officers, answered by information
governance officers, who see the request and nothing else of the matter."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit, clock
from portal.access.acts import Act
from portal.cases import access_requests as requests
from portal.cases import safe_contact_rules
from portal.db import db
from portal.errors import Refused
from portal.procedures import access_request as rules
from portal.records.access_request import AccessRequest
from portal.records.account import Account
from portal.records.feedback import Feedback
from portal.records.party import Party, PartyRole
from portal.web.access import opens_to, visible
from portal.web.officer import reading, wording
from portal.web.officer.access_request_forms import AnsweredForm, MoreTimeForm, PassRequestForm
from portal.web.officer.blueprint import feedback_or_404, pages, staff
from portal.work import Work, begin_work, counting_council

RequestAct = Callable[[Work, Feedback, AccessRequest], None]


@pages.get("/feedback/<public_id>/access-request", endpoint="pass_access_request")
@opens_to(Act.DECIDE)
def passing(public_id: str) -> ResponseReturnValue:
    """Ask what is passed on; or show how far the request is."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        audit.note(work, "access_request_viewed", feedback)
    return _passing_page(feedback, PassRequestForm(formdata=None, data=_begun(feedback)))


@pages.post("/feedback/<public_id>/access-request", endpoint="access_request_passed")
@opens_to(Act.DECIDE)
def passed(public_id: str) -> ResponseReturnValue:
    """Pass the request on; the rest of the feedback goes its own way."""
    form = PassRequestForm()
    feedback = feedback_or_404(db.session(), public_id)
    if not form.validate():
        return _passing_page(feedback, form), 422
    try:
        with begin_work(staff()) as work:
            feedback = feedback_or_404(work.session, public_id)
            requests.pass_to_governance(work, feedback, form.asked())
    except Refused as refused:
        form.form_errors = [refused.message]
        with begin_work(staff()) as work:
            feedback = feedback_or_404(work.session, public_id)
            audit.note(work, "access_request_viewed", feedback)
        return _passing_page(feedback, form), refused.status
    flash("Passed on to the information governance officers. The person is told.", "success")
    return redirect(url_for("officer.pass_access_request", public_id=public_id), 303)


@pages.get("/access-requests")
@opens_to(Act.LIST_REQUESTS)
def access_requests() -> ResponseReturnValue:
    """Every request, the next date first. Names stand on each request's own page."""
    with begin_work(staff()) as work:
        audit.note(work, "access_requests_viewed")
    return render_template(
        "officer/access_requests.html",
        listed=requests.listed(db.session(), visible(Act.HANDLE_REQUEST)),
        today=clock.today(),
    )


@pages.get("/access-requests/<public_id>")
@opens_to(Act.HANDLE_REQUEST)
def access_request(public_id: str) -> ResponseReturnValue:
    """One request."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        audit.note(work, "access_request_viewed", feedback)
    return _page(feedback, MoreTimeForm(formdata=None), _today())


@pages.post("/access-requests/<public_id>/take")
@opens_to(Act.HANDLE_REQUEST)
def take_access_request(public_id: str) -> ResponseReturnValue:
    """See to it from now on."""
    return _done(public_id, requests.take, "You see to this request.")


@pages.post("/access-requests/<public_id>/more-time")
@opens_to(Act.HANDLE_REQUEST)
def extend_access_request(public_id: str) -> ResponseReturnValue:
    """Take more time; the person is told why, and until when."""
    form = MoreTimeForm()
    if not form.validate():
        return _page(feedback_or_404(db.session(), public_id), form, _today()), 422
    return _done(
        public_id,
        lambda work, feedback, found: requests.extend(
            work, feedback, found, form.reason.data or ""
        ),
        "More time is taken. The person is told why.",
        form,
    )


@pages.post("/access-requests/<public_id>/answered")
@opens_to(Act.HANDLE_REQUEST)
def answer_access_request(public_id: str) -> ResponseReturnValue:
    """Record when it was answered."""
    form = AnsweredForm()
    if not form.validate():
        feedback = feedback_or_404(db.session(), public_id)
        return _page(feedback, MoreTimeForm(formdata=None), form), 422
    return _done(
        public_id,
        lambda work, feedback, found: requests.answer(work, feedback, found, form.day()),
        "Recorded as answered.",
        answered=form,
    )


def _done(
    public_id: str,
    act: RequestAct,
    said: str,
    more_time: MoreTimeForm | None = None,
    answered: AnsweredForm | None = None,
) -> ResponseReturnValue:
    """Do one thing with a request; what was typed is shown again where it cannot be done."""
    try:
        with begin_work(staff()) as work:
            feedback = feedback_or_404(work.session, public_id)
            act(work, feedback, _request_or_404(work.session, feedback))
    except Refused as refused:
        more_time = more_time or MoreTimeForm(formdata=None)
        more_time.form_errors = [refused.message]
        with begin_work(staff()) as work:
            feedback = feedback_or_404(work.session, public_id)
            audit.note(work, "access_request_viewed", feedback)
        return _page(feedback, more_time, answered or _today()), refused.status
    flash(said, "success")
    return redirect(url_for("officer.access_request", public_id=public_id), 303)


def _request_or_404(session: Session, feedback: Feedback) -> AccessRequest:
    return requests.of(session, feedback) or abort(404)


def _today() -> AnsweredForm:
    return AnsweredForm(formdata=None, data={"on": clock.today()})


def _begun(feedback: Feedback) -> dict[str, object]:
    """What the form begins with: who wrote, how they may be reached, and the day it came."""
    session = db.session()
    wanted = select(Party).where(
        Party.feedback_id == feedback.id, Party.role == PartyRole.COMPLAINANT
    )
    writer = session.scalar(wanted)
    lines: list[str | None] = [wording.CONTACT_WAYS[feedback.contact_way], feedback.contact_note]
    lines += reading.rule_lines(safe_contact_rules.in_force(session, feedback))
    if writer is not None:
        lines += [writer.email, writer.phone, writer.address]
    return {
        "from_whom": writer.name if writer is not None else "",
        "reach_by": "\n".join(line for line in lines if line),
        "received_on": feedback.received_on,
    }


def _passing_page(feedback: Feedback, form: PassRequestForm) -> str:
    session = db.session()
    found = requests.of(session, feedback)
    return render_template(
        "officer/access_request_pass.html",
        feedback=feedback,
        form=form,
        found=found,
        taken_by=_taken_by(session, found) if found is not None else "",
        late=found is not None and found.answered_on is None and found.due_on < clock.today(),
    )


def _page(feedback: Feedback, more_time: MoreTimeForm, answered: AnsweredForm) -> str:
    session, today = db.session(), clock.today()
    found = _request_or_404(session, feedback)
    here = counting_council(session)
    working = rules.answer_by(found.received_on, here.calendar).in_words()
    return render_template(
        "officer/access_request.html",
        feedback=feedback,
        found=found,
        taken_by=_taken_by(session, found),
        working=working,
        late=found.answered_on is None and found.due_on < today,
        may_extend=found.answered_on is None
        and rules.may_extend(today, found.due_on, found.extended_on is not None),
        longer=rules.extended_to(
            found.received_on, here.access_requests.extend_months, here.calendar
        ).due,
        more_time=more_time,
        answered=answered,
    )


def _taken_by(session: Session, found: AccessRequest) -> str:
    if found.taken_by_id is None:
        return ""
    return session.get_one(Account, found.taken_by_id).name
