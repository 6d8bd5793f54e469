"""Which procedure a matter follows: the facts, what the law concludes, and the officer's choice."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal import at_hand, audit
from portal.access.acts import Act
from portal.cases import routing
from portal.cases.routing import RouteFacts
from portal.db import db
from portal.matter_rows import (
    CHILDS_VIEWS,
    CONSENTS,
    DECISIONS,
    INTERESTS,
    LATE_TESTS,
    PARTIES,
    ROUTINGS,
)
from portal.procedures.conclusion import Conclusion
from portal.records.feedback import Feedback
from portal.records.party import PartyRole
from portal.triage import sight
from portal.triage.likely_route import likely_facts
from portal.web.access import opens_to
from portal.web.officer import route_words, wording
from portal.web.officer.blueprint import feedback_or_404, pages, staff
from portal.web.officer.chosen_procedure import chosen_for, procedure_of, track_of_choice
from portal.web.officer.route_form import RouteForm, beginning
from portal.web.officer.standing_words import standing_lines
from portal.work import begin_work, council


@pages.get("/feedback/<public_id>/route")
@opens_to(Act.DECIDE)
def route(public_id: str) -> ResponseReturnValue:
    """Show what follows from what is known now: recorded before, else suggested or said."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        audit.note(work, "route_viewed", feedback)
    # What is recorded of it besides its cases, and what it was taken for.
    kinds = (CHILDS_VIEWS, CONSENTS, DECISIONS, INTERESTS, LATE_TESTS, PARTIES, ROUTINGS)
    at_hand.fetch(db.session(), *((rows, [feedback.id]) for rows in kinds))
    facts = _known(db.session(), feedback)
    form = RouteForm(formdata=None, data=beginning(facts))
    return _page(feedback, form, _concluded(feedback, facts))


@pages.post("/feedback/<public_id>/route")
@opens_to(Act.DECIDE)
def routed(public_id: str) -> ResponseReturnValue:
    """Show what follows from the facts as they are ticked, and keep them; or record the choice."""
    form = RouteForm()
    feedback = feedback_or_404(db.session(), public_id)
    if not form.validate():
        return _page(feedback, form, ()), 422
    facts = form.as_facts()
    if "record" not in request.form:
        with begin_work(staff()) as work:
            feedback = feedback_or_404(work.session, public_id)
            named = _is_named(work.session, feedback)
            routing.keep_facts(work, feedback, facts, named)
        return _page(feedback, form, _concluded(feedback, facts))
    procedure = form.chosen_procedure()
    if procedure is None:
        form.procedure.errors = ["Choose the procedure"]
        return _page(feedback, form, _concluded(feedback, facts)), 422
    try:
        with begin_work(staff()) as work:
            feedback = feedback_or_404(work.session, public_id)
            named = _is_named(work.session, feedback)
            routing.record(
                work, feedback, facts, named, procedure_of(procedure), form.reason.data or "",
                track_of_choice(procedure),
            )  # fmt: skip
    except routing.WhyOtherwise as refused:
        form.reason.errors = [refused.message]
        feedback = feedback_or_404(db.session(), public_id)
        return _page(feedback, form, _concluded(feedback, facts)), 422
    name = wording.runs_on(council(), procedure_of(procedure), track_of_choice(procedure))
    flash(f"Recorded: {name}. Nothing was sent, and nothing is decided by this.", "success")
    return redirect(url_for("officer.item", public_id=public_id), 303)


def _known(session: Session, feedback: Feedback) -> RouteFacts:
    recorded = routing.latest(session, feedback)
    if recorded is not None:
        return routing.from_plain(recorded.facts)
    decision = DECISIONS.first(session, feedback.id)
    if decision is not None:
        return likely_facts(decision.team, decision.relationship)
    # What is held back until the decision is held back here as well.
    labels = sight.offered(session, feedback).labels
    if labels is None:
        return likely_facts(None, feedback.relationship_said)
    said = feedback.relationship_said or labels.relationship.label
    return likely_facts(labels.team[0].label, said)


def _concluded(feedback: Feedback, facts: RouteFacts) -> tuple[Conclusion, ...]:
    session = db.session()
    named = _is_named(session, feedback)
    matter = routing.matter_of(session, feedback, facts, named)
    return routing.concluded(matter, council().local_rules)


def _is_named(session: Session, feedback: Feedback) -> bool:
    return any(
        one.role is PartyRole.COMPLAINANT and one.name_key is not None
        for one in PARTIES.of(session, feedback.id)
    )


def _page(feedback: Feedback, form: RouteForm, conclusions: tuple[Conclusion, ...]) -> str:
    form.offer(council())
    if not form.procedure.data:
        form.procedure.data = _one_procedure(conclusions)
    session = db.session()
    return render_template(
        "officer/route.html",
        feedback=feedback,
        form=form,
        conclusions=[route_words.in_words(one) for one in conclusions],
        lines=standing_lines(session, feedback),
        recorded=routing.latest_choice(session, feedback),
        wording=wording,
    )


def _one_procedure(conclusions: tuple[Conclusion, ...]) -> str:
    """The procedure to begin with, where the rules name one and no decision comes first."""
    found = {(one.outcome.procedure, one.outcome.track) for one in conclusions}
    if len(found) != 1 or any(one.outcome.decisions for one in conclusions):
        return ""
    procedure, track = found.pop()
    return chosen_for(procedure, track).value if procedure is not None else ""
