"""One round of the background process: each thing it does, apart from the others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from portal import sealing
from portal.attachments import scanning, storing
from portal.cases import drafts, hearing, password_resets, queue_places
from portal.commands import dangers, finding, forget
from portal.commands.bundles import make_bundles, read_bundles, redact_bundles
from portal.commands.dates import CHASING, see_to_lapses
from portal.commands.reports import file_reports
from portal.commands.similar import SimilarCases
from portal.correspondence import sender, texting
from portal.db import db
from portal.records.feedback import Feedback
from portal.records.heartbeat import Heartbeat
from portal.triage import (
    comparing,
    publication_drafts,
    similar_cases,
    suggesting,
    training_examples,
)
from portal.triage.redaction import Redactor
from portal.work import WORKER, begin_work, council, settings

log = structlog.get_logger()

SUGGESTIONS_A_ROUND = 50
ORPHANS_KEPT = timedelta(hours=24)


Item = dict[str, Any]
Answer = dict[str, Any]
# What the classifier offers: one item of the command-line contract in, its answer out.
Suggest = Callable[[Item], Answer]


@dataclass
class Round:
    """What one round did, and the sentences of what went wrong."""

    done: dict[str, int] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)


def run_round(
    suggest: Suggest | None,
    similar: SimilarCases | None = None,
    redactor: Redactor | None = None,
    *,
    sweep: bool = True,
) -> Round:
    """Do all that waits, once.

    Args:
        suggest: asks the loaded classifier, or None when there is none: feedback then waits for
            the officer without a suggestion, and nothing else waits at all.
        similar: finds similar cases, or None when there is no classifier.
        redactor: takes names out of training examples and of what is to be published, or None:
            both then wait.
        sweep: whether to do what looks through everything there is: dates that are chased, files
            that belong to no record, decisions that were never compared, examples of days no longer
            given.

    Returns:
        Counts by name, and what went wrong. The database being away ends the round.
    """
    result = Round()
    model_reads = suggest is not None and settings().suggestions
    if suggest is not None and model_reads:
        _do(result, "suggestions", lambda: _suggest(suggest))
        if similar is not None:
            _do(result, "similar_cases", similar.round)
    # Before the letters, whatever else fails: alerts, and links waited for, leave in this round.
    alarming = dangers.load_alarming()
    _do(result, "words_read", lambda: dangers.read_words(alarming, model_reads=model_reads))
    _do(result, "alerts", dangers.send_alerts)
    _do(result, "resets_answered", _answer_resets)
    _do(result, "lapses", see_to_lapses)
    if sweep:
        for name, duty in {**CHASING, "queue_places": _place_lost}.items():
            _do(result, name, duty)
    _do(result, "letters", lambda: sender.send_waiting().sent)
    _do(result, "texts", texting.send_waiting)
    _make_papers(result, redactor)
    if sweep:
        _do(result, "examples_dropped", _drop_examples)
    _do(result, "examples", lambda: _write_examples(redactor))
    _do(result, "compared", lambda: _compare(everything=sweep))
    _do(result, "sealed", _seal)
    _do(result, "drafts_ended", _sweep_drafts)
    _do(result, "files_scanned", lambda: scanning.scan_waiting().clean)
    _do(result, "indexed", finding.index)
    for name, duty in SWEEPS.items() if sweep else ():
        _do(result, name, duty)
    with begin_work(WORKER) as work:
        work.session.merge(Heartbeat(process="work", at=work.now, error=None))
    return result


def _make_papers(result: Round, redactor: Redactor | None) -> None:
    """Redact what is to leave, and set what is to be kept as a file."""
    _do(result, "redacted", lambda: _redact(redactor))
    _do(result, "bundles_read", read_bundles)
    _do(result, "bundles_redacted", lambda: redact_bundles(redactor))
    _do(result, "bundles_made", make_bundles)
    _do(result, "reports_filed", file_reports)


def _do(result: Round, name: str, act: Callable[[], int]) -> None:
    try:
        result.done[name] = act()
    except DBAPIError:
        raise
    except Exception as failure:
        # One duty that fails must not keep the others from being done.
        log.error("duty_failed", duty=name, kind=type(failure).__name__)
        result.troubles.append(f"{name} failed ({type(failure).__name__}).")


def _suggest(suggest: Suggest) -> int:
    made = 0
    for feedback_id in suggesting.waiting_ids(db.session(), SUGGESTIONS_A_ROUND):
        item = _item(db.session.get_one(Feedback, feedback_id))
        answer: Answer | None = None
        error = ""
        try:
            # Outside any act: thinking is slow, and nobody may wait for it with the lock held.
            answer = suggest(item)
        except Exception as failure:
            error = type(failure).__name__
            log.error("suggestion_failed", feedback=feedback_id, kind=error)
        made += _keep(feedback_id, answer, error)
    return made


def _keep(feedback_id: int, answer: Answer | None, error: str) -> bool:
    """Keep an answer or its failure; whether a suggestion was made."""
    try:
        with begin_work(WORKER) as work:
            feedback = work.session.get_one(Feedback, feedback_id)
            if feedback.erased_at is not None:
                return False
            if answer is None:
                suggesting.store_failure(work, feedback, error)
            else:
                suggesting.store(work, feedback, answer)
    except (IntegrityError, StaleDataError):
        # Another process kept one first, or an officer changed the feedback just now: next round.
        return False
    return answer is not None


def _item(feedback: Feedback) -> dict[str, Any]:
    facts = {
        "category": feedback.category_said.value if feedback.category_said else None,
        "relationship": feedback.relationship_said.value if feedback.relationship_said else None,
        "service": feedback.service_said,
        "about_whom": feedback.about_whom,
    }
    return {
        "id": feedback.public_id,
        "text": hearing.text_for_model(db.session(), feedback),
        "subject": feedback.subject,
        "channel": feedback.channel.value,
        "received": feedback.received_on.isoformat(),
        "facts": {name: value for name, value in facts.items() if value},
    }


def _write_examples(redactor: Redactor | None) -> int:
    if redactor is None:
        return 0
    redacted = training_examples.missing(db.session(), council(), redactor)
    if not redacted:
        return 0
    with begin_work(WORKER) as work:
        return training_examples.write(work, redacted)


def _redact(redactor: Redactor | None) -> int:
    if redactor is None:
        return 0
    texts = publication_drafts.redacted(db.session(), redactor)
    if not texts:
        return 0
    with begin_work(WORKER) as work:
        return publication_drafts.write(work, texts)


def _drop_examples() -> int:
    with begin_work(WORKER) as work:
        return training_examples.drop_unlearnt(work)


def _compare(*, everything: bool) -> int:
    total, last = 0, 0
    while True:
        with begin_work(WORKER) as work:
            made, last = comparing.write_missing(work, everything=everything, after=last)
        total += made
        if not last:
            return total


def _forget_similar() -> int:
    with begin_work(WORKER) as work:
        return similar_cases.forget_decided(work)


def _place_lost() -> int:
    total, placed = 0, queue_places.AT_ONCE
    while placed == queue_places.AT_ONCE:
        with begin_work(WORKER) as work:
            placed = queue_places.place_lost(work.session)
        total += placed
    return total


def _seal() -> int:
    with begin_work(WORKER) as work:
        return sealing.seal(work)


def _answer_resets() -> int:
    with begin_work(WORKER) as work:
        return password_resets.answer_waiting(work)


def _sweep_drafts() -> int:
    with begin_work(WORKER) as work:
        return drafts.sweep(work)


def _sweep_files() -> int:
    return storing.sweep_orphans(db.session(), ORPHANS_KEPT)


# What looks through everything there is, at the end of a round.
SWEEPS: Mapping[str, Callable[[], int]] = {
    "files_swept": _sweep_files,
    "similar_forgotten": _forget_similar,
    "not_indexed_noted": finding.note_missing,
    "searches_forgotten": finding.forget_searches,
    "erased": forget.forget_once_a_day,
}
