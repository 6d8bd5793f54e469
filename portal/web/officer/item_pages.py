"""One feedback: the person's words beside the suggestion, and the form to decide on it."""

import json

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import update
from sqlalchemy.orm import Session

from portal import audit, clock
from portal.access.acts import Act
from portal.cases import (
    danger_over,
    gathering,
    handing_over,
    linking,
    queue_places,
    routing,
    suggested_links,
)
from portal.cases import messages as said
from portal.cases.young_people import is_young
from portal.correspondence import failing, print_queue
from portal.correspondence.voices import Voice, voice_of
from portal.db import db
from portal.matter_rows import DECISIONS, GLASS_BREAKS, fetch_matter
from portal.procedures.refusal_rules import rule_for
from portal.records.decision import Outcome
from portal.records.feedback import Feedback, FeedbackState
from portal.records.message import Message, Sender
from portal.records.refusal_proposal import ProposedFor
from portal.triage import choice as choices
from portal.triage import proposals, queue, sight, similar_cases
from portal.triage.consistency import reasons_for
from portal.triage.queue_row import waited_in_words
from portal.triage.sight import Offer
from portal.web.access import may, opens_to, visible
from portal.web.officer import (
    afterwards,
    case_bar,
    english_lines,
    ombudsman_view,
    presence,
    proposal_view,
    queue_pages,
    reaching,
    reading,
    wording,
)
from portal.web.officer.blueprint import feedback_or_404, pages, staff
from portal.web.officer.chosen_procedure import chosen_for
from portal.web.officer.decision_form import DecisionForm, beginning, beginning_again
from portal.web.officer.highlighting import folded
from portal.web.officer.history import at_words, history
from portal.web.officer.presence import Has
from portal.web.officer.writing_forms import MessageForm
from portal.web.once import once
from portal.work import Work, begin_work, council


@pages.get("/feedback/<public_id>")
@opens_to(Act.READ)
def item(public_id: str) -> ResponseReturnValue:
    """Read one feedback. Reading is noted in the trail, and the item is unread no longer."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        mark_read(work, feedback)
        audit.note(work, "feedback_viewed", feedback)
    if feedback.state is FeedbackState.DECIDED:
        return _decided_page(feedback, MessageForm(formdata=None))
    fetch_matter(db.session(), feedback)
    return item_page(feedback, _begun(feedback))


@pages.post("/feedback/<public_id>")
@opens_to(Act.DECIDE)
def change(public_id: str) -> ResponseReturnValue:
    """Come back from the check page with everything still chosen."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        audit.note(work, "feedback_viewed", feedback)
    if feedback.state is FeedbackState.DECIDED:
        return _decided_page(feedback, MessageForm(formdata=None))
    return item_page(feedback, DecisionForm())


def message_again(feedback: Feedback, form: MessageForm) -> ResponseReturnValue:
    """Show the page of something that is no case with a message that was not taken, still typed."""
    if feedback.state is FeedbackState.DECIDED:
        return _decided_page(feedback, form), 422
    return item_page(feedback, _begun(feedback), 422, form)


def _begun(feedback: Feedback) -> DecisionForm:
    earlier = proposals.latest(db.session(), feedback, ProposedFor.DECISION)
    if earlier is not None:
        # It came back: the answer stands in the form as it was, to be changed.
        again = choices.from_plain(json.loads(earlier.planned))
        return DecisionForm(formdata=None, data=beginning_again(again))
    labels = _offered(db.session(), feedback).labels
    begun = dict(beginning(feedback, labels))
    worked_out = routing.latest_choice(db.session(), feedback)
    if worked_out is not None:
        # An officer's own choice, made on the page that works it out.
        assert worked_out.procedure is not None, "It is a choice."
        begun["procedure"] = chosen_for(worked_out.procedure, worked_out.chosen_track)
    return DecisionForm(formdata=None, data=begun)


def item_page(
    feedback: Feedback,
    form: DecisionForm,
    status: int = 200,
    message_form: MessageForm | None = None,
) -> ResponseReturnValue:
    """Show the page with its forms as they stand, errors included."""
    session = db.session()
    colleagues = presence.with_colleagues(session, feedback.id, int(current_user.id), clock.now())
    offer = _offered(session, feedback)
    labels = offer.labels
    form.offer(council(), feedback, labels)
    page = render_template(
        "officer/item.html",
        form=form,
        offer=offer,
        similar=similar_cases.shown_for(session, feedback, visible()) if labels else (),
        lines=reading.suggestion_lines(council(), labels) if labels is not None else (),
        advice=reading.procedure_advice(council(), labels) if labels is not None else None,
        risk_reasons=labels.risk.reasons if labels is not None else (),
        tests=reason_tests(),
        proposed_no=proposal_view.shown_for(session, council(), feedback),
        bar=case_bar.of(session, feedback, None),
        near=linking.near_matches(session, feedback, visible()),
        colleagues=colleagues,
        **thread_of(session, feedback, message_form or MessageForm(formdata=None)),
        **words_of(session, feedback),
    )
    return page, status


def words_of(session: Session, feedback: Feedback) -> dict[str, object]:
    """What every page about one feedback shows: the words, the people, the way to reach them."""
    # The marks are for whoever decides; afterwards they would only stand in the way of reading.
    waits = feedback.state is FeedbackState.WAITING
    labels = _offered(session, feedback).labels if waits else None
    there = presence.of(session, feedback.id)
    fetch_matter(session, feedback, below=failing.wanted)
    english = english_lines.of(session, feedback)
    marked = not english_lines.is_rendered(english)
    passed_on = handing_over.of(session, feedback.id) if Has.HANDOVER in there else ()
    return {
        "feedback": feedback,
        "story": folded(feedback.story, labels.why if labels and marked else ()),
        "contact_lines": reading.contact_lines(session, council(), feedback),
        "facts": reading.facts(session, council(), feedback),
        "files": reading.files(session, feedback),
        "english": english,
        "young": is_young(feedback),
        # Also who wrote an e-mail, once an officer has decided that a young person did.
        "young_decided": voice_of(session, feedback) is Voice.YOUNG,
        "waited": waited_in_words(feedback.received_at, clock.now()),
        "wording": wording,
        "broken_until": broken_until(session, feedback),
        "danger": danger_over.last_alert(session, feedback) if Has.ALERT in there else None,
        "way_on": queue_pages.way_on(queue.place_of(feedback)),
        "suggested": suggested_links.shown_for(session, feedback, visible())
        if Has.LINK in there
        else [],
        "failing": failing.failing_of(session, feedback.id),
        "letters_go": wording.LETTERS_GO[reaching.route(session, council(), feedback).way],
        "to_post": print_queue.of_feedback(session, feedback) if Has.TO_POST in there else (),
        "not_taken": [one for one in passed_on if one.taken_on is None],
    }


def _offered(session: Session, feedback: Feedback) -> Offer:
    return once("offer", feedback.id, lambda: sight.offered(session, feedback))


def broken_until(session: Session, feedback: Feedback) -> str | None:
    """When a matter that was opened in an emergency closes again to whoever reads it."""
    broken = GLASS_BREAKS.of(session, feedback.id)
    mine = [one.ends_at for one in broken if one.account_id == int(current_user.id)]
    ends_at = max((one for one in mine if one > clock.now()), default=None)
    return at_words(ends_at) if ends_at is not None else None


def thread_of(session: Session, feedback: Feedback, form: MessageForm) -> dict[str, object]:
    """What was said so far, and the box to write in: on every page about one feedback, because
    opening any of them marks the person's messages as read."""
    fetch_matter(session, feedback)
    return {
        "thread": said.thread(session, feedback),
        "message_form": form,
        "message_hint": wording.MESSAGE_HINTS[reaching.route(session, council(), feedback).way],
        "at_words": at_words,
    }


def mark_read(work: Work, feedback: Feedback, *, replied: bool = True) -> None:
    """Note that an officer has seen it, and the person's messages on it.

    Not through the records: their version would rise, and a colleague who decides at this moment
    would be told that somebody else had changed it.

    Args:
        work: the open act.
        feedback: what is read.
        replied: whether there may be a message that nobody has read.
    """
    if not (feedback.unread or replied) or not may(Act.DECIDE, feedback.id):
        # Somebody else of the council has read it; the complaints team has not.
        return
    session = work.session
    unread = feedback.unread
    if unread:
        session.execute(update(Feedback).where(Feedback.id == feedback.id).values(unread=False))
        session.refresh(feedback)
    replies = update(Message).where(
        Message.feedback_id == feedback.id,
        Message.sender != Sender.COUNCIL,
        Message.read_at.is_(None),
    )
    read = session.execute(replies.values(read_at=work.now))
    if unread or read.rowcount:  # type: ignore[attr-defined]
        queue_places.touch(session, feedback.id)


def reason_tests() -> list[tuple[str, str, str]]:
    """Each coded reason with the test an officer applies and what the letter has to say."""
    reasons = dict.fromkeys((*reasons_for(Outcome.PASSED_ON), *reasons_for(Outcome.DECLINED)))
    return [(rule_for(r).label, rule_for(r).test, rule_for(r).tell) for r in reasons]


def linked_to_if_visible(session: Session, linked_id: int | None) -> Feedback | None:
    """What something is linked to, where the reader may see that as well."""
    if linked_id is None or not may(Act.READ, linked_id):
        return None
    return session.get(Feedback, linked_id)


def _decided_page(feedback: Feedback, message_form: MessageForm) -> str:
    session = db.session()
    fetch_matter(session, feedback)
    decision = DECISIONS.first(session, feedback.id)
    case = gathering.case_of(session, feedback)
    linked_id = decision.linked_to_id if decision is not None else None
    return render_template(
        "officer/decided.html",
        decision=decision,
        case=case,
        bar=case_bar.of(session, feedback, None),
        reason=rule_for(decision.reason).label if decision and decision.reason else None,
        decided_lines=afterwards.decided_lines(session, decision),
        proposed_no=proposal_view.shown_for(session, council(), feedback),
        held_back=afterwards.held_back(session, council(), feedback, decision),
        linked_to=linked_to_if_visible(session, linked_id),
        covered=ombudsman_view.refusal_covered_by(session, feedback),
        covers=False,
        history=history(session, feedback),
        form=message_form,
        **thread_of(session, feedback, message_form),
        **words_of(session, feedback),
    )


def words_beside(session: Session, feedback: Feedback) -> dict[str, object]:
    """Of that, what stands beside a letter about a matter that is decided."""
    fetch_matter(session, feedback)
    return {
        "feedback": feedback,
        "story": folded(feedback.story, ()),
        "contact_lines": reading.contact_lines(session, council(), feedback),
        "facts": reading.facts(session, council(), feedback),
        "english": english_lines.of(session, feedback),
        "wording": wording,
    }
