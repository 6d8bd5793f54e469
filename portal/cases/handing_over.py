"""Passing a worry or a request on, and recording who took it: until then it stays in sight.

It decides nothing about the rest: a complaint that is left stays where it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, case, exists, select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases.acting import signed_in_id
from portal.cases.tokens import make_public_id
from portal.correspondence import outbox
from portal.errors import Refused
from portal.procedures.handing_over import HandedOver, chased_from
from portal.procedures.vocabulary import Team
from portal.procedures.working_days import Calendar
from portal.records.feedback import Feedback, FeedbackState
from portal.records.handover import Handover, TakenBy
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.work import Work

_WAITS = and_(Handover.feedback_id == Feedback.id, Handover.taken_on.is_(None))
NOT_TAKEN = exists().where(_WAITS).correlate(Feedback)
"""Something of a feedback was passed on, and nobody has taken it: a condition of a query."""
_CONCERN_WAITS = exists().where(_WAITS, Handover.what == HandedOver.SAFEGUARDING)
CONCERN_FIRST = case((_CONCERN_WAITS.correlate(Feedback), 0), else_=1)
"""Orders worries about safety before requests."""


class NobodyNamed(Refused):
    """It was taken by nobody in particular."""

    message = "Write the name and the role of whoever took it. “The team” is nobody."


class TakenAlready(Refused):
    """A second name would hide the first."""

    message = "Somebody has recorded already who took this. Look at it again."
    status = 409


class DayOfNobody(Refused):
    """It was taken on a day on which that cannot have been."""

    message = "It cannot be taken before it was passed on, nor on a day to come."


class NothingSaid(Refused):
    """What is passed on has no words."""

    message = "Write what you passed on, so that others can follow it."


@dataclass(frozen=True)
class Taken:
    """Who took it, by which way, and what was agreed."""

    name: str
    role: str
    way: TakenBy
    on: date
    their_reference: str = ""
    agreed: str = ""


def pass_on(
    work: Work, feedback: Feedback, what: HandedOver, team: Team, words: str, explanation: str = ""
) -> tuple[Handover, OutboxLetter]:
    """Record that something was passed on, and tell the person so the same day.

    Args:
        work: the open act.
        feedback: what it stands in. Its own state is left as it is.
        what: a worry about safety, or a request for a service.
        team: whom it was passed to: a team, duty or the LADO.
        words: what the officer told them.
        explanation: what the letter says besides.

    Raises:
        NothingSaid: there are no words.
    """
    if not words.strip():
        raise NothingSaid
    handover = record(work, feedback, what, team, words)
    facts = {
        "team_label": work.council.label(team),
        "concern": what is HandedOver.SAFEGUARDING,
        "explanation": explanation.strip(),
        "rest_goes_on": True,
    }
    return handover, outbox.post(work, LetterKind.HANDED_ON, feedback, facts)


def record(work: Work, feedback: Feedback, what: HandedOver, team: Team, words: str) -> Handover:
    """Record that something was passed on; the letter about it is the caller's."""
    handover = Handover(
        public_id=make_public_id(),
        feedback_id=feedback.id,
        what=what,
        team=team,
        passed_at=work.now,
        passed_on=work.today,
        passed_by_id=signed_in_id(work),
        words=words.strip() or None,
    )
    work.session.add(handover)
    audit.note(work, "handed_over", feedback, [what.value])
    return handover


def take(work: Work, feedback: Feedback, handover: Handover, taken: Taken) -> None:
    """Record who took it.

    Args:
        work: the open act.
        feedback: what it stood in.
        handover: what was passed on. It is read anew: of two officers the second is told.
        taken: the proof.

    Raises:
        TakenAlready, NobodyNamed, DayOfNobody: with what is wrong.
    """
    work.session.flush()
    work.session.refresh(handover, with_for_update=True)
    if handover.taken_on is not None:
        raise TakenAlready
    if not taken.name.strip() or not taken.role.strip():
        raise NobodyNamed
    if not handover.passed_on <= taken.on <= work.today:
        raise DayOfNobody
    handover.taken_by, handover.taken_by_role = taken.name.strip(), taken.role.strip()
    handover.taken_on, handover.way = taken.on, taken.way
    handover.their_reference = taken.their_reference.strip() or None
    handover.agreed = taken.agreed.strip() or None
    handover.recorded_at, handover.recorded_by_id = work.now, signed_in_id(work)
    audit.note(work, "handover_taken", feedback)


def of(session: Session, feedback_id: int) -> Sequence[Handover]:
    """Everything of a feedback that was passed on, oldest first."""
    wanted = select(Handover).where(Handover.feedback_id == feedback_id)
    return session.scalars(wanted.order_by(Handover.id)).all()


def find(session: Session, feedback: Feedback, public_id: str) -> Handover | None:
    """One of them by its id."""
    wanted = select(Handover).where(
        Handover.feedback_id == feedback.id, Handover.public_id == public_id
    )
    return session.scalar(wanted)


def faults(session: Session, calendar: Calendar, today: date) -> list[str]:
    """Say how much was passed on that nobody has taken, and has to be chased by now.

    Args:
        session: any session.
        calendar: the days off.
        today: a worry about safety is chased on the day it was passed on.
    """
    waiting = session.execute(
        select(Handover.what, Handover.passed_on).where(Handover.taken_on.is_(None))
    ).all()
    late = [what for what, on in waiting if chased_from(on, what, calendar) <= today]
    worries, requests = (late.count(what) for what in HandedOver)
    said = []
    if worries:
        said.append(
            f"Worries about safety that were passed on and not yet taken: {worries}. Ring today,"
            " and record who took them."
        )
    if requests:
        said.append(f"Requests for a service that were passed on and not yet taken: {requests}.")
    return said


def rest_is_open(feedback: Feedback) -> bool:
    """Whether nobody has decided on the rest of it yet."""
    return feedback.state is FeedbackState.WAITING
