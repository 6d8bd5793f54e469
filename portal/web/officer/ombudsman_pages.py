"""What the Ombudsman decided: their reference, the decision, and the cases that it covers."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField

from portal import audit
from portal.access.acts import Act
from portal.cases import gathering, linking, ombudsman_covers, ombudsman_matters, ombudsman_names
from portal.cases.ombudsman_matters import LONGEST_REFERENCE, Said
from portal.db import db
from portal.errors import Refused
from portal.procedures.ombudsman_decision import Declined, OmbudsmanDecision, Reached
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.web.access import opens_to, visible
from portal.web.govform import GovForm
from portal.web.officer import ombudsman_view
from portal.web.officer.blueprint import pages, staff
from portal.web.officer.case_pages import found_or_404
from portal.web.officer.decision_form import at_most
from portal.web.officer.item_pages import words_of
from portal.web.widgets import Checkbox, Radios, Select, TextInput
from portal.work import begin_work

NOT_YET = ""


class SaidForm(GovForm):
    """What the Ombudsman's letters say of the whole matter."""

    reference = StringField(
        "The Ombudsman’s reference",
        description="For example 25 001 573.",
        validators=[at_most(LONGEST_REFERENCE)],
        widget=TextInput(),
    )
    reached = RadioField(
        "How far did it go?",
        description="The annual report lists it.",
        widget=Radios(classes="govuk-radios--small"),
        validate_choice=False,
    )
    decision = RadioField(
        "What did they decide?",
        widget=Radios(classes="govuk-radios--small"),
        validate_choice=False,
    )
    declined = SelectField(
        "Why did they not investigate?",
        description="Only where they closed it without an investigation.",
        widget=Select(),
        validate_choice=False,
    )
    public_report = BooleanField("They made a public report of it", widget=Checkbox())
    # Which version was on the page.
    seen = HiddenField()

    def offer(self) -> None:
        """Fill the lists."""
        self.reached.choices = [
            (NOT_YET, "We do not know yet"),
            *((code.value, words) for code, words in ombudsman_names.REACHED.items()),
        ]
        decisions = ombudsman_names.DECISIONS.items()
        self.decision.choices = [
            (NOT_YET, "Nothing yet"),
            *((code.value, words) for code, words in decisions),
        ]
        self.declined.choices = [
            (NOT_YET, "They did investigate, or have not decided"),
            *((code.value, words) for code, words in ombudsman_names.DECLINED.items()),
        ]

    def as_said(self) -> Said:
        """What was filled in, typed."""
        decision, declined = str(self.decision.data or ""), str(self.declined.data or "")
        reached = str(self.reached.data or "")
        return Said(
            reference=str(self.reference.data or ""),
            reached=Reached(reached) if reached in set(Reached) else None,
            decision=OmbudsmanDecision(decision) if decision in set(OmbudsmanDecision) else None,
            declined=Declined(declined) if declined in set(Declined) else None,
            public_report=bool(self.public_report.data),
        )

    @property
    def version(self) -> int:
        """The version that the page showed; one that was tampered with matches nothing."""
        typed = str(self.seen.data or "")
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else -1


class CoverForm(GovForm):
    """One more case that the decision covers."""

    covers = StringField(
        "Reference of a case or a refusal that it covers",
        description="Eight characters, for example 7KQM-2XVD.",
        validators=[at_most(100)],
        widget=TextInput(),
    )


@pages.get("/cases/<public_id>/ombudsman")
@opens_to(Act.CONDUCT)
def ombudsman(public_id: str) -> ResponseReturnValue:
    """Show what is recorded of the Ombudsman's decision."""
    with begin_work(staff()) as work:
        feedback, case = _found(work.session, public_id)
        audit.note(work, "case_viewed", case)
    ombudsman_view.fetch(db.session(), feedback, case)
    return _page(feedback, case, _begun(case), CoverForm(formdata=None))


@pages.post("/cases/<public_id>/ombudsman")
@opens_to(Act.CONDUCT)
def ombudsman_said(public_id: str) -> ResponseReturnValue:
    """Record reference and decision."""
    form = SaidForm()
    feedback, case = _found(db.session(), public_id)
    if not form.validate():
        return _page(feedback, case, form, CoverForm(formdata=None)), 422
    try:
        with begin_work(staff()) as work:
            _, case = _found(work.session, public_id)
            ombudsman_matters.record(work, case, form.as_said(), form.version)
    except Refused as refused:
        return _again(public_id, form, CoverForm(formdata=None), refused)
    flash("Recorded, for every case that it covers.", "success")
    return redirect(url_for("officer.ombudsman", public_id=public_id), 303)


@pages.post("/cases/<public_id>/ombudsman/cover")
@opens_to(Act.CONDUCT)
def ombudsman_cover(public_id: str) -> ResponseReturnValue:
    """Say that the decision covers one more case, or a refusal of which no case was made."""
    form = CoverForm()
    feedback, case = _found(db.session(), public_id)
    if not form.validate():
        return _page(feedback, case, _begun(case), form), 422
    try:
        with begin_work(staff()) as work:
            _, case = _found(work.session, public_id)
            typed = form.covers.data or ""
            found = linking.find_by_reference(work.session, typed, visible(Act.CONDUCT))
            other = gathering.case_of(work.session, found) if found is not None else None
            if other is None:
                ombudsman_covers.REFUSALS.add(work, case, found)
            else:
                ombudsman_covers.CASES.add(work, case, other)
    except Refused as refused:
        form.covers.errors = [refused.message]
        return _again(public_id, None, form, refused)
    flash("The decision covers that as well.", "success")
    return redirect(url_for("officer.ombudsman", public_id=public_id), 303)


@pages.post("/cases/<public_id>/ombudsman/cover/<cover_id>/end")
@opens_to(Act.CONDUCT)
def ombudsman_uncover(public_id: str, cover_id: str) -> ResponseReturnValue:
    """Take out a case that was put there by mistake."""
    with begin_work(staff()) as work:
        _, case = _found(work.session, public_id)
        covers = (ombudsman_covers.CASES, ombudsman_covers.REFUSALS)
        if not any(one.take_out(work, case, cover_id) for one in covers):
            abort(404)
    flash("The decision does not cover that any more.", "success")
    return redirect(url_for("officer.ombudsman", public_id=public_id), 303)


def _found(session: Session, public_id: str) -> tuple[Feedback, Case]:
    """The case of an address, where it was opened for the Ombudsman."""
    feedback, case = found_or_404(session, public_id)
    if not ombudsman_view.of_case(case):
        raise ombudsman_matters.NotTheOmbudsmans
    return feedback, case


def _begun(case: Case) -> SaidForm:
    kept = ombudsman_matters.matter_of(db.session(), case)
    if kept is None:
        return SaidForm(formdata=None, data={"seen": "0", "reached": NOT_YET, "decision": NOT_YET})
    return SaidForm(
        formdata=None,
        data={
            "reference": kept.reference,
            "reached": kept.reached.value if kept.reached else NOT_YET,
            "decision": kept.decision.value if kept.decision else NOT_YET,
            "declined": kept.declined.value if kept.declined else NOT_YET,
            "public_report": kept.public_report,
            "seen": str(kept.version),
        },
    )


def _again(
    public_id: str, form: SaidForm | None, cover_form: CoverForm, refused: Refused
) -> ResponseReturnValue:
    with begin_work(staff()) as work:
        feedback, case = _found(work.session, public_id)
        audit.note(work, "case_viewed", case)
    if form is None:
        return _page(feedback, case, _begun(case), cover_form), refused.status
    form.form_errors = [refused.message]
    kept = ombudsman_matters.matter_of(db.session(), case)
    # What somebody else wrote meanwhile has been read by now: saving again is meant.
    form.seen.data = str(kept.version if kept is not None else 0)
    return _page(feedback, case, form, cover_form), refused.status


def _page(feedback: Feedback, case: Case, form: SaidForm, cover_form: CoverForm) -> str:
    session = db.session()
    form.offer()
    return render_template(
        "officer/ombudsman.html",
        case=case,
        form=form,
        cover_form=cover_form,
        figures=ombudsman_view.figures(session),
        covered_cases=ombudsman_view.covered(session, case),
        covered_refusals=ombudsman_view.refusals_covered(session, case),
        **words_of(session, feedback),
    )
