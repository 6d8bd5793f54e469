"""`flask export`: the register and the training examples as JSON lines."""

import json
from collections.abc import Iterator
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.db import db
from portal.records.case import Case, CaseStage
from portal.records.decision import Decision
from portal.records.feedback import Feedback
from portal.triage import training_examples
from portal.triage.redaction import Redactor
from portal.work import COMMAND, begin_work

PAGE = 500


@click.command("export")
@click.argument("what", type=click.Choice(["feedback", "examples"]))
@with_appcontext
def command(what: str) -> None:
    """Print WHAT to standard output, one JSON object a line. The export itself is recorded."""
    # Loaded before the act: an export that cannot redact leaves no trace of having happened.
    redactor = _redactor() if what == "examples" else None
    with begin_work(COMMAND) as work:
        audit.note(work, f"exported_{what}")
    rows = training_examples.lines(db.session(), redactor) if redactor else _feedback(db.session())
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False))


def _redactor() -> Redactor:
    """Load what redacts.

    Raises:
        ClickException: it cannot be loaded; nothing may then be exported for training.
    """
    try:
        # Imported here: only this export pays for the word lists and the model.
        from classifier.redacting.redactor import Redactor as RulesAndLists

        return RulesAndLists.load()
    except Exception as failure:
        raise click.ClickException(
            f"The redactor cannot be loaded ({type(failure).__name__}), so no example is exported."
        ) from None


def _feedback(session: Session) -> Iterator[dict[str, Any]]:
    """Every feedback with its words, decision and case: for the council's own systems."""
    last = 0
    while page := session.scalars(
        select(Feedback)
        .where(Feedback.id > last, Feedback.erased_at.is_(None))
        .order_by(Feedback.id)
        .limit(PAGE)
    ).all():
        ids = [feedback.id for feedback in page]
        decisions = _by_feedback(session, Decision, ids)
        cases = _by_feedback(session, Case, ids)
        for feedback in page:
            yield _line(session, feedback, decisions.get(feedback.id), cases.get(feedback.id))
        last = ids[-1]
        session.expunge_all()


def _by_feedback(session: Session, record: Any, ids: list[int]) -> dict[int, Any]:
    found = session.scalars(select(record).where(record.feedback_id.in_(ids)))
    return {row.feedback_id: row for row in found}


def _line(
    session: Session, feedback: Feedback, decision: Decision | None, case: Case | None
) -> dict[str, Any]:
    return {
        "reference": feedback.reference,
        "channel": feedback.channel.value,
        "received_at": feedback.received_at.isoformat(),
        "received_on": feedback.received_on.isoformat(),
        "state": feedback.state.value,
        "subject": feedback.subject,
        "story": feedback.story,
        "wanted": feedback.wanted,
        "about_whom": feedback.about_whom,
        "service_said": feedback.service_said,
        "category_said": feedback.category_said.value if feedback.category_said else None,
        "risk": feedback.risk.value,
        "decision": _decision(decision) if decision else None,
        "case": _case(session, case) if case else None,
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "decided_at": decision.decided_at.isoformat(),
        "outcome": decision.outcome.value,
        **training_examples.labels_of(decision),
        "reason": decision.reason.value if decision.reason else None,
        "changed": decision.changed,
    }


def _case(session: Session, case: Case) -> dict[str, Any]:
    stages = session.scalars(
        select(CaseStage).where(CaseStage.case_id == case.id).order_by(CaseStage.id)
    )
    return {
        "state": case.state.value,
        "procedure": case.procedure.value,
        "team": case.team.value,
        "area": case.area.value,
        "opened_on": case.opened_on.isoformat(),
        "stages": [
            {
                "key": stage.key,
                "profile": stage.profile,
                "start_on": stage.start_on.isoformat(),
                "due_on": stage.due_on.isoformat(),
                "answered_on": stage.answered_on.isoformat() if stage.answered_on else None,
            }
            for stage in stages
        ],
    }
