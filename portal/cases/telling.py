"""Telling somebody near a young person: prepared by an officer, agreed by a manager where the young
person has not said yes, and recorded when it was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit, clock
from portal.cases.acting import signed_in_id
from portal.cases.tokens import make_public_id
from portal.cases.young_people import is_young, said_yes_to
from portal.errors import Refused
from portal.procedures.telling import Lacking, NearPerson, Planned, lacking, said_yes
from portal.records.feedback import Feedback
from portal.records.telling import Telling
from portal.work import Work


class NotAYoungPerson(Refused):
    """What adults said is passed on by the ordinary rules."""

    title = "This page is for what young people told us"
    message = "This did not come from a young person, so nobody near them is recorded here."
    status = 409


class NotReady(Refused):
    """Something is missing before a manager can look at it."""

    def __init__(self, missing: Lacking) -> None:
        """Say what is missing."""
        self.missing = missing
        super().__init__(SENTENCES[missing])


class AnsweredAlready(Refused):
    """Somebody was quicker."""

    title = "Somebody has answered this already"
    message = "A manager has answered this already. Look at it again."
    status = 409


class OwnProposal(Refused):
    """A second pair of eyes is the point of it."""

    message = "You prepared this yourself, so another manager has to agree to it."
    status = 409


class NotAgreed(Refused):
    """Nobody may be told yet."""

    message = "A manager has not agreed to this, and the young person did not say yes. Tell nobody."
    status = 409


class DayOfNobody(Refused):
    """A day on which it cannot have been."""

    message = "They cannot be told on a day to come, nor before this was prepared and agreed."


SENTENCES = {
    Lacking.REASON: "Write why they have to know. The young person did not say yes to this.",
    Lacking.TOLD_FIRST: "Enter the day on which the young person was told that you will do this. If"
    " telling them first would be unsafe, write why.",
    Lacking.MANAGER: NotAgreed.message,
}


@dataclass(frozen=True)
class New:
    """What an officer prepares. `name`: who exactly; `words`: what they are told."""

    whom: NearPerson
    name: str
    words: str
    reason: str = ""
    told_first_on: date | None = None
    unsafe: str = ""


def propose(work: Work, feedback: Feedback, new: New) -> Telling:
    """Prepare to tell somebody. Where the young person said yes it may be done at once; otherwise
    it waits for a manager.

    Args:
        work: the open act of an officer.
        feedback: what the young person told us.
        new: whom, what and why.

    Raises:
        NotAYoungPerson, NotReady, DayOfNobody: with what is wrong.
    """
    if not is_young(feedback):
        raise NotAYoungPerson
    if new.told_first_on is not None and new.told_first_on > work.today:
        raise DayOfNobody
    planned = Planned(new.whom, new.reason, new.told_first_on is not None, new.unsafe)
    for missing in lacking(planned, said_yes_to(feedback)):
        if missing is not Lacking.MANAGER:
            raise NotReady(missing)
    telling = Telling(
        public_id=make_public_id(),
        feedback_id=feedback.id,
        whom=new.whom,
        name=new.name.strip(),
        words=new.words.strip(),
        reason=new.reason.strip() or None,
        by_their_yes=said_yes(new.whom, said_yes_to(feedback)),
        told_first_on=new.told_first_on,
        unsafe=new.unsafe.strip() or None,
        proposed_at=work.now,
        proposed_by_id=signed_in_id(work),
    )
    work.session.add(telling)
    audit.note(work, "telling_proposed", feedback, [new.whom.value])
    return telling


def answer(work: Work, feedback: Feedback, telling: Telling, *, agreed: bool, why: str) -> None:
    """A manager agrees, or says no with a reason.

    Args:
        work: the open act of somebody who may agree.
        feedback: what the young person told us.
        telling: what was prepared. It is read anew: of two managers the second is told.
        agreed: yes or no.
        why: the reason of a no.

    Raises:
        AnsweredAlready, OwnProposal: it is not theirs to answer.
    """
    work.session.flush()
    work.session.refresh(telling, with_for_update=True)
    if telling.agreed is not None or telling.by_their_yes:
        raise AnsweredAlready
    if telling.proposed_by_id == work.who.account_id:
        raise OwnProposal
    telling.agreed, telling.answer = agreed, why.strip() or None
    telling.answered_at, telling.answered_by_id = work.now, signed_in_id(work)
    audit.note(work, "telling_agreed" if agreed else "telling_refused", feedback)


def record_told(work: Work, feedback: Feedback, telling: Telling, on: date) -> None:
    """Record that they were told.

    Args:
        work: the open act.
        feedback: what the young person told us.
        telling: what was prepared.
        on: the day.

    Raises:
        NotAgreed: nobody may be told.
        DayOfNobody: the day lies ahead, or before it was allowed.
    """
    work.session.flush()
    work.session.refresh(telling, with_for_update=True)
    if not may_be_told(telling):
        raise NotAgreed
    allowed = telling.answered_at or telling.proposed_at
    if not clock.london_date(allowed) <= on <= work.today:
        raise DayOfNobody
    telling.told_on, telling.told_by_id = on, signed_in_id(work)
    audit.note(work, "telling_done", feedback, [telling.whom.value])


def may_be_told(telling: Telling) -> bool:
    """Whether they may be told: by the young person's yes, or by a manager's."""
    return telling.by_their_yes or telling.agreed is True


def of(session: Session, feedback_id: int) -> Sequence[Telling]:
    """Everybody near the young person whom somebody wanted to tell, oldest first."""
    wanted = select(Telling).where(Telling.feedback_id == feedback_id)
    return session.scalars(wanted.order_by(Telling.id)).all()


def find(session: Session, feedback: Feedback, public_id: str) -> Telling | None:
    """One of them by its id."""
    wanted = select(Telling).where(
        Telling.feedback_id == feedback.id, Telling.public_id == public_id
    )
    return session.scalar(wanted)
