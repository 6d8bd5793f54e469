"""Suggestions: stored as the classifier said them, read back typed. They decide nothing."""

import json
from typing import Any

from sqlalchemy import case, delete, select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases import hearing, in_english
from portal.matter_rows import SUGGESTIONS
from portal.procedures.vocabulary import Risk
from portal.records.feedback import Feedback, FeedbackState
from portal.records.similar import Fingerprint
from portal.records.suggestion import Suggestion
from portal.triage.suggested_labels import SuggestedLabels, SuggestionUnusable, from_plain
from portal.work import Work

MOST_TRIES = 3
LONGEST_ERROR_CODE = 64
RISK_ORDER = (Risk.NONE, Risk.CONCERN, Risk.NOW)


def waiting_ids(session: Session, limit: int = 100) -> list[int]:
    """The feedback that a suggestion is still to be made for.

    Args:
        session: any session; nothing is changed.
        limit: at most so many.

    Returns:
        Keys of feedback without a suggestion: what waits for an officer before what is decided,
        then oldest first. A text on which the model failed stands among them until it was tried
        `MOST_TRIES` times.
    """
    wanted = (
        select(Feedback.id)
        .outerjoin(Suggestion, Suggestion.feedback_id == Feedback.id)
        .where(
            Feedback.erased_at.is_(None),
            Suggestion.id.is_(None)
            | (Suggestion.error.is_not(None) & (Suggestion.tries < MOST_TRIES)),
        )
        .order_by(
            case((Feedback.state == FeedbackState.WAITING, 0), else_=1),
            Feedback.received_at,
            Feedback.id,
        )
        .limit(limit)
    )
    return list(session.scalars(wanted))


def store(work: Work, feedback: Feedback, result: dict[str, Any]) -> Suggestion:
    """Keep what the classifier answered, and let a worrying text be read sooner.

    Args:
        work: the open act.
        feedback: the feedback it is about.
        result: the classifier's JSON object (design.md, command-line contract).

    Returns:
        The suggestion. Once an officer has decided, an earlier good one is left as it was,
        because the decision was compared with it.

    Raises:
        SuggestionUnusable: the answer is not what the contract says; call `store_failure`.
    """
    labels = from_plain(result)
    suggestion = _row(work, feedback)
    if feedback.state is FeedbackState.DECIDED and suggestion.body is not None:
        return suggestion
    suggestion.made_at = work.now
    suggestion.model = labels.model
    suggestion.error = None
    suggestion.category = labels.category.label
    suggestion.team = labels.team[0].label
    suggestion.procedure = labels.procedure.label
    suggestion.body = json.dumps(result)
    if _rank(labels.risk.label) > _rank(feedback.risk):
        feedback.risk = labels.risk.label
    audit.note(work, "suggestion_stored", feedback)
    return suggestion


def store_failure(work: Work, feedback: Feedback, error_code: str) -> Suggestion:
    """Count a failed attempt, so that a text which breaks the model is left to the officer.

    Args:
        work: the open act.
        feedback: the feedback that was tried.
        error_code: the kind of failure, never its text: that may quote the person.

    Returns:
        The row; an earlier good suggestion is left untouched.
    """
    suggestion = _row(work, feedback)
    if suggestion.body is None:
        suggestion.tries = suggestion.tries + 1 if suggestion.error else 1
        suggestion.error = error_code[:LONGEST_ERROR_CODE]
        suggestion.made_at = work.now
    return suggestion


def ask_again(work: Work, feedback: Feedback) -> None:
    """Let what reads texts read once more, because an officer has written down what one says.

    The risk that stood for what nobody had heard or read falls back to what was known from the
    words; what is read next may raise it again.

    Args:
        work: the open act.
        feedback: once it is decided nothing is asked again: the decision was compared.
    """
    if feedback.state is FeedbackState.DECIDED:
        return
    work.session.flush()
    suggestion = find(work.session, feedback.id)
    labels = read(suggestion)
    if suggestion is not None:
        work.session.delete(suggestion)
    work.session.execute(delete(Fingerprint).where(Fingerprint.feedback_id == feedback.id))
    feedback.words_read_at = None
    if feedback.risk is Risk.CONCERN and not _waits_for_words(work.session, feedback):
        # What the model made of words that it cannot read is no knowledge.
        knew = labels is not None and in_english.of_text(work.session, feedback, None) is None
        said = labels.risk.label if labels is not None and knew else Risk.NONE
        # Danger now that is a concern today: an officer has said that it is over.
        feedback.risk = Risk.CONCERN if said is Risk.NOW else said
    audit.note(work, "suggestion_asked_again", feedback)


def find(session: Session, feedback_id: int) -> Suggestion | None:
    """The suggestion made for a feedback, failed or not."""
    return SUGGESTIONS.first(session, feedback_id)


def read(suggestion: Suggestion | None) -> SuggestedLabels | None:
    """Give a stored suggestion typed.

    Returns:
        The labels; None when there is no suggestion, it failed, or an older model kept it in a
        form that is no longer read. The officer decides without it then.
    """
    if suggestion is None or suggestion.body is None:
        return None
    try:
        return from_plain(json.loads(suggestion.body))
    except (SuggestionUnusable, json.JSONDecodeError):
        return None


def _waits_for_words(session: Session, feedback: Feedback) -> bool:
    return bool(hearing.unheard(session, feedback)) or in_english.unread(session, feedback)


def _row(work: Work, feedback: Feedback) -> Suggestion:
    found = find(work.session, feedback.id)
    if found is None:
        found = Suggestion(feedback_id=feedback.id, made_at=work.now, tries=1)
        work.session.add(found)
    return found


def _rank(risk: Risk) -> int:
    return RISK_ORDER.index(risk)
