"""Whether a refusal told the person of the Ombudsman: looked for in the very letter, because an
officer may change its words before it goes. Nothing of a letter is kept but yes or no."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.many_questions import Question, among
from portal.records.outbox_letter import LetterKind, LetterState, OutboxLetter
from portal.reports.annual.scope import Scope

# Withheld letters are read by the person at their own page.
REACHED_THEM = (LetterState.SENT, LetterState.POSTED, LetterState.WITHHELD)


def question(session: Session, scope: Scope, matters: Iterable[int]) -> Question:
    """Ask for the letters that refused something.

    Args:
        session: any session.
        scope: the report's bounds; a letter of a later day was not written yet.
        matters: the keys of the feedback that was refused.
    """
    wanted = (
        select(OutboxLetter.feedback_id, OutboxLetter.body)
        .where(among(session, OutboxLetter.feedback_id, matters))
        .where(OutboxLetter.kind == LetterKind.DECLINED)
        .where(OutboxLetter.state.in_(REACHED_THEM))
        .where(OutboxLetter.written_at < scope.moment)
    )
    return Question(wanted, OutboxLetter.id)


def note(found: dict[int, bool], row: Any, scope: Scope) -> None:
    """Look into one letter, and keep whether any of its matter names the council's Ombudsman.

    Args:
        found: by the matters of which a letter went out; those of which none did are missing.
        row: one that `question` found.
        scope: the report's bounds.
    """
    name = " ".join(scope.council.ombudsman.name.split())
    # A line may end within the name.
    names = name in " ".join(row.body.split())
    found[row.feedback_id] = found.get(row.feedback_id, False) or names
