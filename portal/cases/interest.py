"""Deciding on somebody's interest in a child's welfare, with its own steps (procedures.md 1.1):
weigh the child's view, decide, tell the person, tell the child where that is right."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases import childs_view
from portal.cases.acting import signed_in_id
from portal.correspondence import outbox
from portal.errors import Refused
from portal.procedures.matter import Interest
from portal.procedures.person import PEOPLE, PersonCode
from portal.records.feedback import Feedback
from portal.records.interest_decision import ChildTold, InterestDecision
from portal.records.outbox_letter import LetterKind
from portal.work import Work


class ViewFirst(Refused):
    """The child's view was neither asked nor left unasked for a reason."""

    message = (
        "Record what the child thinks first, or why they were not asked. It has to be weighed in"
        " this decision."
    )


class NoReasons(Refused):
    """A decision without reasons, or one that decides nothing."""

    message = "Write the reasons for the decision. They go to the person. Nothing was decided."


class ChildNotThoughtOf(Refused):
    """The child is not told, and nothing says why."""

    message = "Say why it is not right to tell the child."


@dataclass(frozen=True)
class Weighed:
    """What is decided, with the reasons that go to the person. `person` is one of the three codes
    of somebody with sufficient interest: it says under which list."""

    person: PersonCode
    decision: Interest
    reasons: str
    child_told: ChildTold
    child_told_words: str = ""


def decide(work: Work, feedback: Feedback, weighed: Weighed) -> InterestDecision:
    """Decide, write down why, and tell the person by letter.

    Raises:
        ViewFirst: the child's view has not been recorded.
        NoReasons, ChildNotThoughtOf: with what is missing.
    """
    view = childs_view.latest(work.session, feedback)
    if view is None:
        raise ViewFirst
    if weighed.decision is Interest.UNDECIDED or not weighed.reasons.strip():
        raise NoReasons
    if weighed.child_told is ChildTold.NOT_RIGHT and not weighed.child_told_words.strip():
        raise ChildNotThoughtOf
    facts = {
        "enough": weighed.decision is Interest.ENOUGH,
        "explanation": weighed.reasons.strip(),
    }
    letter = outbox.post(work, LetterKind.INTEREST_DECIDED, feedback, facts)
    work.session.flush()
    found = InterestDecision(
        feedback_id=feedback.id,
        person=weighed.person,
        decision=weighed.decision,
        provision=PEOPLE[weighed.person].provision,
        reasons=weighed.reasons.strip(),
        childs_view_id=view.id,
        child_told=weighed.child_told,
        child_told_words=weighed.child_told_words.strip() or None,
        letter_id=letter.id,
        decided_at=work.now,
        decided_by_id=signed_in_id(work),
    )
    work.session.add(found)
    audit.note(work, "interest_decided", feedback, [weighed.decision.value])
    return found


def latest(session: Session, feedback: Feedback) -> InterestDecision | None:
    """Give the decision that counts, or None while it is undecided."""
    wanted = select(InterestDecision).where(InterestDecision.feedback_id == feedback.id)
    return session.scalar(wanted.order_by(InterestDecision.id.desc()).limit(1))
