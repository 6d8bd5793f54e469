"""An advocate's own notes on a matter. Only they read them: no page, list or export of the council
has them, and the trail knows no more than that one was written."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal import audit
from portal.cases.tokens import make_public_id
from portal.errors import Refused
from portal.followed_rows import ADVOCATES_NOTES
from portal.marking import marked
from portal.records.advocate_note import AdvocateNote
from portal.records.feedback import Feedback
from portal.work import Work

LONGEST_NOTE = 20_000


class NothingNoted(Refused):
    """A note without words."""

    message = marked("Write your note first.")


def add(work: Work, feedback: Feedback, account_id: int, body: str) -> AdvocateNote:
    """Keep a note.

    Args:
        work: the open act.
        feedback: the matter.
        account_id: whose note it is.
        body: the words.

    Raises:
        NothingNoted: there are none.
    """
    if not body.strip():
        raise NothingNoted
    made = AdvocateNote(
        public_id=make_public_id(),
        feedback_id=feedback.id,
        account_id=account_id,
        body=body.strip(),
        written_at=work.now,
    )
    work.session.add(made)
    # About the note and not about the matter, whose history officers read.
    audit.note(work, "advocate_note_written", made)
    return made


def of(session: Session, feedback: Feedback, account_id: int) -> list[AdvocateNote]:
    """One advocate's notes on a matter, the newest first."""
    written = ADVOCATES_NOTES.of(session, feedback.id)
    return [one for one in reversed(written) if one.account_id == account_id]


def delete(work: Work, feedback: Feedback, account_id: int, public_id: str) -> None:
    """Delete a note; one of somebody else is the same as none."""
    found = work.session.scalar(
        select(AdvocateNote).where(
            AdvocateNote.public_id == public_id,
            AdvocateNote.feedback_id == feedback.id,
            AdvocateNote.account_id == account_id,
        )
    )
    if found is not None:
        audit.note(work, "advocate_note_deleted", found)
        work.session.delete(found)


def hand_on(work: Work, feedback: Feedback, from_id: int, to_id: int) -> None:
    """Let the notes on a matter go along to a colleague."""
    mine = (AdvocateNote.feedback_id == feedback.id) & (AdvocateNote.account_id == from_id)
    work.session.execute(update(AdvocateNote).where(mine).values(account_id=to_id))
