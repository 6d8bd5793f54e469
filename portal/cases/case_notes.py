"""Officers' own notes on a matter: written for colleagues, kept whole, shown to nobody outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases.acting import signed_in_id
from portal.cases.tokens import make_public_id
from portal.errors import Refused
from portal.records.account import Account
from portal.records.case_note import CaseNote
from portal.records.feedback import Feedback
from portal.work import Work


class NothingNoted(Refused):
    """A note without words."""

    message = "Write the note."


@dataclass(frozen=True)
class Note:
    """One note as an officer reads it."""

    by: str
    at: datetime
    text: str


def add(work: Work, feedback: Feedback, text: str) -> CaseNote:
    """Add a note. What was noted is not changed afterwards; a mistake is corrected by another note.

    Args:
        work: the open act of an officer.
        feedback: the matter.
        text: their words.

    Raises:
        NothingNoted: there are none.
    """
    if not text.strip():
        raise NothingNoted
    note = CaseNote(
        public_id=make_public_id(),
        feedback_id=feedback.id,
        account_id=signed_in_id(work),
        text=text.strip(),
        written_at=work.now,
    )
    work.session.add(note)
    audit.note(work, "note_added", feedback)
    return note


def of(session: Session, feedback: Feedback) -> Sequence[Note]:
    """The notes on a matter, the newest first."""
    wanted = (
        select(CaseNote, Account.name)
        .join(Account, Account.id == CaseNote.account_id)
        .where(CaseNote.feedback_id == feedback.id)
        .order_by(CaseNote.id.desc())
    )
    return [Note(name, row.written_at, row.text) for row, name in session.execute(wanted)]
