"""Somebody may be in danger now: the alert that goes out at once, and again, and climbs, until a
named person takes it and writes what they did. It tells a reference and nothing of the matter."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update
from sqlalchemy.orm import Session

from portal import audit, clock
from portal.cases import queue_places
from portal.cases.acting import signed_in_id
from portal.correspondence import outbox
from portal.errors import Refused
from portal.procedures.vocabulary import Risk
from portal.records.case import Case, CaseState
from portal.records.danger_alert import DangerAlert, RaisedBy
from portal.records.feedback import Feedback, FeedbackState
from portal.records.outbox_letter import LetterKind
from portal.records.suggestion import Suggestion
from portal.work import Work

SHORTEST_DONE = 10
SHORTEST_WHY = 10


class NothingDone(Refused):
    """Taken without a word of what was done."""

    message = "Write what you did or are doing now: whom you called, and who goes there."


class NoReason(Refused):
    """An officer says that there is danger, and not why."""

    message = "Write what you know: who is in danger, where, and how you learned of it."


class AlertOut(Refused):
    """What is said is said already: nobody has taken the alert that is out."""

    title = "An alert is out already"
    message = (
        "An alert about this is out already, and nobody has taken it. Ring the duty team and tell"
        " them what you know, or take the alert and write what you did."
    )
    status = 409


class NoAlert(Refused):
    """There is nothing to take, or somebody was quicker."""

    title = "Somebody has taken this"
    message = "Somebody has taken this already, or there is no alert. Read what they did below."
    status = 409


def unraised(session: Session) -> list[int]:
    """The matters that say danger now and for which no alert was raised, or none since an officer
    said that the danger before it is over; oldest first.

    Args:
        session: any session.

    Returns:
        Keys of feedback that waits or whose case is open.
    """
    of_it = DangerAlert.feedback_id == Feedback.id
    newest = select(func.max(DangerAlert.id)).where(of_it).correlate(Feedback).scalar_subquery()
    stands = select(DangerAlert.id).where(DangerAlert.id == newest, DangerAlert.over_at.is_(None))
    wanted = (
        select(Feedback.id)
        .outerjoin(Case, Case.feedback_id == Feedback.id)
        .where(
            or_(
                and_(Feedback.state == FeedbackState.WAITING, Feedback.risk == Risk.NOW),
                and_(Case.state == CaseState.OPEN, Case.risk == Risk.NOW),
            ),
            ~stands.correlate(Feedback).exists(),
        )
        .order_by(Feedback.id)
    )
    return list(dict.fromkeys(session.scalars(wanted)))


def raise_alert(
    work: Work, feedback: Feedback, by: RaisedBy | None = None, why: str | None = None
) -> DangerAlert:
    """Raise an alert, unless one is open; its first letters leave with the next round.

    Args:
        work: the open act.
        feedback: the matter.
        by: what said that there is danger; found out from the matter where it is None.
        why: an officer's words about it.
    """
    found = open_alert(work.session, feedback.id)
    if found is not None:
        return found
    alert = DangerAlert(
        feedback_id=feedback.id,
        raised_at=work.now,
        raised_by=by or _said_by(work.session, feedback),
        why=why,
        next_at=work.now,
    )
    work.session.add(alert)
    audit.note(work, "danger_alert_raised", feedback)
    return alert


def due(session: Session, now: datetime) -> list[int]:
    """The keys of alerts whose letters are to go out by now, oldest first."""
    wanted = select(DangerAlert.id).where(
        DangerAlert.ended_at.is_(None), DangerAlert.next_at <= now
    )
    return list(session.scalars(wanted.order_by(DangerAlert.raised_at, DangerAlert.id)))


def send(work: Work, alert: DangerAlert) -> int:
    """Write to everybody whose turn it is; how many letters that made.

    Nothing is sent where an officer has decided since that nobody is in danger: a person has
    looked, and the alert ends.
    """
    feedback = work.session.get_one(Feedback, alert.feedback_id)
    if alert.times_sent and not _still(work.session, feedback):
        alert.ended_at = work.now
        audit.note(work, "danger_alert_ended", feedback)
        return 0
    list_ = work.council.danger
    working_day = work.council.calendar.why_not_working(work.today) is None
    moment = clock.in_london(work.now)
    told = list_.told(alert.times_sent, moment, working_day=working_day)
    facts = {
        "link": f"{work.settings.public_url}/officers/feedback/{feedback.public_id}/danger",
        "reference_of_it": feedback.reference,
        "number": alert.times_sent + 1,
        "minutes": list_.repeat_minutes,
    }
    for address in told:
        outbox.post_to(work, LetterKind.DANGER_ALERT, address, facts)
    alert.times_sent += 1
    alert.sent_at = work.now
    alert.next_at = work.now + timedelta(minutes=list_.repeat_minutes)
    audit.note(work, "danger_alert_sent", feedback)
    return len(told)


def take(work: Work, feedback: Feedback, done: str) -> DangerAlert:
    """Take an alert: it is sent no more, and what was done stands on the matter.

    Args:
        work: the open act of whoever takes it.
        feedback: the matter.
        done: what they did or are doing, in their words.

    Raises:
        NoAlert: there is none, or somebody was quicker.
        NothingDone: no words.
    """
    alert = open_alert(work.session, feedback.id)
    if alert is None:
        raise NoAlert
    if len(done.strip()) < SHORTEST_DONE:
        raise NothingDone
    alert.ended_at = work.now
    alert.taken_by_id = signed_in_id(work)
    alert.done = done.strip()
    audit.note(work, "danger_alert_taken", feedback)
    return alert


def open_alert(session: Session, feedback_id: int) -> DangerAlert | None:
    """The alert about a matter that nobody has taken; None where there is none."""
    wanted = select(DangerAlert).where(
        DangerAlert.feedback_id == feedback_id, DangerAlert.ended_at.is_(None)
    )
    return session.scalar(wanted)


def all_of(session: Session, feedback_id: int) -> list[DangerAlert]:
    """Every alert about a matter, the newest first."""
    wanted = select(DangerAlert).where(DangerAlert.feedback_id == feedback_id)
    return list(session.scalars(wanted.order_by(DangerAlert.id.desc())))


def untaken(session: Session, visible: ColumnElement[bool]) -> list[tuple[DangerAlert, Feedback]]:
    """The alerts that nobody has taken, among what a reader may see, the oldest first."""
    wanted = (
        select(DangerAlert, Feedback)
        .join(Feedback, Feedback.id == DangerAlert.feedback_id)
        .where(DangerAlert.ended_at.is_(None), visible)
        .order_by(DangerAlert.raised_at)
    )
    return [(alert, feedback) for alert, feedback in session.execute(wanted)]


def counting_untaken(visible: ColumnElement[bool]) -> Select[int]:
    """The statement that counts what `untaken` lists."""
    wanted = select(func.count(DangerAlert.id)).join(Feedback)
    return wanted.where(DangerAlert.ended_at.is_(None), visible)


def say_by_officer(work: Work, feedback: Feedback, why: str) -> None:
    """An officer has learned that somebody is in danger now: by a call, a visit, a colleague. It
    may be said again after an alert about the same matter was taken.

    Args:
        work: the open act of an officer.
        feedback: the matter, decided or not.
        why: what they know, in their words; whoever takes the alert reads it.

    Raises:
        NoReason: no words.
        AlertOut: an alert about it is out, and nobody has taken it.
    """
    if len(why.strip()) < SHORTEST_WHY:
        raise NoReason
    if open_alert(work.session, feedback.id) is not None:
        raise AlertOut
    say_danger(work, feedback, RaisedBy.OFFICER, why.strip())


def say_danger(work: Work, feedback: Feedback, by: RaisedBy, why: str | None = None) -> None:
    """Raise a matter's risk to "now", and the alert with it.

    Args:
        work: the open act.
        feedback: the matter, decided or not.
        by: what said it.
        why: an officer's words about it.
    """
    place_at(work, feedback, Risk.NOW)
    act = "danger_said" if by is RaisedBy.OFFICER else "risk_raised"
    audit.note(work, act, feedback, ["risk"])
    raise_alert(work, feedback, by, why)


def place_at(work: Work, feedback: Feedback, risk: Risk) -> None:
    """Give a matter and its cases another risk, and with it their places in the queue.

    Args:
        work: the open act.
        feedback: the matter, decided or not.
        risk: what stands from now on.
    """
    # Not through the records: the officer who works on it now must not be told that a colleague
    # changed it, and a letter would be lost to that.
    work.session.execute(update(Feedback).where(Feedback.id == feedback.id).values(risk=risk))
    cases = update(Case).where(Case.feedback_id == feedback.id)
    if risk is Risk.NOW:
        # A closed one is nobody's to see to. But a danger that is over must not come back with a
        # case that is opened again.
        cases = cases.where(Case.state == CaseState.OPEN)
    work.session.execute(cases.values(risk=risk))
    queue_places.touch(work.session, feedback.id)


def _said_by(session: Session, feedback: Feedback) -> RaisedBy:
    # What the form said was seen to where an alert about it was over already.
    if feedback.danger_said and not all_of(session, feedback.id):
        return RaisedBy.FORM
    if feedback.state is FeedbackState.DECIDED:
        return RaisedBy.OFFICER
    read = select(Suggestion.id).where(
        Suggestion.feedback_id == feedback.id, Suggestion.body.is_not(None)
    )
    return RaisedBy.MODEL if session.scalar(read) is not None else RaisedBy.WORDS


def _still(session: Session, feedback: Feedback) -> bool:
    if feedback.state is FeedbackState.WAITING or feedback.risk is Risk.NOW:
        return True
    risks = select(Case.risk).where(Case.feedback_id == feedback.id)
    return Risk.NOW in set(session.scalars(risks))
