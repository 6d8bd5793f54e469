"""Until when what somebody sent is kept, for themselves: the day from which it may be erased."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import retention_facts, years_kept
from portal.council import Council
from portal.procedures.retention import term
from portal.records.decision import Decision
from portal.records.feedback import Feedback


def kept_until(session: Session, council: Council, feedback: Feedback, today: date) -> date | None:
    """Give the day, as its own records have it.

    A hold changes nothing in it: why one was put on is not always theirs to know. What was put
    together with somebody else's matter has no day here, because its day would tell them whether
    that one is over.

    Args:
        session: any session.
        council: how long it keeps what.
        feedback: the matter.
        today: a day that has passed is none: an officer looks once more before it goes.

    Returns:
        None while something in it is open, and wherever no day can be told.
    """
    of_another = select(Decision.linked_to_id).where(Decision.feedback_id == feedback.id)
    if session.scalar(of_another) is not None:
        return None
    facts = retention_facts.facts_of(session, [feedback.id]).get(feedback.id)
    if facts is None:
        return None
    day = term(facts, years_kept.in_force(session, council, today), today).due_on
    return day if day is not None and day > today else None
