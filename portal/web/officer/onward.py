"""After a decision: where the officer lands, and the notice there of what was just done."""

from dataclasses import dataclass
from datetime import date

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from portal.access.acts import Act
from portal.db import db
from portal.matter_rows import LETTERS
from portal.procedures.handing_over import OF_REASON
from portal.procedures.refusal import RefusalReason
from portal.records.case import Case, CaseStage
from portal.records.decision import Decision, Outcome, Sight
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind, LetterState, OutboxLetter
from portal.triage import decision_letters
from portal.triage.queue_order import Place
from portal.web.access import may, visible
from portal.web.officer import parts_view, queue_pages, wording
from portal.web.officer.blueprint import pages
from portal.work import council

# What a button beside "Confirm" asks for, and the argument by which the next page learns of it.
THEN, ACKNOWLEDGE, DONE = "then", "acknowledge", "done"


@dataclass(frozen=True)
class JustDone:
    """What was decided a moment ago, on the page of what came next."""

    public_id: str
    reference: str
    words: str
    due_on: date | None
    is_case: bool
    to_acknowledge: bool


def after(feedback: Feedback, place: Place | None) -> ResponseReturnValue:
    """Lead on from a decision: to the letter that was asked for, to what an officer has to do by
    hand, or to what comes next in the queue.

    Args:
        feedback: what was decided.
        place: where it stood in the queue before.
    """
    decision = _decision_of(feedback)
    assert decision is not None, "It was decided just now."
    opened = decision.outcome is Outcome.CASE_OPENED
    if opened and request.form.get(THEN) == ACKNOWLEDGE:
        flash(
            f"{feedback.reference} is decided: a case is open. Now its acknowledgement.", "success"
        )
        return redirect(url_for("officer.acknowledge", public_id=feedback.public_id))
    following = queue_pages.following(place, feedback.public_id)
    if following is None or _asks_more(feedback, decision):
        flash(f"{feedback.reference} is decided. Here is what was done.", "success")
        return redirect(url_for("officer.done", public_id=feedback.public_id))
    return redirect(queue_pages.address_of(following, **{DONE: feedback.public_id}))


@pages.context_processor
def notice() -> dict[str, object]:
    """Let every officers' page show the notice."""
    return {"just_done": just_done}


def just_done() -> JustDone | None:
    """What the reader of this page decided just before, where its address says so."""
    public_id = request.args.get(DONE, "")
    if not public_id or not may(Act.WORK_QUEUE):
        return None
    wanted = select(Feedback).where(Feedback.public_id == public_id, visible())
    feedback = db.session.scalar(wanted)
    decision = _decision_of(feedback) if feedback is not None else None
    if feedback is None or decision is None or decision.decided_by_id != int(current_user.id):
        return None
    stage = (
        select(CaseStage.due_on, Case.acknowledged_on)
        .join(Case, Case.id == CaseStage.case_id)
        .where(Case.feedback_id == feedback.id)
        .order_by(CaseStage.id)
    )
    row = db.session.execute(stage.limit(1)).one_or_none()
    return JustDone(
        public_id=public_id,
        reference=feedback.reference,
        words=wording.DONE[decision.outcome],
        due_on=row.due_on if row is not None else None,
        is_case=row is not None,
        to_acknowledge=row is not None and row.acknowledged_on is None,
    )


def untold_team(decision: Decision) -> bool:
    """Whether the officer has to pass thanks or a comment on: the team has no address."""
    comment = decision.reason is RefusalReason.COMMENT
    to_team = decision.outcome is Outcome.THANKED or comment
    return to_team and decision_letters.team_email(council(), decision.team) is None


def letters_of(feedback: Feedback) -> list[OutboxLetter]:
    """The letters that went with the decision."""
    kinds: tuple[LetterKind, ...] = (
        *decision_letters.KINDS.values(),
        *decision_letters.OF_THEIR_KIND,
    )
    written = LETTERS.of(db.session(), feedback.id)
    return [one for one in written if one.kind in kinds or not one.shown_to_person]


def by_post(letters: list[OutboxLetter]) -> bool:
    """Whether one of them reaches the person by no e-mail."""
    return any(letter.state is LetterState.WITHHELD for letter in letters)


def _asks_more(feedback: Feedback, decision: Decision) -> bool:
    """Whether what was done has to be read before going on: something is left to do by hand, or
    the suggestion that was held back is shown now."""
    return (
        decision.sight is Sight.BLIND
        or decision.reason in OF_REASON
        or untold_team(decision)
        or by_post(letters_of(feedback))
        or (
            decision.outcome is Outcome.CASE_OPENED
            and parts_view.goes_apart(db.session(), feedback)
        )
    )


def _decision_of(feedback: Feedback) -> Decision | None:
    return db.session.scalar(select(Decision).where(Decision.feedback_id == feedback.id))
