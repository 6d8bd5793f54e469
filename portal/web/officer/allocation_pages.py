"""Who answers a case: an officer gives it to a manager, who takes it or hands it back."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select
from wtforms import SelectField, TextAreaField
from wtforms.validators import DataRequired

from portal import at_hand, audit, clock
from portal.access.acts import Act
from portal.cases import allocating, answerers, points
from portal.cases.answerers import Offer
from portal.db import db
from portal.errors import Refused
from portal.matter_rows import ALLOCATIONS, CASE_STAGES, POINTS
from portal.procedures.state import RUNNING
from portal.procedures.working_days import relative_words
from portal.records.account import Account
from portal.records.allocation import STANDS, AllocationState
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.web.access import may, opens_to
from portal.web.govform import GovForm
from portal.web.officer import reading, wording
from portal.web.officer.blueprint import pages, staff
from portal.web.officer.case_pages import found_or_404
from portal.web.officer.decision_form import at_most
from portal.web.widgets import Select, TextArea
from portal.work import Work, begin_work, council, counting_council

STATES = {
    AllocationState.ASKED: "has not answered yet",
    AllocationState.ACCEPTED: "took it",
    AllocationState.HANDED_BACK: "handed it back",
    AllocationState.ENDED: "has it no longer",
}


class AllocateForm(GovForm):
    """To whom a case is given."""

    person = SelectField("Who answers it?", widget=Select(), validate_choice=False)

    def offer(self, found: Offer, has_it: Account | None) -> None:
        """Fill the list: who is offered first, then everybody else who can have it; not whoever
        has it already."""
        first = [found.offered] if found.offered is not None else []
        others = [one for one in (*first, *found.others) if one != has_it]
        choices = [(one.public_id, _titled(one)) for one in others]
        self.person.choices = [("", "Choose somebody"), *choices]
        if self.person.data is None and found.offered is not None and found.offered in others:
            self.person.data = found.offered.public_id


class HandBackForm(GovForm):
    """Why a manager hands a case back."""

    reason = TextAreaField(
        "Why do you hand it back?",
        description="The complaints officer reads it.",
        validators=[
            DataRequired(allocating.SayWhy.message),
            at_most(allocating.LONGEST_REASON),
        ],
        widget=TextArea(),
    )


@pages.get("/cases/<public_id>/answering")
@opens_to(Act.READ)
def answering(public_id: str) -> ResponseReturnValue:
    """Who answers it, who had it before, and what whoever looks may do about it."""
    with begin_work(staff()) as work:
        feedback, case = found_or_404(work.session, public_id)
        audit.note(work, "allocation_viewed", case)
        at_hand.fetch(
            work.session, *((rows, [case.id]) for rows in (ALLOCATIONS, CASE_STAGES, POINTS))
        )
        # Shown before the act ends: afterwards each person of the offer would be read anew.
        offer = _offer(work, feedback, case)
        forms = AllocateForm(formdata=None), HandBackForm(formdata=None)
        return _page(feedback, case, *forms, offer)


@pages.post("/cases/<public_id>/answering")
@opens_to(Act.CONDUCT)
def allocate(public_id: str) -> ResponseReturnValue:
    """Give it to a manager whom it is not about."""
    form = AllocateForm()
    try:
        with begin_work(staff()) as work:
            _, case = found_or_404(work.session, public_id)
            account = work.session.scalar(
                select(Account).where(
                    Account.public_id == (form.person.data or ""), Account.organisation_id.is_(None)
                )
            )
            if account is None:
                raise Refused("Choose who answers it")
            allocating.allocate(work, case, account)
            name = account.name
    except Refused as refused:
        form.person.errors = [refused.message]
        return _again(public_id, form, HandBackForm(formdata=None), refused.status)
    flash(f"{name} has it now, and is told that something waits, without what.", "success")
    return redirect(url_for("officer.answering", public_id=public_id), 303)


@pages.post("/cases/<public_id>/answering/accept")
@opens_to(Act.ANSWER)
def accept_case(public_id: str) -> ResponseReturnValue:
    """Take it."""
    with begin_work(staff()) as work:
        _, case = found_or_404(work.session, public_id)
        allocating.accept(work, case)
    flash("It is yours to answer. Speak to the person first.", "success")
    return redirect(url_for("officer.answering", public_id=public_id), 303)


@pages.post("/cases/<public_id>/answering/hand-back")
@opens_to(Act.ANSWER)
def hand_back(public_id: str) -> ResponseReturnValue:
    """Hand it back, with a reason."""
    form = HandBackForm()
    if not form.validate():
        return _again(public_id, AllocateForm(formdata=None), form, 422)
    with begin_work(staff()) as work:
        _, case = found_or_404(work.session, public_id)
        allocating.hand_back(work, case, form.reason.data or "")
    flash("Handed back. The complaints officer is told.", "success")
    return redirect(url_for("officer.my_work"), 303)


def _again(
    public_id: str, form: AllocateForm, back: HandBackForm, status: int
) -> ResponseReturnValue:
    with begin_work(staff()) as work:
        feedback, case = found_or_404(work.session, public_id)
        audit.note(work, "allocation_viewed", case)
        offer = _offer(work, feedback, case)
        return _page(feedback, case, form, back, offer), status


def _offer(work: Work, feedback: Feedback, case: Case) -> Offer | None:
    """To whom it may be given, for those who give it while something is to be answered."""
    if case.procedure_state not in RUNNING or not may(Act.CONDUCT, feedback.id):
        return None
    return answerers.offer(work, case)


def _page(
    feedback: Feedback, case: Case, form: AllocateForm, back: HandBackForm, offer: Offer | None
) -> str:
    session = db.session()
    history = allocating.history(session, case)
    now = next((one for one in history if one.allocation.state in STANDS), None)
    mine = now is not None and now.account.id == current_user.id
    if offer is not None:
        form.offer(offer, now.account if now is not None else None)
    accept_by = now.allocation.accept_by if now is not None else clock.today()
    calendar = counting_council(session).calendar
    return render_template(
        "officer/answering.html",
        feedback=feedback,
        case=case,
        form=form,
        back_form=back,
        offer=offer,
        now=now,
        asked=now is not None and now.allocation.state is AllocationState.ASKED,
        mine=mine,
        history=history,
        states=STATES,
        relative=relative_words(accept_by, clock.today(), calendar),
        late=accept_by < clock.today(),
        points=points.live(session, case),
        team=wording.team_name(council(), case.team),
        contact_lines=reading.contact_lines(session, council(), feedback) if mine else (),
    )


def _titled(account: Account) -> str:
    return f"{account.name}, {account.job_title}" if account.job_title else account.name
