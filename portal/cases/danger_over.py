"""A danger that is over. Taking an alert says that somebody acts; that nobody is in danger any more
an officer says, with the reason and what risk is left, and every page of the matter tells it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases import danger, hearing, in_english
from portal.cases.acting import signed_in_id
from portal.errors import Refused
from portal.procedures.vocabulary import Risk
from portal.records.account import Account
from portal.records.danger_alert import DangerAlert
from portal.records.feedback import Feedback
from portal.work import Work

SHORTEST_WHY = 10
LEFT = (Risk.CONCERN, Risk.NONE)


class NoReason(Refused):
    """Over, and not a word of how that is known."""

    message = "Write how you know that the danger is over: who saw or spoke to whom, and when."


class NotTaken(Refused):
    """An alert is out, and nobody has acted on it."""

    title = "Nobody has taken the alert"
    message = (
        "An alert about this is out, and nobody has taken it. Take it first and write what you"
        " did; then say that the danger is over."
    )
    status = 409


class NothingOver(Refused):
    """Nothing stands that could be over, or a colleague was quicker."""

    title = "This danger is over already"
    message = (
        "A colleague has said already that this danger is over, or has decided that nobody is in"
        " danger. Read it on the page of the matter."
    )
    status = 409


@dataclass(frozen=True)
class LastAlert:
    """The newest alert about a matter, as the page of it tells.

    Attributes:
        untaken: nobody has taken it.
        stands: somebody took it, and nobody has said since that the danger is over.
        by: who took it or, where it is over, who said so; None where a decision ended it.
        at: when they did.
        why: why it is over, in their words; None where it is not.
    """

    untaken: bool
    stands: bool
    by: str | None
    at: datetime | None
    why: str | None

    @property
    def over(self) -> bool:
        """Whether an officer has said that it is over."""
        return self.why is not None


def say_over(work: Work, feedback: Feedback, why: str, left: Risk) -> DangerAlert:
    """An officer says that the danger is over. Whatever says danger afterwards raises a new alert.

    Args:
        work: the open act of an officer.
        feedback: the matter, decided or not.
        why: how they know, in their words.
        left: the risk that stands instead, one of `LEFT`.

    Returns:
        The alert that it ends.

    Raises:
        NoReason: no words.
        NotTaken: nobody has acted on the alert that is out.
        NothingOver: nothing is there to be over, or a colleague was quicker.
    """
    if len(why.strip()) < SHORTEST_WHY:
        raise NoReason
    # Whoever says danger at this moment is waited for, or waits: their word must not be lost.
    work.session.refresh(feedback, with_for_update=True)
    alerts = danger.all_of(work.session, feedback.id)
    if alerts and alerts[0].ended_at is None:
        raise NotTaken
    if not stands(alerts, feedback):
        raise NothingOver
    alert = alerts[0]
    alert.over_at, alert.over_by_id = work.now, signed_in_id(work)
    alert.over_why, alert.over_left = why.strip(), left
    danger.place_at(work, feedback, _with_what_waits(work.session, feedback, left))
    audit.note(work, "danger_over", feedback, ["risk"])
    return alert


def last_alert(session: Session, feedback: Feedback) -> LastAlert | None:
    """The newest alert about a matter; None where there was none.

    Args:
        session: any session.
        feedback: the matter.
    """
    acted = func.coalesce(DangerAlert.over_by_id, DangerAlert.taken_by_id)
    wanted = (
        select(DangerAlert, Account.name)
        .outerjoin(Account, Account.id == acted)
        .where(DangerAlert.feedback_id == feedback.id)
        .order_by(DangerAlert.id.desc())
        .limit(1)
    )
    row = session.execute(wanted).first()
    if row is None:
        return None
    alert, by = row
    return LastAlert(
        untaken=alert.ended_at is None,
        stands=stands([alert], feedback),
        by=by,
        at=alert.over_at or alert.ended_at,
        why=alert.over_why,
    )


def stands(alerts: Sequence[DangerAlert], feedback: Feedback) -> bool:
    """Whether somebody took the newest alert of a matter, and nobody has said since that the danger
    is over. An officer who has decided that nobody is in danger needs not say so again.

    Args:
        alerts: those of the matter, the newest first.
        feedback: the matter.
    """
    taken = bool(alerts) and alerts[0].taken_by_id is not None
    return taken and alerts[0].over_at is None and feedback.risk is Risk.NOW


def names(session: Session, *alerts: DangerAlert) -> Mapping[int, str]:
    """Who took alerts and who said that they are over, by the keys of their accounts."""
    keys = {key for one in alerts for key in (one.taken_by_id, one.over_by_id) if key is not None}
    wanted = select(Account.id, Account.name).where(Account.id.in_(keys))
    return {row.id: row.name for row in session.execute(wanted)} if keys else {}


def _with_what_waits(session: Session, feedback: Feedback, left: Risk) -> Risk:
    """What nobody has heard or read yet counts as a concern, over or not."""
    waits = hearing.unheard(session, feedback) or in_english.unread(session, feedback)
    return Risk.CONCERN if waits else left
