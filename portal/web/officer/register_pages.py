"""The register of those who investigate, watch and sit, and what was paid to them in a case."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import audit, clock
from portal.access.acts import Act
from portal.cases import fees, register
from portal.cases.points import ChangedMeanwhile
from portal.cases.register import Listed
from portal.db import db
from portal.errors import Refused
from portal.procedures.procedure import StageKey
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.web import role_words
from portal.web.access import opens_to
from portal.web.officer.blueprint import pages, staff
from portal.web.officer.case_pages import found_or_404
from portal.web.officer.case_view import ROLES
from portal.web.officer.points_forms import version_of
from portal.web.officer.pounds import pence_typed
from portal.web.officer.procedure_words import pounds
from portal.web.officer.register_forms import PER, FeeForm, RegisterForm
from portal.work import Work, begin_work, council

UNPROCESSABLE = 422


@pages.get("/register", endpoint="register")
@opens_to(Act.KEEP_REGISTER)
def register_page() -> ResponseReturnValue:
    """Everybody of the register."""
    with begin_work(staff()) as work:
        rows = [_row(one) for one in register.listed(work.session, work.today)]
        audit.note(work, "register_listed")
    return render_template("officer/register.html", rows=rows)


@pages.get("/register/<account_id>", endpoint="register_entry")
@opens_to(Act.KEEP_REGISTER)
def register_entry_page(account_id: str) -> ResponseReturnValue:
    """What is known of one person."""
    form = RegisterForm(formdata=None)
    with begin_work(staff()) as work:
        one = _one_or_404(work, account_id)
        audit.note(work, "register_viewed", one.account)
    form.show(one.entry)
    return render_template("officer/register_entry.html", form=form, one=one, row=_row(one))


@pages.post("/register/<account_id>", endpoint="keep_register_entry")
@opens_to(Act.KEEP_REGISTER)
def keep_register_entry(account_id: str) -> ResponseReturnValue:
    """Write it down."""
    form = RegisterForm()
    status = UNPROCESSABLE
    if form.validate():
        try:
            with begin_work(staff()) as work:
                one = _one_or_404(work, account_id)
                register.keep(work, one, form.as_known(), version_of(form))
            flash("Saved.", "success")
            return redirect(url_for("officer.register"), 303)
        except ChangedMeanwhile as refused:
            form.form_errors, status = [refused.message], refused.status
    with begin_work(staff()) as work:
        one = _one_or_404(work, account_id)
        audit.note(work, "register_viewed", one.account)
    if status != UNPROCESSABLE:
        form.version.data = str(one.entry.version if one.entry is not None else 0)
    page = render_template("officer/register_entry.html", form=form, one=one, row=_row(one))
    return page, status


@pages.get("/cases/<public_id>/fees", endpoint="fees")
@opens_to(Act.CONDUCT)
def fees_page(public_id: str) -> ResponseReturnValue:
    """What was paid in a case."""
    with begin_work(staff()) as work:
        feedback, case = found_or_404(work.session, public_id)
        audit.note(work, "fees_viewed", case)
    return _fees(feedback, case, FeeForm(formdata=None))


@pages.post("/cases/<public_id>/fees")
@opens_to(Act.CONDUCT)
def record_fee(public_id: str) -> ResponseReturnValue:
    """Record a payment."""
    form = FeeForm()
    feedback, case = found_or_404(db.session(), public_id)
    form.offer(fees.appointed(db.session(), case))
    status = UNPROCESSABLE
    if form.validate():
        try:
            with begin_work(staff()) as work:
                _, case = found_or_404(work.session, public_id)
                fees.record(
                    work, case, form.appointment.data, pence_typed(form.amount.data),
                    form.what_for.data or "", form.day(),
                )  # fmt: skip
            flash("Recorded.", "success")
            return redirect(url_for("officer.fees", public_id=public_id), 303)
        except Refused as refused:
            form.form_errors, status = [refused.message], refused.status
    with begin_work(staff()) as work:
        feedback, case = found_or_404(work.session, public_id)
        audit.note(work, "fees_viewed", case)
    return _fees(feedback, case, form), status


@pages.post("/cases/<public_id>/fees/<fee_id>/take-back")
@opens_to(Act.CONDUCT)
def take_fee_back(public_id: str, fee_id: str) -> ResponseReturnValue:
    """Say that it was recorded wrongly."""
    with begin_work(staff()) as work:
        _, case = found_or_404(work.session, public_id)
        if not fees.take_back(work, case, fee_id):
            abort(404)
    flash("Taken back. It counts no more.", "success")
    return redirect(url_for("officer.fees", public_id=public_id), 303)


def _one_or_404(work: Work, account_id: str) -> Listed:
    return register.find(work.session, account_id, work.today) or abort(404)


def _row(one: Listed) -> dict[str, object]:
    entry = one.entry
    rate = ""
    if entry is not None and entry.rate_pence and entry.rate_per:
        rate = f"{pounds(entry.rate_pence)} {PER[entry.rate_per]}"
    return {
        "public_id": one.account.public_id,
        "name": one.account.name,
        "roles": ", ".join(role_words.ROLES[role] for role in one.roles),
        "skills": entry.skills if entry is not None else None,
        "conflicts": entry.conflicts if entry is not None else None,
        "rate": rate,
        "dbs_on": entry.dbs_on if entry is not None else None,
        "cases": one.cases,
    }


def _fees(feedback: Feedback, case: Case, form: FeeForm) -> str:
    session = db.session()
    found = fees.appointed(session, case)
    form.offer(found)
    rows = fees.of_case(session, case)
    names = {key: name for stages in council().stages.values() for key, name in stages.items()}
    return render_template(
        "officer/fees.html",
        feedback=feedback,
        case=case,
        form=form,
        anybody=bool(found),
        rows=[
            {
                "public_id": one.fee.public_id,
                "name": one.name,
                "role": ROLES[one.fee.role],
                "stage": names.get(StageKey(one.fee.stage_key), ""),
                "amount": pounds(one.fee.amount_pence),
                "what_for": one.fee.what_for,
                "paid_on": one.fee.paid_on,
            }
            for one in rows
        ],
        together=pounds(sum(one.fee.amount_pence for one in rows)),
        today=clock.today(),
    )
