"""One matter: how long it is kept and why, a hold, and its erasure because the person asks."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal import audit
from portal.access.acts import Act
from portal.cases import erasures, holds, retention_facts, years_kept
from portal.db import db
from portal.errors import Refused
from portal.procedures.retention import latest_review, term
from portal.procedures.working_days import in_full
from portal.records.account import Account
from portal.records.erasure import OPEN, Erasure
from portal.records.feedback import Feedback
from portal.records.retention_hold import RetentionHold
from portal.web.access import opens_to
from portal.web.govform import GovForm
from portal.web.officer.blueprint import feedback_or_404, pages, staff
from portal.web.officer.keeping_forms import AnswerForm, AskForm, HoldForm
from portal.work import Work, begin_work

ASKED_FOR = "erasure"


@dataclass(frozen=True)
class Forms:
    """The forms of the page, as they stand."""

    hold: HoldForm = field(default_factory=lambda: HoldForm(formdata=None))
    ask: AskForm = field(default_factory=lambda: AskForm(formdata=None))
    answer: AnswerForm = field(default_factory=lambda: AnswerForm(formdata=None))


@pages.get("/feedback/<public_id>/keeping")
@opens_to(Act.HOLD)
def keeping(public_id: str) -> ResponseReturnValue:
    """How long it is kept, with the reasons."""
    return _page(public_id, Forms())


@pages.post("/feedback/<public_id>/keeping/hold")
@opens_to(Act.HOLD)
def put_hold(public_id: str) -> ResponseReturnValue:
    """Put a hold on it."""
    forms = Forms(hold=HoldForm())
    return _checked(
        public_id, forms, forms.hold,
        lambda work, feedback: holds.put(
            work, feedback, forms.hold.reason.data or "", forms.hold.day
        ),
        "It is kept until somebody lifts the hold.",
    )  # fmt: skip


@pages.post("/feedback/<public_id>/keeping/lift")
@opens_to(Act.HOLD)
def lift_hold(public_id: str) -> ResponseReturnValue:
    """Lift it."""
    return _done(public_id, Forms(), None, holds.lift, "The hold is lifted.")


@pages.post("/feedback/<public_id>/keeping/erase")
@opens_to(Act.ERASE)
def propose_erasure(public_id: str) -> ResponseReturnValue:
    """Propose to erase it."""
    forms = Forms(ask=AskForm())
    return _checked(
        public_id, forms, forms.ask,
        lambda work, feedback: erasures.propose(work, feedback, forms.ask.asked.data or ""),
        "Proposed. Another officer answers next.",
    )  # fmt: skip


@pages.post("/feedback/<public_id>/keeping/agree")
@opens_to(Act.ERASE)
def agree_to_erasure(public_id: str) -> ResponseReturnValue:
    """Agree to it, as another officer than who proposed it."""
    which = request.form.get(ASKED_FOR, "")
    return _done(
        public_id, Forms(), None,
        lambda work, feedback: erasures.agree(work, feedback, which),
        "Agreed. It is erased when the next day’s pass is made.",
    )  # fmt: skip


@pages.post("/feedback/<public_id>/keeping/decline")
@opens_to(Act.ERASE)
def decline_erasure(public_id: str) -> ResponseReturnValue:
    """Do not erase it, with the reason."""
    forms, which = Forms(answer=AnswerForm()), request.form.get(ASKED_FOR, "")
    return _checked(
        public_id, forms, forms.answer,
        lambda work, feedback: erasures.decline(
            work, feedback, which, forms.answer.why.data or ""
        ),
        "It is not erased. Tell the person why.",
    )  # fmt: skip


def _checked(
    public_id: str,
    forms: Forms,
    form: GovForm,
    act: Callable[[Work, Feedback], object],
    said: str,
) -> ResponseReturnValue:
    if not form.validate():
        return _page(public_id, forms), 422
    return _done(public_id, forms, form, act, said)


def _done(
    public_id: str,
    forms: Forms,
    form: GovForm | None,
    act: Callable[[Work, Feedback], object],
    said: str,
) -> ResponseReturnValue:
    """Do one thing; the page comes back with what was typed where it cannot be done."""
    try:
        with begin_work(staff()) as work:
            act(work, feedback_or_404(work.session, public_id))
    except Refused as refused:
        (form or forms.answer).form_errors = [refused.message]
        return _page(public_id, forms), refused.status
    flash(said, "success")
    return redirect(url_for("officer.keeping", public_id=public_id), 303)


def _page(public_id: str, forms: Forms) -> str:
    with begin_work(staff()) as work:
        audit.note(work, "keeping_viewed", feedback_or_404(work.session, public_id))
        today = work.today
        periods = years_kept.in_force(work.session, work.council, today)
    session = db.session()
    feedback, hold, erasure = session.execute(_all_of(public_id)).one()
    facts = retention_facts.facts_of(session, [feedback.id]).get(feedback.id)
    return render_template(
        "officer/keeping.html",
        feedback=feedback,
        kept=term(facts, periods, today) if facts is not None else None,
        hold=hold,
        erasure=erasure,
        names=_names(session, hold, erasure),
        own=erasure is not None and erasure.proposed_by_id == int(current_user.id),
        # Whether this matter is closed to them the view's own rule has asked already.
        erases=bool(current_user.person.reaches(Act.ERASE)),
        page_forms=forms,
        latest=in_full(latest_review(periods, today)),
    )


def _all_of(public_id: str) -> Select[*tuple[Any, ...]]:
    """The matter with its hold and the erasure that may still be done, asked for together."""
    held = (RetentionHold.feedback_id == Feedback.id) & RetentionHold.lifted_at.is_(None)
    may_go = (Erasure.feedback_id == Feedback.id) & Erasure.state.in_(OPEN)
    return (
        select(Feedback, RetentionHold, Erasure)
        .outerjoin(RetentionHold, held)
        .outerjoin(Erasure, may_go)
        .where(Feedback.public_id == public_id)
    )


def _names(session: Session, hold: RetentionHold | None, erasure: Erasure | None) -> dict[int, str]:
    """Who put the hold, and who proposed the erasure."""
    keys = {
        hold.put_by_id if hold is not None else None,
        erasure.proposed_by_id if erasure is not None else None,
    } - {None}
    if not keys:
        return {}
    wanted = select(Account).where(Account.id.in_(keys))
    return {account.id: account.name for account in session.scalars(wanted)}
