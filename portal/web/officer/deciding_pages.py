"""Deciding in two steps: check what will happen, then confirm. Nothing goes out on one press."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal import audit, clock
from portal.access.acts import Act
from portal.cases.stages import StagePlan
from portal.correspondence.letters import WrittenLetter
from portal.correspondence.safe_contact import route_of
from portal.db import db
from portal.matter_rows import CASE_STAGES, CASES, DECISIONS, fetch_matter
from portal.procedures.handing_over import OF_REASON
from portal.procedures.refusal_rules import rule_for
from portal.procedures.second_officer import Agreement
from portal.records.case import CaseStage
from portal.records.decision import Decision
from portal.records.feedback import Feedback
from portal.triage import consistency, deciding, decision_letters, queue, refusing
from portal.triage.choice import Choice
from portal.triage.consistency import is_comment, must_be_taken
from portal.web.access import opens_to
from portal.web.officer import afterwards, onward, parts_view, queue_pages, wording
from portal.web.officer.blueprint import feedback_or_404, pages, staff
from portal.web.officer.decision_form import DecisionForm
from portal.web.officer.item_pages import item_page, linked_to_if_visible
from portal.web.officer.proposal_view import screening_lines
from portal.work import begin_work, council


@pages.post("/feedback/<public_id>/check")
@opens_to(Act.DECIDE)
def check(public_id: str) -> ResponseReturnValue:
    """Show what the choice will do: the date with its working, and the letter to read."""
    form = DecisionForm()
    form.read_button(request.form)
    feedback = feedback_or_404(db.session(), public_id)
    if not form.validate():
        return item_page(feedback, form, 422)
    choice = form.as_choice()
    try:
        with begin_work(staff()) as work:
            feedback = feedback_or_404(work.session, public_id)
            deciding.check_undecided(work, feedback)
            linked_to = deciding.checked(work, feedback, choice)
            plan = decision_letters.plan_of(work, feedback, choice)
            letter = decision_letters.preview(work, feedback, choice, linked_to)
            needed = consistency.needed_for(choice, deciding.writer_of(work, feedback))
            audit.note(work, "feedback_prepared", feedback)
    except deciding.ChoiceRefused as refused:
        return _back_to_item(public_id, form, refused)
    form.letter.data = letter.body if letter is not None else None
    return _check_page(feedback, form, choice, needed, plan, letter)


@pages.post("/feedback/<public_id>/confirm")
@opens_to(Act.DECIDE)
def confirm(public_id: str) -> ResponseReturnValue:
    """Carry the decision out, once; a no is proposed to a second officer."""
    form = DecisionForm()
    feedback = feedback_or_404(db.session(), public_id)
    # Where it stood, because what comes next is what stood behind it.
    place = queue.place_of(feedback)
    if not form.validate():
        return item_page(feedback, form, 422)
    try:
        with begin_work(staff()) as work:
            feedback = feedback_or_404(work.session, public_id)
            choice = form.as_choice()
            proposed = consistency.needed_for(choice, deciding.writer_of(work, feedback)).needed
            if proposed:
                refusing.propose_decision(work, feedback, choice)
            else:
                deciding.confirm(work, feedback, choice)
    except deciding.ChoiceRefused as refused:
        if {fault.field for fault in refused.faults} == {"letter"}:
            return _letter_again(public_id, form, refused)
        return _back_to_item(public_id, form, refused)
    if proposed:
        flash("A second officer is asked. Nothing is decided, and nothing went out.", "success")
        return redirect(url_for("officer.second_officer", public_id=public_id))
    return onward.after(feedback, place)


@pages.get("/feedback/<public_id>/done")
@opens_to(Act.READ)
def done(public_id: str) -> ResponseReturnValue:
    """Say what was done, and lead on to what comes next."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        audit.note(work, "feedback_viewed", feedback)
    session = db.session()
    fetch_matter(session, feedback)
    decision = DECISIONS.first(session, feedback.id)
    if decision is None:
        return redirect(url_for("officer.item", public_id=public_id))
    stage, letters = _first_stage(session, feedback), onward.letters_of(feedback)
    return render_template(
        "officer/done.html",
        feedback=feedback,
        decision=decision,
        stage=stage,
        letters=letters,
        decided_lines=afterwards.decided_lines(session, decision),
        untold_team=onward.untold_team(decision),
        linked_reference=_linked_reference(decision),
        held_back=afterwards.held_back(session, council(), feedback, decision),
        goes_apart=stage is not None and parts_view.goes_apart(session, feedback),
        by_post=onward.by_post(letters),
        to_be_taken=decision.reason in OF_REASON,
        next_item=queue_pages.following(queue.place_of(feedback), feedback.public_id),
        address_of=queue_pages.address_of,
        wording=wording,
    )


def _first_stage(session: Session, feedback: Feedback) -> CaseStage | None:
    stages = CASE_STAGES.of_each(session, [case.id for case in CASES.of(session, feedback.id)])
    every = [stage for some in stages.values() for stage in some]
    return min(every, key=lambda stage: stage.id, default=None)


def _linked_reference(decision: Decision) -> str | None:
    linked_to = linked_to_if_visible(db.session(), decision.linked_to_id)
    return linked_to.reference if linked_to is not None else None


def _reason(choice: Choice) -> list[tuple[str, str]]:
    return [("Reason", rule_for(choice.reason).label)] if choice.reason is not None else []


def _back_to_item(
    public_id: str, form: DecisionForm, refused: deciding.ChoiceRefused
) -> ResponseReturnValue:
    form.blame(refused.faults)
    return item_page(feedback_or_404(db.session(), public_id), form, 422)


def _letter_again(
    public_id: str, form: DecisionForm, refused: deciding.ChoiceRefused
) -> ResponseReturnValue:
    """Show the check page again with the officer's own text still in the box."""
    form.blame(refused.faults)
    choice = form.as_choice()
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        plan = decision_letters.plan_of(work, feedback, choice)
        linked_to = None
        letter = decision_letters.preview(work, feedback, choice, linked_to)
        needed = consistency.needed_for(choice, deciding.writer_of(work, feedback))
    return _check_page(feedback, form, choice, needed, plan, letter, 422)


def _check_page(
    feedback: Feedback,
    form: DecisionForm,
    choice: Choice,
    needed: Agreement,
    plan: StagePlan | None,
    letter: WrittenLetter | None,
    status: int = 200,
) -> ResponseReturnValue:
    page = render_template(
        "officer/check.html",
        feedback=feedback,
        form=form,
        choice=choice,
        needed=needed,
        rests_on=[*_reason(choice), *screening_lines(choice.screening)],
        plan=plan,
        past=plan is not None and plan.deadline.due < clock.today(),
        letter=letter,
        letters_go=wording.LETTERS_GO[route_of(db.session(), council(), feedback).way],
        is_comment=is_comment(choice),
        must_be_taken=must_be_taken(choice),
        not_taken=queue_pages.TITLES[queue.View.PASSED_ON],
        to_team=decision_letters.team_email(council(), choice.team),
        wording=wording,
    )
    return page, status
