"""What it takes to act on an alert of danger, for whom a wall keeps from the rest of its matter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.cases import hearing
from portal.council import Council
from portal.matter_rows import MESSAGES
from portal.records.feedback import Feedback
from portal.records.message import Sender
from portal.web.officer import reading
from portal.web.officer.reading import Fact


@dataclass(frozen=True)
class AlertWords:
    """Who, where, and what they wrote: no letter, no file, nothing that officers noted."""

    contact_lines: Sequence[str]
    facts: Sequence[Fact]
    text: str
    later: Sequence[tuple[datetime, str]]


def of(session: Session, council: Council, feedback: Feedback) -> AlertWords:
    """What whoever is on duty needs of a matter that is closed to them.

    Args:
        session: any session.
        council: for the way in which the person may be reached.
        feedback: the matter.

    Returns:
        How it is safe to reach the person; the people with their details, whom it is about and
        whom it is closed to, so that none of these is sent or told; all that the person wrote,
        with what officers wrote down of files.
    """
    facts = [
        *reading.people(session, feedback),
        Fact("About whom", feedback.about_whom) if feedback.about_whom else None,
        reading.closed_to(session, feedback),
        reading.may_tell(feedback),
    ]
    whole = hearing.whole_text(session, feedback)
    return AlertWords(
        contact_lines=reading.contact_lines(session, council, feedback),
        facts=[fact for fact in facts if fact is not None],
        text="\n\n".join(part for part in (feedback.subject, whole, feedback.wanted) if part),
        later=[
            (one.sent_at, one.body)
            for one in MESSAGES.of(session, feedback.id)
            if one.sender is not Sender.COUNCIL and not one.automatic
        ],
    )
