"""Deciding on somebody's interest in a child's welfare, with its own steps (procedures.md 1.1):
weigh the child's view, decide, tell the person, tell the child where that is right."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from portal import audit
from portal.cases import childs_view, others_told
from portal.cases.acting import signed_in_id
from portal.cases.agreed import Agreed, SecondOfficerFirst
from portal.correspondence import outbox
from portal.errors import Refused
from portal.matter_rows import INTERESTS
from portal.procedures.matter import Interest
from portal.procedures.person import PEOPLE, PersonCode
from portal.records.childs_view import ChildsViewRecord
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


class TooEarlyToTell(Refused):
    """The child was told of a no that nobody else has agreed to."""

    message = (
        "A no is decided only when a second officer agrees, so the child cannot have been told yet."
        " Say that they will be told, or why that is not right."
    )


class NothingToTell(Refused):
    """No decision of which the child is still to be told."""

    message = "There is no decision of which the child is still to be told. Nothing was recorded."


@dataclass(frozen=True)
class Weighed:
    """What is decided, with the reasons that go to the person. `person` is one of the three codes
    of somebody with sufficient interest: it says under which list."""

    person: PersonCode
    decision: Interest
    reasons: str
    child_told: ChildTold
    child_told_words: str = ""


def decide(
    work: Work, feedback: Feedback, weighed: Weighed, agreed: Agreed | None = None
) -> InterestDecision:
    """Decide, write down why, and tell the person by letter.

    Args:
        work: the open act.
        feedback: the matter.
        weighed: what is decided.
        agreed: for a no, that another officer proposed it: whoever acts agrees to it.

    Raises:
        ViewFirst: the child's view has not been recorded.
        NoReasons, ChildNotThoughtOf: with what is missing.
        SecondOfficerFirst: it says no, and nobody else has looked at it.
        NamesSomebodyElse: the letter tells of somebody whose matter is worked with this one.
    """
    view = checked(work, feedback, weighed)
    if weighed.decision is Interest.NOT_ENOUGH and agreed is None:
        raise SecondOfficerFirst
    letter = outbox.post(work, LetterKind.INTEREST_DECIDED, feedback, facts_of(weighed))
    work.session.flush()
    others_told.check_matter(work.session, feedback, letter.body)
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
        decided_by_id=agreed.first_officer_id if agreed is not None else signed_in_id(work),
        agreed_by_id=signed_in_id(work) if agreed is not None else None,
    )
    work.session.add(found)
    audit.note(work, "interest_decided", feedback, [weighed.decision.value])
    return found


def checked(work: Work, feedback: Feedback, weighed: Weighed) -> ChildsViewRecord:
    """Check what can be checked before it is decided or proposed.

    Returns:
        The child's view that is weighed in it.

    Raises:
        ViewFirst, NoReasons, ChildNotThoughtOf, TooEarlyToTell: with what is missing.
    """
    view = childs_view.latest(work.session, feedback)
    if view is None:
        raise ViewFirst
    if weighed.decision is Interest.UNDECIDED or not weighed.reasons.strip():
        raise NoReasons
    if weighed.child_told is ChildTold.NOT_RIGHT and not weighed.child_told_words.strip():
        raise ChildNotThoughtOf
    if weighed.decision is Interest.NOT_ENOUGH and weighed.child_told is ChildTold.TOLD:
        raise TooEarlyToTell
    return view


def facts_of(weighed: Weighed) -> dict[str, object]:
    """What the letter to the person states."""
    return {
        "enough": weighed.decision is Interest.ENOUGH,
        "explanation": weighed.reasons.strip(),
    }


def to_be_told(session: Session, feedback: Feedback) -> bool:
    """Say whether the child is still to be told of the decision that counts."""
    found = latest(session, feedback)
    return found is not None and found.child_told is ChildTold.WILL_BE_TOLD


def child_was_told(work: Work, feedback: Feedback, on: date, how: str) -> InterestDecision:
    """Record that the child was told of a decision of which they were to be told.

    Args:
        work: the open act.
        feedback: the matter.
        on: the day on which it happened.
        how: who told them, and how.

    Raises:
        NothingToTell: no such decision stands.
        DayToCome: the day lies ahead.
        ChildNotThoughtOf: nothing says how.
    """
    found = latest(work.session, feedback)
    if found is None or found.child_told is not ChildTold.WILL_BE_TOLD:
        raise NothingToTell
    if on > work.today:
        raise childs_view.DayToCome
    if not how.strip():
        raise ChildNotThoughtOf("Say who told the child, and how.")
    found.child_told, found.child_told_on = ChildTold.TOLD, on
    before = found.child_told_words
    found.child_told_words = f"{before}\n\n{how.strip()}" if before else how.strip()
    audit.note(work, "child_told_of_interest", feedback)
    return found


def as_plain(weighed: Weighed) -> dict[str, Any]:
    """Give what was weighed as codes and words for a record."""
    return asdict(weighed)


def from_plain(plain: Mapping[str, Any]) -> Weighed:
    """Read what was weighed from a record."""
    return Weighed(
        person=PersonCode(plain["person"]),
        decision=Interest(plain["decision"]),
        reasons=plain["reasons"],
        child_told=ChildTold(plain["child_told"]),
        child_told_words=plain["child_told_words"],
    )


def latest(session: Session, feedback: Feedback) -> InterestDecision | None:
    """Give the decision that counts, or None while it is undecided."""
    return next(reversed(INTERESTS.of(session, feedback.id)), None)
