"""A matter as those read it whom the young person let in: an advocate, or a supporter by link."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlalchemy import false
from sqlalchemy.orm import Session

from portal import clock
from portal.access.let_in import letter_is_open
from portal.cases import messages, resubmitting
from portal.cases.messages import ThreadEntry
from portal.council import Council
from portal.records.agreed_scope import Scope
from portal.records.feedback import Feedback
from portal.web.tracking.part_shown import CameBack, PartShown, headline, parts_shown


@dataclass(frozen=True)
class LetIn:
    """What they see. `closed` says that a part about another child is not among the parts;
    `headline` is what the person reads first too."""

    parts: list[PartShown]
    entries: list[ThreadEntry]
    closed: bool
    headline: str


def seen(
    session: Session,
    council: Council,
    feedback: Feedback,
    scope: Collection[Scope],
    back: CameBack,
) -> LetIn:
    """Give the parts and the thread, as far as the young person agreed to.

    Args:
        session: any session, flushed.
        council: for dates and names.
        feedback: the matter.
        scope: what they agreed to.
        back: forms that come back.
    """
    today = clock.today()
    parts = parts_shown(session, council, feedback, today, back)
    theirs = [one for one in parts if not one.other_child]
    _, later = resubmitting.theirs(session, feedback)
    letters = letter_is_open() if Scope.LETTERS in scope else false()
    return LetIn(
        parts=[one if Scope.DECIDE in scope else _without_deciding(one) for one in theirs],
        entries=messages.thread(session, feedback, letters),
        closed=len(theirs) < len(parts),
        headline=headline(session, council, theirs, later, today),
    )


def _without_deciding(part: PartShown) -> PartShown:
    """A part without what only somebody may do who decides for the young person."""
    complaint = part.complaint
    if complaint is not None:
        points = tuple(replace(point, form=None) for point in complaint.points)
        complaint = replace(complaint, asks=False, points=points)
    return replace(part, askable=None, complaint=complaint)
